// The page, started with the wasm that is in the same file. Stands in the place of dist/fetchmark-page.js.

import init from "../dist/fetchmark-page.js";
import packed from "../dist/fetchmark-page_bg.wasm";
import { unpacked } from "./unpacked.js";

export default () => init({ module_or_path: unpacked(packed) });
