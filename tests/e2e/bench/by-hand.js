// The same loop written by hand: what the engine is held to. No engine, no abort, no time-out, nothing counted.

/**
 * Sends n requests through `lanes` lanes, bodies read to the end, call and end of each noted.
 * @param {string} url
 * @param {number} n
 * @param {number} lanes
 * @returns {Promise<number>} from before the first call to the last end, in ms
 */
export async function byHand(url, n, lanes) {
  const times = [];
  let next = 0;
  const lane = async () => {
    while (next < n) {
      next += 1;
      const called = performance.now();
      const response = await fetch(url, { cache: "no-store" });
      await response.arrayBuffer();
      times.push(called, performance.now());
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: Math.min(lanes, n) }, lane));
  return times.at(-1) - started;
}
