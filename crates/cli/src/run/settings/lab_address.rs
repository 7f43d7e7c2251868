//! Addresses of the lab: `lab:`, `lab-tls:`, `lab-h2:` and `lab-h3:`.

use fetchmark_lab::TlsOffer;

/// A server of the lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabServer {
    /// Without TLS.
    Plain,
    /// Over TLS, with HTTP/1.1 alone.
    Tls,
    /// Over TLS, with HTTP/2.
    H2,
    /// Over QUIC: HTTP/3.
    H3,
}

impl LabServer {
    pub(crate) const ALL: [Self; 4] = [Self::Plain, Self::Tls, Self::H2, Self::H3];

    /// How its addresses begin.
    fn scheme(self) -> &'static str {
        match self {
            Self::Plain => "lab:",
            Self::Tls => "lab-tls:",
            Self::H2 => "lab-h2:",
            Self::H3 => "lab-h3:",
        }
    }

    /// What it offers over TLS, if anything.
    pub(crate) fn tls(self) -> Option<TlsOffer> {
        match self {
            Self::Plain => None,
            Self::Tls => Some(TlsOffer::Http1),
            Self::H2 | Self::H3 => Some(TlsOffer::Http2),
        }
    }
}

/// Turns the lab's addresses of one target into paths, and tells the server that they are on; `None` where the target is not the lab's.
///
/// # Errors
/// A sentence if they are on two.
pub(super) fn resolve<'a>(urls: impl Iterator<Item = &'a mut String>) -> Result<Option<LabServer>, String> {
    let mut wanted: Option<LabServer> = None;
    let mut is_path = false;
    for url in urls {
        is_path |= url.starts_with('/') && !url.starts_with("//");
        let found = LabServer::ALL
            .into_iter()
            .find_map(|server| Some((server, url.strip_prefix(server.scheme())?.trim_start_matches('/'))));
        let Some((server, path)) = found else { continue };
        *url = format!("/{path}");
        match wanted {
            Some(other) if other != server => {
                return Err(format!(
                    "One target cannot be on {} and {} at the same time. Begin both addresses with the same one.",
                    other.scheme(),
                    server.scheme()
                ));
            }
            _ => wanted = Some(server),
        }
    }
    Ok(wanted.or(is_path.then_some(LabServer::Plain)))
}

/// The address of the lab that answers like this one, and closes the connection after it.
pub(super) fn closing(url: &str) -> String {
    let (url, fragment) = url.find('#').map_or((url, ""), |at| url.split_at(at));
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}close{fragment}")
}

/// What the page's own server offers over TLS, and the servers beside it: none where all targets of the lab are on one. Of several, none
/// is the page's, so that each is another origin to it.
pub(super) fn of_page(servers: Vec<Option<LabServer>>) -> (Option<TlsOffer>, Vec<Option<LabServer>>) {
    let first = servers.iter().flatten().next().copied();
    // A browser is told which server to use HTTP/3 with: not with the page's.
    let is_one =
        first != Some(LabServer::H3) && servers.iter().flatten().all(|server| Some(*server) == first);
    if is_one { (first.and_then(LabServer::tls), Vec::new()) } else { (None, servers) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(urls: &[&str]) -> (Result<Option<LabServer>, String>, Vec<String>) {
        let mut urls: Vec<String> = urls.iter().map(|url| (*url).to_owned()).collect();
        (resolve(urls.iter_mut()), urls)
    }

    #[test]
    fn lab_addresses_become_paths() {
        let both = vec!["/lab/ping".to_owned(), "/lab/close".to_owned()];
        for (urls, server) in [
            (["/lab/ping", "/lab/close"], LabServer::Plain),
            (["lab:/lab/ping", "/lab/close"], LabServer::Plain),
            (["lab-tls:/lab/ping", "/lab/close"], LabServer::Tls),
            (["lab-h2:lab/ping", "lab-h2:/lab/close"], LabServer::H2),
            (["lab-h3:/lab/ping", "/lab/close"], LabServer::H3),
        ] {
            assert_eq!(resolved(&urls), (Ok(Some(server)), both.clone()));
        }
    }

    #[test]
    fn several_servers_are_none_of_the_page_s() {
        use LabServer::{H2, H3, Plain, Tls};
        assert_eq!(of_page(vec![None, None]), (None, Vec::new()));
        assert_eq!(of_page(vec![Some(Plain), None]), (None, Vec::new()));
        assert_eq!(of_page(vec![None, Some(H2), Some(H2)]), (Some(TlsOffer::Http2), Vec::new()));
        assert_eq!(of_page(vec![Some(H3)]), (None, vec![Some(H3)]));
        let several = vec![Some(Tls), None, Some(H2)];
        assert_eq!(of_page(several.clone()), (None, several));
    }

    #[test]
    fn other_addresses_stay_as_they_are() {
        for url in ["https://example.com/lab-tls:/", "//example.com/", "data:,x"] {
            assert_eq!(resolved(&[url]), (Ok(None), vec![url.to_owned()]));
        }
    }

    #[test]
    fn the_lab_closes_any_connection_that_is_asked_for() {
        for (url, expected) in
            [("/lab/ping", "/lab/ping?close"), ("/lab/delay/5?bytes=9#a?b", "/lab/delay/5?bytes=9&close#a?b")]
        {
            assert_eq!(closing(url), expected);
        }
    }

    #[test]
    fn two_servers_for_one_target_are_an_error() {
        let refused = resolved(&["lab-tls:/lab/ping", "lab-h2:/lab/close"]).0.unwrap_err();
        assert!(refused.contains("lab-tls: and lab-h2:"), "{refused}");
        assert!(resolved(&["lab:/lab/ping", "lab-h2:/lab/close"]).0.is_err());
    }
}
