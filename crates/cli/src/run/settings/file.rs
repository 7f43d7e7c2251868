//! Settings from a file, under those of the command line.

use std::path::Path;

use anyhow::anyhow;
use serde::Deserialize;
use toml::{Table, Value};

use super::options::Settings;
use crate::input;

/// Settings are short, but for a body.
const MAX_BYTES: usize = 64 << 20;

/// The settings of the command line, and those of the file where the command line has none. An option that may be repeated is taken
/// from one of them, but for thresholds, which add up. With URLs of the command line nothing is taken that belongs to those of
/// the file: labels, addresses for cold connections, targets. A sentence says what was left out so.
///
/// # Errors
/// If the file cannot be read, or has a name or a value that means nothing.
pub(crate) fn merge(given: Settings, file: Option<&Path>) -> anyhow::Result<(Settings, Option<String>)> {
    let Some(path) = file else { return Ok((given, None)) };
    let name = path.display();
    let content = input::read_text(path, MAX_BYTES).map_err(|error| {
        anyhow!("The settings file {name} cannot be read: {error}. Check its name after --config.")
    })?;
    let mut table: Table = content
        .parse::<Table>()
        .map_err(|error| {
            anyhow!("The settings file {name} is not valid TOML. {}", located(&content, &error))
        })?
        .into_iter()
        // Options are written with hyphens, parameters in links with underscores: either will do.
        .map(|(name, value)| (name.replace('-', "_"), value))
        .collect();
    let invalid = |error: toml::de::Error| {
        anyhow!(
            "The settings file {name} cannot be used: {}. The names are those of the long options; `fetchmark run --help` \
             lists them.",
            error.message().trim_end_matches('.')
        )
    };
    // By itself first, so that an error in it is reported even where the command line overrides it.
    let thresholds = Settings::deserialize(table.clone()).map_err(invalid)?.threshold;
    let given = Table::try_from(&given).map_err(|error| {
        anyhow!("The options of the command line cannot be joined with a settings file: {error}. Leave --config out.")
    })?;
    // What belongs to the addresses of the file goes with them.
    let mut left_out = Vec::new();
    if given.contains_key("url") {
        let belongs: &[&str] =
            if table.contains_key("url") { &["label", "cold_url", "targets"] } else { &["targets"] };
        left_out.extend(belongs.iter().copied().filter(|name| table.remove(*name).is_some()));
    }
    table.extend(given.into_iter().filter(|(_, value)| is_given(value)));
    let mut merged = Settings::deserialize(table).map_err(invalid)?;
    for threshold in thresholds {
        if !merged.threshold.contains(&threshold) {
            merged.threshold.push(threshold);
        }
    }
    Ok((merged, said(&left_out, path)))
}

/// That these settings of a file were left out, if any.
fn said(left_out: &[&str], path: &Path) -> Option<String> {
    let (names, are) = match left_out {
        [] => return None,
        [one] => ((*one).to_owned(), "is"),
        [first @ .., last] => (format!("{} and {last}", first.join(", ")), "are"),
    };
    let name = path.display();
    Some(format!("The URL of the command line replaces those of {name}, whose {names} {are} not used."))
}

/// What is wrong with a file and in which line; the line itself may hold a secret.
fn located(content: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| content.get(..span.start)).unwrap_or_default();
    format!("Line {}: {}.", before.matches('\n').count() + 1, error.message().trim_end_matches('.'))
}

/// A switch that is not set and an empty list were not given.
fn is_given(value: &Value) -> bool {
    *value != Value::Boolean(false) && value.as_array().is_none_or(|list| !list.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::parameters::Parameters;
    use super::*;

    fn read(given: Settings, content: &str) -> Result<Settings, String> {
        read_all(given, content).map(|(settings, _)| settings)
    }

    fn read_all(given: Settings, content: &str) -> Result<(Settings, Option<String>), String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, content).unwrap();
        merge(given, Some(file.path())).map_err(|error| error.to_string())
    }

    #[test]
    fn the_command_line_overrides_the_file() {
        let given = Settings {
            parameters: Parameters([("n", vec!["7".to_owned()])].into()),
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
        let settings = read(given, content).unwrap();
        let expected = [
            ("url", "/lab/ping"),
            ("cold_url", "/lab/close"),
            ("clients", "gloo-net,js-fetch:reused"),
            ("n", "7"),
            ("header", "Accept: text/plain"),
            ("aa", "true"),
            ("margin", "0.02"),
        ];
        assert_eq!(settings.parameters.pairs().collect::<Vec<_>>(), expected);
        // Thresholds of the command line come on top of those of the file.
        assert_eq!(settings.threshold, ["failed==0", "p95<200ms", "p50<100ms"]);
        assert_eq!((settings.strict, settings.output.len()), (true, 2));
    }

    #[test]
    fn an_address_for_cold_connections_may_stand_alone() {
        let given = Settings {
            parameters: Parameters([("url", vec!["https://d.example/".to_owned()])].into()),
            ..Settings::default()
        };
        let (settings, left_out) = read_all(given, "cold_url = \"https://d.example/cold\"").unwrap();
        assert!(settings.parameters.0.contains_key("cold_url") && left_out.is_none());
    }

    #[test]
    fn addresses_of_the_command_line_replace_all_targets_of_the_file() {
        let file = r#"
            url = ["https://a.example/", "https://b.example/"]
            label = ["a", "b"]
            cold_url = ["", "https://b.example/cold"]
            method = "POST"
            [[targets]]
            url = "https://c.example/"
            cold-url = "https://c.example/cold"
            headers = "X-Api-Key: 1"
        "#;
        let settings = read(Settings::default(), file).unwrap();
        assert_eq!(settings.parameters.pairs().count(), 7);
        assert_eq!(settings.targets.len(), 1);
        let given = Settings {
            parameters: Parameters([("url", vec!["https://d.example/".to_owned()])].into()),
            ..Settings::default()
        };
        let (settings, left_out) = read_all(given, file).unwrap();
        assert!(left_out.is_some_and(|line| line.contains("whose label, cold_url and targets are not used")));
        let expected = [("url", "https://d.example/"), ("method", "POST")];
        assert_eq!(settings.parameters.pairs().collect::<Vec<_>>(), expected);
        assert!(settings.targets.is_empty());
    }

    #[test]
    fn an_error_names_the_setting_or_the_line() {
        let wrong = |content: &str| read(Settings::default(), content).unwrap_err();
        assert!(
            wrong("colour = \"blue\"").contains("unknown field `colour`"),
            "{}",
            wrong("colour = \"blue\"")
        );
        assert!(wrong("browser = \"lynx\"").contains("lynx"), "{}", wrong("browser = \"lynx\""));
        let broken = wrong("n = 1\nheader = \"Authorization: s3cret\nrounds = 2");
        assert!(broken.contains("not valid TOML. Line 2: ") && !broken.contains("s3cret"), "{broken}");
        assert!(wrong("[[targets]]\nurl = \"/\"\nn = 1").contains("unknown field `n`"));
        assert!(wrong("[[targets]]\nlabel = \"a\"").contains("missing field `url`"));
        assert!(wrong("[n]\nx = 1").contains("was expected"), "{}", wrong("[n]\nx = 1"));
        // Overridden or not.
        let given = Settings { port: Some(1), ..Settings::default() };
        assert!(read(given, "port = 70000").is_err());
    }
}
