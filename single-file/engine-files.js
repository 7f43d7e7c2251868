// Where the engine's files are: in the same file. Stands in the place of crates/engine/js/files.js.

import engine from "../dist/engine/fetchmark-engine_bg.wasm";
import { unpacked } from "./unpacked.js";

/** The id that the page's script has in the single file. */
const SCRIPT = "fetchmark-script";

let script;

/** Starts the engine's worker, whose script is the page's own. It is a classic one: Chromium runs no module worker here. */
export function startWorker() {
  script ??= trusted(ownScript());
  return new Worker(script, { name: "fetchmark" });
}

function ownScript() {
  const { textContent } = document.getElementById(SCRIPT);
  return URL.createObjectURL(new Blob([textContent], { type: "text/javascript" }));
}

/** Under Trusted Types only that one script passes. */
function trusted(address) {
  const policy = globalThis.trustedTypes?.createPolicy("fetchmark", {
    createScriptURL(url) {
      if (url !== address) throw new TypeError("Fetchmark loads no script but its own.");
      return url;
    },
  });
  return policy ? policy.createScriptURL(address) : address;
}

/** The engine's wasm, as wasm-bindgen's `init` takes it. */
export const engineModule = () => unpacked(engine);

/** reqwest's wasm, unpacked only where it is chosen. */
export const reqwestModule = () => import("./reqwest.js").then(({ packed }) => unpacked(packed));

/** There is no Python here: it would be as much again many times over. */
export function startPython() {
  throw "absent: the page in one file leaves it out";
}

/** A client's module. */
export const importClient = (name) => import(`../dist/engine/clients/${name}.js`);
