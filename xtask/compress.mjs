// Compressed siblings (.br, .gz) of the built files, as small as they get, so that a server can send them without compressing on each
// request: `node xtask/compress.mjs FOLDER`. Images are compressed already.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSIBLE = /\.(html|m?js|css|wasm|json|svg|txt|map|webmanifest)$/;
const brotli = {
  [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
  // The largest that every browser reads.
  [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
};

const [folder] = process.argv.slice(2);
const names = await readdir(folder, { recursive: true });
await Promise.all(
  names.filter((name) => COMPRESSIBLE.test(name)).map(async (name) => {
    const file = join(folder, name);
    const content = await readFile(file);
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }));
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, { params: brotli }));
  }),
);
