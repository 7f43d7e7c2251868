// The engine's wasm and what it is told, the same in a worker and on the page's own thread.

import init, { Engine } from "./fetchmark-engine.js";

const modules = new Map();

function loadClient(name) {
  if (!modules.has(name)) {
    modules.set(name, import(`./clients/${name}.js`));
  }
  return modules.get(name);
}

/**
 * Loads the engine.
 * @param {(message: object) => void} post hears `progress`, `checkpoint`, `row`, `samples`, `done` and `failed`
 * @returns {Promise<(message: object) => void>} takes `run`, `stop` and `hidden`
 */
export async function host(post) {
  await init({ module_or_path: new URL("./fetchmark-engine_bg.wasm", import.meta.url) });
  const engine = new Engine();
  const hooks = {
    progress: (json) => post({ type: "progress", json }),
    checkpoint: (json) => post({ type: "checkpoint", json }),
    row: (variant, json) => post({ type: "row", variant, json }),
    samples: (json) => post({ type: "samples", json }),
    wantsSamples: false,
  };
  const handlers = {
    run({ scenario, base, page, wantsSamples }) {
      hooks.wantsSamples = Boolean(wantsSamples);
      engine.run(scenario, base, page, hooks, loadClient).then(
        (json) => post({ type: "done", json }),
        (error) => post({ type: "failed", code: error?.code, message: error?.message ?? String(error) }),
      );
    },
    stop: () => engine.stop(),
    hidden: ({ hidden }) => engine.setHidden(hidden),
  };
  return (message) => handlers[message.type]?.(message);
}
