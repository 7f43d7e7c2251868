//! What a piece of code names: the leaves of its `use` lines, and all other paths.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, ItemUse, LitStr, PathSegment, UseTree, visit::Visit};

/// The leaf of a `use` line.
pub(crate) struct Import {
    /// What it leads to: `crate`, `run`, `Plan`; of a glob the last is `*`.
    pub(crate) path: Vec<String>,
    /// What it is called from here on; `None`: a glob.
    pub(crate) name: Option<String>,
}

/// The leaves of the `use` lines of an item, function bodies included.
pub(crate) fn imports(item: &Item) -> Vec<Import> {
    let mut imports = Imports(Vec::new());
    imports.visit_item(item);
    imports.0
}

struct Imports(Vec<Import>);

impl Visit<'_> for Imports {
    fn visit_item_use(&mut self, item: &ItemUse) {
        collect(&item.tree, &[], &mut self.0);
    }
}

fn collect(tree: &UseTree, before: &[String], found: &mut Vec<Import>) {
    let with = |name: String| [before, &[name]].concat();
    match tree {
        UseTree::Path(path) => collect(&path.tree, &with(path.ident.to_string()), found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, before, found)),
        UseTree::Glob(_) => found.push(Import { path: with("*".to_owned()), name: None }),
        UseTree::Name(name) if name.ident == "self" => {
            found.push(Import { path: before.to_vec(), name: before.last().cloned() });
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            found.push(Import { path: with(name.clone()), name: Some(name) });
        }
        UseTree::Rename(rename) => {
            let path = with(rename.ident.to_string());
            found.push(Import { path, name: Some(rename.rename.to_string()) });
        }
    }
}

/// Every path of more than one segment in an item, macros and attributes included; those of `use` lines are [`imports`].
pub(crate) fn paths(item: &Item) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    if !matches!(item, Item::Use(_)) {
        scan(item.to_token_stream(), &mut found);
    }
    found
}

fn scan(tokens: TokenStream, found: &mut Vec<Vec<String>>) {
    let mut path: Vec<String> = Vec::new();
    let mut colons = 0;
    for token in tokens {
        match token {
            // `a::b`: the second colon has come.
            TokenTree::Ident(ident) if colons == 2 => path.push(ident.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => {
                colons += 1;
                continue;
            }
            other => {
                end(&mut path, found);
                match other {
                    TokenTree::Ident(ident) => path.push(ident.to_string()),
                    TokenTree::Group(group) => scan(group.stream(), found),
                    // `#[serde(with = "crate::…")]`
                    TokenTree::Literal(literal) => {
                        let text = syn::parse_str::<LitStr>(&literal.to_string());
                        let named = text.and_then(|text| text.parse::<syn::Path>());
                        let name = |part: &PathSegment| part.ident.to_string();
                        found.extend(named.map(|path| path.segments.iter().map(name).collect()));
                    }
                    TokenTree::Punct(_) => {}
                }
            }
        }
        colons = 0;
    }
    end(&mut path, found);
}

fn end(path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let path = std::mem::take(path);
    if path.len() > 1 {
        found.push(path);
    }
}

/// The name that an item defines, if it has one.
pub(crate) fn defined(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}
