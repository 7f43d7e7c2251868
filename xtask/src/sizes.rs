//! What a browser downloads: the table of sizes, and the budgets they are held to.

use anyhow::Result;
use std::fmt;
use std::path::Path;
use thousands::Separable;
use walkdir::WalkDir;

/// When a browser loads a file of dist/.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// To show the page, before a run.
    First,
    /// To measure the default scenario.
    Engine,
    /// When a client or a language is chosen that needs it, or a report is opened, compared or exported.
    Chosen,
    /// When Python in the tab is chosen.
    Python,
    /// Not at all: what developers and programs may read.
    Never,
}

impl When {
    fn of(name: &str) -> Self {
        let below = |folder: &str| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        // The client that the default scenario has, and its target where no lab serves the page.
        if ["engine/clients/js-fetch.js", "fetchmark-target.txt"].contains(&name) {
            Self::Engine
        } else if ["example", "engine/snippets", "engine/reqwest/snippets"].into_iter().any(below)
            || [".d.ts", ".map", "fetchmark.html", "report.schema.json"].iter().any(|end| name.ends_with(end))
        {
            // Snippets are the page's: Trunk puts a copy beside every module that it bound in the same folder.
            Self::Never
        } else if ["engine/pyodide", "engine/python"].into_iter().any(below) {
            Self::Python
        } else if name.starts_with("boot-")
            || ["engine/clients", "engine/reqwest", "engine/vendor", "report-tools"].into_iter().any(below)
        {
            Self::Chosen
        } else if below("engine") {
            Self::Engine
        } else {
            Self::First
        }
    }
}

/// A file's sizes in bytes: as it is, and as a browser would receive it, by gzip and by brotli.
type Sizes = [u64; 3];

fn sum<'a>(all: impl Iterator<Item = &'a Sizes>) -> Sizes {
    all.fold([0; 3], |sum, one| [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]])
}

/// The most that something may weigh, brotli-compressed.
struct Budget {
    name: &'static str,
    bytes: u64,
    counts: &'static [When],
}

const BUDGETS: [Budget; 3] = [
    Budget { name: "first load", bytes: 392_000, counts: &[When::First] },
    Budget { name: "page + engine", bytes: 640_000, counts: &[When::First, When::Engine] },
    Budget { name: "Python in the tab", bytes: 5_000_000, counts: &[When::Python] },
];

pub(crate) struct Table {
    assets: Vec<(String, Sizes)>,
}

impl Table {
    /// Measures a built folder whose compressed siblings were written.
    pub(crate) fn measure(dist: &Path) -> Result<Self> {
        let mut assets = Vec::new();
        for entry in WalkDir::new(dist) {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type().is_dir() || path.extension().is_some_and(|kind| kind == "br" || kind == "gz")
            {
                continue;
            }
            let raw = entry.metadata()?.len();
            // What does not compress has no siblings and is sent as it is.
            let sent = |kind| path.with_added_extension(kind).metadata().map_or(raw, |sibling| sibling.len());
            let name = path.strip_prefix(dist)?.to_string_lossy().replace('\\', "/");
            assets.push((name, [raw, sent("gz"), sent("br")]));
        }
        assets.sort();
        Ok(Self { assets })
    }

    fn sum(&self, counts: &[When]) -> Sizes {
        let counted = self.assets.iter().filter(|(name, _)| counts.contains(&When::of(name)));
        sum(counted.map(|(_, sizes)| sizes))
    }

