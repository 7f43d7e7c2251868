// What only JavaScript can say between the page's wasm and the engine's library.

/** Runs a scenario, resolving relative addresses as this document does. */
export function runEngine(engine, scenario, onProgress, signal) {
  return engine.run(scenario, { onProgress, signal, baseUrl: document.baseURI });
}

/** Checks a target, resolving relative addresses as this document does. */
export function checkTarget(engine, target, signal) {
  return engine.checkTarget(target, { signal, baseUrl: document.baseURI });
}
