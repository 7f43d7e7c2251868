// What CHANGELOG.md says of a release, into a file: `node xtask/notes.mjs TAG VERSION FILE`. Only the version's own tag makes a release.

import { readFile, writeFile } from "node:fs/promises";

const [tag, version, file] = process.argv.slice(2);

function refuse(why) {
  console.error(why);
  process.exit(1);
}

if (tag !== `v${version}`) {
  refuse(`The tag ${tag} does not name version ${version}, which is in Cargo.toml: use the tag v${version}, or change the version first.`);
}
const sections = (await readFile("CHANGELOG.md", "utf8")).split("\n## [");
const section = sections.find((section) => section.startsWith(`${version}]`));
if (!section) {
  refuse(`CHANGELOG.md has no section [${version}]: give [Unreleased] that name and the date.`);
}
const notes = section.slice(section.indexOf("\n")).trim();
await writeFile(file, `${notes}\n`);
