//! What is wrong with an address, whoever reads it. A browser mends some addresses in silence, into others than were meant.

use crate::request::{secrets::MARK, target::has_numbered_port};

/// Why an address is not requested. No message holds the address, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// A user name or password in it.
    #[error("a browser does not request an address with a user name or password in it")]
    Credentials,
    /// A browser would take `http:host/` for a file beside the page.
    #[error("two slashes are missing after “{0}:”")]
    Slashes(String),
    /// Not of the web, such as `localhost:8080/`.
    #[error("it begins with “{0}:”, which a page cannot request; http:// may be missing before it")]
    Scheme(String),
    /// Nothing between the slashes and the path.
    #[error("it names no host")]
    NoHost,
    /// A port that is none.
    #[error("its port is not a number from 1 to 65535")]
    Port,
    /// A tab, a line break or another character that a browser takes out.
    #[error("there is a tab, a line break or another control character in it")]
    Control,
    /// A secret that was not kept with the other settings.
    #[error("a value in it was not kept with the other settings; write it again in place of •••")]
    NotKept,
    /// A browser makes a slash of it, other clients do not.
    #[error("there is a backslash in it; write a slash, or %5C")]
    Backslash,
}

/// Schemes that are not looked into: what follows is no host.
const OPAQUE: [&str; 2] = ["data", "blob"];

/// Checks an address that is absolute, or relative to a page. That it passes does not make it one: a URL parser has the last word.
///
/// # Errors
/// [`AddressProblem`], the first that is found.
pub fn check(address: &str) -> Result<(), AddressProblem> {
    if address.chars().any(char::is_control) {
        return Err(AddressProblem::Control);
    }
    if address.contains(MARK) {
        return Err(AddressProblem::NotKept);
    }
    let Some((scheme, rest)) = cut_at_scheme(address) else {
        return match address.strip_prefix("//") {
            Some(rest) => check_host(rest),
            None => check_path(address),
        };
    };
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if OPAQUE.into_iter().any(is) {
        return Ok(());
    }
    // First: no other sentence is to repeat a password.
    if authority(rest.trim_start_matches(['/', '\\'])).contains('@') {
        return Err(AddressProblem::Credentials);
    }
    if !is("http") && !is("https") {
        return Err(AddressProblem::Scheme(scheme.to_owned()));
    }
    match rest.strip_prefix("//") {
        Some(rest) => check_host(rest),
        None => Err(AddressProblem::Slashes(scheme.to_owned())),
    }
}

/// What stands before the first colon, if that comes before any path.
fn cut_at_scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    (!scheme.contains(['/', '?', '#', '\\', '{'])).then_some((scheme, rest))
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#', '\\']).next().unwrap_or_default()
}

/// Checks what follows after two slashes.
fn check_host(rest: &str) -> Result<(), AddressProblem> {
    let authority = authority(rest);
    if authority.contains('@') {
        return Err(AddressProblem::Credentials);
    }
    // Colons of an IPv6 address stand in brackets.
    let after_brackets = authority.rfind(']').map_or(0, |at| at + 1);
    let colon = authority[after_brackets..].find(':').map(|at| after_brackets + at);
    let (host, port) = colon.map_or((authority, ""), |at| (&authority[..at], &authority[at + 1..]));
    if host.is_empty() {
        return Err(AddressProblem::NoHost);
    }
    // An empty one is the usual one.
    let is_port =
        || port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0);
    if !port.is_empty() && !has_numbered_port(authority) && !is_port() {
        return Err(AddressProblem::Port);
    }
    check_path(&rest[authority.len()..])
}

fn check_path(path: &str) -> Result<(), AddressProblem> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if path.contains('\\') { Err(AddressProblem::Backslash) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_would_mend_in_silence_is_refused() {
        use AddressProblem as P;
        let slashes = |scheme: &str| P::Slashes(scheme.to_owned());
        let scheme = |scheme: &str| P::Scheme(scheme.to_owned());
        for (address, problem) in [
            ("http:localhost:3001/", slashes("http")),
            ("http:/x", slashes("http")),
            ("HTTPS:example.com", slashes("HTTPS")),
            ("http:\\\\example.com\\", slashes("http")),
            ("http:///example.com/", P::NoHost),
            ("http://", P::NoHost),
            ("https://:8080/", P::NoHost),
            ("http://user@host/", P::Credentials),
            ("http://user:pw@host:80/", P::Credentials),
            ("http:user:pw@host/", P::Credentials),
            ("ftp://user:pw@host/", P::Credentials),
            ("user:pw@host/", P::Credentials),
            ("//user:pw@host/", P::Credentials),
            ("localhost:3001/", scheme("localhost")),
            ("127.0.0.1:8080/x", scheme("127.0.0.1")),
            ("htp://example.com/", scheme("htp")),
            ("ws://example.com/", scheme("ws")),
            ("http://example.com:99999/", P::Port),
            ("http://example.com:0/", P::Port),
            ("http://[::1]:+80/", P::Port),
            ("http://example.com/a\tb", P::Control),
            ("http://exam\nple.com/", P::Control),
            ("http://example.com\\a", P::Backslash),
            ("/a\\b", P::Backslash),
            ("/a?token=•••", P::NotKept),
        ] {
            assert_eq!(check(address), Err(problem), "{address}");
        }
    }

    #[test]
    fn addresses_of_every_kind_pass() {
        for address in [
            "",
            "/lab/ping",
            "ping?to=http://u@x\\",
            "//example.com/a@b",
            "http://example.com",
            "HTTP://example.com:/?q=a:b@c#d",
            "https://[2001:db8::1]:8443/",
            "http://h{n}.localhost:80{n}/x",
            "{n}:x",
            "data:,a@b:99999",
            "blob:null/1",
            "http://example.com/a b",
            "http://한국.kr/",
        ] {
            assert_eq!(check(address), Ok(()), "{address}");
        }
    }
}
