//! Capabilities that a grid or vendor understands, beside those that Fetchmark asks for.

use fetchmark_core::secrets;
use fetchmark_webdriver::Capabilities;
use serde_json::Value;

/// Capabilities that are text, whatever a value looks like: a version is not a number.
const TEXTS: [&str; 5] =
    ["browserName", "browserVersion", "platformName", "pageLoadStrategy", "unhandledPromptBehavior"];

/// Adds capabilities, each `NAME=JSON` or `NAME=word`, to those asked for. Objects are joined, lists go on.
///
/// # Errors
/// A sentence for each that cannot be read, or would change what is asked for already.
pub(super) fn add(asked: &mut Capabilities, given: &[String]) -> Result<(), Vec<String>> {
    let slips = given.iter().filter_map(|text| {
        let (name, value) = match read(text) {
            Ok(read) => read,
            Err(slip) => return Some(slip),
        };
        let is_joined = match asked.get_mut(name) {
            Some(there) => join(there, value),
            None => {
                asked.insert(name.to_owned(), value);
                true
            }
        };
        (!is_joined).then(|| {
            format!(
                "--capability {} would change what is asked for already, by Fetchmark or another --capability. Leave it out; \
                 --browser, --browser-binary, --browser-arg, --headed and --insecure choose the browser and how it starts.",
                secrets::body(text)
            )
        })
    });
    let slips: Vec<String> = slips.collect();
    if slips.is_empty() { Ok(()) } else { Err(slips) }
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
    let is_meant_as_json = value.starts_with(['{', '[', '"']);
    match json {
        Ok(json @ Value::String(_)) => Ok((name, json)),
        Ok(json) if !TEXTS.contains(&name) => Ok((name, json)),
        Err(error) if is_meant_as_json => Err(format!(
            "The value of --capability {name} is not valid JSON: {error}. Mind the shell's quotes."
        )),
        _ => Ok((name, value.into())),
    }
}

/// Joins a value with one that is there; `false` if one of them would have to give way.
fn join(there: &mut Value, new: Value) -> bool {
    match (there, new) {
        (Value::Object(there), Value::Object(new)) => {
            new.into_iter().fold(true, |is_joined, (name, value)| {
                is_joined
                    & match there.get_mut(&name) {
                        Some(there) => join(there, value),
                        None => there.insert(name, value).is_none(),
                    }
            })
        }
        (Value::Array(there), Value::Array(new)) => {
            there.extend(new);
            true
        }
        (there, new) => *there == new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_webdriver::{Browser, BrowserOptions};
    use serde_json::json;

    fn added(given: &[&str]) -> Result<Value, String> {
        let mut asked = Browser::Chrome.capabilities(&BrowserOptions::default(), false);
        let given: Vec<String> = given.iter().map(|text| (*text).to_owned()).collect();
        add(&mut asked, &given).map(|()| Value::Object(asked)).map_err(|slips| slips.join("\n"))
    }

    #[test]
    fn vendor_capabilities_are_joined_with_ours() {
        let asked = added(&[
            "se:name=nightly a=b",
            "browserVersion=120.0",
            "se:recordVideo=true",
            "goog:loggingPrefs={\"performance\": \"ALL\"}",
            "goog:chromeOptions={\"args\": [\"--lang=ko\"], \"w3c\": true}",
            "bstack:options={\"os\": \"Windows\"}",
            "bstack:options={\"osVersion\": \"11\"}",
        ])
        .unwrap();
        assert_eq!(asked["se:name"], "nightly a=b");
        assert_eq!(asked["browserVersion"], "120.0");
        assert_eq!(asked["se:recordVideo"], true);
        assert_eq!(asked["goog:loggingPrefs"]["performance"], "ALL");
        let arguments = asked["goog:chromeOptions"]["args"].as_array().unwrap();
        assert!(
            arguments.first() == Some(&"--headless".into()) && arguments.last() == Some(&"--lang=ko".into())
        );
        assert_eq!(asked["goog:chromeOptions"]["w3c"], true);
        assert_eq!(asked["bstack:options"], json!({"os": "Windows", "osVersion": "11"}));
    }

    #[test]
    fn what_clashes_or_cannot_be_read_is_named() {
        for (given, said) in [
            ("browserName=firefox", "--browser,"),
            ("goog:chromeOptions=none", "would change"),
            ("name", "NAME=VALUE"),
            ("=x", "no name"),
            ("se:options={name: 1}", "not valid JSON"),
        ] {
            let slip = added(&[given]).unwrap_err();
            assert!(slip.contains(said), "{slip}");
        }
        assert!(added(&["browserName=chrome", "se:x=1", "se:x=2"]).unwrap_err().contains("se:x=2"));
        for given in [
            "browserName={\"accessKey\": \"K1234\"}",
            "bstack:options={\"accessKey\": K1234}",
            "{\"accessKey\": \"K1234\"}",
            "accessKey:K1234",
        ] {
            let slip = added(&[given]).unwrap_err();
            assert!(!slip.contains("K1234"), "{slip}");
        }
        let slip = added(&["se:authToken=T1", "se:authToken=T2"]).unwrap_err();
        assert!(slip.contains("se:authToken=•••"), "{slip}");
    }
}
