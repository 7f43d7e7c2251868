// WebTransport: no HTTP request, but what people weigh one against. A request is a stream of its own: a message there, the answer back.
//
// Reused: one session to an address, kept from round to round. Fresh: a session for each message, opened, used and closed. The lab tells
// where sessions are opened and by which certificate (/lab/webtransport): a browser trusts that one by its hash. Its answers begin with a line
// that names the connection and counts its messages: conn;desc="<connection>-<nth>". No browser shows a page the phases of a message.

const CONNECTION = /^conn;desc="(\d+-\d+)"\n/;
const kept = new Map();
const offers = new Map();

/** @param {import("../fetchmark").ClientBuild} build */
export function create(build) {
  const message = new TextEncoder().encode(build.body ?? "ping");
  return build.reused
    ? async (place, signal) => ask(await keptSession(build.addresses[place]), message, signal)
    : async (place, signal) => {
        const session = await open(build.addresses[place]);
        try {
          return await ask(session, message, signal);
        } finally {
          session.close();
        }
      };
}

function keptSession(address) {
  if (!kept.has(address)) {
    const opening = open(address);
    kept.set(address, opening);
    const forget = () => kept.get(address) === opening && kept.delete(address);
    opening.then((session) => session.closed).then(forget, forget);
  }
  return kept.get(address);
}

/** Where sessions are opened. Asked once for each origin; what is no lab opens them at the address itself. */
function offer({ origin }) {
  if (!offers.has(origin)) {
    const asked = fetch(`${origin}/lab/webtransport`, { cache: "no-store" });
    offers.set(origin, asked.then((answer) => (answer.ok ? answer.json() : null)).catch(() => null));
  }
  return offers.get(origin);
}

async function open(address) {
  const url = new URL(address);
  const known = await offer(url);
  let options;
  if (known) {
    [url.protocol, url.port, url.hostname] = ["https:", known.port, "127.0.0.1"];
    const value = Uint8Array.from(atob(known.certificate), (byte) => byte.charCodeAt(0));
    options = { serverCertificateHashes: [{ algorithm: "sha-256", value }] };
  }
  const session = new WebTransport(url, options);
  // Its end is told where it is used.
  session.closed.catch(() => {});
  await session.ready;
  return session;
}

async function ask(session, message, signal) {
  const stream = await session.createBidirectionalStream();
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  signal.onabort = () => reader.cancel().catch(() => {});
  const sent = writer.write(message).then(() => writer.close());
  const chunks = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    chunks.push(value);
  }
  await sent;
  signal.throwIfAborted();
  signal.onabort = null;
  const text = await new Blob(chunks).text();
  const connection = CONNECTION.exec(text);
  const bytes = new TextEncoder().encode(connection ? text.slice(connection[0].length) : text).length;
  return { status: 200, bytes, connection: connection?.[1], protocol: "webtransport" };
}
