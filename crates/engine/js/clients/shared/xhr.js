// What the XMLHttpRequest clients share.

/** Throws where the credentials mode is one that XMLHttpRequest does not have. */
export function checkCredentials({ credentials }) {
  if (credentials === "omit") {
    throw new TypeError("XMLHttpRequest cannot omit credentials; choose same-origin or include");
  }
}

/**
 * The headers of a request that must not come from the cache. XMLHttpRequest has no cache mode, but these two headers are
 * what fetch's `cache: "no-store"` sends (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch), and Chromium heeds
 * them: without, it has requests for one address wait for each other. Across origins they would cost a preflight, which
 * is worse. (A redirect from the page's origin to another one asks that other one for permission to receive them.)
 */
export function sentHeaders({ headers, crossOrigin }) {
  const own = new Headers(headers);
  for (const name of ["Cache-Control", "Pragma"]) {
    if (!crossOrigin && !own.has(name)) own.set(name, "no-cache");
  }
  return own;
}

/** What is told of the first answer: the object may be opened again. Asking for a header that the server hides would be an error. */
export const firstAnswer = ({ responseURL }) => ({ url: responseURL });

/** Opens the request at `place`, with headers; an object that has ended may be opened again. */
export function open(xhr, { addresses, method, credentials }, headers, place, asynchronous) {
  if (credentials === "include" && xhr.readyState === XMLHttpRequest.DONE) {
    // Firefox's workers set withCredentials anew within open(), which an object that has ended does not allow: this makes it unsent.
    xhr.onabort = null;
    xhr.abort();
  }
  xhr.open(method, addresses[place], asynchronous);
  xhr.responseType = "arraybuffer";
  xhr.withCredentials = credentials === "include";
  for (const [name, value] of headers) {
    xhr.setRequestHeader(name, value);
  }
}
