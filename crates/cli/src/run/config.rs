//! Settings from a file, under those of the command line.

use std::path::Path;

use serde::Deserialize;
use toml::{Table, Value};

use super::settings::Settings;
use crate::text_file;

/// Settings are short, but for a body.
const MOST_BYTES: usize = 64 << 20;

/// Why a file gives no settings.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// It cannot be read.
    #[error("The settings file {path} cannot be read: {source}. Check its name after --config.")]
    Unreadable {
        /// Its name.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no TOML.
    #[error("The settings file {path} is not valid TOML. {detail}")]
    NoToml {
        /// Its name.
        path: String,
        /// Where, and what was expected.
        detail: String,
    },
    /// A name or a value in it means nothing.
    #[error(
        "The settings file {path} cannot be used: {detail} The names are those of the long options; `fetchmark run --help` \
         lists them."
    )]
    Wrong {
        /// Its name.
        path: String,
        /// Which name or value.
        detail: String,
    },
    /// The command line holds what no file could.
    #[error(
        "The options of the command line cannot be joined with a settings file: {0}. Leave --config out."
    )]
    NotMerged(String),
}

/// The settings of the command line, and the file's where the command line is silent. What may be repeated is taken whole from
/// one of them, but for thresholds, which add up.
///
/// # Errors
/// [`ConfigError`] if the file cannot be read, or holds a name that is no setting.
pub(super) fn merged(given: Settings, file: Option<&Path>) -> Result<Settings, ConfigError> {
    let Some(file) = file else { return Ok(given) };
    let path = file.display().to_string();
    let content = text_file::read(file, MOST_BYTES)
        .map_err(|source| ConfigError::Unreadable { path: path.clone(), source })?;
    over(&given, &content, path)
}

fn over(given: &Settings, content: &str, path: String) -> Result<Settings, ConfigError> {
    let table: Table = content.parse().map_err(|error: toml::de::Error| ConfigError::NoToml {
        path: path.clone(),
        detail: place(content, &error),
    })?;
    let wrong = |error: toml::de::Error| {
        let detail = error.message().trim_end_matches('.');
        ConfigError::Wrong { path: path.clone(), detail: format!("{detail}.") }
    };
    // Options are written with hyphens, parameters in links with underscores: either will do.
    let file: Table = table.into_iter().map(|(name, value)| (name.replace('-', "_"), value)).collect();
    // By itself first, so that what is wrong in it is told even where the command line overrules it.
    Settings::deserialize(file.clone()).map_err(wrong)?;
    let mut table = file;
    let given = Table::try_from(given).map_err(|error| ConfigError::NotMerged(error.to_string()))?;
    let thresholds = table.get(THRESHOLDS).cloned();
    table.extend(given.into_iter().filter(|(_, value)| is_given(value)));
    // What the file holds a run to is not undone by holding it to something more.
    if let (Some(of_file), Some(Value::Array(all))) = (thresholds, table.get_mut(THRESHOLDS)) {
        let of_file = match of_file {
            Value::Array(of_file) => of_file,
            one => vec![one],
        };
        all.extend(of_file.into_iter().filter(|threshold| !all.contains(threshold)).collect::<Vec<_>>());
    }
    Settings::deserialize(table).map_err(wrong)
}

/// What is wrong with a file and in which line; the line itself may hold a secret.
fn place(content: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| content.get(..span.start)).unwrap_or_default();
    format!("Line {}: {}.", before.matches('\n').count() + 1, error.message().trim_end_matches('.'))
}

/// What adds up, where the file and the command line both have it.
const THRESHOLDS: &str = "threshold";

/// A switch that is not set and a list without an item were not given.
fn is_given(value: &Value) -> bool {
    *value != Value::Boolean(false) && value.as_array().is_none_or(|list| !list.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::text::Text;
    use super::*;

    fn read(given: &Settings, content: &str) -> Result<Settings, String> {
        over(given, content, "f.toml".to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_command_line_goes_before_the_file() {
        let given = Settings {
            n: Some(Text("7".to_owned())),
            threshold: vec!["failed==0".to_owned()],
            ..Settings::default()
        };
        let content = r#"
            url = "/lab/ping"
            n = 50
            margin = 0.02
            aa = true
            clients = ["gloo-net", "js-fetch:reused"]
            header = "Accept: text/plain"
            cold-url = "/lab/close"
            threshold = ["p95<200ms", "p50<100ms"]
            strict = true
            browser = "firefox"
            output = ["a.json", "a.md"]
        "#;
        let settings = read(&given, content).unwrap();
        let mut parameters = settings.parameters();
        parameters.sort_unstable();
        let expected = [
            ("aa", "true"),
            ("clients", "gloo-net,js-fetch:reused"),
            ("cold_url", "/lab/close"),
            ("header", "Accept: text/plain"),
            ("margin", "0.02"),
            ("n", "7"),
            ("url", "/lab/ping"),
        ];
        assert_eq!(parameters, expected);
        // What the file holds a run to is not undone by the command line.
        assert_eq!(settings.threshold, ["failed==0", "p95<200ms", "p50<100ms"]);
        assert_eq!((settings.strict, settings.output.len()), (true, 2));
    }

    #[test]
    fn what_means_nothing_is_named() {
        let wrong = |content: &str| read(&Settings::default(), content).unwrap_err();
        assert!(
            wrong("colour = \"blue\"").contains("unknown field `colour`"),
            "{}",
            wrong("colour = \"blue\"")
        );
        assert!(wrong("browser = \"lynx\"").contains("lynx"), "{}", wrong("browser = \"lynx\""));
        let broken = wrong("n = 1\nheader = \"Authorization: s3cret\nrounds = 2");
        assert!(broken.contains("not valid TOML. Line 2: ") && !broken.contains("s3cret"), "{broken}");
        assert!(wrong("[n]\nx = 1").contains("was expected"), "{}", wrong("[n]\nx = 1"));
        // Overruled or not.
        let given = Settings { port: Some(1), ..Settings::default() };
        assert!(read(&given, "port = 70000").is_err());
    }
}
