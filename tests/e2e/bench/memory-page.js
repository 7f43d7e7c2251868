// `globalThis.bench.start` and `.next`: one long run in a worker, and its memory on the way. Driven over WebDriver.

import { startWorker } from "./worker.js";

const seen = [];
let wake;

function push(entry) {
  seen.push(entry);
  wake?.();
}

/** What the browser counts for this page and its workers, in bytes; it collects garbage before. */
async function counted() {
  const { bytes, breakdown } = await performance.measureUserAgentSpecificMemory();
  const inWorkers = breakdown.filter(({ attribution }) => attribution.some(({ scope }) => scope !== "Window"));
  return { page_bytes: bytes, worker_bytes: inWorkers.reduce((sum, { bytes }) => sum + bytes, 0) };
}

globalThis.bench = {
  /**
   * Starts the run.
   * @param {{ scenario: import("../engine/fetchmark.js").Scenario, every: number }} plan look after so many requests
   */
  async start(plan) {
    const worker = startWorker("./memory-worker.js");
    worker.onmessage = async ({ data }) => push(data.error ? data : { ...data, ...(await counted()) });
    worker.onerror = ({ message }) => push({ error: message });
    worker.postMessage(plan);
  },

  /**
   * Waits for the next look.
   * @returns {Promise<{ requests: number, wasm_bytes: number, page_bytes: number, worker_bytes: number }>}
   */
  async next() {
    while (seen.length === 0) await new Promise((resolve) => (wake = resolve));
    const look = seen.shift();
    if (look.error) throw new Error(look.error);
    return look;
  },
};
