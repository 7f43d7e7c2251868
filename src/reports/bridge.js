// What only JavaScript can say between the page's wasm and the one that reads reports.

/** Throws with `code`, `field` and `detail` if the text is no report. */
export function checkReport(reports, json) {
  reports.checkReport(json);
}

/** The comparison as an object; throws as above. */
export function compareReports(reports, baseline, candidate) {
  return JSON.parse(reports.compareReports(baseline, candidate));
}
