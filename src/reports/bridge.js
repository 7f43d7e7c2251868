// What only JavaScript can say between the page's wasm and the one that reads reports.

/** Throws with `code`, `field` and `detail` if the text is no report. */
export function checkReport(reports, json) {
  reports.checkReport(json);
}

/** A report as text for a link; throws as above. */
export function packReport(reports, json) {
  return reports.packReport(json);
}

/** The report that a link's text holds, as JSON; throws as above. */
export function unpackReport(reports, text) {
  return reports.unpackReport(text);
}

/** The comparison as an object; throws as above. */
export function compareReports(reports, baseline, candidate) {
  return JSON.parse(reports.compareReports(baseline, candidate));
}
