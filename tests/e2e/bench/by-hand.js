// The same loop written by hand: what the engine is held to. No engine, no abort, no time-out, nothing counted.

/**
 * Sends n requests through `lanes` lanes, bodies read to the end.
 * @returns {Promise<number>} from before the first call to after the last end, in ms
 */
export async function byHand(url, n, lanes) {
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < n) {
      next += 1;
      const response = await fetch(url, { cache: "no-store" });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, n) }, lane));
  return performance.now() - started;
}
