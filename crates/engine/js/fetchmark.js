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

/** How long a worker may take to end its run after Stop before it is ended by force, in ms: a request that blocks the
 * worker's thread lets no message in. */
const STOP_GRACE = 150;

/** How long Stop waits for what cannot be ended by force without loss, in ms: an engine that is still loading, a run on
 * this thread. */
const STOP_LIMIT = 5_000;

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

/** What is known of a run in progress: the last checkpoint, and the rows that changed since. */
class Kept {
  #checkpoint;
  #rows = new Map();

  checkpoint(json) {
    this.#checkpoint = json;
    this.#rows.clear();
  }

  row(variant, json) {
    this.#rows.set(variant, json);
  }

  /** The report of a run that was stopped here; undefined before the first checkpoint. */
  stopped() {
    if (!this.#checkpoint) return undefined;
    const report = JSON.parse(this.#checkpoint);
    for (const [variant, json] of this.#rows) report.variants[variant] = JSON.parse(json);
    return report;
  }

  /** The report of a run that failed here; undefined if no round was begun. */
  failed(why) {
    const report = this.stopped();
    if (!report) return undefined;
    const crash = { code: "engine-crashed", severity: "weakens", variant: null, count: 1, detail: why };
    // A checkpoint is written as if the run had been stopped there.
    const validity = [...report.validity.filter(({ code }) => code !== "stopped"), crash];
    return { ...report, ending: "failed", validity };
  }
}

/**
 * Runs a scenario.
 * @param {import("./fetchmark").Scenario} scenario
 * @param {import("./fetchmark").RunOptions} [options]
 * @returns {Promise<import("./fetchmark").Report>}
 */
export function run(scenario, { onProgress, onRound, signal, baseUrl = document.baseURI } = {}) {
  return new Promise((resolve, reject) => {
    const kept = new Kept();
    const fail = (code, sentence, report) => finish(reject, new FetchmarkError(code, sentence, report));
    const crash = (code, why) => fail(code, SENTENCES[code](why), kept.failed(why));
    const handlers = {
      progress: ({ json }) => onProgress?.(JSON.parse(json)),
      checkpoint: ({ json }) => kept.checkpoint(json),
      row: ({ variant, json }) => kept.row(variant, json),
      samples: ({ json }) => onRound?.(JSON.parse(json)),
      done: ({ json }) => finish(resolve, JSON.parse(json)),
      failed: ({ code, message }) => (code ? fail(code, message, kept.failed(message)) : crash("engine-crashed", message)),
      "not-loaded": ({ why }) => crash("engine-not-loaded", why),
    };
    const thread = scenario?.thread === "main" ? "main" : "worker";
    const start = thread === "main" ? onThisThread : inWorker;
    const engine = start((message) => handlers[message.type]?.(message), crash);
    let grace;
    const stop = () => {
      engine.send({ type: "stop" });
      const give = () => {
        const report = kept.stopped();
        if (report) finish(resolve, report);
        return Boolean(report);
      };
      const giveUp = () => give() || crash("engine-crashed", "it did not hear Stop");
      grace = setTimeout(
        () => (thread === "worker" && give()) || (grace = setTimeout(giveUp, STOP_LIMIT)),
        STOP_GRACE,
      );
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
    engine.send({
      type: "run",
      scenario: JSON.stringify(scenario ?? {}),
      base: baseUrl,
      page: location.href,
      wantsSamples: onRound !== undefined,
      controlled: Boolean(navigator.serviceWorker?.controller),
    });
    if (signal?.aborted) stop();
  });
}
