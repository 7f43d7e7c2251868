// Starts a run in the page and collects updates, which the command fetches between blocks: that disturbs no round.
const [scenario, wantsSamples, runtimes] = arguments;
const page = globalThis.fetchmark;
const updates = [];
let rounds = [];
let notify;
let nextBlock;
let pendingRound;

const push = (update) => {
  updates.push({ ...update, rounds });
  rounds = [];
  notify?.();
};

// The next block waits until the command has fetched this update.
const hooks = {
  onBlock: (report) =>
    new Promise((resolve) => {
      nextBlock = resolve;
      push({ kind: "block", report: JSON.stringify(report) });
    }),
};
// Rounds that no browser runs: the command runs them and answers.
if (runtimes) {
  hooks.outside = {
    runtimes: JSON.parse(runtimes),
    round: (order) =>
      new Promise((resolve, reject) => {
        pendingRound = { resolve, reject };
        push({ kind: "order", order: JSON.stringify(order) });
      }),
  };
}
if (wantsSamples) hooks.onRound = (round) => rounds.push(round);

// On the window: Firefox gives each script a global object of its own.
window.fetchmarkCommand = {
  /** Resolves with the updates since the last call, as JSON: as soon as there are any, or after this many ms. */
  nextUpdates(patience) {
    nextBlock?.();
    nextBlock = undefined;
    return new Promise((resolve) => {
      const answer = () => {
        clearTimeout(timer);
        notify = undefined;
        resolve(JSON.stringify({ updates: updates.splice(0), progress: page.progress }));
      };
      const timer = setTimeout(answer, patience);
      notify = answer;
      if (updates.length > 0) answer();
    });
  },
  /** The result of the round outside the browser, as JSON, or why there is none. */
  answer(json, error) {
    if (json === null) pendingRound?.reject(new Error(error));
    else pendingRound?.resolve(JSON.parse(json));
    pendingRound = undefined;
  },
};

page.run(JSON.parse(scenario), hooks).then(
  (report) => push({ kind: "done", report: JSON.stringify(report) }),
  (error) =>
    push({ kind: "failed", code: error.code, message: error.message, report: error.report ? JSON.stringify(error.report) : null }),
);
