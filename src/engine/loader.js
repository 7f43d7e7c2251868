// Where the engine's library is, as the page sees it: beside the page. A page that brings the engine in its own file has
// another one in the place of this (single-file/engine-loader.js).

const beside = (file) => new URL(`engine/${file}`, document.baseURI).href;

/** What a run loads first, for warming the browser's cache. */
const FILES = ["fetchmark.js", "files.js", "worker.js", "host.js", "fetchmark-engine.js", "fetchmark-engine_bg.wasm"];

let loading;

/** Loads the engine's library once; a failed load is tried again next time. */
export function loadEngine() {
  loading ??= import(beside("fetchmark.js")).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Whether Python can be had in this tab: 0 not at all, 1 without suspending its stack, 2 whole. */
export const pythonHere = () => ("Suspending" in WebAssembly ? 2 : 1);

/** Fetches the engine's files at low priority, one after another: nobody who uses the page meanwhile should have to wait.
 * A failure is ignored: the run will report it. */
export async function warmUpEngine() {
  try {
    for (const file of FILES) {
      await (await fetch(beside(file), { priority: "low" })).arrayBuffer();
    }
  } catch {}
}
