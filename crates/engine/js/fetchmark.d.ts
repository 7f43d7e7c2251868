// Types of fetchmark.js. Times are in ms, sizes in bytes.

export type Lifecycle = "reused" | "fresh";
export type Connection = "warm" | "cold";
export type Thread = "worker" | "main";
export type Pacing = "sequential" | "concurrent" | "rate";

export interface Target {
  /** Absolute, or relative to `baseUrl`. `{n}` is replaced by a counter. */
  url: string;
  /** Where cold variants go instead: an address whose answers close their connection, or one with `{n}` in its host. */
  cold_url?: string | null;
  method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  headers?: [name: string, value: string][];
  body?: string | null;
  credentials?: "omit" | "same-origin" | "include";
}

/** One of several targets: what it does not say itself is as in `target`. */
export interface NamedTarget extends Partial<Target> {
  /** Names its rows; without one, its host does. */
  label?: string;
  url: string;
}

export interface Scenario {
  target?: Target;
  /** Several targets: each is compared with the first. */
  targets?: NamedTarget[];
  /** `gloo-net`, or `js-fetch:reused` for one lifecycle only. The first variant is the baseline. */
  clients?: string[];
  lifecycle?: Lifecycle[];
  connection?: Connection[];
  pacing?: Pacing[];
  /** Requests per round. */
  n?: number;
  /** Requests in flight, one variant each. */
  concurrency?: (number | "all")[];
  /** Arrivals per second. */
  rate?: number;
  rounds?: number;
  /** Measure until every comparison is resolved or this is spent, instead of a fixed number of rounds. */
  auto?: { budget_ms?: number; min_blocks?: number } | null;
  warmup?: number;
  timeout_ms?: number;
  /** Where measuring runs; with both, every variant that can is a row on either. */
  thread?: Thread | Thread[];
  aa?: boolean;
  /** Measure on where no request of the first measured block succeeded; otherwise the run ends there. */
  keep_going?: boolean;
  seed?: number;
  margin?: number;
}

export interface Progress {
  rounds_done: number;
  rounds_total: number;
  requests_done: number;
  requests_total: number;
  variant: number;
  block: number | null;
  elapsed_ms: number;
  last_round: { variant: number; block: number | null; wall_ms: number; ok: number; failed: number } | null;
  /** How each row stands, in table order; only between blocks and at the end. The figures are those of {@link VariantReport}. */
  standings?: {
    /** Rounds whose times count. */
    timed_rounds: number;
    round_median_ms: number | null;
    /** Null with fewer than six rounds. */
    round_interval_ms: [number, number] | null;
    /** Requests of those rounds. */
    requests: Requests;
  }[];
}

export interface Requests {
  issued: number;
  ok: number;
  failed: number;
  aborted: number;
}

export interface Connections {
  new: number;
  reused: number;
  cached: number;
  unknown: number;
}

