// Python in this tab, as the worker that makes the run sees it: a worker of its own that lives as long as the run.

import { startPython } from "../files.js";

/**
 * Starts it. What goes wrong is told as the detail of a finding has it: a word, a colon, and what it is about
 * (crates/core/src/report/validity.rs).
 * @param {{ scenario: string, base: string, page: string, hostsFrom: number }} asked what the run was told
 */
export function start(asked) {
  let worker;
  let why;
  let heard = false;
  // One order at a time.
  let pending;
  const fail = (reason) => {
    why ??= reason;
    worker?.terminate();
    pending?.reject(why);
  };
  const handlers = {
    answer: ({ json, runtime }) => pending?.resolve({ json, runtime }),
    tick: ({ ended }) => pending?.tick(ended),
    failed: ({ message }) => fail(message),
    "not-loaded": ({ why }) => fail(`not-started: ${why}`),
  };
  try {
    worker = startPython();
    worker.onmessage = ({ data }) => {
      heard = true;
      handlers[data.type]?.(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(heard ? `not-started: ${event.message ?? "it ended"}` : "not-arrived: python/worker.js");
    };
    worker.postMessage({ type: "serve", place: "python", ...asked });
  } catch (error) {
    // A page without Python throws the reason itself.
    fail(typeof error === "string" ? error : `not-started: ${error?.message ?? error}`);
  }
  return {
    /** Resolves with what an order came to, and what Python says of itself. */
    carryOut: (order, tick) =>
      new Promise((resolve, reject) => {
        if (why) return reject(why);
        pending = { resolve, reject, tick };
        worker.postMessage({ type: "order", order });
      }),
    stop: () => worker?.postMessage({ type: "stop" }),
    end: () => worker?.terminate(),
  };
}
