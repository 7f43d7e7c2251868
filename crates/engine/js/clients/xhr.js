// XMLHttpRequest, the browser's older client.
//
// Reused: an object that has ended is opened again; there are as many as requests in flight. Fresh: an object for
// each call. It has no cache mode: see shared/xhr.js.

import { checkCredentials, firstAnswer, open, sentHeaders } from "./shared/xhr.js";

/** @param {import("../fetchmark").ClientBuild} build */
export function create(build) {
  checkCredentials(build);
  const headers = [...sentHeaders(build)];
  const idle = [];
  const take = build.reused ? () => idle.pop() ?? new XMLHttpRequest() : () => new XMLHttpRequest();
  const give = build.reused ? (xhr) => idle.push(xhr) : () => {};
  return (place, signal) =>
    new Promise((resolve, reject) => {
      const xhr = take();
      open(xhr, build, headers, place, true);
      let status = 0;
      const end = (settle, value) => {
        signal.onabort = null;
        give(xhr);
        settle(value);
      };
      xhr.onreadystatechange = () => {
        if (xhr.readyState === XMLHttpRequest.HEADERS_RECEIVED) status = xhr.status;
      };
      xhr.onload = () => {
        if (place === 0) build.first = firstAnswer(xhr);
        end(resolve, { status: xhr.status, bytes: xhr.response?.byteLength ?? 0 });
      };
      xhr.onerror = () => {
        const cause = new TypeError("XMLHttpRequest reports a network error");
        end(reject, status === 0 ? cause : { status, cause });
      };
      xhr.onabort = () => end(reject, new DOMException("The request was aborted", "AbortError"));
      signal.onabort = () => xhr.abort();
      xhr.send(build.body);
    });
}
