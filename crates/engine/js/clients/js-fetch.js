// Plain JavaScript fetch: the yardstick of all other clients.
//
// Reused: Requests built before the round, one for each call in flight (a Request has its abort signal built in); each
// call fetches one. Fresh: options, headers and Request for each call. Where every request has an address of its own,
// "reused" keeps the options.

/** @param {import("../fetchmark").ClientBuild} build */
export function create(build) {
  const options = () => ({
    method: build.method,
    headers: new Headers(build.headers),
    body: build.body,
    credentials: build.credentials,
    cache: "no-store",
  });
  return build.reused ? reused(build, options()) : fresh(build, options);
}

function reused(build, options) {
  const { url, addresses, signals, ownAddressEach, body } = build;
  if (ownAddressEach) {
    return (place, signal) => read(build, place, fetch(addresses[place], { ...options, signal }));
  }
  const request = (signal) => new Request(url, { ...options, signal });
  const built = new Map(signals.map((signal) => [signal, request(signal)]));
  const kept = (signal) => {
    // A signal that aborted is replaced by a new one.
    if (!built.has(signal)) built.set(signal, request(signal));
    return built.get(signal);
  };
  // Fetching a request takes its body away; a clone has one of its own.
  return body === undefined
    ? (place, signal) => read(build, place, fetch(kept(signal)))
    : (place, signal) => read(build, place, fetch(kept(signal).clone()));
}

function fresh(build, options) {
  const { addresses } = build;
  return (place, signal) => read(build, place, fetch(new Request(addresses[place], { ...options(), signal })));
}

async function read(build, place, answer) {
  const response = await answer;
  const headersMs = performance.now();
  const { status } = response;
  try {
    const body = await response.arrayBuffer();
    if (place === 0) build.first = response;
    return { status, headersMs, bytes: body.byteLength };
  } catch (cause) {
    throw { status, cause };
  }
}
