//! The modules of a crate, and what a path in one of them leads to.

use crate::names::{Import, defined, imports, paths};
use anyhow::{Context, Result};
use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};
use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta};

/// How many re-exports of re-exports are followed.
const DEPTH: usize = 16;

/// One module. Several may be in a file.
pub(crate) struct Module {
    pub(crate) file: PathBuf,
    parent: Option<usize>,
    children: HashMap<String, usize>,
    defines: HashSet<String>,
    imports: Vec<Import>,
    paths: Vec<Vec<String>>,
}

#[derive(Clone, Copy)]
enum Found {
    Module(usize),
    /// Something that this module defines.
    ItemOf(usize),
}

/// All modules of a crate; the first is its root.
pub(crate) struct Modules(pub(crate) Vec<Module>);

impl Modules {
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let mut modules = Self(Vec::new());
        let folder = root.parent().unwrap_or(root).to_path_buf();
        modules.add_file(root, &folder, None)?;
        Ok(modules)
    }

    fn add_file(&mut self, file: &Path, folder: &Path, parent: Option<usize>) -> Result<usize> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let parsed = syn::parse_file(&text).with_context(|| format!("cannot parse {}", file.display()))?;
        self.add(file, folder, parsed.items, parent)
    }

    /// Adds a module whose children are in a folder.
    fn add(&mut self, file: &Path, folder: &Path, items: Vec<Item>, parent: Option<usize>) -> Result<usize> {
        let at = self.0.len();
        self.0.push(Module {
            file: file.to_path_buf(),
            parent,
            children: HashMap::new(),
            defines: HashSet::new(),
            imports: Vec::new(),
            paths: Vec::new(),
        });
        for item in items {
            match item {
                Item::Mod(item) if is_for_tests(&item.attrs) => {}
                Item::Mod(item) => {
                    let name = item.ident.to_string();
                    let child = match item.content {
                        Some((_, items)) => self.add(file, &folder.join(&name), items, Some(at))?,
                        None => {
                            let file = file_of(&item.attrs, &name, file, folder);
                            self.add_file(&file, &folder.join(&name), Some(at))?
                        }
                    };
                    self.0[at].children.insert(name, child);
                }
                Item::Use(item) if is_for_tests(&item.attrs) => {}
                item => {
                    let module = &mut self.0[at];
                    module.imports.extend(imports(&item));
                    module.defines.extend(defined(&item));
                    module.paths.extend(paths(&item));
                }
            }
        }
        Ok(at)
    }

    /// What a module names: the modules that define it, each with the name; `*` of a glob.
    pub(crate) fn named_by(&self, at: usize) -> Vec<(usize, String)> {
        let module = &self.0[at];
        let paths = module.imports.iter().map(|import| &import.path).chain(&module.paths);
        let named = paths.filter_map(|path| {
            // A module that is only named ties nothing: what is taken from it does.
            let Some(Found::ItemOf(owner)) = self.resolve(at, path, DEPTH) else { return None };
            Some((owner, path.last().cloned()?))
        });
        named.collect()
    }

    fn resolve(&self, at: usize, path: &[String], depth: usize) -> Option<Found> {
        let depth = depth.checked_sub(1)?;
        let mut place = at;
        for (nth, name) in path.iter().enumerate() {
            place = match name.as_str() {
                "crate" => 0,
                "self" => place,
                "super" => self.0[place].parent?,
                name => match self.look_up(place, name, depth) {
                    Some(Found::Module(module)) => module,
                    Some(item) => return Some(item),
                    // The first name may be another crate's; what a macro defines is not seen, but it is here.
                    None if nth == 0 => return None,
                    None => return Some(Found::ItemOf(place)),
                },
            };
        }
        Some(Found::Module(place))
    }

    fn look_up(&self, at: usize, name: &str, depth: usize) -> Option<Found> {
        let module = &self.0[at];
        if let Some(child) = module.children.get(name) {
            return Some(Found::Module(*child));
        }
        if module.defines.contains(name) {
            return Some(Found::ItemOf(at));
        }
        let imported = module.imports.iter().find(|import| import.name.as_deref() == Some(name));
        if let Some(found) = imported.and_then(|import| self.resolve(at, &import.path, depth)) {
            return Some(found);
        }
        let mut globs = module.imports.iter().filter(|import| import.name.is_none());
        globs.find_map(|import| match self.resolve(at, import.path.split_last()?.1, depth)? {
            Found::Module(from) => self.look_up(from, name, depth.checked_sub(1)?),
            Found::ItemOf(_) => None,
        })
    }
}

/// The file of a module, by its attribute or by its name.
fn file_of(attributes: &[Attribute], name: &str, parent: &Path, folder: &Path) -> PathBuf {
    let named =
        attributes.iter().filter(|attribute| attribute.path().is_ident("path")).find_map(|attribute| {
            match &attribute.meta.require_name_value().ok()?.value {
                Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
                _ => None,
            }
        });
    let beside = folder.join(name).with_extension("rs");
    match named {
        Some(path) => parent.parent().unwrap_or(parent).join(path),
        None if beside.exists() => beside,
        None => folder.join(name).join("mod.rs"),
    }
}

/// Whether something is there for tests only: `#[cfg(test)]`, `#[cfg(all(test, …))]`.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        let Meta::List(list) = &attribute.meta else { return false };
        let condition = list.tokens.to_string().replace(' ', "");
        condition == "test" || condition.starts_with("all(test,")
    })
}
