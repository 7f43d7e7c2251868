//! Which proxy may stand between the browser and the target, as far as this program can see: one from the environment, or from the
//! browser's options. It does not see the settings of a desktop.

use std::net::IpAddr;

use fetchmark_core::report::validity::{Finding, FindingCode, Severity};
use fetchmark_core::report::{Proxy, Report};
use fetchmark_core::request::secrets;
use fetchmark_core::request::target::{Target, numbered};
use fetchmark_core::scenario::factors::Runtime;
use fetchmark_webdriver::Capabilities;
use hyper_util::client::proxy::matcher::Matcher;
use serde_json::Value;
use url::{Host, Url};

/// The proxy that the environment names for one of these addresses. Browsers use no proxy for loopback.
pub(super) fn from_environment(urls: &[Url], variable: impl Fn(&str) -> Option<String>) -> Option<Proxy> {
    let first = |names: [&'static str; 2]| {
        names.into_iter().find_map(|name| Some((name, variable(name).filter(|value| !value.is_empty())?)))
    };
    let value =
        |found: &Option<(&str, String)>| found.as_ref().map_or_else(String::new, |(_, value)| value.clone());
    let [http, https] = [first(["http_proxy", "HTTP_PROXY"]), first(["https_proxy", "HTTPS_PROXY"])];
    let [all, no] = [first(["all_proxy", "ALL_PROXY"]), first(["no_proxy", "NO_PROXY"])];
    let matcher =
        Matcher::builder().http(value(&http)).https(value(&https)).all(value(&all)).no(value(&no)).build();
    urls.iter().filter(|url| !is_loopback(url)).find_map(|url| {
        let address = matcher.intercept(&url.as_str().parse().ok()?)?.uri().to_string();
        let (name, _) =
            if url.scheme() == "https" { https.as_ref() } else { http.as_ref() }.or(all.as_ref())?;
        Some(proxy(&address, name))
    })
}

/// The proxy in the browser's arguments or capabilities; `Some(None)` if they say to use none.
pub(super) fn from_browser(urls: &[Url], capabilities: &Capabilities) -> Option<Option<Proxy>> {
    let lists = capabilities.values().filter_map(|options| options["args"].as_array());
    let arguments: Vec<&str> =
        lists.flatten().filter_map(Value::as_str).map(|text| text.trim_start_matches('-')).collect();
    // The last one counts.
    let given =
        |name: &str| arguments.iter().rev().find_map(|text| text.strip_prefix(name)?.strip_prefix('='));
    if arguments.contains(&"no-proxy-server") {
        return Some(None);
    }
    if let Some(script) = given("proxy-pac-url") {
        return Some(first_proxied(urls, "").map(|_| proxy(script, "--proxy-pac-url")));
    }
    if let Some(server) = given("proxy-server") {
        let url = first_proxied(urls, given("proxy-bypass-list").unwrap_or_default());
        return Some(
            url.and_then(|url| server_for(server, url.scheme()))
                .map(|server| proxy(server, "--proxy-server")),
        );
    }
    if arguments.contains(&"proxy-auto-detect") {
        return Some(first_proxied(urls, "").map(|_| proxy("auto-detected", "--proxy-auto-detect")));
    }
    from_capability(urls, capabilities.get("proxy")?)
}

/// What <https://www.w3.org/TR/webdriver2/#proxy> can say.
fn from_capability(urls: &[Url], capability: &Value) -> Option<Option<Proxy>> {
    let named = |address: &str| proxy(address, "the capability proxy");
    let text = |name: &str| capability[name].as_str();
    match text("proxyType")? {
        "direct" => Some(None),
        "manual" => {
            let bypass: Vec<&str> =
                capability["noProxy"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let url = first_proxied(urls, &bypass.join(","));
            let server =
                url.and_then(|url| text(if url.scheme() == "https" { "sslProxy" } else { "httpProxy" }));
            Some(url.and(server.or_else(|| text("socksProxy"))).map(named))
        }
        "pac" => Some(first_proxied(urls, "").map(|_| named(text("proxyAutoconfigUrl").unwrap_or_default()))),
        "autodetect" => Some(first_proxied(urls, "").map(|_| named("auto-detected"))),
        _ => None,
    }
}

/// The first of these URLs that goes through a proxy, with this bypass list.
fn first_proxied<'u>(urls: &'u [Url], bypass: &str) -> Option<&'u Url> {
    let takes_loopback = bypass.contains("<-loopback>");
    let bypass = bypass.replace(';', ",").replace("*.", ".");
    let matcher = Matcher::builder().all("http://proxy.invalid").no(bypass).build();
    let is_proxied = |url: &&Url| url.as_str().parse().is_ok_and(|uri| matcher.intercept(&uri).is_some());
    urls.iter().filter(|url| takes_loopback || !is_loopback(url)).find(is_proxied)
}

/// The proxy for a scheme, in `host:port` or `http=host:port;https=…`.
fn server_for<'s>(servers: &'s str, scheme: &str) -> Option<&'s str> {
    let first = |list: &'s str| list.split(',').next().map(str::trim).filter(|server| !server.is_empty());
    let found = if servers.contains('=') {
        let mut named = servers.split(';').filter_map(|part| part.split_once('='));
        named
            .find(|(name, _)| name.trim() == scheme || name.trim() == "socks")
            .and_then(|(_, list)| first(list))
    } else {
        first(servers)
    };
    found.filter(|server| !server.starts_with("direct://"))
}

