// `globalThis.bench.rounds`: rounds in a worker or on this thread. Driven over WebDriver.

import { startWorker } from "./worker.js";

const workers = new Map();

function inWorker(file, plan) {
  if (!workers.has(file)) workers.set(file, startWorker(file));
  const worker = workers.get(file);
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
  rounds(plan) {
    if (plan.thread === "main") return onThisThread(plan);
    return inWorker(plan.thread === "python" ? "./python-worker.js" : "./rounds-worker.js", plan);
  },
};
