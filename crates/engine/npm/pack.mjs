// Packs the built engine (dist/engine) as an npm package: `node crates/engine/npm/pack.mjs VERSION FOLDER` writes
// FOLDER/fetchmark-VERSION.tgz. `cargo xtask release` runs it.

import { build } from "esbuild";
import { execSync } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../../..");
const DIST = join(ROOT, "dist");
const [version, output] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "fetchmark-npm-"));

/** Has a module of the package stand in the place of files.js, which knows where the engine's files are. */
const filesAre = (name) => ({
  name: "files",
  setup: ({ onResolve }) => onResolve({ filter: /^\.\.?\/files\.js$/ }, () => ({ path: join(HERE, name) })),
});

const bundle = (name, options) =>
  build({
    entryPoints: [join(DIST, "engine", name)],
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2022",
    legalComments: "inline",
    logLevel: "warning",
    // wasm-bindgen names a snippet once for each of its functions.
    logOverride: { "duplicate-object-key": "silent" },
    ...options,
  });

// What a page imports: its parts stay parts, so that a bundler loads them when they are needed.
await bundle("fetchmark.js", { splitting: true, chunkNames: "[name]-[hash]", plugins: [filesAre("files.js")] });
// The worker: one file, used as it is.
await bundle("worker.js", { minify: true, plugins: [filesAre("worker-files.js")] });

const copied = {
  "fetchmark.d.ts": "dist/engine/fetchmark.d.ts",
  "fetchmark-engine_bg.wasm": "dist/engine/fetchmark-engine_bg.wasm",
  "fetchmark-reqwest_bg.wasm": "dist/engine/reqwest/fetchmark-reqwest_bg.wasm",
  "report.schema.json": "dist/report.schema.json",
  "README.md": "crates/engine/npm/README.md",
  "LICENSE-APACHE": "LICENSE-APACHE",
  "LICENSE-MIT": "LICENSE-MIT",
  // Of the clients that are inside.
  "LICENSE-axios": "node_modules/axios/LICENSE",
  "LICENSE-ky": "node_modules/ky/license",
};
await Promise.all(Object.entries(copied).map(([name, from]) => copyFile(join(ROOT, from), join(folder, name))));

const description = JSON.parse(await readFile(join(HERE, "package.json"), "utf8"));
await writeFile(join(folder, "package.json"), JSON.stringify({ ...description, version }, null, 2));
execSync(`npm pack --silent --pack-destination "${resolve(output)}"`, { cwd: folder, stdio: "inherit" });
await rm(folder, { recursive: true });
