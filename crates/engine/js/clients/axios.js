// axios, from npm.
//
// Reused: one instance (axios.create) with its defaults. Fresh: an instance for each call. axios sends through
// XMLHttpRequest in a browser, so it has no cache mode either, and says no more than “Network Error” of an answer that
// broke off. A status of 400 and more is an answer here, not an
// exception: the engine classifies it.

import axios from "../vendor/axios/axios.min.js";
import { checkCredentials, firstAnswer, sentHeaders } from "./shared/xhr.js";

/** @param {import("../fetchmark").ClientBuild} build */
export function create(build) {
  checkCredentials(build);
  const { addresses, method, body, credentials, reused } = build;
  const instance = () =>
    axios.create({
      method,
      headers: sent(build),
      withCredentials: credentials === "include",
      responseType: "arraybuffer",
      validateStatus: () => true,
      transformRequest: [(data) => data],
    });
  const kept = reused ? instance() : undefined;
  return async (place, signal) => {
    const { status, data, request } = await (kept ?? instance()).request({ url: addresses[place], data: body, signal });
    if (place === 0) build.first = firstAnswer(request);
    return { status, bytes: data?.byteLength ?? 0 };
  };
}

/** The headers the other clients send: repeated ones joined, and the content type that a browser gives to text. */
function sent(build) {
  const all = sentHeaders(build);
  // axios' own is "application/json, text/plain, */*", by which a server may send another answer than to the others.
  if (!all.has("accept")) all.set("accept", "*/*");
  if (build.body !== undefined && !all.has("content-type")) {
    // Left out, axios would call it a form.
    all.set("content-type", "text/plain;charset=UTF-8");
  }
  return Object.fromEntries(all);
}
