//! The target's URL, resolved and checked before anything is sent.

use crate::run::RunError;
use fetchmark_core::{
    join::FRAGMENT,
    target::{is_numbered, numbered},
};
use web_sys::Url;

/// A URL that can be fetched, with or without a counter in it.
#[derive(Clone, Debug)]
pub(crate) struct TargetUrl {
    raw: String,
    base: String,
    resolved: String,
}

impl TargetUrl {
    /// Resolves `raw` against `base`.
    ///
    /// # Errors
    /// [`RunError::Url`] and [`RunError::UrlWithCredentials`].
    pub(crate) fn resolve(raw: &str, base: &str) -> Result<Self, RunError> {
        let unfit = || RunError::Url { url: raw.to_owned() };
        if raw.is_empty() {
            return Err(unfit());
        }
        let url = Url::new_with_base(&numbered(raw, 0), base).map_err(|_| unfit())?;
        if !matches!(url.protocol().as_str(), "http:" | "https:" | "data:" | "blob:") {
            return Err(unfit());
        }
        if !url.username().is_empty() || !url.password().is_empty() {
            return Err(RunError::UrlWithCredentials);
        }
        // A fragment is never sent; ours takes its place.
        url.set_hash("");
        Ok(Self { raw: raw.to_owned(), base: base.to_owned(), resolved: url.href() })
    }

    /// The address as the report shows it: absolute, or as given where it holds a counter.
    pub(crate) fn shown(&self) -> &str {
        if self.is_numbered() { &self.raw } else { &self.resolved }
    }

    /// Whether each request has an address of its own.
    pub(crate) fn is_numbered(&self) -> bool {
        is_numbered(&self.raw)
    }

    /// The address without our fragment; of the first request, where they differ.
    pub(crate) fn plain(&self) -> &str {
        &self.resolved
    }

    /// The addresses of `n` requests from serial number `first` on, each with its unique fragment.
    pub(crate) fn addresses(&self, first: u32, n: u32) -> Vec<String> {
        (first..first.saturating_add(n))
            .map(|serial| {
                let plain = if self.is_numbered() {
                    // It was resolvable with one number, so it is with another.
                    Url::new_with_base(&numbered(&self.raw, u64::from(serial)), &self.base).map(|url| {
                        url.set_hash("");
                        url.href()
                    })
                } else {
                    Ok(self.resolved.clone())
                };
                format!("{}{FRAGMENT}{serial}", plain.unwrap_or_else(|_| self.resolved.clone()))
            })
            .collect()
    }

    /// Whether a page at `page` needs the target's permission (CORS) to read its answers.
    pub(crate) fn is_cross_origin(&self, page: &str) -> bool {
        match (Url::new(&self.resolved), Url::new(page)) {
            (Ok(target), Ok(page)) => {
                target.origin() != page.origin() && target.protocol().starts_with("http")
            }
            _ => false,
        }
    }

    /// Whether a page at `page` may not fetch it at all, being secure while the target is not. Loopback counts
    /// as secure (<https://www.w3.org/TR/mixed-content/>).
    pub(crate) fn is_mixed_content(&self, page: &str) -> bool {
        let (Ok(target), Ok(page)) = (Url::new(&self.resolved), Url::new(page)) else { return false };
        let host = target.hostname();
        let loopback = host == "localhost"
            || host.ends_with(".localhost")
            || host == "[::1]"
            || host.starts_with("127.");
        page.protocol() == "https:" && target.protocol() == "http:" && !loopback
    }
}
