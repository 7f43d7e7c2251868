use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use percent_encoding::percent_decode_str;
use std::fmt;
use url::Url;

/// The address of a WebDriver. Displayed, it has neither user name, password nor query.
#[derive(Clone)]
pub struct Endpoint {
    /// Without credentials and query, with a closing slash: commands are joined to it.
    base: Url,
    /// Some services take a token there.
    query: Option<String>,
    authorization: Option<HeaderValue>,
    /// Sent with every command: some services take a token there.
    headers: HeaderMap,
}

impl Endpoint {
    /// The WebDriver at an address. `/wd/hub` and `/wd/hub/` are the same; a query is sent with every request, and user name and
    /// password, decoded, as HTTP Basic authentication.
    pub fn new(address: &Url) -> Self {
        let mut base = address.clone();
        base.set_query(None);
        base.set_fragment(None);
        base.set_path(&format!("{}/", address.path().trim_end_matches('/')));
        // These fail only where an address cannot have credentials, and then it has none.
        let _ = base.set_username("");
        let _ = base.set_password(None);
        Self {
            base,
            query: address.query().map(str::to_owned),
            authorization: authorization(address),
            headers: HeaderMap::new(),
        }
    }

    #[must_use]
    pub fn with_headers(self, headers: HeaderMap) -> Self {
        Self { headers, ..self }
    }

    pub fn local(port: u16) -> Self {
        let mut base = Url::parse("http://127.0.0.1/").unwrap_or_else(|_| unreachable!("a fixed address"));
        // Fails only where an address cannot have a port.
        let _ = base.set_port(Some(port));
        Self { base, query: None, authorization: None, headers: HeaderMap::new() }
    }

    /// Such as `session/1/url`.
    pub(crate) fn command(&self, path: &str) -> String {
        let query = self.query.as_ref().map_or_else(String::new, |query| format!("?{query}"));
        format!("{}{path}{query}", self.base)
    }

    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = self.headers.clone();
        if let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        headers
    }

    /// The same for another address that the WebDriver names: only on its own host, and not in the clear where it is not so itself.
    pub(crate) fn headers_for(&self, address: &Url) -> HeaderMap {
        let is_safe = address.host() == self.base.host() && (address.scheme() == "wss" || !self.is_https());
        if is_safe { self.headers() } else { HeaderMap::new() }
    }

    pub(crate) fn is_https(&self) -> bool {
        self.base.scheme() == "https"
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.base.fmt(formatter)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Endpoint({self})")
    }
}

fn authorization(address: &Url) -> Option<HeaderValue> {
    if address.username().is_empty() && address.password().is_none() {
        return None;
    }
    let mut pair: Vec<u8> = percent_decode_str(address.username()).collect();
    pair.push(b':');
    pair.extend(percent_decode_str(address.password().unwrap_or_default()));
    let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(pair))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(address: &str) -> Endpoint {
        Endpoint::new(&Url::parse(address).unwrap())
    }

    #[test]
    fn commands_are_joined_to_the_path_with_or_without_a_slash() {
        for address in ["http://grid:4444/wd/hub", "http://grid:4444/wd/hub/", "http://grid:4444/wd/hub//#x"]
        {
            assert_eq!(endpoint(address).command("session"), "http://grid:4444/wd/hub/session");
        }
        for address in ["http://[::1]:4444", "http://[::1]:4444/"] {
            assert_eq!(endpoint(address).command("status"), "http://[::1]:4444/status");
        }
        let with_token = endpoint("https://grid.example/webdriver?token=s3cret");
        assert_eq!(with_token.command("session/1"), "https://grid.example/webdriver/session/1?token=s3cret");
        assert!(!format!("{with_token} {with_token:?}").contains("s3cret"));
        assert_eq!(Endpoint::local(9515).command("status"), "http://127.0.0.1:9515/status");
    }

    #[test]
    fn credentials_are_decoded_and_never_displayed() {
        let endpoint = endpoint("https://ci%40corp:s3cr%2Fet@grid.example/wd/hub");
        assert_eq!(endpoint.to_string(), "https://grid.example/wd/hub/");
        assert!(!format!("{endpoint:?}").contains("s3cr"));
        let is_sent = |address: &str| !endpoint.headers_for(&Url::parse(address).unwrap()).is_empty();
        assert!(is_sent("wss://grid.example/session/1"));
        assert!(!is_sent("ws://grid.example/session/1") && !is_sent("wss://node.example/session/1"));
        let token = HeaderMap::from_iter([(http::header::COOKIE, HeaderValue::from_static("t0ken"))]);
        let endpoint = endpoint.with_headers(token);
        let headers = endpoint.headers();
        assert!(headers.len() == 2 && !format!("{endpoint:?}").contains("t0ken"));
        let sent = headers[AUTHORIZATION].to_str().unwrap();
        assert_eq!(STANDARD.decode(sent.strip_prefix("Basic ").unwrap()).unwrap(), b"ci@corp:s3cr/et");
    }
}
