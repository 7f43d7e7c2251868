import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./notes.mjs", import.meta.url));
const CHANGELOG = `# Changelog

## [Unreleased]

## [1.20.0] - 2026-12-01

### Added

- New.

## [1.2.0] - 2026-11-01

- Old.
`;

function notes(tag, version) {
  const cwd = mkdtempSync(join(tmpdir(), "fetchmark-notes-"));
  writeFileSync(join(cwd, "CHANGELOG.md"), CHANGELOG);
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, tag, version, "notes.md"], { cwd, encoding: "utf8" });
  return { status, stderr, read: () => readFileSync(join(cwd, "notes.md"), "utf8") };
}

test("a release's notes are its section of the changelog", () => {
  assert.equal(notes("v1.20.0", "1.20.0").read(), "### Added\n\n- New.\n");
  assert.equal(notes("v1.2.0", "1.2.0").read(), "- Old.\n");
});

test("a tag that does not name the version, or a version that nothing is written about, is refused", () => {
  for (const [tag, version, says] of [
    ["v1.2.0", "1.20.0", "The tag v1.2.0 does not name version 1.20.0"],
    ["1.2.0", "1.2.0", "use the tag v1.2.0"],
    ["v1.3.0", "1.3.0", "no section [1.3.0]"],
  ]) {
    const { status, stderr } = notes(tag, version);
    assert.equal(status, 1);
    assert.ok(stderr.includes(says), stderr);
  }
});
