// The measuring worker. Messages that arrive while the engine loads wait for it.

import { host } from "./host.js";

const ready = host((message) => postMessage(message));

onmessage = async ({ data }) => {
  try {
    (await ready)(data);
  } catch (error) {
    postMessage({ type: "not-loaded", why: String(error?.message ?? error) });
  }
};