    pub(crate) fn over(&self) -> Vec<&'static str> {
        let over = BUDGETS.iter().filter(|budget| self.sum(budget.counts)[2] > budget.bytes);
        over.map(|budget| budget.name).collect()
    }

    /// What loads then, file by file; a module that is chosen is one row: `engine/vendor/ky` rather than its 30 files.
    fn rows(&self, when: When) -> Vec<(String, Sizes)> {
        let mut rows: Vec<(String, Sizes)> = Vec::new();
        for (name, sizes) in self.assets.iter().filter(|(name, _)| When::of(name) == when) {
            let name = match name.split('/').collect::<Vec<_>>()[..] {
                ["engine", "vendor", module, ..] => format!("engine/vendor/{module}"),
                ["engine", "reqwest", ..] => "engine/reqwest".to_owned(),
                ["report-tools", ..] => "report-tools".to_owned(),
                _ => name.clone(),
            };
            match rows.last_mut().filter(|(last, _)| *last == name) {
                Some((_, so_far)) => *so_far = sum([*so_far, *sizes].iter()),
                None => rows.push((name, *sizes)),
            }
        }
        rows
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.assets.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        let row = |name: &str, sizes: Sizes| {
            let [raw, gzip, brotli] = sizes.map(|size| size.separate_with_commas());
            format!("{name:width$}  {raw:>11}  {gzip:>11}  {brotli:>11}")
        };
        writeln!(formatter, "{:width$}  {:>11}  {:>11}  {:>11}", "bytes", "raw", "gzip", "brotli")?;
        for (when, says) in [
            (When::First, "first"),
            (When::Engine, "to measure the default scenario"),
            (
                When::Chosen,
                "only when a client or a language is chosen that needs it, or a report is opened, compared or exported",
            ),
            (When::Python, "only when Python in the tab is chosen"),
        ] {
            writeln!(formatter, "Loaded {says}:")?;
            for (name, sizes) in self.rows(when) {
                writeln!(formatter, "{}", row(&name, sizes))?;
            }
        }
        for Budget { name, bytes, counts } in BUDGETS {
            let sizes = self.sum(counts);
            let against = match sizes[2].checked_sub(bytes) {
                None | Some(0) => format!("within {} KB brotli", bytes / 1000),
                Some(over) => {
                    format!("OVER {} KB brotli by {} bytes", bytes / 1000, over.separate_with_commas())
                }
            };
            writeln!(formatter, "{}  {against}", row(name, sizes))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(assets: &[(&str, u64)]) -> Table {
        let sizes = |&(name, brotli): &(&str, u64)| (name.to_owned(), [brotli * 3, brotli * 2, brotli]);
        Table { assets: assets.iter().map(sizes).collect() }
    }

    #[test]
    fn each_file_counts_where_it_is_loaded() {
        let table = table(&[
            ("boot-ko.js", 9_000),
            ("engine/a.wasm", 200),
            ("engine/clients/js-fetch.js", 5),
            ("engine/clients/ky.js", 9_000),
            ("engine/fetchmark.d.ts", 9_000),
            ("engine/pyodide/python.zip.txt", 800),
            ("engine/python/load.js", 30),
            ("engine/snippets/page/bridge.js", 9_000),
            ("engine/vendor/ky/core/Ky.js", 9_000),
            ("engine/vendor/ky/index.js", 9_000),
            ("example/plain-page.css", 9_000),
            ("fetchmark-target.txt", 2),
            ("fetchmark.html", 9_000),
            ("index.html", 10),
            ("report-tools/a.wasm", 9_000),
            ("report.schema.json", 9_000),
        ]);
        assert_eq!(table.sum(BUDGETS[0].counts), [30, 20, 10]);
        assert_eq!(table.sum(BUDGETS[1].counts)[2], 217);
        assert_eq!(table.sum(BUDGETS[2].counts)[2], 830);
        assert_eq!(table.rows(When::Chosen)[2], ("engine/vendor/ky".to_owned(), [54_000, 36_000, 18_000]));
    }

    #[test]
    fn budgets_hold_to_the_byte() {
        assert!(table(&[("a.wasm", 392_000), ("engine/a.wasm", 248_000)]).over().is_empty());
        assert_eq!(table(&[("a.wasm", 392_001)]).over(), ["first load"]);
        let table = table(&[("a.wasm", 1), ("engine/a.wasm", 641_233)]);
        assert_eq!(table.over(), ["page + engine"]);
        assert!(table.to_string().contains("OVER 640 KB brotli by 1,234 bytes"), "{table}");
    }

    #[test]
    fn siblings_are_what_a_browser_receives() {
        let dist = tempfile::tempdir().unwrap();
        std::fs::create_dir(dist.path().join("engine")).unwrap();
        let files =
            [("index.html", 100), ("index.html.br", 10), ("index.html.gz", 20), ("engine/icon.png", 7)];
        for (name, length) in files {
            std::fs::write(dist.path().join(name), vec![0; length]).unwrap();
        }
        let table = Table::measure(dist.path()).unwrap();
        assert_eq!(table.sum(&[When::First]), [100, 20, 10]);
        assert_eq!(table.sum(&[When::Engine]), [7; 3]);
    }
}
