// Rounds in the worker that Python has for itself: of the engine's client, and of the same loop by hand, in the same Python.

import { host } from "../engine/host.js";
import { load } from "../engine/python/load.js";
import { rounds } from "../engine/python/rounds.js";
import { wrap } from "../engine/python/wrapped.js";

/** As one writes it who knows nothing of the engine. */
const BY_HAND = `
import asyncio
from time import perf_counter
from pyodide.http import pyfetch

async def by_hand(url, n, lanes):
    places = iter(range(n))
    async def lane():
        for _ in places:
            response = await pyfetch(url, cache="no-store")
            await response.bytes()
    started = perf_counter()
    await asyncio.gather(*(lane() for _ in range(lanes)))
    return (perf_counter() - started) * 1_000

by_hand
`;

/** As rounds.js has them. */
const PAUSE_MS = 50;
const SPARE_ENTRIES = 1_000;

delete self.Worker;
const wrapped = wrap(self);
const loading = load(wrapped);
const byHand = loading.then((pyodide) => pyodide.runPythonAsync(BY_HAND));
const python = loading.then((pyodide) => rounds(pyodide, wrapped));
let settle;
const engine = host((message) => settle?.(message), () => python);

/** One round through the engine, as it serves the one that makes a run. */
async function throughEngine({ url, lanes }, { client, n }) {
  const receive = await engine;
  const scenario = { target: { url }, clients: [client], lifecycle: ["reused"], n, concurrency: [lanes], rounds: 1, warmup: 0 };
  const told = { scenario: JSON.stringify(scenario), base: location.href, page: location.href, hostsFrom: 0 };
  const answered = new Promise((resolve) => {
    settle = (heard) => (heard.type === "answer" || heard.type === "failed") && resolve(heard);
  });
  receive({ type: "serve", place: "python", ...told });
  (await python).prepare(`${client}:reused`);
  receive({ type: "order", order: JSON.stringify({ Round: [`${client}:reused:warm:concurrent-${lanes}`, 0, 0] }) });
  const { type, json, message } = await answered;
  receive({ type: "no-more" });
  if (type === "failed") throw new Error(message);
  const { wall_ms: wall, samples } = JSON.parse(json);
  const failed = samples.filter(({ outcome }) => outcome !== "Ok");
  if (failed.length > 0 || samples.length !== n) throw new Error(`${failed.length} of ${samples.length} requests failed`);
  return wall;
}

async function throughHand({ url, lanes }, { n }) {
  performance.clearResourceTimings();
  performance.setResourceTimingBufferSize(n + SPARE_ENTRIES);
  return (await byHand)(new URL(url, location.href).href, n, lanes);
}

async function walls(plan) {
  // Before the loop by hand runs: what a round wraps is wrapped for both.
  await python;
  const measured = [];
  for (const round of plan.rounds) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    measured.push(await (round.client === "by-hand" ? throughHand : throughEngine)(plan, round));
  }
  return measured;
}

onmessage = ({ data }) =>
  walls(data).then(
    (walls) => postMessage({ walls }),
    (error) => postMessage({ error: String(error?.message ?? error) }),
  );
