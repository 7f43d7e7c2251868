// One run of many rounds, and the size of the engine's own memory on the way.

import init from "../engine/fetchmark-engine.js";
import { host } from "../engine/host.js";

onmessage = async ({ data: { scenario, every } }) => {
  let next = every;
  const look = (requests) => {
    if (requests < next) return;
    next += every;
    // The engine is loaded: loading it again answers with the same exports.
    init().then(({ memory }) => postMessage({ requests, wasm_bytes: memory.buffer.byteLength }));
  };
  const receive = await host(({ type, json, message }) => {
    if (type === "progress") look(JSON.parse(json).rounds_done * scenario.n);
    if (type === "failed") postMessage({ error: message });
  });
  receive({ type: "run", scenario: JSON.stringify(scenario), base: location.href, page: location.href });
};
