//! Addresses that are the lab's.

use fetchmark_lab::TlsOffer;

/// What an address begins with that is the lab's, to whom a slash alone says too little; and what is offered there over TLS.
const SCHEMES: [(&str, Option<TlsOffer>); 3] =
    [("lab:", None), ("lab-tls:", Some(TlsOffer::Http1)), ("lab-h2:", Some(TlsOffer::Http2))];

/// Makes the lab's addresses paths on the page's own server, and says how that is to be reached: without TLS, or with this.
///
/// # Errors
/// A sentence if they want it both ways.
pub(super) fn take<'a>(urls: impl Iterator<Item = &'a mut String>) -> Result<Option<TlsOffer>, String> {
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
                    "One lab runs beside the page, and it cannot be reached by {other} and {scheme} at a time. Begin both \
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

    fn taken(urls: &[&str]) -> (Result<Option<TlsOffer>, String>, Vec<String>) {
        let mut urls: Vec<String> = urls.iter().map(|url| (*url).to_owned()).collect();
        (take(urls.iter_mut()), urls)
    }

    #[test]
    fn the_labs_addresses_become_paths() {
        let both = vec!["/lab/ping".to_owned(), "/lab/close".to_owned()];
        assert_eq!(taken(&["lab:/lab/ping", "/lab/close"]), (Ok(None), both.clone()));
        assert_eq!(taken(&["lab-tls:/lab/ping", "/lab/close"]), (Ok(Some(TlsOffer::Http1)), both.clone()));
        assert_eq!(taken(&["lab-h2:lab/ping", "lab-h2:/lab/close"]), (Ok(Some(TlsOffer::Http2)), both));
    }

    #[test]
    fn others_stay_as_they_are() {
        let url = "https://example.com/lab-tls:/".to_owned();
        assert_eq!(taken(&[&url]), (Ok(None), vec![url]));
    }

    #[test]
    fn one_lab_is_reached_in_one_way() {
        let refused = taken(&["lab-tls:/lab/ping", "lab-h2:/lab/close"]).0.unwrap_err();
        assert!(refused.contains("lab-tls: and lab-h2:"), "{refused}");
        assert!(taken(&["lab:/lab/ping", "lab-h2:/lab/close"]).0.is_err());
    }
}
