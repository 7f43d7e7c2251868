// WebSocket: no HTTP request, but what people weigh one against. A request is a message, its answer the next message that comes back.
//
// Reused: one socket to an address, open before the first round that counts and kept from round to round. Fresh: a socket for each
// message, opened, used and closed. The lab's answers begin with a line that names the connection and counts its messages:
// conn;desc="<connection>-<nth>". Other servers say nothing of it. No browser shows a page the phases of a message.

const CONNECTION = /^conn;desc="(\d+-\d+)"\n/;
const kept = new Map();

/** @param {import("../fetchmark").ClientBuild} build */
export function create(build) {
  const message = build.body ?? "ping";
  return build.reused
    ? async (place, signal) => ask(await keptSocket(build.addresses[place], signal), message, signal)
    : async (place, signal) => {
        const socket = await open(build.addresses[place], signal);
        try {
          return await ask(socket, message, signal);
        } finally {
          socket.close();
        }
      };
}

function keptSocket(address, signal) {
  const known = kept.get(address);
  if (known && known.isLost !== true) return known.opening;
  const entry = { isLost: false };
  entry.opening = open(address, signal, () => (entry.isLost = true));
  entry.opening.catch(() => (entry.isLost = true));
  kept.set(address, entry);
  return entry.opening;
}

function open(address, signal, onLost = () => {}) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address.replace(/^http/, "ws"));
    // Answers come in the order of the messages.
    socket.waiting = [];
    const lost = (why) => {
      onLost();
      reject(new TypeError(why));
      for (const { reject } of socket.waiting.splice(0)) reject(new TypeError(why));
    };
    socket.onopen = () => resolve(socket);
    socket.onmessage = ({ data }) => socket.waiting.shift()?.resolve(data);
    socket.onerror = () => lost("WebSocket reports an error");
    socket.onclose = ({ code }) => lost(`WebSocket was closed (${code})`);
    signal.addEventListener("abort", () => socket.readyState === WebSocket.CONNECTING && socket.close(), { once: true });
  });
}

async function ask(socket, message, signal) {
  const answer = new Promise((resolve, reject) => {
    // The answer to a message that was given up still takes its turn.
    socket.waiting.push({ resolve, reject });
    signal.onabort = () => reject(new DOMException("The message was given up", "AbortError"));
  });
  socket.send(message);
  const data = await answer;
  signal.onabort = null;
  const connection = CONNECTION.exec(data);
  const body = connection ? data.slice(connection[0].length) : data;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body).length : body.size;
  return { status: 200, bytes, connection: connection?.[1], protocol: "websocket" };
}
