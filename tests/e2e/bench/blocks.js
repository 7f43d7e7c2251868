// Blocks of rounds: the engine's clients and the loop by hand, one after another in random order, on one thread.

import { host } from "../engine/host.js";
import { byHand } from "./by-hand.js";

let settle;
const engine = host((message) => settle?.(message));

/** One round of one client through the engine, in ms. */
async function throughEngine({ url, n, lanes, client, thread }) {
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
  const [{ rounds, requests }] = JSON.parse(json).variants;
  if (requests.ok !== n) throw new Error(`${client}: ${requests.failed} of ${n} requests failed`);
  return rounds[0].wall_ms;
}

/** A small seeded generator (mulberry32), so that a bench can be repeated. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Runs blocks.
 * @param {{ url: string, n: number, lanes: number, clients: string[], blocks: number, seed: number }} plan
 *   `by-hand` is a client too
 * @returns {Promise<Record<string, number>[]>} for each block, each client's round time in ms
 */
export async function blocks({ clients, blocks: count, seed, ...round }) {
  const next = random(seed);
  const results = [];
  for (let block = 0; block < count; block += 1) {
    const order = clients.map((client) => [next(), client]).sort(([a], [b]) => a - b);
    const walls = {};
    for (const [, client] of order) {
      walls[client] =
        client === "by-hand"
          ? await byHand(round.url, round.n, round.lanes)
          : await throughEngine({ ...round, client });
    }
    results.push(walls);
  }
  return results;
}
