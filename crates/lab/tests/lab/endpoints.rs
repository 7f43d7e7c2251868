use fetchmark_lab::SocketsReport;
use hyper::Request;
use serde_json::Value;

use crate::client::{Client, lab, lab_and_client};

#[tokio::test]
async fn ping_answers_any_method() {
    let (_lab, mut client) = lab_and_client().await;
    for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "QUERY"] {
        let answer = client.send(Request::builder().method(method).uri("/lab/ping")).await.unwrap();
        assert_eq!((answer.status.as_u16(), answer.text()), (200, "pong\n"), "{method}");
    }
    let head = client.send(Request::head("/lab/ping")).await.unwrap();
    assert_eq!((head.text(), head.header("content-length")), ("", "5"));
}

#[tokio::test]
async fn bytes_are_as_many_as_requested_and_always_the_same() {
    let lab = lab().await;
    for mut client in [Client::h1(&lab).await, Client::h2(&lab).await] {
        for length in [0, 1, 65_535, 65_536, 65_537, 1_000_000] {
            let answer = client.get(&format!("/lab/bytes/{length}")).await;
            assert_eq!(answer.header("content-length"), length.to_string());
            assert_eq!(answer.body.len(), length);
        }
        let (short, long) = (client.get("/lab/bytes/100").await, client.get("/lab/bytes/200000").await);
        assert_eq!(short.body[..], long.body[..100]);
        assert_eq!(long.body[..60_000], long.body[65_536..125_536], "the pattern repeats");
    }
    assert_eq!(lab.sockets().in_flight, 0);
    assert_eq!(lab.sockets().aborted, 0);
}

#[tokio::test]
async fn counted_answers_are_each_a_byte_longer() {
    let lab = lab().await;
    let (mut one, mut other) = (Client::h1(&lab).await, Client::h2(&lab).await);
    for length in [1, 3] {
        assert_eq!(one.get("/lab/counted").await.body.len(), length);
        assert_eq!(other.get("/lab/counted").await.body.len(), length + 1);
    }
    lab.reset();
    assert_eq!(one.get("/lab/counted").await.body.len(), 1);
}

#[tokio::test]
async fn a_wrong_number_is_400_with_a_sentence() {
    let (_lab, mut client) = lab_and_client().await;
    for path in [
        "/lab/bytes/100000001",
        "/lab/bytes/-1",
        "/lab/bytes/many",
        "/lab/status/101",
        "/lab/status/600",
        "/lab/status/ok",
        "/lab/redirect/0",
        "/lab/redirect/21",
        "/lab/redirect/300",
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status.as_u16(), 400, "{path}");
        let asked = path.rsplit('/').next().unwrap();
        assert!(answer.text().starts_with(&format!("`{asked}` is not a ")), "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn the_status_is_the_requested_one() {
    let (_lab, mut client) = lab_and_client().await;
    for code in [200, 204, 304, 404, 418, 500, 503, 599] {
        assert_eq!(client.get(&format!("/lab/status/{code}")).await.status.as_u16(), code);
    }
}

#[tokio::test]
async fn redirects_lead_to_ping_and_keep_the_query() {
    let (_lab, mut client) = lab_and_client().await;
    let mut path = "/lab/redirect/3?n=7".to_owned();
    let mut hops = 0;
    loop {
        let answer = client.get(&path).await;
        if answer.status != 302 {
            assert_eq!(answer.text(), "pong\n");
            break;
        }
        hops += 1;
        answer.header("location").clone_into(&mut path);
    }
    assert_eq!((hops, path.as_str()), (3, "/lab/ping?n=7"));
}

#[tokio::test]
async fn cacheable_is_revalidated() {
    let (_lab, mut client) = lab_and_client().await;
    let answer = client.get("/lab/cacheable").await;
    assert_eq!(answer.header("cache-control"), "public, max-age=3600");
    let tag = answer.header("etag").to_owned();
    for known in [tag.clone(), format!("\"other\", W/{tag}")] {
        let again = client.send(Request::get("/lab/cacheable").header("if-none-match", known)).await.unwrap();
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        assert_eq!(again.header("etag"), tag);
    }
    let other =
        client.send(Request::get("/lab/cacheable").header("if-none-match", "\"other\"")).await.unwrap();
    assert_eq!((other.status.as_u16(), other.body), (200, answer.body));
}

#[tokio::test]
async fn echo_repeats_the_request_without_secrets() {
    let (_lab, mut client) = lab_and_client().await;
    client.get("/lab/ping").await;
    let request = Request::post("/lab/echo?a=1&b")
        .header("cookie", "session=secret")
        .header("authorization", "Basic secret")
        .header("x-test", "yes");
    let answer = client.send_body(request, "hello").await.unwrap();
    assert!(answer.header("content-type").starts_with("application/json"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(!answer.text().contains("secret"), "{}", answer.text());
    let echo: Value = answer.json();
    assert_eq!(echo["method"], "POST");
    assert_eq!(echo["path"], "/lab/echo");
    assert_eq!(echo["query"], "a=1&b");
    assert_eq!(echo["body_length"], 5);
    assert_eq!((echo["socket"].as_u64(), echo["nth"].as_u64()), (Some(answer.conn().0), Some(2)));
    let fields = echo["headers"].as_array().unwrap();
    let value =
        |name: &str| fields.iter().find(|field| field["name"] == name).map(|field| field["value"].clone());
    assert_eq!(value("x-test"), Some("yes".into()));
    assert_eq!(value("cookie"), Some("(not repeated)".into()));
}

#[tokio::test]
async fn the_index_and_the_404_list_every_endpoint() {
    let (_lab, mut client) = lab_and_client().await;
    let index: Vec<Value> = client.get("/lab/").await.json();
    assert!(index.iter().all(|entry| entry["about"].as_str().unwrap().ends_with('.')));
    let unknown = client.get("/lab/nothing").await;
    assert_eq!(unknown.status.as_u16(), 404);
    assert!(unknown.text().contains("/lab/nothing"));
    for entry in &index {
        assert!(unknown.text().contains(entry["path"].as_str().unwrap()), "{entry}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_405_with_a_sentence() {
    let lab = lab().await;
    let answer = Client::h1(&lab).await.get("/lab/sockets/reset").await;
    assert_eq!(answer.status.as_u16(), 405);
    assert!(answer.text().contains("GET"), "{}", answer.text());
}

#[tokio::test]
async fn the_ground_truth_is_the_same_over_http_and_in_process() {
    let (lab, mut client) = lab_and_client().await;
    client.get("/lab/ping").await;
    let reported: SocketsReport = client.get("/lab/sockets").await.json();
    assert_eq!(reported, lab.sockets());
    for request in [Request::post("/lab/sockets/reset"), Request::delete("/lab/sockets")] {
        client.get("/lab/ping").await;
        let reported: SocketsReport = client.send(request).await.unwrap().json();
        assert_eq!((reported.requests, reported.opened), (0, 0));
        assert_eq!(reported, lab.sockets());
    }
}
