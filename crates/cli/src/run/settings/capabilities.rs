//! Capabilities for a grid or vendor, from --capability.

use fetchmark_core::request::secrets;
use fetchmark_webdriver::Capabilities;
use serde_json::Value;

/// Capabilities that are text even where a value looks like a number, as a version does.
const TEXT_CAPABILITIES: [&str; 5] =
    ["browserName", "browserVersion", "platformName", "pageLoadStrategy", "unhandledPromptBehavior"];

/// Adds capabilities, each `NAME=JSON` or `NAME=text`, to those requested already. Objects are merged, lists extended.
pub(super) fn add(capabilities: &mut Capabilities, given: &[String], problems: &mut Vec<String>) {
    for text in given {
        let (name, value) = match read(text) {
            Ok(read) => read,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let is_merged = match capabilities.get_mut(name) {
            Some(existing) => merge(existing, value),
            None => {
                capabilities.insert(name.to_owned(), value);
                true
            }
        };
        if !is_merged {
            problems.push(format!(
                "--capability {} contradicts a capability that Fetchmark or another --capability requests. Leave it out; \
                 --browser, --browser-binary, --browser-arg, --headed and --insecure choose the browser and how it starts.",
                secrets::body(text)
            ));
        }
    }
}

fn read(text: &str) -> Result<(&str, Value), String> {
    let Some((name, value)) = text.split_once('=').map(|(name, value)| (name.trim(), value.trim())) else {
        let text = secrets::header_line(text);
        return Err(format!("--capability cannot be “{text}”. Write NAME=VALUE, such as se:name=nightly."));
    };
    if name.is_empty() {
        return Err("A --capability begins with = and has no name. Write NAME=VALUE.".to_owned());
    }
    let json = serde_json::from_str(value);
    let looks_like_json = value.starts_with(['{', '[', '"']);
    match json {
        Ok(json @ Value::String(_)) => Ok((name, json)),
        Ok(json) if !TEXT_CAPABILITIES.contains(&name) => Ok((name, json)),
        Err(error) if looks_like_json => Err(format!(
            "The value of --capability {name} is not valid JSON: {error}. Mind the shell's quotes."
        )),
        _ => Ok((name, value.into())),
    }
}

/// Merges a value into an existing one; `false` if they contradict each other.
fn merge(existing: &mut Value, new: Value) -> bool {
    match (existing, new) {
        (Value::Object(existing), Value::Object(new)) => {
            new.into_iter().fold(true, |is_merged, (name, value)| {
                is_merged
                    & match existing.get_mut(&name) {
                        Some(existing) => merge(existing, value),
                        None => existing.insert(name, value).is_none(),
                    }
            })
        }
        (Value::Array(existing), Value::Array(new)) => {
            existing.extend(new);
            true
        }
        (existing, new) => *existing == new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_webdriver::{Browser, BrowserOptions};
    use serde_json::json;

    fn added(given: &[&str]) -> Result<Value, String> {
        let mut capabilities = Browser::Chrome.capabilities(&BrowserOptions::default(), false);
        let given: Vec<String> = given.iter().map(|text| (*text).to_owned()).collect();
        let mut problems = Vec::new();
        add(&mut capabilities, &given, &mut problems);
        if problems.is_empty() { Ok(Value::Object(capabilities)) } else { Err(problems.join("\n")) }
    }

    #[test]
    fn vendor_capabilities_are_merged_with_ours() {
        let merged = added(&[
            "se:name=nightly a=b",
            "browserVersion=120.0",
            "se:recordVideo=true",
            "goog:loggingPrefs={\"performance\": \"ALL\"}",
            "goog:chromeOptions={\"args\": [\"--lang=ko\"], \"w3c\": true}",
            "bstack:options={\"os\": \"Windows\"}",
            "bstack:options={\"osVersion\": \"11\"}",
        ])
        .unwrap();
        assert_eq!(merged["se:name"], "nightly a=b");
        assert_eq!(merged["browserVersion"], "120.0");
        assert_eq!(merged["se:recordVideo"], true);
        assert_eq!(merged["goog:loggingPrefs"]["performance"], "ALL");
        let arguments = merged["goog:chromeOptions"]["args"].as_array().unwrap();
        assert!(
            arguments.first() == Some(&"--headless".into()) && arguments.last() == Some(&"--lang=ko".into())
        );
        assert_eq!(merged["goog:chromeOptions"]["w3c"], true);
        assert_eq!(merged["bstack:options"], json!({"os": "Windows", "osVersion": "11"}));
    }

    #[test]
    fn a_conflict_or_invalid_value_is_named() {
        for (given, expected) in [
            ("browserName=firefox", "--browser,"),
            ("goog:chromeOptions=none", "contradicts"),
            ("name", "NAME=VALUE"),
            ("=x", "no name"),
            ("se:options={name: 1}", "not valid JSON"),
        ] {
            let problem = added(&[given]).unwrap_err();
            assert!(problem.contains(expected), "{problem}");
        }
        assert!(added(&["browserName=chrome", "se:x=1", "se:x=2"]).unwrap_err().contains("se:x=2"));
        for given in [
            "browserName={\"accessKey\": \"K1234\"}",
            "bstack:options={\"accessKey\": K1234}",
            "{\"accessKey\": \"K1234\"}",
            "accessKey:K1234",
        ] {
            let problem = added(&[given]).unwrap_err();
            assert!(!problem.contains("K1234"), "{problem}");
        }
        let problem = added(&["se:authToken=T1", "se:authToken=T2"]).unwrap_err();
        assert!(problem.contains("se:authToken=•••"), "{problem}");
    }
}
