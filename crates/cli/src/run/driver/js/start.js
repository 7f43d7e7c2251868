// Starts a run in the page and collects updates, which the command fetches between blocks: that disturbs no round.
const [scenario, wantsSamples, runtimes, tabs] = arguments;
const page = globalThis.fetchmark;
const updates = [];
let rounds = [];
let notify;
let nextBlock;
let fetchedBlock;
let pendingRound;
let began;

const push = (update) => {
  updates.push({ ...update, rounds });
  rounds = [];
  notify?.();
};

// A round that this page does not measure: the command has it measured and answers.
const measuredElsewhere = (order) =>
  new Promise((resolve, reject) => {
    pendingRound = { resolve, reject };
    push({ kind: "order", ...order });
  });

// The next block waits until the command has fetched this update, and then called again.
const hooks = {
  onBlock: (report) =>
    new Promise((resolve) => {
      nextBlock = resolve;
      push({ kind: "block", report: JSON.stringify(report) });
    }),
};
// Rounds that no browser runs.
if (runtimes) {
  hooks.outside = {
    runtimes: JSON.parse(runtimes),
    round: async (order) => JSON.parse(await measuredElsewhere({ order: JSON.stringify(order) })),
  };
}
// Rounds of targets that have a tab of their own.
if (tabs) hooks.tabs = { ...tabs, measure: (target, order) => measuredElsewhere({ target, order }) };
if (wantsSamples) hooks.onRound = (round) => rounds.push(round);

const now = () => performance.timeOrigin + performance.now();

// Lets a block begin, and not before this time if one was agreed on.
const begin = (block, time) => {
  const early = Math.ceil(time - now());
  if (early > 0) return setTimeout(begin, early, block, time);
  if (time !== undefined) began = now();
  return block();
};

// On the window: Firefox gives each script a global object of its own.
window.fetchmarkCommand = {
  /**
   * Resolves with the updates since the last call, as JSON: as soon as there are any, or after this many ms. What the round that was
   * ordered last came to goes in with the same call, so that none disturbs the round after it: `json`, or `why` there is none. So does
   * the time at which the next block is to begin.
   */
  nextUpdates(patience, { json, why, begin: time }) {
    if (fetchedBlock) begin(fetchedBlock, time);
    fetchedBlock = undefined;
    if (why) pendingRound?.reject(new Error(why));
    else if (json) pendingRound?.resolve(json);
    return new Promise((resolve) => {
      const answer = () => {
        clearTimeout(timer);
        notify = undefined;
        [fetchedBlock, nextBlock] = [nextBlock, undefined];
        resolve(JSON.stringify({ updates: updates.splice(0), progress: page.progress, began }));
        began = undefined;
      };
      const timer = setTimeout(answer, patience);
      notify = answer;
      if (updates.length > 0) answer();
    });
  },
};

page.run(JSON.parse(scenario), hooks).then(
  (report) => push({ kind: "done", report: JSON.stringify(report) }),
  (error) =>
    push({ kind: "failed", code: error.code, message: error.message, report: error.report ? JSON.stringify(error.report) : null }),
);
