// Where the engine's files are: beside this one. No other file knows, so that a bundler that puts them elsewhere has this
// one to replace (single-file/engine-files.js does).

const beside = (name) => new URL(name, import.meta.url).href;

let policy;

/** Pages that enforce Trusted Types must allow the policy name `fetchmark`. Only addresses beside this file pass. */
function trusted(address) {
  // When it is needed: the worker, which imports this file too, starts none.
  policy ??= globalThis.trustedTypes?.createPolicy("fetchmark", {
    createScriptURL(url) {
      if (!url.startsWith(beside("./"))) {
        throw new TypeError("Fetchmark loads scripts from its own folder only.");
      }
      return url;
    },
  });
  return policy ? policy.createScriptURL(address) : address;
}

/** Starts the engine's worker. */
export const startWorker = () => new Worker(trusted(beside("./worker.js")), { type: "module", name: "fetchmark" });

/** The engine's wasm, as wasm-bindgen's `init` takes it. */
export const engineModule = () => beside("./fetchmark-engine_bg.wasm");

/** reqwest's wasm. */
export const reqwestModule = () => beside("./reqwest/fetchmark-reqwest_bg.wasm");

/** Starts the worker that Python has for itself. */
export const startPython = () =>
  new Worker(trusted(beside("./python/worker.js")), { type: "module", name: "fetchmark-python" });

/** Where Pyodide and its packages are, if the page was built with them. */
export const pythonFolder = () => beside("./pyodide/");

/** A client's module. */
export const importClient = (name) => import(`./clients/${name}.js`);
