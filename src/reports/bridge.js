// The few lines between the page's wasm and the one that reads reports that only JavaScript can say: a dynamic import.

const beside = (file) => new URL(`reports/${file}`, document.baseURI).href;

let loading;

/** Loads the module once; a failed load is tried again next time. */
function load() {
  loading ??= import(beside("fetchmark-reports.js"))
    .then(async (module) => {
      await module.default({ module_or_path: beside("fetchmark-reports_bg.wasm") });
      return module;
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** Rejects with `code`, `field` and `detail` if the text is no report. */
export async function checkReport(json) {
  (await load()).checkReport(json);
}

/** Resolves with the comparison as an object. */
export async function compareReports(baseline, candidate) {
  return JSON.parse((await load()).compareReports(baseline, candidate));
}
