// axios, from npm.
//
// Reused: one instance (axios.create) with its defaults. Fresh: an instance for each call. axios sends through
// XMLHttpRequest in a browser, so it has no cache mode either. A status of 400 and more is an answer here, not an
// exception: the engine classifies it.

import axios from "../vendor/axios/axios.min.js";
import { checkCredentials } from "./shared/xhr.js";

/** @param {import("../fetchmark").ClientBuild} build */
export function create(build) {
  checkCredentials(build);
  const { addresses, method, headers, body, credentials, reused } = build;
  const instance = () =>
    axios.create({
      method,
      headers: Object.fromEntries(headers),
      withCredentials: credentials === "include",
      responseType: "arraybuffer",
      validateStatus: () => true,
      // Sent as given: axios would otherwise choose a content type by itself.
      transformRequest: [(data) => data],
    });
  const kept = reused ? instance() : undefined;
  return async (place, signal) => {
    const { status, data } = await (kept ?? instance()).request({ url: addresses[place], data: body, signal });
    return { status, bytes: data?.byteLength ?? 0 };
  };
}
