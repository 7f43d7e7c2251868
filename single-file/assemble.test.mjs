import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("./assemble.mjs", import.meta.url));
const INDEX = `<html><head>
    <!-- A remark. -->
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src
      'self'; worker-src 'self'; connect-src 'self' https:; manifest-src 'self'" />
    <link data-trunk rel="css" href="style/main.css" /><link rel="icon" href="favicon.svg" />
    <script src="boot.js" type="module"></script>
  </head><body><main></main></body></html>`;

/** What assemble.mjs makes of these: the page, or what it says. */
function assembled(index, script, style) {
  const cwd = mkdtempSync(join(tmpdir(), "fetchmark-assemble-"));
  const files = { "index.html": index, "script.js": script, "main.css": style, "favicon.svg": "<svg/>" };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, "script.js", ".", "out/page.html"], { cwd, encoding: "utf8" });
  return { stderr, page: status === 0 ? readFileSync(join(cwd, "out/page.html"), "utf8") : undefined };
}

test("the single file holds everything and names it by hash", () => {
  // In a replacement `$&` would mean what it replaces.
  const { page, stderr } = assembled(INDEX, "run('$&')", "main { color: red }");
  assert.ok(page, stderr);
  // Of `run('$&')` and of `main { color: red }`, by `openssl dgst -sha256 -binary | base64`.
  const script = "'sha256-2nnxpBkcp5OljmCCWx3n5RnWOzm+Oc7a86YmXCfxS0k='";
  const style = "'sha256-HR78NV0t+Kg+Vmgtl4ESoqG4JqCLu3fhoDGnc21d//U='";
  for (const held of [
    `content="default-src 'none'; script-src ${script} 'wasm-unsafe-eval'; style-src ${style}; worker-src blob:; connect-src https:"`,
    "<style>main { color: red }</style>",
    `<script id="fetchmark-script">run('$&')</script>`,
    "data:image/svg+xml;base64,PHN2Zy8+",
  ]) {
    assert.ok(page.includes(held), `${held} is not in ${page}`);
  }
  for (const gone of ["'self'", "src=", "main.css", "favicon.svg", "<!--", "manifest-src"]) {
    assert.ok(!page.includes(gone), `${gone} is in ${page}`);
  }
});

test("what would not be read as written is no single file", () => {
  for (const [script, style, said] of [
    ["a = '</SCRIPT>'", "", "“</script”"],
    ["a = '<script'", "", "“<script”"],
    ["a <!--b", "", "“<!--”"],
    ["", "a::after { content: '</style>' }", "“</style”"],
    ["", "a { background: URL(a.png) }", "“url(”"],
    ["", "@import 'a.css';", "“@import”"],
  ]) {
    const { page, stderr } = assembled(INDEX, script, style);
    assert.ok(!page && stderr.includes(said), `${said}: ${stderr}`);
  }
  for (const gone of ["Content-Security-Policy", "</head>", "</body>"]) {
    const { page, stderr } = assembled(INDEX.replace(gone, ""), "", "");
    assert.ok(!page && stderr.includes("index.html has nothing like"), `${gone}: ${stderr}`);
  }
});
