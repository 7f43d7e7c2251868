// The engine's library as the tests see it: `globalThis.measure`, `globalThis.measureAndStop`,
// `globalThis.measureBeside` and `globalThis.check`.

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

/** Runs a scenario and stops it once so many requests of a measured round have ended, or so many rounds have; of that row alone, if
 * one is given. */
globalThis.measureAndStop = (scenario, { requests = Infinity, rounds = Infinity, variant: row }) => {
  const stop = new AbortController();
  const onProgress = ({ requests_done, rounds_done, variant, block }) => {
    if (variant !== (row ?? variant)) return;
    if (block !== null && (requests_done >= requests || rounds_done >= rounds)) stop.abort();
  };
  return run(scenario, { onProgress, signal: stop.signal }).then((report) => ({ report }), told);
};

/**
 * Runs a scenario whose Python rows are run here, by fetches one after another, as an outside would: `{ report, orders }`. With
 * `dies`, the round of that number (from 0) fails.
 */
globalThis.measureBeside = (scenario, dies = Infinity) => {
  const orders = [];
  async function round(order) {
    orders.push(order);
    if (orders.length > dies) throw new Error("The Python clients were ended.");
    const started = performance.now();
    const samples = [];
    for (let place = 0; place < order.n; place += 1) {
      const called_ms = performance.now() - started;
      const response = await fetch(order.url.replace("%7Bn%7D", order.first_serial + place), { cache: "no-store" });
      const { byteLength: body_bytes } = await response.arrayBuffer();
      const connection = response.headers.get("server-timing")?.match(/conn;desc="([^"]+)"/)?.[1];
      const ended_ms = performance.now() - started;
      samples.push({ called_ms, ended_ms, status: response.status, body_bytes, outcome: "ok", connection, protocol: "http/1.1" });
    }
    return { wall_ms: samples.at(-1).ended_ms, samples };
  }
  const runtimes = [{ name: "python", version: "3.11.7", libraries: { requests: "2.34.2" } }];
  return run(scenario, { outside: { runtimes, round } }).then((report) => ({ report, orders }), (error) => ({
    ...told(error),
    orders,
  }));
};

/** Checks a target, for so many ms at most: what it came to, or `{ name, code }` of what was thrown. */
globalThis.check = (target, limit) =>
  checkTarget(target, { signal: limit ? AbortSignal.timeout(limit) : undefined }).catch(({ name, code }) => ({ name, code }));

document.documentElement.dataset.runState = "idle";
