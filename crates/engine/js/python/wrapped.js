// The browser's fetch and XMLHttpRequest as Python's clients get them within a round, so that all of them send the same: never from the
// cache, with the scenario's credentials, without the headers that only cost a preflight, abortable, and with a fragment by which the
// timing entry is found (libraries that take the fragment off an address have it put on again).

const FRAGMENT = "#fm-";

/** What requests and httpx set as outside a browser. A browser sets these itself; Firefox would send another User-Agent and ask permission
 * for it first. */
const NOT_OURS = ["user-agent", "accept-encoding", "connection", "content-length", "host"];

/** Puts both in the place of the browser's, before Pyodide takes hold of them. Outside rounds they are the browser's. */
export function wrap(scope) {
  const browsers = scope.fetch.bind(scope);
  const Xhr = scope.XMLHttpRequest;
  let round;
  let fileOf = () => undefined;

  /** The address with the fragment of the request it is of. */
  function place(url) {
    const [address, fragment] = String(url).split(FRAGMENT);
    const index = fragment === undefined ? round.at : Number(fragment);
    return { index, address: `${address.split("#")[0]}${FRAGMENT}${index}` };
  }

  function fetch(input, init) {
    // pyfetch makes a Request, the others have an address.
    const request = input instanceof Request ? input : undefined;
    const { signal = request?.signal, headers = request?.headers, ...options } = init ?? {};
    const { index, address } = place(request?.url ?? input);
    const sent = new Headers(headers);
    NOT_OURS.forEach((name) => sent.delete(name));
    const abort = new AbortController();
    round.aborts.set(index, abort);
    const answer = browsers(!request || request.url === address ? (request ?? address) : new Request(address, request), {
      ...options,
      headers: sent,
      cache: "no-store",
      credentials: round.credentials,
      signal: signal ? AbortSignal.any([signal, abort.signal]) : abort.signal,
    });
    const { heads, first } = round;
    answer.then(
      (response) => {
        heads.set(index, response.status);
        if (index === first.index) Object.assign(first, { url: response.url, isAged: response.headers.has("age") });
      },
      () => {},
    );
    return answer;
  }

  class WrappedXhr extends Xhr {
    open(method, url, ...rest) {
      if (!round) return super.open(method, url, ...rest);
      const { index, address } = place(url);
      super.open(method, address, ...rest);
      this.index = index;
      this.withCredentials = round.credentials === "include";
      // As xhr-sync does (clients/shared/xhr.js): there is no cache mode.
      if (!round.crossOrigin) ["Cache-Control", "Pragma"].forEach((name) => super.setRequestHeader(name, "no-cache"));
    }

    setRequestHeader(name, value) {
      if (!round || !NOT_OURS.includes(name.toLowerCase())) super.setRequestHeader(name, value);
    }

    send(body) {
      if (!round) return super.send(body);
      this.timeout ||= round.timeoutMs;
      const { first, late, timeoutMs } = round;
      const sent = performance.now();
      try {
        super.send(body);
      } catch (error) {
        // Firefox calls it a network error where the body was late.
        if (error?.name === "TimeoutError" || performance.now() - sent >= timeoutMs) late.add(this.index);
        throw error;
      }
      if (this.index === first.index) first.url = this.responseURL;
    }
  }

  // What the engine itself requests, it requests between rounds.
  scope.fetch = (input, options) => (round ? fetch(input, options) : (fileOf(input) ?? browsers(input, options)));
  scope.XMLHttpRequest = WrappedXhr;

  return {
    /** Has these files answered with what was loaded of them already; `get` gives an answer, or undefined. */
    answerWith: (get) => (fileOf = get),
    /** Begins a round; its requests have serial numbers from `first_serial` on. */
    begin({ first_serial: index, credentials, cross_origin: crossOrigin, timeout_ms: timeoutMs }) {
      round = {
        at: index,
        credentials,
        crossOrigin,
        timeoutMs,
        aborts: new Map(),
        heads: new Map(),
        late: new Set(),
        first: { index },
      };
      return round;
    },
    end: () => (round = undefined),
    /** Says which request the next call sends, for libraries that take the fragment off. */
    at: (index) => (round.at = index),
    /** Aborts a request under way. What has ended is not to be aborted: the browser might then forget its entry. */
    abort: (index) => round?.aborts.get(index)?.abort(),
  };
}
