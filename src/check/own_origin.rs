//! How a target that refuses a page of another origin is measured from its own.

use crate::{
    check::fix::CopyLines,
    form::{link, model::Form},
    js,
    text::text,
};
use fetchmark_core::{
    request::target::{Method, Target},
    scenario::{NamedTarget, Scenario, factors::Credentials, params::Params},
};
use js_sys::{JSON, encode_uri_component};
use leptos::prelude::*;
use web_sys::Url;

const SINGLE_FILE: &str = "fetchmark.html";

/// The command, and what the browser's console takes.
#[component]
pub fn OwnOrigin(
    form: Form,
    /// The one that refuses: a page can be put onto one origin, where the command measures several.
    target: Target,
) -> impl IntoView {
    let words = &text().check;
    let alone = move || {
        let mut params = form.params();
        (params.scenario.target, params.scenario.targets) = (target.clone(), Vec::new());
        params
    };
    let snippet = Signal::derive(move || snippet(&js::base_uri(), &settings(&alone())));
    // A page from a file has no address that another site could load it from.
    let in_browser = (!js::is_from_file()).then(|| {
        view! {
            <p>{words.own_snippet}</p>
            <CopyLines id="snippet" title=words.own_snippet text=snippet />
            <p>{words.own_bookmarklet}</p>
            <CopyLines
                id="bookmarklet"
                title=words.own_bookmarklet
                text=Signal::derive(move || bookmarklet(&snippet.get()))
            />
        }
    });
    view! {
        <div class="own-origin" data-testid="own-origin">
            <h3>{words.own_origin}</h3>
            <p class="caption">{words.own_origin_why}</p>
            <p>{words.own_command}</p>
            <CopyLines
                id="command"
                title=words.own_command
                text=Signal::derive(move || command(form.params()))
            />
            {move || {
                let file = targets_file(&form.params().scenario)?;
                let title = words.own_file;
                Some(view! {
                    <p>{title}</p>
                    <CopyLines id="targets-file" title text=Signal::stored(file) />
                })
            }}
            {in_browser}
        </div>
    }
}

/// The settings as a link has them, without secrets.
fn settings(params: &Params) -> String {
    let link = link::absolute(params);
    link.split_once('?').map_or_else(String::new, |(_, settings)| settings.to_owned())
}

const TARGETS_FILE: &str = "targets.toml";

/// `fetchmark run` with these settings, for a POSIX shell.
fn command(mut params: Params) -> String {
    let mut command = "fetchmark run --origin=target".to_owned();
    if has_own_settings(&params.scenario) {
        command += &format!(" --config={TARGETS_FILE}");
        params.scenario.targets.clear();
        params.scenario.target.url.clear();
    }
    for (name, value) in form_urlencoded::parse(settings(&params).as_bytes()) {
        let value = value.replace('\'', r"'\''");
        match &*name {
            "lang" => {}
            "url" => command += &format!(" '{value}'"),
            "body" => command += &format!(" --body='{}'", as_text(&value)),
            name => command += &format!(" --{}='{value}'", name.replace('_', "-")),
        }
    }
    command
}

/// To the command, a text that begins with @ names a file.
fn as_text(body: &str) -> String {
    format!("{}{body}", if body.starts_with('@') { "@" } else { "" })
}

fn has_own_settings(scenario: &Scenario) -> bool {
    scenario.targets.iter().any(NamedTarget::has_own_settings)
}

/// The targets as a settings file has them, without secrets; `None` where options say all of them.
fn targets_file(scenario: &Scenario) -> Option<String> {
    if !has_own_settings(scenario) {
        return None;
    }
    let mut file = String::new();
    for target in scenario.masked().targets {
        let mut line = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                [name, " = ", &quoted(value), "\n"].into_iter().for_each(|part| file.push_str(part));
            }
        };
        line("[[targets]]\nlabel", Some(&target.label));
        line("url", Some(&target.url));
        line("cold_url", target.cold_url.as_deref());
        line("method", target.method.map(Method::word));
        line("body", target.body.as_deref().map(as_text).as_deref());
        line("credentials", target.credentials.map(Credentials::word));
        if let Some(headers) = target.headers {
            let lines = headers.iter().map(|(name, value)| quoted(&format!("{name}: {value}")));
            file += &format!("header = [{}]\n", lines.collect::<Vec<_>>().join(", "));
        }
    }
    Some(file)
}

/// As JSON and TOML quote a text.
fn quoted(text: &str) -> String {
    // Text has a form in JSON.
    String::from(JSON::stringify(&text.into()).unwrap_or_default())
}

/// Puts the page in one file over the document in which it runs, with these settings. Its address becomes one that no site uses.
fn snippet(base: &str, settings: &str) -> String {
    // The base is an address, and so is what is resolved against it.
    let page = Url::new_with_base(SINGLE_FILE, base).map(|url| url.href()).unwrap_or_default();
    let (page, place) = (quoted(&page), quoted(&format!("/.well-known/fetchmark#settings={settings}")));
    format!(
        r#"(async () => {{
  const answer = await fetch({page});
  if (!answer.ok) throw new Error(`${{answer.url}}: ${{answer.status}}`);
  const html = await answer.text();
  const policy = globalThis.trustedTypes?.createPolicy("fetchmark-page", {{ createHTML: (text) => text }});
  history.replaceState(null, "", {place});
  document.open();
  document.write(policy ? policy.createHTML(html) : html);
  document.close();
}})();"#
    )
}

/// The same as an address.
fn bookmarklet(snippet: &str) -> String {
    format!("javascript:{}", encode_uri_component(snippet))
}
