// Starts the page, and says why where it cannot start. A classic script: it runs where modules do not load.
(() => {
  "use strict";

  const WORDS = {
    file: [
      "Fetchmark cannot start from a file.",
      "Open fetchmark.html instead, which holds the whole page, or serve this folder (“python3 -m http.server”) and open the address it prints.",
    ],
    wasm: [
      "This browser does not run WebAssembly.",
      "Fetchmark measures from a WebAssembly module. Use a current browser, or allow WebAssembly in this one (lockdown modes switch it off).",
    ],
    blocked: [
      "Fetchmark was kept from starting.",
      "An extension or a policy blocks scripts or WebAssembly on this page. Allow them for this page, then reload.",
    ],
    network: [
      "Fetchmark could not be loaded.",
      "A file of the page did not arrive. Check the connection, then reload.",
    ],
  };

  const byId = (id) => document.getElementById(id);

  /** The words in the page's language, as far as they can be had: English is here. */
  async function findWords() {
    const known = navigator.languages.find((tag) => /^(en|ko)\b/.test(tag));
    if (!/^ko\b/.test(new URLSearchParams(location.search).get("lang") ?? known)) return WORDS;
    try {
      const { default: korean } = await import("./boot-ko.js");
      // The page may be there by now.
      if (byId("boot")) {
        document.documentElement.lang = "ko";
        byId("boot-promise").textContent = korean.promise;
        byId("boot-words").textContent = korean.loading;
      }
      return korean;
    } catch {
      return WORDS;
    }
  }

  const words = findWords();

  async function fail(kind, error) {
    const [why, advice] = (await words)[kind];
    const root = byId("app");
    const boot = byId("boot");
    if (boot) {
      byId("boot-says").setAttribute("role", "alert");
      boot.classList.add("boot-failed");
      byId("boot-words").textContent = why;
      byId("boot-advice").textContent =
        // From a file, what the browser says only distracts from what to do.
        error && kind !== "file" ? `${advice} (${error.message ?? error})` : advice;
    } else if (root && !root.hasChildNodes()) {
      root.textContent = `${why} ${advice}`;
    }
    document.documentElement.dataset.runState = "failed";
  }

  /** Why the page, which has arrived, does not start. */
  function kindOf(error) {
    const isBlocked = error instanceof WebAssembly.CompileError || error.name === "EvalError";
    return isBlocked ? "blocked" : "network";
  }

  async function start() {
    if (typeof WebAssembly !== "object") return fail("wasm");
    const quiet = byId("boot")?.querySelector("noscript");
    quiet?.remove();
    let page;
    try {
      page = await import("./fetchmark-page.js");
    } catch (error) {
      return fail(location.protocol === "file:" ? "file" : "network", error);
    }
    try {
      await page.default();
    } catch (error) {
      fail(kindOf(error), error);
    }
  }

  start();
})();
