use crate::modules::Modules;
use anyhow::Result;
use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::{Path, PathBuf},
};

/// Files that import each other, directly or by way of others.
#[derive(Debug, PartialEq, Eq)]
pub struct Circle {
    /// Which file takes which names from which.
    pub imports: BTreeMap<(PathBuf, PathBuf), BTreeSet<String>>,
}

impl fmt::Display for Circle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((from, to), names) in &self.imports {
            let names = names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            writeln!(formatter, "{} imports {names} from {}", from.display(), to.display())?;
        }
        Ok(())
    }
}

/// The circles among the files of a crate, given by its root (`src/lib.rs`).
pub fn circles(root: &Path) -> Result<Vec<Circle>> {
    let modules = Modules::read(root)?;
    let file = |at: usize| modules.0[at].file.as_path();
    let mut imports: BTreeMap<(&Path, &Path), BTreeSet<String>> = BTreeMap::new();
    for at in 0..modules.0.len() {
        for (owner, name) in modules.named_by(at) {
            if file(at) != file(owner) {
                imports.entry((file(at), file(owner))).or_default().insert(name);
            }
        }
    }
    let graph: DiGraphMap<&Path, ()> = imports.keys().map(|(from, to)| (*from, *to)).collect();
    let tied = tarjan_scc(&graph).into_iter().filter(|files| files.len() > 1);
    let circle = |files: Vec<&Path>| Circle {
        imports: imports
            .iter()
            .filter(|((from, to), _)| files.contains(from) && files.contains(to))
            .map(|((from, to), names)| ((from.to_path_buf(), to.to_path_buf()), names.clone()))
            .collect(),
    };
    Ok(tied.map(circle).collect())
}
