//! What a browser downloads: the table of sizes, held against the budgets.

use crate::compress::{is_compressible, sibling};
use crate::inputs;
use std::fmt;
use std::io;
use std::path::Path;

/// The most that the page may weigh, brotli-compressed, in bytes.
pub(crate) const PAGE_BUDGET: u64 = 100_000;
/// The most that page and engine together may weigh.
const TOTAL_BUDGET: u64 = 200_000;

/// The folders of dist/ whose files load only when a client is chosen that needs them, or a report is opened.
const CHOSEN_FOLDERS: [&str; 4] = ["engine/clients", "engine/reqwest", "engine/vendor", "reports"];

/// What the default scenario loads besides the engine: the client that it chooses, and its target where no lab serves the page.
const DEFAULT_SCENARIO: [&str; 2] = ["engine/clients/js-fetch.js", "fetchmark-target.txt"];

/// The folder of dist/ whose other files are the engine's.
const ENGINE_FOLDER: &str = "engine";

/// The parts of the page that load after it, wasm and looks ([`crate::split`]), and the one among them that loads when a language is
/// chosen.
const PARTS: (&str, [&str; 2]) = ("fetchmark-page-", [".wasm", ".css"]);
const LANGUAGE_PART: &str = "fetchmark-page-split_korean";
/// Why the page does not start, in a language that is not in the page itself.
const LANGUAGE_OF_BOOT: &str = "boot-";
/// What the rest of the page keeps reports with.
const REST_FOLDER: &str = "vendor";

/// A page of its own, which shows developers how to use the engine.
const EXAMPLE_FOLDER: &str = "example";

/// What developers and programs may read and the page never loads: types, source maps, and what describes a report.
const NEVER_LOADED: [&str; 3] = [".d.ts", ".map", "report.schema.json"];

/// When a browser loads a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// To show the page.
    Page,
    /// Once the page is there, before anything is measured.
    Rest,
    /// To measure the default scenario.
    Engine,
    /// When a client is chosen that needs it.
    Chosen,
    /// Not at all.
    Never,
}

impl When {
    fn of(name: &str) -> Self {
        let below = |folder: &str| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let ends_with = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
        if below(EXAMPLE_FOLDER) || ends_with(&NEVER_LOADED) {
            Self::Never
        } else if DEFAULT_SCENARIO.contains(&name) {
            Self::Engine
        } else if CHOSEN_FOLDERS.into_iter().any(below)
            || [LANGUAGE_PART, LANGUAGE_OF_BOOT].iter().any(|start| name.starts_with(start))
        {
            Self::Chosen
        } else if below(ENGINE_FOLDER) {
            Self::Engine
        } else if below(REST_FOLDER) || name.starts_with(PARTS.0) && ends_with(&PARTS.1) {
            Self::Rest
        } else {
            Self::Page
        }
    }
}

/// One file's sizes in bytes: as it is, and as a browser would receive it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sizes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Sizes {
    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// The sizes of everything in dist/.
pub(crate) struct Table {
    assets: Vec<(String, Sizes)>,
}

impl Table {
    /// Measures a built folder whose compressed siblings were written.
    pub(crate) fn measure(dist: &Path) -> io::Result<Self> {
        let mut assets = Vec::new();
        for file in inputs::all_files(dist)?.into_iter().filter(|file| !is_sibling(dist, file)) {
            let path = dist.join(&file);
            let raw = path.metadata()?.len();
            let received = |suffix| -> io::Result<u64> {
                if !is_compressible(&file) {
                    return Ok(raw);
                }
                Ok(sibling(&path, suffix).metadata()?.len())
            };
            let sizes = Sizes { raw, gzip: received(".gz")?, brotli: received(".br")? };
            assets.push((file.to_string_lossy().replace('\\', "/"), sizes));
        }
        Ok(Self { assets })
    }

    /// What loads first.
    fn page(&self) -> Sizes {
        self.sum(|when| when == When::Page)
    }

    /// Page, its rest and engine together.
    fn total(&self) -> Sizes {
        self.sum(|when| matches!(when, When::Page | When::Rest | When::Engine))
    }

    /// Whether what loads first keeps its budget.
    pub(crate) fn is_first_load_within(&self) -> bool {
        self.page().brotli <= PAGE_BUDGET
    }

    fn sum(&self, counts: impl Fn(When) -> bool) -> Sizes {
        self.assets
            .iter()
            .filter(|(name, _)| counts(When::of(name)))
            .fold(Sizes::default(), |sum, &(_, sizes)| sum.plus(sizes))
    }
}

/// The clients that load when they are chosen, a row each: `engine/vendor/ky` rather than its 30 files.
fn chosen_name(name: &str) -> String {
    match name.split('/').collect::<Vec<_>>()[..] {
        [engine, folder @ "vendor", module, ..] => format!("{engine}/{folder}/{module}"),
        [engine, folder @ "reqwest", ..] => format!("{engine}/{folder}"),
        _ => name.to_owned(),
    }
}

