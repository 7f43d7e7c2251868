// Fetchmark's engine as a library: measure HTTP clients from any page, without Leptos.
//
//   import { run } from "./engine/fetchmark.js";
//   const report = await run({ target: { url: "/api" }, n: 100 }, { onProgress: console.log });
//
// Types: fetchmark.d.ts.

import { startWorker } from "./files.js";

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

/** How long a round on this thread waits for a frame, in ms: where none is drawn it must not wait for long. */
const DRAWN_LIMIT = 100;

/** Where this tab keeps the number that counters in hosts go on with. */
const NEXT_HOST = "fetchmark-next-host";

/** The requests of a round that nobody gave a number. */
const DEFAULT_N = 100;

/** More hosts than a check uses up. */
const HOSTS_OF_A_CHECK = 10;

/**
 * Where counters in the targets' hosts go on, and how to say how many were used: a browser keeps connections to the hosts of earlier
 * runs open, also when the page is loaded anew. Without counters nothing is kept.
 */
function hostsOf(...targets) {
  const addresses = targets.flatMap((target) => [target?.url, target?.cold_url]);
  if (!addresses.join().includes("{n}")) return { from: 0, use: () => {} };
  let from = 0;
  try {
    from = Number(sessionStorage.getItem(NEXT_HOST)) || 0;
  } catch {
    // A page that may keep nothing counts from 0 each time.
  }
  const use = (count) => {
    try {
      sessionStorage.setItem(NEXT_HOST, String(from + count));
    } catch {
      // As above.
    }
  };
  return { from, use };
}

/** The most numbers that a run has used up which ended with this report, if there is one. */
function hostsUsed(report, scenario) {
  const issued = (report?.variants ?? []).map(({ requests, warmup }) => requests.issued + warmup.requests.issued);
  // A round that did not end is in no count; without a report there was one at most.
  const unfinished = report?.scenario.n ?? scenario?.n ?? DEFAULT_N;
  return issued.reduce((sum, count) => sum + count, unfinished);
}

const SENTENCES = {
  "engine-not-loaded": (why) =>
    `The measuring engine could not be loaded (${why}). Check the connection and reload the page.`,
  "engine-crashed": (why) =>
    `The measuring engine ended unexpectedly (${why}). The rounds finished until then are kept; reload the page to run again.`,
  "check-crashed": (why) => `The measuring engine ended unexpectedly (${why}). Reload the page to check again.`,
  stopped: () => "The run was stopped before the measuring engine had loaded; nothing was sent.",
};

/** Runs the engine in a worker of its own. */
function inWorker(onMessage, onCrash) {
  const worker = startWorker();
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
    send: (message) =>
      ready.then((receive) => receive(message), () => {}).catch((error) => onCrash("engine-crashed", String(error))),
    end: () => {
      removeEventListener("error", onError);
      // What cannot be ended by force can be told to end.
      ready.then((receive) => receive({ type: "stop" }), () => {});
    },
  };
}

/** The report of a run that ended before its time, without what only a Stop explains; undefined if no round was finished. */
function ended(checkpoint, duration_ms) {
  const report = checkpoint && { ...JSON.parse(checkpoint), duration_ms };
  if (!report?.variants.some(({ rounds }) => rounds.length > 0)) return undefined;
  // A checkpoint is written as if the run had been stopped there.
  return { ...report, ending: "failed", validity: report.validity.filter(({ code }) => code !== "stopped") };
}

/** The same with the finding that the engine crashed. */
function crashed(checkpoint, duration_ms, why) {
  const report = ended(checkpoint, duration_ms);
  const crash = { code: "engine-crashed", severity: "weakens", variant: null, count: 1, detail: why };
  return report && { ...report, validity: [...report.validity, crash] };
}

/** The report of a run whose last round did not end after Stop, which says so. */
function endedByForce(checkpoint, duration_ms) {
  const report = JSON.parse(checkpoint);
  const force = { code: "ended-by-force", severity: "note", variant: null, count: 1, detail: null };
  return { ...report, duration_ms, validity: [...report.validity, force] };
}

