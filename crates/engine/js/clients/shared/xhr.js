// What the XMLHttpRequest clients share.

/** Throws where the credentials mode is one that XMLHttpRequest does not have. */
export function checkCredentials({ credentials }) {
  if (credentials === "omit") {
    throw new TypeError("XMLHttpRequest cannot omit credentials; choose same-origin or include");
  }
}

/** Opens the request at `place`, with headers; an object that has ended may be opened again. */
export function open(xhr, { addresses, method, headers, credentials }, place, asynchronous) {
  xhr.open(method, addresses[place], asynchronous);
  xhr.responseType = "arraybuffer";
  xhr.withCredentials = credentials === "include";
  for (const [name, value] of headers) {
    xhr.setRequestHeader(name, value);
  }
}