/// A compressed sibling is not an asset of its own.
fn is_sibling(dist: &Path, file: &Path) -> bool {
    let compressed = file.extension().is_some_and(|suffix| suffix == "br" || suffix == "gz");
    compressed && dist.join(file.with_extension("")).is_file()
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let loaded = |wanted: When| self.assets.iter().filter(move |(name, _)| When::of(name) == wanted);
        let mut chosen: Vec<(String, Sizes)> = Vec::new();
        for (name, sizes) in loaded(When::Chosen) {
            let name = chosen_name(name);
            match chosen.iter_mut().find(|(other, _)| *other == name) {
                Some((_, sum)) => *sum = sum.plus(*sizes),
                None => chosen.push((name, *sizes)),
            }
        }
        let longest = self.assets.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let width = longest.max("page + engine".len());
        let row = |formatter: &mut fmt::Formatter<'_>, name: &str, sizes: Sizes| {
            let [raw, gzip, brotli] = [sizes.raw, sizes.gzip, sizes.brotli].map(grouped);
            write!(formatter, "{name:width$}  {raw:>11}  {gzip:>11}  {brotli:>11}")
        };
        writeln!(formatter, "Bytes (1 KB = 1,000 bytes); a file that does not compress counts as it is.")?;
        writeln!(formatter, "{:width$}  {:>11}  {:>11}  {:>11}", "asset", "raw", "gzip", "brotli")?;
        let groups = [
            (When::Page, "Loaded first, to show the form:"),
            (When::Rest, "Loaded once it is shown, before anything is measured:"),
            (When::Engine, "Loaded then, to measure the default scenario:"),
        ];
        for (group, says) in groups {
            writeln!(formatter, "{says}")?;
            for (name, sizes) in loaded(group) {
                row(formatter, name, *sizes)?;
                writeln!(formatter)?;
            }
        }
        let subtotals =
            [("first load", self.page(), PAGE_BUDGET), ("page + engine", self.total(), TOTAL_BUDGET)];
        for (name, sizes, budget) in subtotals {
            row(formatter, name, sizes)?;
            writeln!(formatter, "  {}", against(sizes.brotli, budget))?;
        }
        writeln!(
            formatter,
            "Loaded only when a client or a language is chosen that needs it, or a report is opened:"
        )?;
        for (name, sizes) in chosen {
            row(formatter, &name, sizes)?;
            writeln!(formatter)?;
        }
        Ok(())
    }
}

fn against(bytes: u64, budget: u64) -> String {
    let limit = budget / 1000;
    match bytes.checked_sub(budget) {
        None | Some(0) => format!("within {limit} KB brotli"),
        Some(over) => format!("OVER {limit} KB brotli by {} bytes", grouped(over)),
    }
}

/// A number with its thousands apart: 1,234,567.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(assets: &[(&str, u64)]) -> Table {
        let sizes = |&(name, brotli): &(&str, u64)| {
            (name.to_owned(), Sizes { raw: brotli * 3, gzip: brotli * 2, brotli })
        };
        Table { assets: assets.iter().map(sizes).collect() }
    }

    #[test]
    fn the_engine_counts_in_the_total_only() {
        let table = table(&[
            ("index.html", 10),
            ("engine/a.wasm", 200),
            ("engine/clients/js-fetch.js", 5),
            ("engine/clients/ky.js", 7),
            ("engine/vendor/ky/index.js", 400),
            ("engine/vendor/ky/core/Ky.js", 30),
            ("engine/vendor/ky/core/Ky.js.map", 9_000),
            ("engine/fetchmark.d.ts", 9_000),
            ("engine.css", 1),
            ("fetchmark-target.txt", 2),
            ("example/plain-page.css", 9_000),
            ("report.schema.json", 9_000),
        ]);
        assert_eq!(table.page().brotli, 11);
        assert_eq!(table.total().brotli, 218);
        assert_eq!(table.total().raw, 654);
    }

    #[test]
    fn parts_that_load_later_count_in_the_total() {
        let table = table(&[
            ("fetchmark-page_bg.wasm", 60),
            ("fetchmark-page-parts-0a1b.js", 2),
            ("fetchmark-page-split_rest-0a1b.wasm", 90),
            ("fetchmark-page-rest-0a1b.css", 4),
            ("fetchmark-page-chunk_1-0a1b.wasm", 3),
            ("vendor/idb-keyval/index.js", 1),
            ("fetchmark-page-split_korean-0a1b.wasm", 20),
        ]);
        assert_eq!((table.page().brotli, table.total().brotli), (62, 160));
    }

    #[test]
    fn the_budget_holds_to_the_byte() {
        assert!(table(&[("a.wasm", 100_000), ("engine/a.wasm", 200_000)]).is_first_load_within());
        assert!(!table(&[("a.wasm", 100_001)]).is_first_load_within());
    }

    #[test]
    fn subtotals_say_how_they_stand() {
        let text = table(&[("a.wasm", 101_234), ("engine/a.wasm", 2)]).to_string();
        assert!(text.contains("OVER 100 KB brotli by 1,234 bytes"), "{text}");
        assert!(text.contains("within 200 KB brotli"), "{text}");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(12_345_678), "12,345,678");
    }

    #[test]
    fn a_built_folder_is_measured_without_its_siblings() {
        let dist = std::env::temp_dir().join(format!("xtask-sizes-{}", std::process::id()));
        std::fs::create_dir_all(dist.join("engine")).unwrap();
        let write = |name: &str, length: usize| std::fs::write(dist.join(name), vec![0; length]).unwrap();
        write("index.html", 100);
        write("index.html.br", 10);
        write("index.html.gz", 20);
        write("icon.png", 7);
        write("engine/engine.js", 50);
        write("engine/engine.js.br", 5);
        write("engine/engine.js.gz", 6);
        let table = Table::measure(&dist).unwrap();
        assert_eq!(table.assets.len(), 3);
        assert_eq!(table.page(), Sizes { raw: 107, gzip: 27, brotli: 17 });
        assert_eq!(table.total(), Sizes { raw: 157, gzip: 33, brotli: 22 });
        std::fs::remove_dir_all(dist).unwrap();
    }
}