/** Calls what is the caller's own; what it throws is told as the page's own errors are, and does not reach the engine. */
function guarded(callback, json) {
  try {
    callback?.(JSON.parse(json));
  } catch (error) {
    reportError(error);
  }
}

/** Lets the caller look at the report so far, for as long as what it returns takes to settle. */
async function shown(onBlock, checkpoint) {
  try {
    await onBlock(JSON.parse(checkpoint));
  } catch (error) {
    reportError(error);
  }
}

/** Resolves when what was told is drawn: it is not to be drawn within a round on this thread. */
function drawn() {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, DRAWN_LIMIT);
  });
}

/** What a round came to that is measured elsewhere, or why it could not be measured, as the engine takes it. */
async function elsewhere(measure) {
  try {
    return { type: "outside", json: await measure() };
  } catch (error) {
    return { type: "outside", why: String(error?.message ?? error) };
  }
}

/** The engines of a scenario: where both threads measure, the worker's makes the run or leads it here, and this thread's serves it. */
function enginesOf(scenario, hear, handlers, crash) {
  const threads = [scenario?.thread ?? "worker"].flat();
  // What is no thread is told by the engine.
  const isInWorker = threads.length === 0 || threads.some((thread) => thread !== "main");
  const engine = (isInWorker ? inWorker : onThisThread)(hear((message) => handlers[message.type]?.(message)), crash);
  const isOnBoth = isInWorker && threads.includes("main");
  const fromPage = (message) => (message.type === "failed" ? handlers.failed : engine.send)(message);
  const page = isOnBoth ? onThisThread(hear(fromPage), crash) : undefined;
  return { engine, page, isInWorker };
}

/** What the engines of a scenario are told of it and of this page. */
const told = (scenario, base, hosts) => ({
  scenario: JSON.stringify(scenario ?? {}),
  base,
  page: location.href,
  hostsFrom: hosts.from,
});

const hostsOfAll = (scenario) => hostsOf(scenario?.target, ...[scenario?.targets ?? []].flat());

/**
 * Runs a scenario.
 * @param {import("./fetchmark").Scenario} scenario
 * @param {import("./fetchmark").RunOptions} [options]
 * @returns {Promise<import("./fetchmark").Report>}
 */
export function run(
  scenario,
  { onProgress, onRound, onBlock, signal, outside, tabs, baseUrl = document.baseURI } = {},
) {
  return new Promise((resolve, reject) => {
    let checkpoint;
    let over = false;
    const started = performance.now();
    const elapsed = () => performance.now() - started;
    const fail = (code, sentence, report) => finish(reject, new FetchmarkError(code, sentence, report));
    const crash = (code, why) => fail(code, SENTENCES[code](why), crashed(checkpoint, elapsed(), why));
    const handlers = {
      progress: ({ json }) => guarded(onProgress, json),
      checkpoint: ({ json }) => (checkpoint = json),
      block: () => shown(onBlock, checkpoint).then(() => over || engine.send({ type: "go-on" })),
      samples: ({ json }) => guarded(onRound, json),
      order: (message) => drawn().then(() => page?.send(message)),
      outside: ({ order }) =>
        elsewhere(async () => JSON.stringify(await outside.round(JSON.parse(order)))).then(engine.send),
      tab: ({ target, order }) => elsewhere(() => tabs.measure(target, order)).then(engine.send),
      done: ({ json }) => finish(resolve, JSON.parse(json)),
      failed: ({ code, message }) => (code ? fail(code, message, ended(checkpoint, elapsed())) : crash("engine-crashed", message)),
      "not-loaded": ({ why }) => crash("engine-not-loaded", why),
    };
    const hosts = hostsOfAll(scenario);
    const unlessOver = (hear) => (message) => over || hear(message);
    const { engine, page, isInWorker } = enginesOf(scenario, unlessOver, handlers, crash);
    let grace;
    const stop = () => {
      page?.send({ type: "stop" });
      engine.send({ type: "stop" });
      const give = () => {
        if (checkpoint) finish(resolve, endedByForce(checkpoint, elapsed()));
        return Boolean(checkpoint);
      };
      const giveUp = () => give() || fail("stopped", SENTENCES.stopped());
      grace = setTimeout(
        () => (isInWorker && give()) || (grace = setTimeout(giveUp, STOP_LIMIT)),
        STOP_GRACE,
      );
    };
    const tellHidden = () => engine.send({ type: "hidden", hidden: document.hidden });
    function finish(settle, value) {
      if (over) return;
      over = true;
      clearTimeout(grace);
      document.removeEventListener("visibilitychange", tellHidden);
      signal?.removeEventListener("abort", stop);
      engine.end();
      page?.send({ type: "no-more" });
      page?.end();
      hosts.use(hostsUsed(value instanceof Error ? value.report : value, scenario));
      settle(value);
    }
    document.addEventListener("visibilitychange", tellHidden);
    signal?.addEventListener("abort", stop);
    tellHidden();
    const asked = told(scenario, baseUrl, hosts);
    page?.send({ type: "serve", ...asked });
    engine.send({
      type: "run",
      ...asked,
      wantsBlocks: onBlock !== undefined,
      wantsSamples: onRound !== undefined,
      runtimes: outside && JSON.stringify(outside.runtimes),
      elsewhere: tabs?.targets,
      controlled: Boolean(navigator.serviceWorker?.controller || tabs?.controlled),
    });
    if (signal?.aborted) stop();
  });
}

