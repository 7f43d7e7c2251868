// Has this page measure rounds of the run that a page in another tab makes. Says whether a service worker controls this one.
const [scenario, done] = arguments;
const start = ({ serve }) => {
  let ended;
  let answer;
  const { measure, stop } = serve(JSON.parse(scenario), { onTick: (count) => (ended = count) });
  // On the window: Firefox gives each script a global object of its own.
  window.fetchmarkTab = {
    stop,
    /** Carries out an order, or goes on with the last: resolves as JSON with what it came to, or after this many ms without. */
    next(order, patience) {
      if (order) {
        ended = 0;
        answer = measure(order).then(
          (json) => ({ json }),
          ({ message }) => ({ why: message }),
        );
      }
      const late = new Promise((resolve) => setTimeout(resolve, patience));
      return Promise.race([answer, late]).then((answer) => JSON.stringify({ ended, ...answer }));
    },
  };
};
globalThis.fetchmark
  .loadEngine()
  .then(start)
  .then(
    () => done({ controlled: Boolean(navigator.serviceWorker?.controller) }),
    ({ message }) => done({ why: message }),
  );
