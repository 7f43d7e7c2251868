// Plain JavaScript fetch: the yardstick of all other clients.
//
// Reused: one Request, built once; each call fetches it. Fresh: options, headers and Request for each call. Where
// every request has an address of its own, "reused" keeps the options.

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

function reused({ url, addresses, ownAddressEach, body }, options) {
  if (ownAddressEach) {
    return (place, signal) => read(fetch(addresses[place], { ...options, signal }));
  }
  const request = new Request(url, options);
  // Fetching a request takes its body away; a clone has one of its own.
  return body === undefined
    ? (_place, signal) => read(fetch(request, { signal }))
    : (_place, signal) => read(fetch(request.clone(), { signal }));
}

function fresh({ addresses }, options) {
  return (place, signal) => read(fetch(new Request(addresses[place], { ...options(), signal })));
}

async function read(answer) {
  const response = await answer;
  const { status } = response;
  try {
    const body = await response.arrayBuffer();
    return { status, bytes: body.byteLength };
  } catch (cause) {
    throw { status, cause };
  }
}
