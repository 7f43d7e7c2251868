// Puts a script of the page and what it imports into one, as small as it gets: `node bundle.mjs INPUT OUTPUT BESIDE...`. What is
// imported as one of BESIDE stays a file of its own.

import { build } from "esbuild";

const [input, output, ...beside] = process.argv.slice(2);

const leaving = {
  name: "leaving",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, ({ path }) => (beside.includes(path) ? { path, external: true } : undefined));
  },
};

await build({
  entryPoints: [input],
  outfile: output,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  // wasm-bindgen names a snippet once for each of its functions.
  logOverride: { "duplicate-object-key": "silent" },
  plugins: [leaving],
});
