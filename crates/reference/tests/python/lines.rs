//! The worker's lines, spoken to it without this crate: every mistake is answered with a sentence.

use crate::support::installation;
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

/// Sends lines to a worker whose modules are looked for in `first` first.
fn send(first: &Path, lines: &[&str]) -> Vec<Value> {
    send_with_variables(&[("HTTP_PROXY", Path::new("http://127.0.0.1:9"))], first, lines)
}

fn send_with_variables(variables: &[(&str, &Path)], first: &Path, lines: &[&str]) -> Vec<Value> {
    let folder = installation().folder().to_owned();
    let within = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let paths = std::env::join_paths([first, &folder.join("source")]).unwrap();
    let mut worker = Command::new(folder.join("environment").join(within))
        .args(["-m", "fetchmark_reference", "worker"])
        .env("PYTHONPATH", paths)
        .env_remove("REQUESTS_CA_BUNDLE")
        .env_remove("SSL_CERT_FILE")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut requests = worker.stdin.take().unwrap();
    let mut answers = BufReader::new(worker.stdout.take().unwrap()).lines();
    let answers = lines
        .iter()
        .map(|line| {
            writeln!(requests, "{line}").unwrap();
            serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap()
        })
        .collect();
    drop(requests);
    assert!(worker.wait().unwrap().success(), "a worker ends when its input does");
    answers
}

fn round(row: &str, url: &str) -> String {
    json!({
        "type": "round", "row": row, "url": url, "method": "GET", "headers": [], "body": null,
        "n": 1, "first_serial": 0, "concurrency": 1, "timeout_ms": 10_000,
    })
    .to_string()
}

#[test]
fn bad_requests_and_missing_packages_get_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    // As if httpx were not installed.
    fs::write(folder.path().join("httpx.py"), "raise ImportError(\"No module named 'httpx'\")").unwrap();
    let answers = send(
        folder.path(),
        &[
            "{",
            "[]",
            r#"{"type": "goodbye"}"#,
            r#"{"type": "round", "n": true}"#,
            &round("httpx-async:fresh", "http://127.0.0.1:9/"),
            &round("aiohttp:fresh", "http://127.0.0.1:9/"),
            r#"{"type": "hello"}"#,
        ],
    );
    let messages: Vec<_> =
        answers.iter().map(|answer| (answer["code"].as_str(), &answer["message"])).collect();
    let codes: Vec<_> = messages.iter().filter_map(|(code, _)| *code).collect();
    assert_eq!(
        codes,
        ["bad-json", "bad-request", "bad-request", "bad-request", "package-missing", "package-missing"],
        "{messages:?}"
    );
    for (_, message) in &messages[..5] {
        assert!(message.as_str().is_some_and(|sentence| sentence.ends_with('.')), "{message}");
    }
    assert!(
        messages[4].1.as_str().unwrap().starts_with("httpx-async:fresh needs the Python package httpx"),
        "{messages:?}"
    );
    // The other libraries' rows are as good as before, and no proxy stands in between.
    assert_eq!(answers[5]["samples"][0]["error"], "network", "{}", answers[5]);
    // Whoever asks who is there learns it before the first round.
    assert!(messages[6].1.as_str().unwrap().contains("needs the Python package httpx"), "{messages:?}");
}

#[test]
fn an_ignored_proxy_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let answers = send(folder.path(), &[r#"{"type": "hello"}"#]);
    assert_eq!(answers[0]["ignored_proxies"], json!(["HTTP_PROXY"]), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_library_trusts_the_authorities_of_the_environment() {
    let lab = crate::support::lab().await;
    let folder = tempfile::tempdir().unwrap();
    let certificate = folder.path().join("lab.pem");
    fs::write(&certificate, lab.certificate_pem().unwrap()).unwrap();
    let url = format!("{}/lab/ping", lab.https_url().unwrap());
    let rounds = ["requests:fresh", "httpx:fresh", "aiohttp:fresh"].map(|row| round(row, &url));
    // requests by itself obeys the first, httpx and aiohttp the second.
    for variable in ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"] {
        let answers = send_with_variables(
            &[(variable, &certificate)],
            folder.path(),
            &rounds.each_ref().map(String::as_str),
        );
        for answer in &answers {
            assert_eq!(answer["samples"][0]["status"], 200, "{variable}: {answer}");
        }
    }
    lab.stop().await;
}

/// A package may be there and break in any way.
#[test]
fn a_broken_package_is_reported_before_the_first_round() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("aiohttp.py"), "raise RuntimeError('half a package')").unwrap();
    let answers = send(folder.path(), &[r#"{"type": "hello"}"#]);
    assert_eq!(answers[0]["code"], "package-missing", "{answers:?}");
    // Who does not need it is not troubled by it.
    let others = send(folder.path(), &[r#"{"type": "hello", "clients": ["requests", "httpx"]}"#]);
    assert_eq!(others[0]["type"], "hello", "{others:?}");
    let sentence = answers[0]["message"].as_str().unwrap();
    assert!(
        sentence.contains("needs the Python package aiohttp, which cannot be imported: half a package."),
        "{sentence}"
    );
}
