// Fetchmark's engine as a library: measure HTTP clients from any page, without Leptos.
//
//   import { run } from "./engine/fetchmark.js";
//   const report = await run({ target: { url: "/api" }, n: 100 }, { onProgress: console.log });
//
// Types: fetchmark.d.ts.

/** What went wrong, as a sentence; `code` for programs; `report` holds the finished rounds, if there are any. */
export class FetchmarkError extends Error {
  constructor(code, message, report) {
    super(message);
    this.name = "FetchmarkError";
    this.code = code;
    this.report = report;
  }
}

/** How long a run may take to end after Stop before its worker is ended by force, in ms. */
const STOP_GRACE = 2_000;

const SENTENCES = {
  "engine-not-loaded": (why) =>
    `The measuring engine could not be loaded (${why}). Check the connection and reload the page.`,
  "engine-crashed": (why) =>
    `The measuring engine ended unexpectedly (${why}). The rounds finished until then are kept; reload the page to run again.`,
};

// Pages that enforce Trusted Types must allow the policy name `fetchmark`. Only addresses beside this file pass.
const policy = globalThis.trustedTypes?.createPolicy("fetchmark", {
  createScriptURL(url) {
    if (!url.startsWith(new URL("./", import.meta.url).href)) {
      throw new TypeError("Fetchmark loads scripts from its own folder only.");
    }
    return url;
  },
});

function workerUrl() {
  const { href } = new URL("./worker.js", import.meta.url);
  return policy ? policy.createScriptURL(href) : href;
}

/** Runs the engine in a worker of its own. */
function inWorker(onMessage, onCrash) {
  const worker = new Worker(workerUrl(), { type: "module", name: "fetchmark" });
  let heard = false;
  worker.onmessage = ({ data }) => {
    heard = true;
    onMessage(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    onCrash(heard ? "engine-crashed" : "engine-not-loaded", event.message ?? "no reason given");
  };
  return { send: (message) => worker.postMessage(message), end: () => worker.terminate() };
}

/** Runs the engine on this thread. */
function onThisThread(onMessage, onCrash) {
  const ready = import("./host.js").then(({ host }) => host(onMessage));
  ready.catch((error) => onCrash("engine-not-loaded", String(error?.message ?? error)));
  // A panic in the engine reaches nobody but the window.
  const onError = ({ error }) => {
    if (error instanceof WebAssembly.RuntimeError) onCrash("engine-crashed", error.message);
  };
  addEventListener("error", onError);
  return {
    send: (message) => ready.then((receive) => receive(message), () => {}),
    end: () => removeEventListener("error", onError),
  };
}

/** The finished rounds of a run that failed. */
function partial(checkpoint, why) {
  if (!checkpoint) return undefined;
  const report = JSON.parse(checkpoint);
  const crash = { code: "engine-crashed", severity: "weakens", variant: null, count: 1, detail: why };
  // A checkpoint is written as if the run had been stopped there.
  const validity = [...report.validity.filter(({ code }) => code !== "stopped"), crash];
  return { ...report, ending: "failed", validity };
}

/**
 * Runs a scenario.
 * @param {import("./fetchmark").Scenario} scenario
 * @param {import("./fetchmark").RunOptions} [options]
 * @returns {Promise<import("./fetchmark").Report>}
 */
export function run(scenario, { onProgress, signal, baseUrl = document.baseURI } = {}) {
  return new Promise((resolve, reject) => {
    let checkpoint;
    const fail = (code, sentence, report) => finish(reject, new FetchmarkError(code, sentence, report));
    const crash = (code, why) => fail(code, SENTENCES[code](why), partial(checkpoint, why));
    const handlers = {
      progress: ({ json }) => onProgress?.(JSON.parse(json)),
      checkpoint: ({ json }) => (checkpoint = json),
      done: ({ json }) => finish(resolve, JSON.parse(json)),
      failed: ({ code, message }) => (code ? fail(code, message) : crash("engine-crashed", message)),
      "not-loaded": ({ why }) => crash("engine-not-loaded", why),
    };
    const start = scenario?.thread === "main" ? onThisThread : inWorker;
    const engine = start((message) => handlers[message.type]?.(message), crash);
    let grace;
    const stop = () => {
      engine.send({ type: "stop" });
      // A blocking request lets no message in. What was finished before it is kept.
      grace = setTimeout(() => {
        if (checkpoint) finish(resolve, JSON.parse(checkpoint));
        else crash("engine-crashed", "it did not hear Stop");
      }, STOP_GRACE);
    };
    const tellHidden = () => engine.send({ type: "hidden", hidden: document.hidden });
    function finish(settle, value) {
      clearTimeout(grace);
      document.removeEventListener("visibilitychange", tellHidden);
      signal?.removeEventListener("abort", stop);
      engine.end();
      settle(value);
    }
    document.addEventListener("visibilitychange", tellHidden);
    signal?.addEventListener("abort", stop);
    tellHidden();
    engine.send({ type: "run", scenario: JSON.stringify(scenario ?? {}), base: baseUrl, page: location.href });
    if (signal?.aborted) stop();
  });
}
