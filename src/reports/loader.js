// Where the module that reads reports is, as the page sees it: beside the page. A page that brings it in its own file has
// another one in the place of this (single-file/reports-loader.js).

const beside = (file) => new URL(`reports/${file}`, document.baseURI).href;

let loading;

/** Loads the module once; a failed load is tried again next time. */
export function loadReports() {
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
