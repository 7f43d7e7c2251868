// The page, started with the wasm that is in the same file. Stands in the place of dist/fetchmark-page.js.

import init from "PAGE/fetchmark-page.js";
import packed from "PAGE/fetchmark-page_bg.wasm";
import { unpacked } from "./unpacked.js";

export default () => init({ module_or_path: unpacked(packed) });