export interface VariantReport {
  id: string;
  runtime: "browser" | "python";
  client: string;
  lifecycle: Lifecycle;
  connection: Connection;
  pacing: Pacing;
  concurrency: number;
  rate_per_second: number | null;
  /** The thread that measured it; null if no browser ran it. */
  thread: Thread | null;
  rounds: {
    /** The session that measured it, by its place in `sessions`; missing where it is the first, or the only one. */
    session?: number;
    block: number;
    /** When the engine began it, after the run of its session began; missing in older reports. */
    start_ms?: number;
    wall_ms: number;
    ok: number;
    failed: number;
    voided: boolean;
  }[];
  round_median_ms: number | null;
  /** The median's own 95 % interval; null with fewer than six rounds. */
  round_interval_ms: [low: number, high: number] | null;
  /** Round times outside Tukey's fences; they are in every number. */
  outliers: { mild: number; severe: number };
  requests_per_second: number | null;
  requests: Requests;
  warmup: { requests: Requests; connections: Connections };
  /** Requests sent besides, unmeasured, before rounds: they use up connections before a cold one, or open them again after it. */
  draining_requests: number;
  errors: Record<string, number>;
  error_messages: Record<string, string[]>;
  connections: Connections;
  evidence: Record<string, number>;
  /** Requests by protocol; `""` where the browser hides it. */
  protocols: Record<string, number>;
  /** Answers by HTTP status. */
  statuses: Record<string, number>;
  redirected: number;
  /** Where redirects led, without queries, by one answer of each round; missing without any, or if the client does not tell. */
  redirected_to?: string[];
  /** Rounds of which one answer was looked at and came from a cache on the way (`Age`); missing if none did. */
  aged_rounds?: number;
  /** Successful requests that may have been answered from a cache without anything showing it. */
  maybe_cached: number;
  /** Sums over answers; what the browser hides counts as zero. */
  sizes: { transfer_bytes: number; encoded_bytes: number; decoded_bytes: number };
  unjoined: number;
  body_bytes: number;
  latency_ms: {
    count: number;
    min: number;
    mean: number;
    p50: number;
    p90: number;
    p95: number;
    p99: number;
    max: number;
    /** The curve of the percentiles: shares (0 to 1) and times. */
    quantiles: [share: number, ms: number][];
    /** HDR histogram in µs, V2 compressed, base64. */
    histogram: string;
  } | null;
  /** How late requests were sent after they were due, at a rate only; latency includes it. */
  late_ms?: { p50: number; p95: number; max: number };
  phases_ms: Record<string, { count: number; mean: number; p50: number; p95: number; p99: number }>;
  /** The last whole round, request by request: the first 128. Times count from the round's first call. */
  example_round: {
    block: number;
    issued: number;
    requests: {
      due_ms: number;
      wire_ms: number | null;
      first_byte_ms: number | null;
      last_byte_ms: number | null;
      ended_ms: number;
      outcome: "ok" | "failed" | "aborted";
      connection: "new" | "reused" | "cached" | "unknown";
      /** The server's own number of the connection. */
      socket: number | null;
    }[];
  } | null;
}

export interface Comparison {
  baseline: string;
  candidate: string;
  blocks: number;
  ratio: number | null;
  low: number | null;
  high: number | null;
  /** What this look alone gives the interval: 0.95, or more in an auto run, whose looks share the 5 %. */
  confidence: number;
  verdict: "faster" | "slower" | "equivalent" | "inconclusive" | "refused";
  reason_code: string;
  reason: string;
}

/** What ran clients beside the browser. */
export interface RuntimeReport {
  name: "python";
  version: string;
  /** Versions by name. */
  libraries: Record<string, string>;
}

export interface Report {
  schema: "fetchmark.report/1";
  fetchmark_version: string;
  started_at: string;
  duration_ms: number;
  ending: "complete" | "stopped" | "failed";
  scenario: Required<Scenario>;
  environment: {
    user_agent: string;
    cores: number | null;
    cross_origin_isolated: boolean;
    timer_step_ms: number;
    protocols: Record<string, number>;
    /** What ran clients beside the browser; missing where nothing did. */
    runtimes?: RuntimeReport[];
    /** The origin of the document that measured, where the command chose it: `target` is the target's own, though the page is not from there. */
    origin?: "page" | "target";
    /** A proxy that may stand between browser and target; only the command line knows. */
    proxy?: { address: string; named_by: string; runtimes: ("browser" | "python")[] };
    /** The network that the lab emulated, where it did; the page and the command line know. */
    distance?: { rtt_ms: number; slow_start: boolean; bandwidth_mbit?: number };
  };
  variants: VariantReport[];
  comparisons: Comparison[];
  /** The sessions of a merged report, each with its rows; missing where one browser measured. */
  sessions?: {
    id: string;
    user_agent: string;
    /** The machine it ran on, as a Selenium Grid names it. */
    node?: string;
    cores: number | null;
    clock_step_ms: number;
    /** By how much its clock is ahead of that of the machine that conducted. */
    offset_ms?: number;
    /** By how much that may be wrong, in ms. */
    offset_error_ms?: number;
    /** How long after the time agreed on it began. */
    skew_ms?: number;
    started_at: string;
    duration_ms: number;
    ending: "complete" | "stopped" | "failed";
    /** Its rows; their rounds are in `variants` of the whole report. */
    variants: VariantReport[];
  }[];
  /** What the sessions did while all of them measured: a lower bound. Missing where their clocks were not compared. */
  common_time?: { ms: number; requests: number; requests_per_second: number };
  /** Each further target against the first: all rows together, by label, and each row; missing where there is one target. */
  targets?: { overall: Comparison; rows: Comparison[] }[];
  /** Fresh ÷ reused, client by client; missing where `comparisons` say as much. */
  lifecycles?: Comparison[];
  /** Rows compared with another one than the first of their target, where the headline rests on it; missing where it rests on none. */
  references?: Comparison[];
  validity: { code: string; severity: "note" | "weakens" | "voids"; variant: string | null; count: number; detail: string | null }[];
}

