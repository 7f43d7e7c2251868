//! Addresses of the lab: `lab:`, `lab-tls:` and `lab-h2:`.

use fetchmark_lab::TlsOffer;

/// How an address of the lab begins, and what the lab then offers over TLS.
const SCHEMES: [(&str, Option<TlsOffer>); 3] =
    [("lab:", None), ("lab-tls:", Some(TlsOffer::Http1)), ("lab-h2:", Some(TlsOffer::Http2))];

/// Turns the lab's addresses into paths on the page's own server; gives what that must offer over TLS, if anything.
///
/// # Errors
/// A sentence if they need two kinds of server.
pub(super) fn resolve<'a>(urls: impl Iterator<Item = &'a mut String>) -> Result<Option<TlsOffer>, String> {
    let mut wanted: Option<(&str, Option<TlsOffer>)> = None;
    for url in urls {
        let found = SCHEMES
            .into_iter()
            .find_map(|(scheme, offer)| url.strip_prefix(scheme).map(|path| (scheme, offer, path)));
        let Some((scheme, offer, path)) = found else { continue };
        *url = format!("/{}", path.trim_start_matches('/'));
        match wanted {
            Some((other, _)) if other != scheme => {
                return Err(format!(
                    "One lab runs beside the page, and it cannot serve {other} and {scheme} at the same time. Begin both \
                     addresses with the same one."
                ));
            }
            _ => wanted = Some((scheme, offer)),
        }
    }
    Ok(wanted.and_then(|(_, offer)| offer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(urls: &[&str]) -> (Result<Option<TlsOffer>, String>, Vec<String>) {
        let mut urls: Vec<String> = urls.iter().map(|url| (*url).to_owned()).collect();
        (resolve(urls.iter_mut()), urls)
    }

    #[test]
    fn lab_addresses_become_paths() {
        let both = vec!["/lab/ping".to_owned(), "/lab/close".to_owned()];
        assert_eq!(resolved(&["lab:/lab/ping", "/lab/close"]), (Ok(None), both.clone()));
        assert_eq!(resolved(&["lab-tls:/lab/ping", "/lab/close"]), (Ok(Some(TlsOffer::Http1)), both.clone()));
        assert_eq!(resolved(&["lab-h2:lab/ping", "lab-h2:/lab/close"]), (Ok(Some(TlsOffer::Http2)), both));
    }

    #[test]
    fn other_addresses_stay_as_they_are() {
        let url = "https://example.com/lab-tls:/".to_owned();
        assert_eq!(resolved(&[&url]), (Ok(None), vec![url]));
    }

    #[test]
    fn two_kinds_of_lab_are_an_error() {
        let refused = resolved(&["lab-tls:/lab/ping", "lab-h2:/lab/close"]).0.unwrap_err();
        assert!(refused.contains("lab-tls: and lab-h2:"), "{refused}");
        assert!(resolved(&["lab:/lab/ping", "lab-h2:/lab/close"]).0.is_err());
    }
}
