// Where the engine's files are in the npm package: beside this one, flat. Each address is written out, because that is how a bundler
// finds the files it must copy. Stands in the place of ../js/files.js.

/** The engine's wasm, as wasm-bindgen's `init` takes it. */
export const engineModule = () => new URL("./fetchmark-engine_bg.wasm", import.meta.url);

/** reqwest's wasm. */
export const reqwestModule = () => new URL("./fetchmark-reqwest_bg.wasm", import.meta.url);

/** There is no Python here: it would be as much again many times over. */
export function startPython() {
  throw "absent: the npm package leaves it out";
}

/** A client's module. */
export const importClient = (name) => import(`../../../dist/engine/clients/${name}.js`);

let script;

/**
 * Starts the engine's worker. Its script is a whole file, and not `new Worker(new URL(…))`, which bundlers would bundle again: so it needs
 * no setting of theirs for workers, and passes Trusted Types.
 */
export function startWorker() {
  script ??= trusted(address());
  return new Worker(script, { type: "module", name: "fetchmark" });
}

/** The worker's script. The worker cannot know what a bundler called the other files, so the address says it. */
function address() {
  const url = new URL("./worker.js", import.meta.url);
  url.hash = new URLSearchParams({ engine: engineModule().href, reqwest: reqwestModule().href });
  return url.href;
}

/** Pages that enforce Trusted Types must allow the policy name `fetchmark`. Only the worker's own script passes. */
function trusted(address) {
  const policy = globalThis.trustedTypes?.createPolicy("fetchmark", {
    createScriptURL(url) {
      if (url !== address) throw new TypeError("Fetchmark loads no script but its own.");
      return url;
    },
  });
  return policy ? policy.createScriptURL(address) : address;
}
