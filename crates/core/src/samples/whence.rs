//! Where an answer came from, as its own head tells.

/// What the head of one answer of a round tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whence {
    /// The address that the answer came from, without its query; `None` if that is the address that was requested.
    pub redirected_to: Option<String>,
    /// Whether it came from a cache between the browser and the server: it has an `Age`.
    pub is_aged: bool,
}

impl Whence {
    /// Of an answer that came from `url`, which has no fragment, to a request to `requested`.
    pub fn new(requested: &str, url: &str, is_aged: bool) -> Self {
        // A fragment is sent to no server.
        let is_elsewhere = !url.is_empty() && requested.split('#').next() != Some(url);
        // A query may hold a login.
        let place = url.split('?').next().filter(|_| is_elsewhere);
        Self { redirected_to: place.map(str::to_owned), is_aged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_leads_to_another_address() {
        let led = |url| Whence::new("http://a/x?n=1#fm-1", url, false).redirected_to;
        assert_eq!(led("http://a/x?n=1"), None);
        assert_eq!(led("http://b/login?token=T1234").as_deref(), Some("http://b/login"));
        assert_eq!(led("http://a/x?n=2").as_deref(), Some("http://a/x"));
        // A browser that does not tell.
        assert_eq!(led(""), None);
    }
}
