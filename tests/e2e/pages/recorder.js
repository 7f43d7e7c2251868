// A worker that makes requests and hands back what a browser shows of them, for `examples/record_traces.rs`. Its times are those of
// the worker, as the engine's are.

/** The step of the clock: the smallest difference seen. */
function step() {
  let smallest = Infinity;
  for (let looks = 0; looks < 100_000; looks += 1) {
    const difference = performance.now() - performance.now();
    if (difference < 0) smallest = Math.min(smallest, -difference);
  }
  return smallest;
}

/** What a number is beyond the step of any browser's clock is an artefact of adding. */
const short = (value) => (typeof value === "number" ? Number(value.toFixed(4)) : value);

/** An entry as `fetchmark_core::timing::TimingEntry` writes it; what is zero is left out. */
function plain(entry) {
  const conn = [...(entry.serverTiming ?? [])].find(({ name }) => name === "conn")?.description.split("-").map(Number);
  const all = {
    name: entry.name,
    start_ms: entry.startTime,
    fetch_start_ms: entry.fetchStart,
    redirect_start_ms: entry.redirectStart,
    worker_start_ms: entry.workerStart,
    dns_start_ms: entry.domainLookupStart,
    dns_end_ms: entry.domainLookupEnd,
    connect_start_ms: entry.connectStart,
    tls_start_ms: entry.secureConnectionStart,
    connect_end_ms: entry.connectEnd,
    request_start_ms: entry.requestStart,
    response_start_ms: entry.finalResponseHeadersStart || entry.responseStart,
    response_end_ms: entry.responseEnd,
    protocol: entry.nextHopProtocol,
    transfer_bytes: entry.transferSize,
    encoded_bytes: entry.encodedBodySize,
    decoded_bytes: entry.decodedBodySize,
    server_connection: conn && { socket: conn[0], nth: conn[1] },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value).map(([name, value]) => [name, short(value)]));
}

async function ask(url, index) {
  const called_ms = short(performance.now());
  const response = await fetch(url, { cache: "no-store" });
  const { byteLength: body_bytes } = await response.arrayBuffer();
  const ended_ms = short(performance.now());
  // The answer's own word, which no join can mix up.
  const [, socket, nth] = response.headers.get("server-timing")?.match(/conn;desc="(\d+)-(\d+)"/) ?? [];
  const sample = { index, intended_ms: called_ms, called_ms, ended_ms, status: response.status, body_bytes, outcome: "Ok" };
  return { sample, truth: socket ? { socket: Number(socket), nth: Number(nth) } : null };
}

onmessage = async ({ data: { urls, together } }) => {
  const smallest = step();
  performance.clearResourceTimings();
  let asked = [];
  if (together) {
    asked = await Promise.all(urls.map(ask));
  } else {
    for (const [index, url] of urls.entries()) asked.push(await ask(url, index));
  }
  // Entries come in tasks of their own.
  while (performance.getEntriesByType("resource").length < urls.length) await new Promise((done) => setTimeout(done, 10));
  postMessage({
    step_ms: short(smallest),
    samples: asked.map(({ sample }) => sample),
    truth: asked.map(({ truth }) => truth),
    entries: performance.getEntriesByType("resource").map(plain),
  });
};
