// WebTransport: no HTTP request, but what people weigh one against. A request is a stream of its own: a message there, the answer back.
//
// Reused: one session to an address, kept from round to round. Fresh: a session for each message, opened, used and closed. The lab tells
// where sessions are opened and by which certificate (/lab/webtransport): a browser trusts that one by its hash. No browser shows a page the
// phases of a message.

const ANSWERS_WITHIN_MS = 5_000;
const kept = new Map();
const offers = new Map();

/** @param {import("../fetchmark").ClientBuild} build */
export async function create(build) {
  // Before the round: it is no part of a message.
  await offer(new URL(build.addresses[0]));
  const message = new TextEncoder().encode(build.body ?? "ping");
  const exchange = build.reused ? overKept : overFresh;
  return (place, signal) => {
    const givenUp = new Promise((_, reject) => (signal.onabort = () => reject(signal.reason)));
    return Promise.race([exchange(build.addresses[place], message, signal), givenUp]);
  };
}

async function overKept(address, message, signal) {
  return ask(await keptSession(address), message, signal);
}

async function overFresh(address, message, signal) {
  const session = await open(address);
  const close = () => session.close();
  signal.addEventListener("abort", close);
  try {
    await session.ready;
    return await ask(session, message, signal);
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}

async function keptSession(address) {
  if (!kept.has(address)) {
    const opening = open(address);
    kept.set(address, opening);
    const forget = () => kept.delete(address);
    opening.then((session) => session.closed).then(forget, forget);
  }
  const session = await kept.get(address);
  await session.ready;
  return session;
}

async function open(address) {
  const url = new URL(address);
  url.hash = "";
  const known = await offer(url);
  let options;
  if (known) {
    [url.protocol, url.port] = ["https:", known.port];
    const value = Uint8Array.from(atob(known.certificate), (byte) => byte.charCodeAt(0));
    options = { serverCertificateHashes: [{ algorithm: "sha-256", value }] };
  }
  const session = new WebTransport(url, options);
  // Its end is told where it is used.
  session.closed.catch(() => {});
  // The lab may have a new certificate.
  session.ready.catch(() => offers.delete(url.origin));
  return session;
}

/** Where the lab takes sessions: asked once for each origin. What is no lab takes them at the address itself. */
function offer({ origin }) {
  if (!offers.has(origin)) {
    const asked = fetch(`${origin}/lab/webtransport`, { cache: "no-store", signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    offers.set(origin, asked.then((answer) => (answer.ok ? answer.json() : null)).catch(() => null));
  }
  return offers.get(origin);
}

async function ask(session, message, signal) {
  const { readable, writable } = await session.createBidirectionalStream();
  const writer = writable.getWriter();
  if (signal.aborted) {
    // A stream left open would be under way for as long as its session.
    writer.abort().catch(() => {});
    throw signal.reason;
  }
  const sending = writer.write(message).then(() => writer.close());
  const [answer] = await Promise.all([new Response(readable).arrayBuffer(), sending]);
  return answer;
}
