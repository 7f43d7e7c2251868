// A worker from a file of this folder, under the lab's Trusted Types policy.

const policy = globalThis.trustedTypes?.createPolicy("fetchmark", { createScriptURL: (url) => url });

/**
 * Starts a module worker.
 * @param {string} file its name in this folder
 * @returns {Worker}
 */
export function startWorker(file) {
  const { href } = new URL(file, import.meta.url);
  return new Worker(policy ? policy.createScriptURL(href) : href, { type: "module" });
}
