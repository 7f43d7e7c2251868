// Bundles the scripts of the built page (dist/) into one, wasm and all: `node single-file/bundle.mjs OUTPUT`.
// `cargo xtask build` runs it and puts the page around it.

import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HERE = dirname(fileURLToPath(import.meta.url));
const [output] = process.argv.slice(2);

/** The modules that know where other files are, as they are imported, and what stands in their place here. */
const REPLACED = [
  { imported: /\/engine\/loader\.js$/, by: "engine-loader.js" },
  { imported: /\/history\/loader\.js$/, by: "history-loader.js" },
  { imported: /\/tools\/loader\.js$/, by: "report-tools-loader.js" },
  { imported: /^\.\.?\/files\.js$/, by: "engine-files.js" },
  { imported: /^\.\/fetchmark-page\.js$/, by: "page.js" },
];

const replacing = {
  name: "replacing",
  setup({ onResolve, onEnd }) {
    const missed = new Set(REPLACED);
    for (const replaced of REPLACED) {
      onResolve({ filter: replaced.imported }, () => {
        missed.delete(replaced);
        return { path: join(HERE, replaced.by) };
      });
    }
    onEnd(() => ({
      errors: [...missed].map(({ imported, by }) => ({
        text: `Nothing imports ${imported}, which ${by} replaces: correct REPLACED in single-file/bundle.mjs.`,
      })),
    }));
  },
};

/** A wasm module is its gzipped bytes. */
const packing = {
  name: "packing",
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
      contents: gzipSync(await readFile(path), { level: 9 }),
      loader: "binary",
    }));
  },
};

await build({
  entryPoints: [join(HERE, "entry.js")],
  outfile: output,
  bundle: true,
  minify: true,
  // A classic script: Chromium runs no module worker for a page from a file.
  format: "iife",
  // wasm-bindgen looks for its wasm there unless it is given it, which it always is.
  define: { "import.meta.url": "undefined" },
  target: "es2022",
  legalComments: "eof",
  logLevel: "warning",
  // wasm-bindgen names a snippet once for each of its functions.
  logOverride: { "duplicate-object-key": "silent" },
  plugins: [replacing, packing],
});
