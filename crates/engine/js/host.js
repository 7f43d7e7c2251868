// The engine's wasm and what it is told, the same in a worker and on the page's own thread.

import init, { Engine } from "./fetchmark-engine.js";
import { engineModule, importClient } from "./files.js";

const modules = new Map();

function loadClient(name) {
  if (!modules.has(name)) {
    modules.set(name, importClient(name).then(madeReady));
  }
  return modules.get(name);
}

/** A client, once it can be called: one that brings wasm of its own exports `ready`. */
async function madeReady(client) {
  await client.ready;
  return called(client);
}

const turn = Promise.resolve();

/**
 * A client whose calls begin in a turn of their own. Chromium takes a stack trace with every fetch, and frames of WebAssembly
 * are dear to trace: called straight from the engine, a JavaScript client would take some 15 µs longer than in a page of
 * its own (docs/decisions/0006). A call begins with that turn: of several that are made at once, each waits for those before it,
 * and that is the engine's affair and not the client's.
 */
function called({ create }) {
  return {
    async create(build) {
      const call = await create(build);
      return (place, signal) =>
        turn.then(() => {
          // It may have been cancelled since.
          signal.throwIfAborted();
          build.beganMs[place] = performance.now();
          return call(place, signal);
        });
    },
  };
}

/** What comes in before it is asked for waits; what is asked for before it comes in is awaited. One asks at a time. */
function queue() {
  const waiting = [];
  let asked;
  return {
    put(item) {
      if (!asked) return waiting.push(item);
      asked(item);
      asked = undefined;
    },
    next: () => (waiting.length > 0 ? Promise.resolve(waiting.shift()) : new Promise((resolve) => (asked = resolve))),
  };
}

/** Python in this tab: a worker of its own, started by the first order for it. */
function python() {
  let started;
  return {
    /** As the engine's hook has it; `asked` is what the run was told of. */
    async carryOut(asked, order, tick) {
      started ??= import("./python/start.js").then(({ start }) => start(asked));
      return (await started).carryOut(order, tick);
    },
    stop: () => started?.then(({ stop }) => stop(), () => {}),
    end() {
      started?.then(({ end }) => end(), () => {});
      started = undefined;
    },
  };
}

/**
 * Loads the engine.
 * @param {(message: object) => void} post hears `progress`, `checkpoint`, `block`, `samples`, `outside`, `tab`, `done` and `failed`; of
 *   a run on two threads `order`, and of an engine that serves another `answer` and `tick`
 * @returns {Promise<(message: object) => void>} takes `run`, `check`, `go-on` (after `block`), `outside` (after that or `tab`), `stop` and
 *   `hidden`; for a run on two threads `answer` and `tick`, and for an engine that serves another `serve`, `order` and `no-more`
 */
export async function host(post, load = loadClient) {
  await init({ module_or_path: engineModule() });
  const engine = new Engine();
  let goOn;
  // One round at a time: of the one that is being run outside, or in another tab.
  let answered;
  const asked = (message) =>
    new Promise((resolve, reject) => {
      answered = ({ json, why }) => (json === undefined ? reject(why) : resolve(json));
      post(message);
    });
  // The same, of the one that the page's own thread runs.
  let onPage;
  const orders = queue();
  // What Python's worker is told of the run.
  let told;
  const pythonHere = python();
  const hooks = {
    progress: (json) => post({ type: "progress", json }),
    checkpoint: (json) => post({ type: "checkpoint", json }),
    samples: (json) => post({ type: "samples", json }),
    betweenBlocks: () =>
      new Promise((resolve) => {
        goOn = resolve;
        post({ type: "block" });
      }),
    wantsBlocks: false,
    outside: (order) => asked({ type: "outside", order }),
    inTab: (target, order) => asked({ type: "tab", target, order }),
    onPage: (order, tick) =>
      new Promise((resolve) => {
        onPage = { resolve, tick };
        post({ type: "order", order });
      }),
    async inPython(order, tick) {
      const { json, runtime } = await pythonHere.carryOut(told, order, tick);
      hooks.pyodide = runtime;
      return json;
    },
    pyodide: undefined,
    nextOrder: orders.next,
    answer: (json) => post({ type: "answer", json }),
    tick: (ended) => post({ type: "tick", ended }),
    wantsSamples: false,
    controlled: false,
    hostsFrom: 0,
    runtimes: undefined,
    elsewhere: undefined,
  };
  const over = (message) => {
    pythonHere.end();
    post(message);
  };
  const done = (json) => over({ type: "done", json });
  const failed = (error) => over({ type: "failed", code: error?.code, message: error?.message ?? String(error) });
  const handlers = {
    run({ scenario, base, page, wantsBlocks, wantsSamples, controlled, hostsFrom, runtimes, elsewhere }) {
      hooks.wantsBlocks = Boolean(wantsBlocks);
      hooks.wantsSamples = Boolean(wantsSamples);
      hooks.controlled = Boolean(controlled);
      hooks.hostsFrom = hostsFrom ?? 0;
      hooks.runtimes = runtimes;
      hooks.elsewhere = elsewhere;
      told = { scenario, base, page, hostsFrom };
      engine.run(scenario, base, page, hooks, load).then(done, failed);
    },
    check: ({ target, base, page, hostsFrom }) => engine.checkTarget(target, base, page, hostsFrom ?? 0).then(done, failed),
    "go-on": () => goOn?.(),
    outside: (answer) => answered?.(answer),
    serve({ scenario, base, page, hostsFrom, place = "page" }) {
      hooks.hostsFrom = hostsFrom;
      told = { scenario, base, page, hostsFrom };
      engine.serve(scenario, base, page, place, hooks, load).then(pythonHere.end, failed);
    },
    order: ({ order }) => orders.put(order),
    "no-more": () => orders.put(undefined),
    answer: ({ json }) => onPage?.resolve(json),
    tick: ({ ended }) => onPage?.tick(ended),
    stop() {
      engine.stop();
      pythonHere.stop();
    },
    hidden: ({ hidden }) => engine.setHidden(hidden),
  };
  return (message) => handlers[message.type]?.(message);
}
