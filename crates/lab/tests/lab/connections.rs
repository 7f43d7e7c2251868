//! Which request travels on which connection.

use std::time::{Duration, Instant};

use fetchmark_lab::{Lab, LabConfig, TlsOffer};

use crate::client::{Client, lab, lab_and_client, negotiated, soon};

#[tokio::test]
async fn ordinals_count_on_each_socket() {
    let lab = lab().await;
    let (mut one, mut two) = (Client::h1(&lab).await, Client::h1(&lab).await);
    let (first, _) = one.get("/lab/ping").await.conn();
    let (second, nth) = two.get("/lab/ping").await.conn();
    assert_ne!(first, second);
    assert_eq!(nth, 1);
    assert_eq!(one.get("/lab/ping").await.conn(), (first, 2));
    assert_eq!(one.get("/lab/status/500").await.conn(), (first, 3));
}

#[tokio::test]
async fn tls_speaks_h2_and_h1_each_with_one_socket() {
    let lab = lab().await;
    let mut h2 = Client::h2(&lab).await;
    let (socket, _) = h2.get("/lab/ping").await.conn();
    assert_eq!(h2.get("/lab/ping").await.conn(), (socket, 2));
    let echo: serde_json::Value = h2.get("/lab/echo").await.json();
    assert_eq!(echo["protocol"], "h2");
    let echo: serde_json::Value = Client::h1_tls(&lab).await.get("/lab/echo").await.json();
    assert_eq!(echo["protocol"], "http/1.1");
}

#[tokio::test]
async fn tls_speaks_h1_alone_where_that_is_asked_for() {
    let config = LabConfig { tls: TlsOffer::Http1, ..LabConfig::default() };
    let lab = Lab::start(config).await.unwrap();
    let echo: serde_json::Value = Client::h1_tls(&lab).await.get("/lab/echo").await.json();
    assert_eq!(echo["protocol"], "http/1.1");
    assert_eq!(negotiated(&lab, &[b"h2", b"http/1.1"]).await.as_deref(), Some(&b"http/1.1"[..]));
}

#[tokio::test]
async fn a_handshake_waits_for_the_configured_delay() {
    let handshake_delay = Duration::from_millis(80);
    let lab = Lab::start(LabConfig { handshake_delay, ..LabConfig::default() }).await.unwrap();
    let began = Instant::now();
    negotiated(&lab, &[b"h2"]).await;
    assert!(began.elapsed() >= handshake_delay, "{:?}", began.elapsed());
}

#[tokio::test]
async fn close_ends_the_h1_connection_after_the_answer() {
    let (lab, mut client) = lab_and_client().await;
    let answer = client.get("/lab/close").await;
    assert_eq!((answer.text(), answer.header("connection")), ("pong\n", "close"));
    assert!(client.try_get("/lab/ping").await.is_err());
    assert_ne!(Client::h1(&lab).await.get("/lab/close").await.conn().0, answer.conn().0);
    assert_eq!(lab.sockets().first_requests, 2);
}

#[tokio::test]
async fn any_endpoint_closes_the_connection_where_its_query_asks_for_it() {
    let (lab, mut client) = lab_and_client().await;
    let answer = client.get("/lab/bytes/10?n=1&close").await;
    assert_eq!((answer.body.len(), answer.header("connection")), (10, "close"));
    assert!(client.try_get("/lab/ping").await.is_err());
    let mut client = Client::h2(&lab).await;
    assert_eq!(client.get("/lab/ping?close=1").await.text(), "pong\n");
    assert!(soon(client.try_get("/lab/ping")).await.is_err());
    assert_eq!(Client::h1(&lab).await.get("/lab/ping?closed").await.header("connection"), "");
}

#[tokio::test]
async fn close_on_h2_says_goaway_before_the_answer_is_complete() {
    let lab = lab().await;
    for _ in 0..50 {
        let mut client = Client::h2(&lab).await;
        let answer = client.get("/lab/close").await;
        assert_eq!((answer.text(), answer.header("connection")), ("pong\n", ""));
        assert!(
            soon(client.try_get("/lab/ping")).await.is_err(),
            "a closing connection took another request"
        );
    }
}

#[tokio::test]
async fn an_unread_upload_does_not_cost_the_connection() {
    let (_lab, mut client) = lab_and_client().await;
    let upload = vec![b'x'; 3_000_000];
    let answer = client.send_body(hyper::Request::post("/lab/ping"), upload).await.unwrap();
    let (socket, _) = answer.conn();
    assert_eq!(client.get("/lab/ping").await.conn(), (socket, 2));
}
