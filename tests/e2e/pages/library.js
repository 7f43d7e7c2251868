// The engine's library as the tests see it: `globalThis.measure`, `globalThis.measureAndStop` and
// `globalThis.check`.

import { checkTarget, run } from "./engine/fetchmark.js";

const told = (error) => ({ error: error.message, code: error.code, report: error.report });

/** Runs a scenario: `{ report, rounds }`, with every request of every round, or `{ error, code, report }`. */
globalThis.measure = (scenario) => {
  const rounds = [];
  return run(scenario, { onRound: (round) => rounds.push(round) }).then((report) => ({ report, rounds }), (error) => ({
    ...told(error),
    rounds,
  }));
};

/** Runs a scenario until it ends or is stopped: `{ report }`. */
globalThis.measureUntil = (scenario, signal) => run(scenario, { signal }).then((report) => ({ report }), told);

/** Runs a scenario and stops it once so many requests of a measured round have ended, or so many rounds have. */
globalThis.measureAndStop = (scenario, { requests = Infinity, rounds = Infinity }) => {
  const stop = new AbortController();
  const onProgress = ({ requests_done, rounds_done, block }) => {
    if (block !== null && (requests_done >= requests || rounds_done >= rounds)) stop.abort();
  };
  return run(scenario, { onProgress, signal: stop.signal }).then((report) => ({ report }), told);
};

/** Checks a target, for so many ms at most: what it came to, or `{ name, code }` of what was thrown. */
globalThis.check = (target, limit) =>
  checkTarget(target, { signal: limit ? AbortSignal.timeout(limit) : undefined }).catch(({ name, code }) => ({ name, code }));

document.documentElement.dataset.runState = "idle";
