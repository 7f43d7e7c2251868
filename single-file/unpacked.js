// Wasm modules are gzipped in the single file: base64 of less is less.

/** A response with what was packed: wasm-bindgen's `init` compiles it while it is unpacked. */
export function unpacked(bytes) {
  // Not through a Blob: WebKit cannot read one in a worker of a page from a file.
  const body = new Response(bytes).body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(body, { headers: { "Content-Type": "application/wasm" } });
}
