// Starts a run in the page, and gathers what the command will ask for. Begins nothing else: what is asked between blocks
// disturbs no round.
const [scenario, wantsSamples, runtimes] = arguments;
const page = globalThis.fetchmark;
const told = [];
let rounds = [];
let wake;
let goOn;
let answered;

const tell = (what) => {
  told.push({ ...what, rounds });
  rounds = [];
  wake?.();
};

// The next block waits until the command has heard of this one.
const hooks = {
  onBlock: (report) =>
    new Promise((resolve) => {
      goOn = resolve;
      tell({ kind: "block", report: JSON.stringify(report) });
    }),
};
// Rounds that no browser runs: the command runs them, and answers.
if (runtimes) {
  hooks.outside = {
    runtimes: JSON.parse(runtimes),
    round: (order) =>
      new Promise((resolve, reject) => {
        answered = { resolve, reject };
        tell({ kind: "order", order: JSON.stringify(order) });
      }),
  };
}
if (wantsSamples) hooks.onRound = (round) => rounds.push(round);

// On the window: Firefox gives each script a global object of its own.
window.fetchmarkCommand = {
  /** Resolves with what happened since it was last called, as JSON: as soon as there is something, or after so many ms. */
  hear(patience) {
    goOn?.();
    goOn = undefined;
    return new Promise((resolve) => {
      const answer = () => {
        clearTimeout(timer);
        wake = undefined;
        resolve(JSON.stringify({ told: told.splice(0), progress: page.progress }));
      };
      const timer = setTimeout(answer, patience);
      wake = answer;
      if (told.length > 0) answer();
    });
  },
  /** What the round that was ordered came to, as JSON, or why there was none. */
  answer(json, why) {
    if (json === null) answered?.reject(new Error(why));
    else answered?.resolve(JSON.parse(json));
    answered = undefined;
  },
};

page.run(JSON.parse(scenario), hooks).then(
  (report) => tell({ kind: "done", report: JSON.stringify(report) }),
  (error) =>
    tell({ kind: "failed", code: error.code, message: error.message, report: error.report ? JSON.stringify(error.report) : null }),
);
