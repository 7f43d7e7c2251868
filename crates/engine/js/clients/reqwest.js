// reqwest: a wasm module of its own. What reused and fresh mean is told in crates/engine-reqwest.

import init, { Options, Reqwest } from "../reqwest/fetchmark-reqwest.js";

await init({ module_or_path: new URL("../reqwest/fetchmark-reqwest_bg.wasm", import.meta.url) });

/** @param {import("../fetchmark").ClientBuild} build */
export function create({ url, addresses, reused, ownAddressEach, method, credentials, body, headers }) {
  const options = new Options(method, credentials, body);
  for (const [name, value] of headers) {
    options.header(name, value);
  }
  const client = new Reqwest(options, url, reused, ownAddressEach);
  return (place, signal) => {
    const call = client.call(addresses[place]);
    const { id, promise } = call;
    call.free();
    signal.onabort = () => client.cancel(id);
    return promise;
  };
}
