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
  if (!globalThis.WebTransport) {
    const why = "This browser has no WebTransport here. It takes Chromium or Firefox, and a page over https or from localhost.";
    return () => Promise.reject(new TypeError(why));
  }
  const message = new TextEncoder().encode(build.body ?? "ping");
  const url = new URL(build.url);
  // Before the round: it is no part of a message.
  const known = await offer(url);
  const exchange = build.reused ? overKept : overFresh;
  return (_place, signal) => {
    const givenUp = new Promise((_, reject) => (signal.onabort = () => reject(signal.reason)));
    return Promise.race([exchange(url, known, message, signal), givenUp]);
  };
}

async function overKept(url, known, message, signal) {
  const session = keptSession(url, known);
  await session.ready;
  return ask(session, message, signal);
}

async function overFresh(url, known, message, signal) {
  const session = open(url, known);
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

function keptSession(url, known) {
  if (!kept.has(url.href)) {
    const session = open(url, known);
    kept.set(url.href, session);
    const forget = () => kept.delete(url.href);
    session.closed.then(forget, forget);
  }
  return kept.get(url.href);
}

function open(url, known) {
  const address = new URL(url);
  address.hash = "";
  let options;
  if (known) {
    [address.protocol, address.port] = ["https:", known.port];
    const value = Uint8Array.from(atob(known.certificate), (byte) => byte.charCodeAt(0));
    options = { serverCertificateHashes: [{ algorithm: "sha-256", value }] };
  }
  const session = new WebTransport(address, options);
  // Its end is told where it is used.
  session.closed.catch(() => {});
  // The lab may have a new certificate: the next round asks.
  session.ready.catch(() => known && offers.delete(url.origin));
  return session;
}

/** Where the lab takes sessions: asked once for each origin. What is no lab takes them at the address itself. */
function offer({ origin }) {
  if (!offers.has(origin)) {
    const asked = fetch(`${origin}/lab/webtransport`, { cache: "no-store", signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    const read = asked.then((answer) => (answer.ok ? answer.json() : null));
    offers.set(origin, read.then((offer) => (offer?.port && offer.certificate ? offer : null)).catch(() => null));
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
