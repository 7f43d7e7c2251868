// The worker that Python has for itself: Pyodide, the libraries, and an engine that serves the one which makes the run.
//
// The engine reads this worker's timing entries and tells failures apart as everywhere; the loop over a round's requests is Python's
// own (reference/pyodide), so that no step between the languages lies between two requests.

import { host } from "../host.js";
import { load } from "./load.js";
import { rounds } from "./rounds.js";
import { wrap } from "./wrapped.js";

// urllib3 would start a worker from a Blob when it is imported, which the page's policy forbids. Without the class it does not try.
delete self.Worker;

const wrapped = wrap(self);
const python = load(wrapped).then((pyodide) => rounds(pyodide, wrapped));
// Before the engine hears of it, in whose words it would be.
python.catch((why) => postMessage({ type: "failed", message: why }));

async function post(message) {
  if (message.type !== "answer") return postMessage(message);
  postMessage({ ...message, runtime: (await python).runtime() });
}

const ready = host(post, () => python);

onmessage = async ({ data }) => {
  try {
    (await ready)(data);
  } catch (error) {
    postMessage({ type: "not-loaded", why: String(error?.message ?? error) });
  }
};
