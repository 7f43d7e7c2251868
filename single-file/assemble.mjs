// Puts the page into one file: `node single-file/assemble.mjs SCRIPT DIST OUTPUT`, where SCRIPT is what bundle.mjs made and DIST the
// built page. `cargo xtask build` runs both.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const [scriptFile, dist, output] = process.argv.slice(2);
const read = (...path) => readFile(join(...path), "utf8");

/** The name by which the worker finds the page's script; also in engine-files.js. */
const SCRIPT_ID = "fetchmark-script";

/** How a content security policy names an inline script or style. */
const hashOf = (content) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;

/** What would end a script or style, or change how a browser reads it, must not be in it. */
function check(what, content, forbidden) {
  const mark = forbidden.find((mark) => content.toLowerCase().includes(mark));
  if (mark) throw new Error(`The bundled ${what} holds “${mark}”, which HTML does not allow there: find where it comes from, and write it in parts.`);
}

/** The text with what matches replaced; that it was there is part of what is known of index.html. */
function replaced(text, pattern, by) {
  if (!text.match(pattern)) throw new Error(`index.html has nothing like ${pattern}: write it as before, or teach single-file/assemble.mjs the new way.`);
  return text.replace(pattern, by);
}

/**
 * The page's policy with what is inline in the place of `'self'`, which means nothing to a file: scripts and styles are named by their
 * hashes, and the worker is made of a blob; whatever else came from `'self'` is no longer allowed at all.
 */
function inlinePolicy(policy, script, style) {
  const own = { "script-src": hashOf(script), "style-src": hashOf(style), "worker-src": "blob:" };
  return policy
    .split(";")
    .map((directive) => directive.trim().split(/\s+/))
    .map(([name, ...sources]) => [name, ...sources.map((source) => (source === "'self'" ? own[name] : source)).filter(Boolean)])
    // Without a source it says no more than default-src.
    .filter(([, ...sources]) => sources.length > 0)
    .map((words) => words.join(" "))
    .join("; ");
}

const index = await read("index.html");
const script = await readFile(scriptFile, "utf8");
const sheets = [...index.matchAll(/<link\s[^>]*rel="css"[^>]*href="[^"]*?([^"/]+)"/g)].map(([, name]) => read(dist, name));
const style = (await Promise.all(sheets)).join("");
const icon = Buffer.from(await read(dist, "favicon.svg")).toString("base64");
check("script", script, ["</script", "<script", "<!--"]);
check("style", style, ["</style", "<!--", "url(", "@import"]);

const bare = index.replaceAll(/<!--.*?-->|<link\s.*?>|<script\s.*?<\/script>/gs, "").replaceAll(/\n\s*(?=\n)/g, "");
const policy = /(http-equiv="Content-Security-Policy"\s+content=")([^"]*)/;
const head = `<link rel="icon" href="data:image/svg+xml;base64,${icon}" />\n    <style>${style}</style>\n  </head>`;
const body = `<script id="${SCRIPT_ID}">${script}</script>\n  </body>`;
// Functions: `$` in what is put in means nothing.
let page = replaced(bare, policy, (_, before, written) => before + inlinePolicy(written, script, style));
page = replaced(page, /<\/head>/, () => head);
page = replaced(page, /<\/body>/, () => body);
await mkdir(dirname(output), { recursive: true });
await writeFile(output, page);
