// The tools for reports, which are in the same file. Stands in the place of src/reports/tools/loader.js.

import { unpacked } from "./unpacked.js";

let loading;

async function load() {
  const [tools, { packed }] = await Promise.all([
    import("../dist/report-tools/fetchmark-report-tools.js"),
    import("./report-tools.js"),
  ]);
  await tools.default({ module_or_path: unpacked(packed) });
  return tools;
}

export function loadReportTools() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