fn proxy(address: &str, named_by: &str) -> Proxy {
    let full = if address.contains("://") || !address.contains(':') {
        address.to_owned()
    } else {
        format!("http://{address}")
    };
    Proxy {
        address: secrets::address(&full)
            .replace(&format!("{}@", secrets::MARK), "")
            .trim_end_matches('/')
            .to_owned(),
        named_by: named_by.to_owned(),
        // Python's clients use none: they do not run where they would have to.
        runtimes: vec![Runtime::Browser],
    }
}

/// Browsers use no proxy for these addresses, unless an option says so.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback() || address.is_link_local(),
        Some(Host::Ipv6(address)) => address.is_loopback() || address.is_unicast_link_local(),
        None => true,
    }
}

/// The addresses that are requested of a target, as the page at `page` resolves them.
pub(super) fn requested_urls(target: &Target, page: &Url) -> Vec<Url> {
    let urls = std::iter::once(&target.url).chain(&target.cold_url);
    urls.filter_map(|url| page.join(&numbered(url, 0)).ok()).collect()
}

/// As a validity finding.
pub(super) fn add_to(report: &mut Report, proxy: &Proxy) {
    let detail = format!("{} ({})", proxy.address, proxy.named_by);
    report.validity.push(Finding::of_run(FindingCode::Proxy, Severity::Weakens, Some(detail)));
    report.environment.proxy = Some(proxy.clone());
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_webdriver::{Browser, BrowserOptions};

    fn urls(list: &[&str]) -> Vec<Url> {
        list.iter().map(|url| Url::parse(url).unwrap()).collect()
    }

    fn shown(proxy: Option<Proxy>) -> String {
        proxy.map_or_else(|| "none".to_owned(), |proxy| format!("{} by {}", proxy.address, proxy.named_by))
    }

    #[test]
    fn the_environment_proxy_honours_no_proxy() {
        let with = |set: &[(&str, &str)], list: &[&str]| {
            let variable =
                |name: &str| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
            shown(from_environment(&urls(list), variable))
        };
        let http = [("http_proxy", "http://me:pw@10.0.0.1:3128"), ("no_proxy", "example.org,10.1.0.0/16")];
        assert_eq!(with(&http, &["http://example.com/"]), "http://10.0.0.1:3128 by http_proxy");
        for direct in [
            "https://example.com/",
            "http://a.example.org/x",
            "http://10.1.2.3/",
            "http://localhost:80/",
            "http://a.localhost/",
            "http://127.8.0.1/",
            "http://[::1]:8080/",
        ] {
            assert_eq!(with(&http, &[direct]), "none", "{direct}");
        }
        assert_eq!(
            with(&http, &["http://localhost/", "http://example.com/"]),
            "http://10.0.0.1:3128 by http_proxy"
        );
        let all = [("ALL_PROXY", "socks5://proxy.example:1080"), ("HTTPS_PROXY", "")];
        assert_eq!(with(&all, &["https://example.com/"]), "socks5://proxy.example:1080 by ALL_PROXY");
        assert_eq!(
            with(&[("https_proxy", "proxy.example:8080")], &["https://x/"]),
            "http://proxy.example:8080 by https_proxy"
        );
        assert_eq!(with(&[("http_proxy", "p:1"), ("NO_PROXY", "*")], &["http://example.com/"]), "none");
    }

    #[test]
    fn browser_options_override_the_environment() {
        let with = |arguments: &[&str], url: &str| {
            let arguments = arguments.iter().map(|text| (*text).to_owned()).collect();
            let capabilities = Browser::Chrome
                .capabilities(&BrowserOptions { arguments, ..BrowserOptions::default() }, true);
            from_browser(&urls(&[url]), &capabilities).map(shown)
        };
        let web = "http://example.com/";
        let expected = |text: &str| Some(text.to_owned());
        assert_eq!(with(&["--lang=ko"], web), None);
        assert_eq!(with(&["--no-proxy-server"], web), expected("none"));
        assert_eq!(with(&["--proxy-server=me:pw@p:1"], web), expected("http://p:1 by --proxy-server"));
        assert_eq!(
            with(&["--proxy-server=https=s:1;http=h:2"], web),
            expected("http://h:2 by --proxy-server")
        );
        assert_eq!(
            with(&["--proxy-server=p:1", "--proxy-bypass-list=*.example.com;x"], web),
            expected("none")
        );
        assert_eq!(with(&["--proxy-server=p:1"], "http://localhost/"), expected("none"));
        let looped = ["--proxy-server=p:1", "--proxy-bypass-list=<-loopback>"];
        assert_eq!(with(&looped, "http://localhost/"), expected("http://p:1 by --proxy-server"));
        assert_eq!(
            with(&["--proxy-pac-url=http://p/a.pac"], web),
            expected("http://p/a.pac by --proxy-pac-url")
        );
        let by_capability = |json: Value| from_browser(&urls(&[web]), json.as_object().unwrap()).map(shown);
        let manual = serde_json::json!({"proxy": {"proxyType": "manual", "httpProxy": "p:3128"}});
        assert_eq!(by_capability(manual), expected("http://p:3128 by the capability proxy"));
        assert_eq!(by_capability(serde_json::json!({"proxy": {"proxyType": "direct"}})), expected("none"));
    }

    #[test]
    fn a_path_is_resolved_at_the_page() {
        let page = Url::parse("http://192.0.2.7:8080/").unwrap();
        let target =
            Target { url: "/lab/ping".into(), cold_url: Some("http://h{n}.x/".into()), ..Target::default() };
        assert_eq!(requested_urls(&target, &page), urls(&["http://192.0.2.7:8080/lab/ping", "http://h0.x/"]));
    }
}
