// Where idb-keyval is, as the page sees it: beside the page. A page that brings it in its own file has another one in the place
// of this (single-file/history-loader.js).

let loading;

/** Loads the library once; a failed load is tried again next time. */
export function loadDatabase() {
  loading ??= import(new URL("vendor/idb-keyval/index.js", document.baseURI).href).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
