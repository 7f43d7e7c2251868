// What only JavaScript can say between the page's wasm and the engine's library.

/**
 * Runs a scenario, resolving relative addresses as this document does. Clients that no browser runs are run by what a script
 * has put into `fetchmark.outside` (`OutsideOptions` of the engine's types), if one has.
 */
export function runEngine(engine, scenario, onProgress, signal) {
  const { outside } = globalThis.fetchmark ?? {};
  return engine.run(scenario, { onProgress, signal, outside, baseUrl: document.baseURI });
}

/** Checks a target, resolving relative addresses as this document does. */
export function checkTarget(engine, target, signal) {
  return engine.checkTarget(target, { signal, baseUrl: document.baseURI });
}
