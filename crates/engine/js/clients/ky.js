// ky, from npm.
//
// Reused: one instance (ky.create) with its defaults. Fresh: an instance for each call. Retries and ky's own time-out
// are off: a silent retry would hide a failure. A status of 400 and more is an answer, not an exception.

import ky from "../vendor/ky/index.js";

/** @param {import("../fetchmark").ClientBuild} build */
export function create(build) {
  const { addresses, method, headers, body, credentials, reused } = build;
  const instance = () =>
    ky.create({ method, headers, body, credentials, cache: "no-store", retry: 0, timeout: false, throwHttpErrors: false });
  const kept = reused ? instance() : undefined;
  return async (place, signal) => {
    const response = await (kept ?? instance())(addresses[place], { signal });
    const headersMs = performance.now();
    const { status } = response;
    try {
      const { byteLength: bytes } = await response.arrayBuffer();
      if (place === 0) build.first = response;
      return { status, headersMs, bytes };
    } catch (cause) {
      throw { status, cause };
    }
  };
}