/**
 * Measures rounds of a run that a page in another tab makes, whose `tabs.measure` hands its orders over, one at a time.
 * @param {import("./fetchmark").Scenario} scenario that run's
 * @param {import("./fetchmark").ServeOptions} [options]
 * @returns {import("./fetchmark").Served}
 */
export function serve(scenario, { onTick, baseUrl = document.baseURI } = {}) {
  let failure;
  let pending;
  const fail = (sentence) => {
    failure = new FetchmarkError("outside-failed", sentence);
    pending?.reject(failure);
  };
  const handlers = {
    answer: ({ json }) => pending.resolve(json),
    tick: ({ ended }) => onTick?.(ended),
    order: (message) => drawn().then(() => page.send(message)),
    failed: ({ message }) => fail(message),
    "not-loaded": ({ why }) => fail(SENTENCES["engine-not-loaded"](why)),
  };
  const { engine, page } = enginesOf(scenario, (hear) => hear, handlers, (code, why) => fail(SENTENCES[code](why)));
  const tellHidden = () => engine.send({ type: "hidden", hidden: document.hidden });
  document.addEventListener("visibilitychange", tellHidden);
  tellHidden();
  const asked = { type: "serve", ...told(scenario, baseUrl, hostsOfAll(scenario)) };
  page?.send(asked);
  engine.send({ ...asked, place: "tab" });
  return {
    measure: (order) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        pending = { resolve, reject };
        engine.send({ type: "order", order });
      }),
    stop: () => [page, engine].forEach((one) => one?.send({ type: "stop" })),
  };
}

/**
 * Looks at a target with a few harmless requests, in a worker: whether it can be measured in full.
 * @param {import("./fetchmark").Target} target
 * @param {import("./fetchmark").CheckOptions} [options]
 * @returns {Promise<import("./fetchmark").TargetCheck>}
 */
export function checkTarget(target, { signal, baseUrl = document.baseURI } = {}) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const fail = (code, sentence) => finish(reject, new FetchmarkError(code, sentence));
    const crash = (code, why) => fail(code, SENTENCES[code === "engine-crashed" ? "check-crashed" : code](why));
    const handlers = {
      done: ({ json }) => finish(resolve, JSON.parse(json)),
      failed: ({ code, message }) => (code ? fail(code, message) : crash("engine-crashed", message)),
      "not-loaded": ({ why }) => crash("engine-not-loaded", why),
    };
    const engine = inWorker((message) => handlers[message.type]?.(message), crash);
    const abort = () => finish(reject, signal.reason);
    function finish(settle, value) {
      signal?.removeEventListener("abort", abort);
      // Its requests end with it.
      engine.end();
      settle(value);
    }
    signal?.addEventListener("abort", abort);
    const hosts = hostsOf(target);
    hosts.use(HOSTS_OF_A_CHECK);
    const asked = { target: JSON.stringify(target ?? {}), base: baseUrl, page: location.href, hostsFrom: hosts.from };
    engine.send({ type: "check", ...asked });
  });
}
