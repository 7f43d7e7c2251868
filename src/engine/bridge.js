// The few lines between the page's wasm and the engine's library that only JavaScript can say: a dynamic import, and
// what the browser's cache is warmed with.

const beside = (file) => new URL(`engine/${file}`, document.baseURI).href;

/** What a run loads first, for warming the browser's cache. */
const FILES = ["fetchmark.js", "worker.js", "fetchmark-engine.js", "fetchmark-engine_bg.wasm"];

let loading;

/** Loads the engine's library once; a failed load is tried again next time. */
export function loadEngine() {
  loading ??= import(beside("fetchmark.js")).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Runs a scenario, resolving relative addresses as this document does. */
export function runEngine(engine, scenario, onProgress, signal) {
  return engine.run(scenario, { onProgress, signal, baseUrl: document.baseURI });
}

/** Checks a target, resolving relative addresses as this document does. */
export function checkTarget(engine, target, signal) {
  return engine.checkTarget(target, { signal, baseUrl: document.baseURI });
}

/** Fetches the engine's files at low priority. A failure is not told: the run will tell it. */
export function warmUpEngine() {
  for (const file of FILES) {
    fetch(beside(file), { priority: "low" })
      .then((response) => response.arrayBuffer())
      .catch(() => {});
  }
}
