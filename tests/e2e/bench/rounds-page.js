// `globalThis.bench.rounds`: rounds in a worker or on this thread. Driven over WebDriver.

import { startWorker } from "./worker.js";

let worker;

function inWorker(plan) {
  worker ??= startWorker("./rounds-worker.js");
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.walls));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(plan);
  });
}

// Loaded when asked for: an engine that idles on this thread has no part in what a worker measures.
async function onThisThread(plan) {
  const { rounds } = await import("./rounds.js");
  return rounds(plan);
}

globalThis.bench = {
  /** @param {import("./rounds.js").Plan} plan */
  rounds: (plan) => (plan.thread === "main" ? onThisThread(plan) : inWorker(plan)),
};
