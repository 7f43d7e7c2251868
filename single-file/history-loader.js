// idb-keyval, which is in the same file. Stands in the place of src/reports/history/loader.js.

export const loadDatabase = () => import("../dist/vendor/idb-keyval/index.js");
