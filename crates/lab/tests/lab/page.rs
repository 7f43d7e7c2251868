use std::fs;

use fetchmark_lab::{EmbeddedFile, Lab, LabConfig, PageSource};
use hyper::Request;
use tempfile::TempDir;

use crate::client::{Client, lab};

const INDEX: &str = "<!doctype html><title>Fetchmark</title>";

async fn with_page() -> (TempDir, Lab) {
    let outer = tempfile::tempdir().unwrap();
    fs::write(outer.path().join("secret.txt"), "secret").unwrap();
    let dist = outer.path().join("dist");
    fs::create_dir_all(dist.join("fonts")).unwrap();
    for (name, content) in [
        ("index.html", INDEX),
        ("app.js", "//"),
        ("app.js.br", "as brotli"),
        ("app.js.gz", "as gzip"),
        ("app.wasm", "wasm"),
        ("app.wasm.br", "wasm as brotli"),
        ("app.css", "a{}"),
        ("schema.json", "{}"),
        ("logo.svg", "<svg/>"),
        ("fonts/text.woff2", "font"),
        ("fetchmark-target.txt", "target"),
    ] {
        fs::write(dist.join(name), content).unwrap();
    }
    let lab = Lab::start(LabConfig { page: Some(dist.into()), ..LabConfig::default() }).await.unwrap();
    (outer, lab)
}

#[tokio::test]
async fn files_have_their_type_and_security_headers() {
    let (_dist, lab) = with_page().await;
    let mut client = Client::h1(&lab).await;
    for (path, kind) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/app.js", "text/javascript"),
        ("/app.wasm", "application/wasm"),
        ("/app.css", "text/css"),
        ("/schema.json", "application/json"),
        ("/logo.svg", "image/svg+xml"),
        ("/fonts/text.woff2", "font/woff2"),
        ("/missing.js", "text/plain"),
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status.as_u16(), if path == "/missing.js" { 404 } else { 200 }, "{path}");
        assert_eq!(answer.header("content-type").split(';').next(), Some(kind), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-embedder-policy"), "credentialless", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("timing-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
        assert!(policy.ends_with("require-trusted-types-for 'script'; trusted-types fetchmark"), "{policy}");
        assert!(!policy.contains("  "), "{policy}");
    }
    assert_eq!(client.get("/").await.text(), INDEX);
}

#[tokio::test]
async fn precompressed_files_are_served_to_clients_that_accept_them() {
    let (_dist, lab) = with_page().await;
    let mut client = Client::h1(&lab).await;
    for (path, accepted, encoding, body, kind) in [
        ("/app.js", "gzip, deflate, br, zstd", "br", "as brotli", "text/javascript"),
        ("/app.js", "gzip", "gzip", "as gzip", "text/javascript"),
        ("/app.js", "identity", "", "//", "text/javascript"),
        ("/app.wasm", "gzip, br", "br", "wasm as brotli", "application/wasm"),
        ("/app.css", "gzip, br", "", "a{}", "text/css"),
    ] {
        let answer = client.send(Request::get(path).header("accept-encoding", accepted)).await.unwrap();
        assert_eq!((answer.header("content-encoding"), answer.text()), (encoding, body), "{path} {accepted}");
        assert_eq!(answer.header("content-type"), kind, "{path} {accepted}");
        assert_eq!(answer.header("vary").to_ascii_lowercase(), "accept-encoding", "{path} {accepted}");
    }
}

#[tokio::test]
async fn an_unchanged_file_costs_a_304() {
    let (_dist, lab) = with_page().await;
    let mut client = Client::h1(&lab).await;
    let tag = client.get("/app.css").await.header("etag").to_owned();
    assert_ne!(tag, "");
    let again = client.send(Request::get("/app.css").header("if-none-match", tag)).await.unwrap();
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
}

#[tokio::test]
async fn nothing_outside_the_directory_is_served() {
    let (_dist, lab) = with_page().await;
    let mut client = Client::h1(&lab).await;
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/fonts/../../secret.txt",
        "/fonts/..%5c..%5csecret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
    ] {
        let answer = client.get(path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(!answer.text().contains("secret") && !answer.text().contains("root:"), "{path}");
    }
}

#[tokio::test]
async fn the_lab_beside_the_page_names_its_connection() {
    let (_dist, lab) = with_page().await;
    let mut client = Client::h1(&lab).await;
    client.get("/").await;
    let answer = client.get("/fetchmark-target.txt").await;
    assert_eq!((answer.text(), answer.conn().1), ("target", 2));
    assert_eq!(lab.sockets().requests, 0);
}

#[tokio::test]
async fn a_page_that_is_not_built_says_how_to_build_it() {
    let empty = tempfile::tempdir().unwrap();
    let page = Some(empty.path().to_owned().into());
    let lab = Lab::start(LabConfig { page, ..LabConfig::default() }).await.unwrap();
    let mut client = Client::h1(&lab).await;
    let answer = client.get("/").await;
    assert_eq!(answer.status.as_u16(), 404);
    assert!(answer.text().contains("cargo xtask build"), "{}", answer.text());
    fs::write(empty.path().join("index.html"), INDEX).unwrap();
    assert_eq!(client.get("/").await.text(), INDEX, "built while the lab runs");
}

#[tokio::test]
async fn without_a_page_the_lab_says_so() {
    let lab = lab().await;
    let answer = Client::h1(&lab).await.get("/").await;
    assert_eq!(answer.status.as_u16(), 404);
    assert!(answer.text().contains("--page"), "{}", answer.text());
}

const EMBEDDED: &[EmbeddedFile] = &[
    EmbeddedFile { path: "index.html", content: INDEX.as_bytes(), encoding: None, tag: "a1" },
    EmbeddedFile { path: "app.wasm", content: b"wasm", encoding: Some("gzip"), tag: "b2" },
    EmbeddedFile { path: "example/index.html", content: b"example", encoding: None, tag: "c3" },
];

#[tokio::test]
async fn an_embedded_page_is_served_as_one_from_a_directory() {
    let page = Some(PageSource::Embedded(EMBEDDED));
    let lab = Lab::start(LabConfig { page, ..LabConfig::default() }).await.unwrap();
    let mut client = Client::h1(&lab).await;
    for (path, status, kind, body) in [
        ("/", 200, "text/html", INDEX),
        ("/?autorun", 200, "text/html", INDEX),
        ("/app.wasm", 200, "application/wasm", "wasm"),
        ("/example/", 200, "text/html", "example"),
        ("/example", 307, "", ""),
        ("/app.wasm/", 404, "text/plain", "There is no such file beside the page."),
        ("/../index.html", 404, "text/plain", "There is no such file beside the page."),
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(answer.header("content-type").split(';').next(), Some(kind), "{path}");
        assert!(answer.text().starts_with(body), "{path}: {}", answer.text());
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        let encoding = if path == "/app.wasm" { "gzip" } else { "" };
        assert_eq!(answer.header("content-encoding"), encoding, "{path}");
    }
    assert_eq!(client.get("/example").await.header("location"), "/example/");
    assert_eq!(client.get("/lab/ping").await.text(), "pong\n");
    let again = client.send(Request::get("/app.wasm").header("if-none-match", "\"b2\"")).await.unwrap();
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let posted = client.send(Request::post("/")).await.unwrap();
    assert_eq!(posted.status.as_u16(), 405);
}
