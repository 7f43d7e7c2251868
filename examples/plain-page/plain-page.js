// What a page of one's own needs to measure with Fetchmark's engine.

import { run } from "../engine/fetchmark.js";

const SCENARIO = {
  target: { url: "../fetchmark-target.txt" },
  clients: ["js-fetch", "ky"],
  lifecycle: ["reused"],
  n: 50,
  concurrency: [6],
  rounds: 10,
};

const element = (id) => document.getElementById(id);

let stopping;

/** Shows a report. Text goes into the page as text, never as HTML. */
function show({ variants, comparisons }) {
  element("answer").textContent = comparisons.map(({ reason }) => reason).join(" ");
  element("table").hidden = false;
  element("table").tBodies[0].replaceChildren(
    ...variants.map(({ client, lifecycle, round_median_ms, latency_ms, connections }) => {
      const row = document.createElement("tr");
      const cells = [client, lifecycle, round_median_ms?.toFixed(1), latency_ms?.p95.toFixed(2), connections.new];
      for (const text of cells) {
        row.insertCell().textContent = text ?? "–";
      }
      return row;
    }),
  );
}

async function measure() {
  stopping = new AbortController();
  element("run").disabled = true;
  element("stop").disabled = false;
  try {
    const onProgress = ({ rounds_done, rounds_total }) => {
      element("progress").value = rounds_done / rounds_total;
    };
    show(await run(SCENARIO, { onProgress, signal: stopping.signal }));
  } catch (error) {
    // A FetchmarkError is a sentence; its `report` holds the rounds that were finished.
    element("answer").textContent = error.message;
    if (error.report) show(error.report);
  } finally {
    element("run").disabled = false;
    element("stop").disabled = true;
  }
}

element("run").addEventListener("click", measure);
element("stop").addEventListener("click", () => stopping.abort());
// A press before the engine's module was there would be lost.
element("run").disabled = false;
