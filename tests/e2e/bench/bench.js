// `globalThis.bench(plan)`: blocks in a worker or on this thread. Driven by the bench command over WebDriver.

import { blocks } from "./blocks.js";

const policy = globalThis.trustedTypes?.createPolicy("fetchmark", { createScriptURL: (url) => url });
let worker;

function inWorker(plan) {
  const url = new URL("./bench-worker.js", import.meta.url).href;
  worker ??= new Worker(policy ? policy.createScriptURL(url) : url, { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.walls));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(plan);
  });
}

globalThis.bench = (plan) => (plan.thread === "main" ? blocks(plan) : inWorker(plan));
document.documentElement.dataset.runState = "idle";
