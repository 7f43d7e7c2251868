// `globalThis.bench.start` and `.stop`: a run through the engine's own API, and how long Stop takes. Driven over
// WebDriver.

import { run } from "../engine/fetchmark.js";

let running;

globalThis.bench = {
  /**
   * Starts a run and leaves it running.
   * @param {import("../engine/fetchmark.js").Scenario} scenario
   */
  async start(scenario) {
    const controller = new AbortController();
    const ended = run(scenario, { signal: controller.signal }).then(
      ({ validity }) => ({ at: performance.now(), byForce: validity.some(({ code }) => code === "ended-by-force") }),
      ({ code, message }) => ({ at: performance.now(), code, message }),
    );
    running = { controller, ended };
  },

  /**
   * Stops it.
   * @returns {Promise<{ abortedEpochMs: number, settledMs: number, byForce?: boolean, code?: string, message?: string }>}
   *   when, on the wall clock, and how long until the promise settled; whether the round under way was given up; `code` and
   *   `message` if it was rejected
   */
  async stop() {
    const aborted = performance.now();
    running.controller.abort();
    const { at, ...error } = await running.ended;
    return { abortedEpochMs: performance.timeOrigin + aborted, settledMs: at - aborted, ...error };
  },
};
