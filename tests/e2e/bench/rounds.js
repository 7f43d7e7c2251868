// Rounds of the engine's clients and of the loop by hand, one after another, on one thread.

import { host } from "../engine/host.js";
import { byHand } from "./by-hand.js";

/**
 * @typedef {object} Round
 * @property {string} client one of the engine's, or `by-hand`
 * @property {number} n requests
 *
 * @typedef {object} Plan
 * @property {"worker" | "main"} thread where this runs
 * @property {string} url what is requested
 * @property {number} lanes requests in flight
 * @property {Round[]} rounds in the order in which they are to run
 */

/**
 * Idle time before every round, in ms. The engine sets up and sums up outside the time it measures; with the pause,
 * rounds of either kind begin after what the one before left behind has settled.
 */
const PAUSE_MS = 50;

/** Room for timing entries beyond a round's own requests, as the engine leaves it. */
const SPARE_ENTRIES = 1_000;

let settle;
const engine = host((message) => settle?.(message));

/** One round through the engine, in ms. */
async function throughEngine({ thread, url, lanes }, { client, n }) {
  const receive = await engine;
  const scenario = {
    target: { url },
    clients: [client],
    lifecycle: ["reused"],
    n,
    concurrency: [lanes],
    rounds: 1,
    warmup: 0,
    thread,
  };
  const { type, json, message } = await new Promise((resolve) => {
    settle = (heard) => (heard.type === "done" || heard.type === "failed") && resolve(heard);
    receive({ type: "run", scenario: JSON.stringify(scenario), base: location.href, page: location.href });
  });
  if (type === "failed") throw new Error(message);
  const [{ rounds, requests, error_messages }] = JSON.parse(json).variants;
  if (requests.ok !== n) {
    throw new Error(`${client}: ${n - requests.ok} of ${n} requests failed: ${JSON.stringify(error_messages)}`);
  }
  return rounds[0].wall_ms;
}

/** One round by hand, in ms. The browser writes its timing entries as it does under the engine. */
function throughHand({ url, lanes }, { n }) {
  performance.clearResourceTimings();
  performance.setResourceTimingBufferSize(n + SPARE_ENTRIES);
  return byHand(url, n, lanes);
}

/**
 * Runs rounds in the order given.
 * @param {Plan} plan
 * @returns {Promise<number[]>} each round's time in ms
 */
export async function rounds(plan) {
  const walls = [];
  for (const round of plan.rounds) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    walls.push(await (round.client === "by-hand" ? throughHand : throughEngine)(plan, round));
  }
  return walls;
}
