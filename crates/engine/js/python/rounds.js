// Rounds in Python: starts one, watches over it as the engine does over its own (crates/engine/src/run/round), and says what it came to.

import { reason } from "./load.js";

/** How often the watch looks around, in ms. */
const TICK = 50;

/** By how much a timer may be early on a coarse clock, in ms: urllib3 has one of its own, and calls what it ended a failed connection. */
const EARLY = 1;

/** Progress is told every so many looks. */
const TICKS_PER_REPORT = 5;

/**
 * What the engine asks for rounds.
 * @param pyodide as `loadPyodide` gives it
 * @param wrapped what its clients send by, as `wrap` gives it
 */
export async function rounds(pyodide, wrapped) {
  pyodide.registerJsModule("fetchmark_browser", { at: wrapped.at, let_messages_in: letMessagesIn });
  const tab = await imported(pyodide);
  const canSuspend = "Suspending" in WebAssembly;
  // Entered so, Python's stack can be suspended while a promise is pending.
  const blocking = (order) => (canSuspend ? tab.blocking.callPromising(order) : tab.blocking(order));
  let stopping;
  return {
    /** Imports the libraries of a row. */
    prepare(row) {
      try {
        tab.prepare(row);
      } catch (error) {
        throw reason(error);
      }
    },
    /** What a report says of it, with the libraries imported so far. */
    runtime: () => tab.runtime(pyodide.version, canSuspend),
    async round(text, tick) {
      const order = JSON.parse(text);
      const round = wrapped.begin(order);
      const cut = new Set();
      const end = (indices, into) =>
        indices.forEach((index) => {
          into.add(index);
          wrapped.abort(index);
        });
      let looks = 0;
      const watch = setInterval(() => {
        const { ended, overdue } = JSON.parse(tab.look());
        end(overdue, round.late);
        looks += 1;
        if (looks % TICKS_PER_REPORT === 0) tick(ended);
      }, TICK);
      stopping = () => end(JSON.parse(tab.stop()), cut);
      try {
        const answer = JSON.parse(await (order.blocking ? blocking(text) : tab.awaited(text)));
        answer.samples.forEach((sample, place) => settle(sample, order.first_serial + place, round, cut));
        return JSON.stringify({ ...answer, url: round.first.url, is_aged: Boolean(round.first.isAged) });
      } catch (error) {
        throw new Error(reason(error));
      } finally {
        clearInterval(watch);
        stopping = undefined;
        wrapped.end();
      }
    },
    stop: () => stopping?.(),
  };
}

async function imported(pyodide) {
  try {
    return pyodide.pyimport("fetchmark_tab.rounds");
  } catch (error) {
    throw reason(error);
  }
}

/** What only the browser's side knows of a call that failed: whether it was aborted and why, and whether its answer had begun. */
function settle(sample, index, { late, heads, timeoutMs }, cut) {
  // An answer that was complete before it could be aborted counts.
  if (sample.outcome !== "failed" || sample.error.startsWith("http-")) return;
  if (cut.has(index)) {
    Object.assign(sample, { status: null, outcome: "aborted", error: null });
  } else if (late.has(index) || sample.error === "timeout" || lasted(sample) >= timeoutMs - EARLY) {
    Object.assign(sample, { status: null, error: "timeout", message: `No end within ${timeoutMs} ms` });
  } else if (sample.status === null && heads.has(index)) {
    Object.assign(sample, { status: heads.get(index), error: "body-cut-short" });
  }
}

const lasted = ({ called_ms: called, ended_ms: ended }) => ended - called;

/** Resolves after the messages that wait have been handled. */
function letMessagesIn() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
