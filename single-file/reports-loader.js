// The module that reads reports, which is in the same file. Stands in the place of src/reports/loader.js.

import packed from "../dist/reports/fetchmark-reports_bg.wasm";
import { unpacked } from "./unpacked.js";

let loading;

export function loadReports() {
  loading ??= import("../dist/reports/fetchmark-reports.js").then(async (module) => {
    await module.default({ module_or_path: unpacked(packed) });
    return module;
  });
  return loading;
}
