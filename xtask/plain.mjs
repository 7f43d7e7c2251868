// The plain Trunk commands that the README promises, into folders of their own: they must work without any help from `cargo xtask`.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** `trunk serve` compiles the unoptimised page before it answers. */
const SERVE_DEADLINE = 300_000;
const BETWEEN_TRIES = 500;

const folder = await mkdtemp(join(tmpdir(), "fetchmark-plain-"));

const built = join(folder, "build");
execFileSync("trunk", ["build", "--release", "--public-url", "./", "--dist", built], { stdio: "inherit" });
if (/(?:href|src)=["']?\//.test(await readFile(join(built, "index.html"), "utf8"))) {
  throw new Error("The page built with `--public-url ./` names addresses from the root of the host.");
}

const served = ["serve", "--address", "127.0.0.1", "--port", await freePort(), "--dist", join(folder, "serve")];
console.log(`$ trunk ${served.join(" ")}`);
const server = spawn("trunk", served, { stdio: "inherit" });
try {
  const started = Date.now();
  while (!(await answers(`http://127.0.0.1:${served[4]}/`))) {
    if (server.exitCode !== null) throw new Error("`trunk serve` ended before it answered.");
    if (Date.now() - started > SERVE_DEADLINE) throw new Error("`trunk serve` did not answer with 200: see its lines above.");
    await sleep(BETWEEN_TRIES);
  }
} finally {
  if (server.exitCode === null) {
    server.kill("SIGKILL");
    await once(server, "exit");
  }
  await rm(folder, { recursive: true });
}

/** A port that nobody has at the moment. */
function freePort() {
  return new Promise((resolve) => {
    const socket = createServer().listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => resolve(String(port)));
    });
  });
}

/** Whether an address answers with 200. */
async function answers(url) {
  const status = (answer) => answer.status;
  return (await fetch(url, { signal: AbortSignal.timeout(10_000) }).then(status, () => undefined)) === 200;
}
