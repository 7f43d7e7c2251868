// The whole of Fetchmark as one script. The page runs it, and so does the worker, which is made of the page's own script
// (engine-files.js): a file has nothing beside it that could be loaded, and so nothing is in it twice.

if (globalThis.document === undefined) {
  import("../dist/engine/worker.js");
} else {
  import("../dist/boot.js");
}
