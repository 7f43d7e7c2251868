//! The content security policy of a page that has nothing beside it.

/// The page's policy with what is inline in the place of `'self'`, which means nothing to a file. Scripts and styles are
/// named by their hashes, and the worker is made of a blob; whatever else came from `'self'` is no longer allowed at all.
pub(crate) fn inline(policy: &str, script: &str, style: &str) -> String {
    let directives = policy.split(';').filter_map(|directive| {
        let mut words = directive.split_whitespace();
        let name = words.next()?;
        let own = match name {
            "script-src" => script,
            "style-src" => style,
            "worker-src" => "blob:",
            // Not of sources, and added below in any case.
            "require-trusted-types-for" | "trusted-types" => return None,
            _ => "",
        };
        let sources = words.map(|word| if word == "'self'" { own } else { word });
        let sources: Vec<&str> = sources.filter(|word| !word.is_empty()).collect();
        // Without a source it says no more than default-src.
        (!sources.is_empty()).then(|| format!("{name} {}", sources.join(" ")))
    });
    let types = "require-trusted-types-for 'script'; trusted-types fetchmark";
    directives.chain([types.to_owned()]).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_the_page_s_own_is_named_by_its_hash_or_forbidden() {
        let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
                      img-src 'self' data: blob:; font-src 'self'; connect-src * data: blob:; base-uri 'none'; \
                      require-trusted-types-for 'script'; trusted-types fetchmark";
        assert_eq!(
            inline(policy, "'sha256-a'", "'sha256-b'"),
            "default-src 'none'; script-src 'sha256-a' 'wasm-unsafe-eval'; worker-src blob:; style-src 'sha256-b'; \
             img-src data: blob:; connect-src * data: blob:; base-uri 'none'; \
             require-trusted-types-for 'script'; trusted-types fetchmark"
        );
    }
}
