// What only JavaScript can say between the page's wasm and the engine's library.

/** Runs a scenario, resolving relative addresses as this document does. `hooks` are the caller's own `onBlock` and `onRound`. */
export function runEngine(engine, scenario, hooks, onProgress, signal) {
  const { onBlock, onRound } = hooks ?? {};
  return engine.run(scenario, { onProgress, onBlock, onRound, signal, baseUrl: document.baseURI });
}

/** Checks a target, resolving relative addresses as this document does. */
export function checkTarget(engine, target, signal) {
  return engine.checkTarget(target, { signal, baseUrl: document.baseURI });
}
