// Loads Pyodide and its packages from this page's own origin, and holds the files to the hashes that they were built with.
//
// What goes wrong is thrown as the detail of a finding has it: a word, a colon, and what it is about.

import { pythonFolder } from "../files.js";

/** What the build wrote beside the files: `{ version, files: { name: sha256 } }`. */
const MANIFEST = "manifest.json";

/** The standard library, the packages and the rows, in one archive without compression: whoever serves it compresses it once. Static hosts
 * compress by a file's ending, and no zip. */
const ARCHIVE = "python.zip.txt";

const WASM = "pyodide.asm.wasm";

/** Pyodide's own list of packages, which it need not fetch: there are none besides those in the archive. */
const NO_PACKAGES = { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2" }, packages: {} };

/** Resolves with Pyodide, whose fetch is the wrapped one (wrapped.js). */
export async function load(wrapped) {
  const folder = pythonFolder();
  const manifest = await manifestIn(folder);
  const names = [WASM, ARCHIVE];
  const files = Object.fromEntries(
    await Promise.all(names.map(async (name) => [folder + name, await checked(folder, name, manifest.files[name])])),
  );
  // Its test for a classic worker calls this, which a module worker has only to refuse it; under Trusted Types that would be reported.
  self.importScripts = () => {
    throw new TypeError("a module worker has no importScripts");
  };
  // What was checked is what it gets.
  wrapped.answerWith((url) => (files[url] ? answered(files, String(url)) : undefined));
  try {
    const { loadPyodide } = await imported(`${folder}pyodide.mjs`);
    return await loadPyodide({
      indexURL: folder,
      stdLibURL: folder + ARCHIVE,
      lockFileContents: JSON.stringify(NO_PACKAGES),
      packageBaseUrl: folder,
      // What libraries print is nobody's.
      stdout: () => {},
      stderr: () => {},
    });
  } catch (error) {
    throw typeof error === "string" ? error : reason(error);
  }
}

async function manifestIn(folder) {
  const answer = await fetch(folder + MANIFEST).catch(() => undefined);
  if (!answer) throw `not-arrived: pyodide/${MANIFEST}`;
  try {
    if (answer.ok) return await answer.json();
  } catch {
    // A host that answers with a page of its own where there is no file.
  }
  throw "absent: it was built without Python";
}

/** The file, if it is the one that was built. */
async function checked(folder, name, sha256) {
  const bytes = await fetch(folder + name)
    .then((answer) => (answer.ok ? answer.arrayBuffer() : undefined))
    .catch(() => undefined);
  if (!bytes) throw `not-arrived: pyodide/${name}`;
  // An insecure page that is not this machine's has no digests.
  if (crypto.subtle && hex(await crypto.subtle.digest("SHA-256", bytes)) !== sha256) throw `changed: pyodide/${name}`;
  return bytes;
}

const hex = (digest) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A checked file as an answer, once: it is let go of then. */
function answered(files, url) {
  const type = url.endsWith(".wasm") ? "application/wasm" : "application/zip";
  const answer = new Response(files[url], { headers: { "content-type": type } });
  delete files[url];
  return Promise.resolve(answer);
}

const imported = (script) =>
  import(script).catch((error) => {
    throw `not-arrived: pyodide/${script.split("/").at(-1)} (${error.message})`;
  });

/** Why it did not start. A browser refuses memory by a RangeError, and some by name in another error. */
export function reason(error) {
  const words = String(error?.message ?? error).trim();
  const line = words.split("\n").at(-1);
  const word = error instanceof RangeError || /out of memory|could not allocate/i.test(words) ? "no-memory" : "not-started";
  return `${word}: ${line}`;
}
