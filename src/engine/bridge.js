// What only JavaScript can say between the page's wasm and the engine's library.

/** The longest that the next block waits for a frame, in ms: where none is drawn it must not wait for long. */
const FRAME_LIMIT_MS = 100;

/** Resolves when what has changed is drawn. */
function drawn() {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    // What the frame itself takes comes after its callbacks.
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, FRAME_LIMIT_MS);
  });
}

/**
 * Runs a scenario, resolving relative addresses as this document does. Between two blocks the page is told, and has time to draw
 * while nothing is measured. `hooks` are the caller's own `onBlock`, `onRound`, `outside` and `tabs`, as the engine's types have them.
 */
export function runEngine(engine, scenario, hooks, onProgress, betweenBlocks, signal) {
  const { onRound, outside, tabs } = hooks ?? {};
  const onBlock = async (report) => {
    betweenBlocks();
    await drawn();
    await hooks?.onBlock?.(report);
  };
  return engine.run(scenario, { onProgress, onBlock, onRound, outside, tabs, signal, baseUrl: document.baseURI });
}

/** Checks a target, resolving relative addresses as this document does. */
export function checkTarget(engine, target, signal) {
  return engine.checkTarget(target, { signal, baseUrl: document.baseURI });
}
