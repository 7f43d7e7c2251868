// What only JavaScript can say between the page's wasm and the engine's library.

/** Runs a scenario, resolving relative addresses as this document does. */
export function runEngine(engine, scenario, onProgress, signal) {
  return engine.run(scenario, { onProgress, signal, baseUrl: document.baseURI });
}
