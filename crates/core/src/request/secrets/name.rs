//! What secrets are called.

use std::fmt;

/// What names of secrets hold, in lower case.
const WORDS: [&str; 18] = [
    "token",
    "secret",
    "passw",
    "passphrase",
    "passcode",
    "pwd",
    "signature",
    "session",
    "sessid",
    "credential",
    "cookie",
    "jwt",
    "csrf",
    "xsrf",
    "bearer",
    "apikey",
    "auth",
    "key",
];
/// What names of secrets hold as a word of their own.
const WHOLE_WORDS: [&str; 8] = ["sig", "sid", "pat", "otp", "pass", "pw", "cred", "creds"];
/// Words that hold another that would be a secret's.
const HARMLESS: [&str; 5] = ["keyword", "keyboard", "keyframe", "monkey", "author"];

/// Whether a header, parameter or field of this name holds a secret: `Authorization`, `X-Api-Key`, `sessionId`, `urlSig`.
pub fn is_secret_name(name: &str) -> bool {
    // “authorization” is one, “author” is none.
    let lower = name.to_ascii_lowercase().replace("authoriz", "auth-").replace("authoris", "auth-");
    let rest = HARMLESS.iter().fold(lower, |name, harmless| name.replace(harmless, ""));
    if WORDS.iter().any(|word| rest.contains(word)) {
        return true;
    }
    let mut parted = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && parted.ends_with(|last: char| last.is_ascii_lowercase()) {
            parted.push(' ');
        }
        parted.push(letter);
    }
    let mut words = parted.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| WHOLE_WORDS.iter().any(|whole| word.eq_ignore_ascii_case(whole)))
}

/// What a secret stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A header.
    Header,
    /// The address.
    Address,
    /// The address for cold connections.
    ColdAddress,
    /// The body.
    Body,
}

/// What a secret is called: “the header Authorization”.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretName {
    /// What it stands in.
    pub place: Place,
    pub(super) name: String,
}

/// What user name and password of an address are called.
pub(super) const USER: &str = "@";

impl fmt::Display for SecretName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, name } = self;
        let what =
            if name == USER { "user name and password".to_owned() } else { format!("parameter {name}") };
        match place {
            Place::Header => write!(formatter, "the header {name}"),
            Place::Address => write!(formatter, "the {what} of the address"),
            Place::ColdAddress => write!(formatter, "the {what} of the address for cold connections"),
            Place::Body => write!(formatter, "the field {name} of the body"),
        }
    }
}
