//! Response headers, and what a preflight is answered with.

/// A response header's name and value.
pub(super) type Field = (&'static str, String);

/// What to answer when a browser asks for permission.
pub(super) struct Preflight<'a> {
    pub(super) method: &'a str,
    /// Names of headers, in lower case.
    pub(super) headers: Vec<String>,
}

impl Preflight<'_> {
    pub(super) fn fields(&self) -> Vec<Field> {
        let mut fields = vec![("Access-Control-Allow-Methods", self.method.to_owned())];
        if !self.headers.is_empty() {
            fields.push(("Access-Control-Allow-Headers", self.headers.join(", ")));
        }
        fields.push(preflight_age());
        fields
    }
}

/// For how long a permission holds, in seconds: ten minutes, which every browser takes. Without it one asks again every five seconds
/// (<https://fetch.spec.whatwg.org/#http-access-control-max-age>).
pub(super) fn preflight_age() -> Field {
    ("Access-Control-Max-Age", "600".to_owned())
}

/// Text with as many lines as there are fields, each written by `line`.
pub(super) fn lines(fields: &[Field], line: impl Fn(&str, &str) -> String) -> String {
    fields.iter().map(|(name, value)| line(name, value)).collect()
}
