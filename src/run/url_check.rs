//! Whether an address can be requested, checked before anything is.

use crate::text::UrlProblem;
use fetchmark_core::request::{
    address::{self, AddressProblem},
    target,
};
use web_sys::Url;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedUrl {
    /// Host and port, for people.
    pub host: String,
    pub is_local: bool,
    /// Whether it is requested without encryption.
    pub is_insecure: bool,
}

/// The longest piece of a bad address that a message repeats, in characters.
const LONGEST_SHOWN: usize = 80;

/// Checks an address against the address of the page.
pub fn check(address: &str, base: &str) -> Result<CheckedUrl, UrlProblem> {
    let not_an_address = || UrlProblem::NotAnAddress(address.chars().take(LONGEST_SHOWN).collect());
    match address::check(address) {
        Err(AddressProblem::Credentials) => return Err(UrlProblem::Credentials(host_of(address))),
        Err(AddressProblem::NotKept) => return Err(UrlProblem::NotKept),
        Err(_) => return Err(not_an_address()),
        Ok(()) => {}
    }
    // “example.com” would be a file beside the page; who types it means the host, and learns how to write it.
    let relative = address.starts_with(['/', '.', '?']);
    let numbered = target::numbered(address, 0);
    let parsed = if relative { Url::new_with_base(&numbered, base) } else { Url::new(&numbered) };
    let url = parsed.map_err(|_| not_an_address())?;
    match url.protocol().as_str() {
        "http:" | "https:" => Ok(CheckedUrl {
            host: url.host(),
            is_local: is_local(&url.hostname()),
            is_insecure: url.protocol() == "http:",
        }),
        "data:" => Ok(CheckedUrl { host: String::new(), is_local: true, is_insecure: false }),
        _ => Err(not_an_address()),
    }
}

/// What stands after the user name and password.
fn host_of(address: &str) -> String {
    let rest = address.split_once(':').map_or(address, |(_, rest)| rest).trim_start_matches(['/', '\\']);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_owned()
}

/// Whether a host name always means this machine.
pub fn is_local(hostname: &str) -> bool {
    matches!(hostname, "localhost" | "127.0.0.1" | "[::1]") || hostname.ends_with(".localhost")
}
