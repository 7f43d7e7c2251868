// Starts the page, and says why where it cannot start. A classic script: it runs where modules do not load.
(() => {
  "use strict";

  const WORDS = {
    en: {
      file: [
        "Fetchmark cannot start from a file.",
        "Open fetchmark.html instead, which holds the whole page, or serve this folder (“python3 -m http.server”) and open the address it prints.",
      ],
      wasm: [
        "This browser does not run WebAssembly.",
        "Fetchmark measures from a WebAssembly module. Use a current browser, or allow WebAssembly in this one (lockdown modes switch it off).",
      ],
      blocked: [
        "Fetchmark was blocked from starting.",
        "An extension or a policy blocks scripts or WebAssembly on this page. Allow them for this page, then reload.",
      ],
      network: [
        "Fetchmark could not be loaded.",
        "A file of the page did not arrive. Check the connection, then reload.",
      ],
    },
    ko: {
      promise: "이 브라우저에서 HTTP는 얼마나 빠를까요? 재사용하는 클라이언트와 요청마다 새로 만드는 클라이언트를 비교합니다.",
      loading: "불러오는 중…",
      file: [
        "파일에서 Fetchmark를 시작할 수 없습니다.",
        "페이지 전체가 들어 있는 fetchmark.html을 열거나, 이 폴더를 “python3 -m http.server” 같은 서버로 제공하고 그 주소를 여세요.",
      ],
      wasm: [
        "이 브라우저는 WebAssembly를 실행하지 못합니다.",
        "Fetchmark는 WebAssembly 모듈로 측정합니다. 최신 브라우저를 쓰거나 이 브라우저에서 WebAssembly를 허용하세요(차단 모드에서는 꺼져 있습니다).",
      ],
      blocked: [
        "Fetchmark의 실행이 차단되었습니다.",
        "확장 프로그램이나 정책이 이 페이지의 스크립트나 WebAssembly를 막고 있습니다. 이 페이지에서 허용한 뒤 새로 고치세요.",
      ],
      network: [
        "Fetchmark를 불러오지 못했습니다.",
        "페이지의 파일 하나를 받지 못했습니다. 연결을 확인한 뒤 새로 고치세요.",
      ],
    },
  };

  const byId = (id) => document.getElementById(id);

  /** The page's language: the link's, or else the first of the browser's that the page speaks. */
  function language() {
    const known = navigator.languages.find((tag) => /^(en|ko)\b/.test(tag));
    return /^ko\b/.test(new URLSearchParams(location.search).get("lang") ?? known) ? "ko" : "en";
  }

  const lang = language();
  const words = WORDS[lang];

  // index.html itself is in English.
  if (lang !== "en") {
    document.documentElement.lang = lang;
    byId("boot-promise").textContent = words.promise;
    byId("boot-words").textContent = words.loading;
  }

  function fail(kind, error) {
    const [why, advice] = words[kind];
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
