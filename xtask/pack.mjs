// Packs the built command, and writes the checksum of everything to download beside it: `node xtask/pack.mjs FOLDER PROGRAM VERSION TARGET`.
// The packed program is unpacked again and must say its version.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const [folder, program, version, target] = process.argv.slice(2);
const name = `fetchmark-${version}-${target}`;
const isWindows = process.platform === "win32";
// Windows' own tar packs zip files; one that Git brings does not.
const tar = isWindows ? join(process.env.SystemRoot, "System32", "tar.exe") : "tar";
const archive = join(folder, name + (isWindows ? ".zip" : ".tar.gz"));

const [packed, unpacked] = [await mkdtemp(join(tmpdir(), "packed-")), await mkdtemp(join(tmpdir(), "unpacked-"))];
await mkdir(join(packed, name));
for (const file of [program, "README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"]) {
  await copyFile(file, join(packed, name, basename(file)));
}
// The variable keeps macOS from packing a file of its own beside each.
const env = { ...process.env, COPYFILE_DISABLE: "1" };
execFileSync(tar, [isWindows ? "-acf" : "-czf", archive, "-C", packed, name], { env });

execFileSync(tar, ["-xf", archive, "-C", unpacked]);
const said = execFileSync(join(unpacked, name, basename(program)), ["--version"], { encoding: "utf8" }).trim();
if (said !== `fetchmark ${version}`) {
  throw new Error(`${archive} holds a program that calls itself “${said}”`);
}
await Promise.all([packed, unpacked].map((made) => rm(made, { recursive: true })));

for (const file of (await readdir(folder)).filter((file) => /\.(html|tgz|tar\.gz|zip)$/.test(file))) {
  const content = await readFile(join(folder, file));
  const sum = createHash("sha256").update(content).digest("hex");
  // As `sha256sum --check` reads it.
  await writeFile(join(folder, `${file}.sha256`), `${sum}  ${file}\n`);
  console.log(`${file}: ${content.length} bytes`);
}
