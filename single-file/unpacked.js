// Wasm modules are gzipped in the single file: base64 of less is less.

/** A response with what was packed: wasm-bindgen's `init` compiles it while it is unpacked. */
export function unpacked(bytes) {
  const body = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(body, { headers: { "Content-Type": "application/wasm" } });
}