/** One request. Times are on the measuring thread's clock; what the browser hides is null. */
export interface Sample {
  /** Serial number in the run, from 0. */
  index: number;
  intended_ms: number;
  called_ms: number;
  /** When the browser began to fetch. */
  started_ms: number | null;
  /** When the request went onto the wire. */
  request_ms: number | null;
  ended_ms: number;
  outcome: "ok" | "failed" | "aborted";
  error: string | null;
  message: string | null;
  status: number | null;
  body_bytes: number;
  connection: "new" | "reused" | "cached" | "unknown";
  /** What the label rests on. */
  evidence: "server" | "resource-timing" | "transfer" | "client" | "nothing";
  /** Another request of the round started and ended within the same clock steps: what the browser tells of one of them may
   * be true of the other. */
  tied: boolean;
  /** The server's own number of the connection, where it gives one and it is certain whose it is, and which request on it
   * this was. */
  socket: number | null;
  nth: number | null;
  protocol: string | null;
  transfer_bytes: number | null;
  encoded_bytes: number | null;
  decoded_bytes: number | null;
  redirected: boolean;
  phases_ms: Record<string, number>;
}

/** Every request of one round, in order of issue. */
export interface RoundSamples {
  /** The number of the session, from 1; missing where one browser measured. */
  session?: number;
  /** Index into the report's variants. */
  variant: number;
  /** From 0; null for a warm-up round. */
  block: number | null;
  complete: boolean;
  wall_ms: number;
  samples: Sample[];
}

/** What one round outside the browser is to do. */
export interface RoundOrder {
  /** `<client>:<lifecycle>`, such as `aiohttp:reused`. */
  row: string;
  /** Absolute. `{n}` (or `%7Bn%7D`) is replaced by each request's serial number, counted from `first_serial`. */
  url: string;
  method: string;
  headers: [name: string, value: string][];
  body: string | null;
  n: number;
  first_serial: number;
  /** Requests in flight: 1 is one after the other, `n` all at once. */
  concurrency: number;
  timeout_ms: number;
}

/** What it did: all its requests, in order of issue. Times are in ms since the round's start. */
export interface RoundAnswer {
  wall_ms: number;
  samples: {
    called_ms: number;
    ended_ms: number;
    status?: number | null;
    body_bytes?: number;
    outcome: "ok" | "failed";
    /** The class of a failure, in the report's words. */
    error?: string | null;
    message?: string | null;
    /** `<socket>-<nth>`, as the server numbers its connections. */
    connection?: string | null;
    protocol?: string | null;
    redirected?: boolean;
  }[];
}

export interface OutsideOptions {
  /** What runs them, for the report. */
  runtimes: RuntimeReport[];
  /** Runs a round. If it is rejected, so is the run, with what was measured until then. */
  round(order: RoundOrder): Promise<RoundAnswer>;
}

/** Other tabs of the same browser, each on the origin of some targets. Their pages `serve` this run. */
export interface TabsOptions {
  /** The targets that they measure, from 0. */
  targets: number[];
  /** Hands an order to the tab of a target, and resolves with what `Served.measure` gives there. If it is rejected, so is the run, with
   * that message and what was measured until then. */
  measure(target: number, order: string): Promise<string>;
  /** Whether a service worker controls any of them. */
  controlled?: boolean;
}

export interface ServeOptions {
  /** Called within a round with the number of its requests that have ended. */
  onTick?: (ended: number) => void;
  /** As `RunOptions.baseUrl`. */
  baseUrl?: string;
}

/** Takes the orders of a run that another tab makes. */
export interface Served {
  /** Carries an order out, one at a time, and resolves with the answer to it. */
  measure(order: string): Promise<string>;
  /** Ends what is under way; it answers with what there is. */
  stop(): void;
}

