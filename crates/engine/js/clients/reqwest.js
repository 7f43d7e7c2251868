// reqwest: a wasm module of its own. What reused and fresh mean is told in crates/engine-reqwest.

import { reqwestModule } from "../files.js";
import init, { Options, Reqwest } from "../reqwest/fetchmark-reqwest.js";

// Not awaited here: a bundler cannot put a module that waits into a classic script.
export const ready = init({ module_or_path: reqwestModule() });

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
