// What only JavaScript can say between the page's wasm and the engine's library.

/**
 * Runs a scenario, resolving relative addresses as this document does. `hooks` are the caller's own `onBlock`, `onRound` and
 * `outside`, as the engine's types have them.
 */
export function runEngine(engine, scenario, hooks, onProgress, signal) {
  const { onBlock, onRound, outside } = hooks ?? {};
  return engine.run(scenario, { onProgress, onBlock, onRound, outside, signal, baseUrl: document.baseURI });
}

/** Checks a target, resolving relative addresses as this document does. */
export function checkTarget(engine, target, signal) {
  return engine.checkTarget(target, { signal, baseUrl: document.baseURI });
}
