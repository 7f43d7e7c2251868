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

/** The report in another form, as text; throws as above. */
export function exportReport(reports, json, format, language) {
  return reports.exportReport(json, format, language);
}

/**
 * Puts text that is still being written into the clipboard. Browsers let a page copy only while it answers a click; given the
 * promise at once, they wait for it.
 */
export async function copyWritten(written) {
  if (!globalThis.ClipboardItem || !navigator.clipboard?.write) {
    await navigator.clipboard.writeText(await written);
    return;
  }
  const type = "text/plain";
  const blob = written.then((text) => new Blob([text], { type }));
  await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
}
