// Where the tools for reports are, as the page sees them: beside the page. A page that brings them in its own file has another one in
// the place of this (single-file/report-tools-loader.js).

let loading;

async function load() {
  const tools = await import(new URL("report-tools/fetchmark-report-tools.js", document.baseURI).href);
  await tools.default();
  return tools;
}

/** Loads the tools once; a failed load is tried again next time. */
export function loadReportTools() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
