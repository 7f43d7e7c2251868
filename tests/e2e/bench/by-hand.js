// The same loop written by hand: what the engine is held to. No engine, no abort, no time-out, nothing counted. Each lane has
// its Request before the round begins, as the engine's reused clients do.

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
  const lane = async (request) => {
    while (next < n) {
      next += 1;
      const called = performance.now();
      const response = await fetch(request);
      await response.arrayBuffer();
      times.push(called, performance.now());
    }
  };
  const requests = Array.from({ length: Math.min(lanes, n) }, () => new Request(url, { cache: "no-store" }));
  const started = performance.now();
  await Promise.all(requests.map(lane));
  return times.at(-1) - started;
}
