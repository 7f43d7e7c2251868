// Blocking XMLHttpRequest: the browser's counterpart of Python's requests. Workers only.
//
// Reused: one object, opened again for each call. Fresh: an object for each call. It throws one and the same error for an
// answer that never came and for one that broke off: both are called network errors. While a call blocks, nothing else
// happens on the thread, so a call first lets waiting messages (Stop among them) in when they have waited long.

import { checkCredentials, firstAnswer, open, sentHeaders } from "./shared/xhr.js";

/** The longest that messages wait, in ms. */
const LONGEST_WAIT = 50;

/** @param {import("../fetchmark").ClientBuild} build */
export function create(build) {
  checkCredentials(build);
  const headers = [...sentHeaders(build)];
  const kept = build.reused ? new XMLHttpRequest() : undefined;
  let letIn = performance.now();
  return async (place, signal) => {
    if (performance.now() - letIn > LONGEST_WAIT) {
      await messagesLetIn();
      letIn = performance.now();
      signal.throwIfAborted();
      build.beganMs[place] = performance.now();
    }
    const xhr = kept ?? new XMLHttpRequest();
    open(xhr, build, headers, place, false);
    xhr.timeout = build.timeoutMs;
    const sent = performance.now();
    try {
      xhr.send(build.body);
    } catch (cause) {
      // Firefox calls it a network error where the body, and not the head, was late.
      if (cause?.name === "TimeoutError" || performance.now() - sent >= build.timeoutMs) {
        throw { timedOut: true, cause };
      }
      throw xhr.status === 0 ? cause : { status: xhr.status, cause };
    }
    if (xhr.status === 0) {
      // Firefox throws nothing where CORS withholds the answer.
      throw new TypeError("XMLHttpRequest reports no answer");
    }
    if (place === 0) build.first = firstAnswer(xhr);
    return { status: xhr.status, bytes: xhr.response?.byteLength ?? 0 };
  };
}

/** Ends after the messages that wait have been handled. */
function messagesLetIn() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