export interface RunOptions {
  /** Where targets on other origins are measured; without it, this page measures all of them. */
  tabs?: TabsOptions;
  /** Runs the clients that no browser runs (`requests`, `httpx`, `httpx-async`, `aiohttp`, `aiohttp-6`), each round when the
   * schedule says so, while the browser waits. Without it a scenario with one of them is refused. */
  outside?: OutsideOptions;
  /** Called after each round with every request of it. Costs time between rounds, none within them. */
  onRound?: (round: RoundSamples) => void;
  /** Called between blocks, warm-up included, with the report so far, which is written as if the run had been stopped there.
   * The next block begins when what this returns is settled: nothing is measured until then. */
  onBlock?: (report: Report) => void | Promise<void>;
  /** Called between rounds, and a few times a second within a long one. */
  onProgress?: (progress: Progress) => void;
  /** Aborting it stops the run; the promise then resolves with the finished rounds. A worker that does not hear it within
   * 150 ms (a blocking request) is ended by force: what the round cut off had sent is then in no count, and the finding `ended-by-force` says so. */
  signal?: AbortSignal;
  /** What a relative URL is relative to; `document.baseURI` by default. */
  baseUrl?: string;
}

export class FetchmarkError extends Error {
  readonly name: "FetchmarkError";
  readonly code: "bad-scenario" | "bad-url" | "request-refused" | "outside-failed" | "engine-not-loaded" | "engine-crashed" | "stopped";
  /** The finished rounds, if there are any. */
  readonly report?: Report;
}

/** Measures. Rejects with a {@link FetchmarkError} if it cannot; failing requests are results, not errors. */
export function run(scenario: Scenario, options?: RunOptions): Promise<Report>;

/** Measures rounds of a run that a page in another tab makes, which hands its orders over. */
export function serve(scenario: Scenario, options?: ServeOptions): Served;

/** One thing that was looked at. */
export interface CheckFinding {
  topic: "reachable" | "cors" | "timing" | "preflight" | "cache" | "protocol" | "redirects" | "warm" | "cold";
  /** What was found, such as `cors-refused` or `kept`; `unknown` or `hidden` where it cannot be told. */
  code: string;
  mark: "good" | "note" | "problem";
  /** What the target said: a status, an address, a header. */
  detail: string | null;
  /** What its server would have to change. */
  fix: "cors" | "timing" | "no-store" | "preflight-age" | "http2" | "keep-alive" | "cold-address" | null;
  /** The lines that do so, with this page's origin; empty where there is nothing to change. */
  lines: { server: "nginx" | "Caddy" | "Apache" | "Express" | "axum"; text: string }[];
}

export interface TargetCheck {
  /** The address that was asked, absolute, with a number in place of `{n}`. */
  url: string;
  /** The method it was asked with: a check changes nothing, so that other methods than HEAD are asked as GET. */
  method: "GET" | "HEAD";
  cross_origin: boolean;
  /** Requests sent. */
  requests: number;
  /** One for each topic. */
  findings: CheckFinding[];
}

export interface CheckOptions {
  /** Aborting it ends the check and its requests; the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
  /** What a relative URL is relative to; `document.baseURI` by default. */
  baseUrl?: string;
}

/**
 * Looks at a target with three harmless requests (up to thirty where these do not show whether connections are kept), and up to seven more to
 * the address for cold connections, within about ten seconds: whether it can be measured in full.
 * Rejects with a {@link FetchmarkError} if the target is no address; a target that does not answer is a finding.
 */
export function checkTarget(target: Target, options?: CheckOptions): Promise<TargetCheck>;

/** What a client module's `create` is given. */
export interface ClientBuild {
  url: string;
  ownAddressEach: boolean;
  /** Whether a header of one's own makes the browser ask permission first. */
  crossOrigin: boolean;
  addresses: string[];
  /** The signals that the first calls will be given. */
  signals: AbortSignal[];
  /** Takes the time at which each call begins, by place; noted before a call, and again by a client that does something else first. */
  beganMs: Float64Array;
  reused: boolean;
  method: string;
  headers: [string, string][];
  body: string | undefined;
  credentials: RequestCredentials;
  timeoutMs: number;
  /** Takes the answer to the request at place 0, or its address, where the client can tell. */
  first?: { url: string; headers?: Headers };
}
