//! HTTP/3, by a client that owns its connection.

use std::net::UdpSocket;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf, Bytes};
use fetchmark_lab::{Distance, Lab, LabConfig, Protocol, Scheme};
use h3::client::SendRequest;
use hyper::{HeaderMap, Request, StatusCode};
use quinn::crypto::rustls::QuicClientConfig;
use quinn::{ClientConfig, Endpoint};

use crate::client::{Answer, Client, eventually, soon, trusting};

/// One connection to a lab.
struct Quic {
    endpoint: Endpoint,
    sender: SendRequest<h3_quinn::OpenStreams, Bytes>,
    authority: String,
}

impl Quic {
    async fn connect(lab: &Lab, address: &str, port: u16) -> Self {
        let mut endpoint = Endpoint::client(format!("{address}:0").parse().unwrap()).unwrap();
        let mut tls = trusting(lab);
        tls.alpn_protocols = vec![b"h3".to_vec()];
        let crypto = QuicClientConfig::try_from(tls).unwrap();
        endpoint.set_default_client_config(ClientConfig::new(Arc::new(crypto)));
        let connecting = endpoint.connect(format!("{address}:{port}").parse().unwrap(), "localhost").unwrap();
        let connection = h3_quinn::Connection::new(soon(connecting).await.unwrap());
        let (mut driver, sender) = h3::client::new(connection).await.unwrap();
        tokio::spawn(async move { std::future::poll_fn(|cx| driver.poll_close(cx)).await });
        Self { endpoint, sender, authority: format!("localhost:{port}") }
    }

    async fn get(&mut self, path: &str) -> Option<Answer> {
        self.send("GET", path, Bytes::new()).await
    }

    /// `None` where no whole answer came.
    async fn send(&mut self, method: &str, path: &str, body: Bytes) -> Option<Answer> {
        let uri = format!("https://{}{path}", self.authority);
        let request = Request::builder().method(method).uri(uri).body(()).unwrap();
        let mut stream = self.sender.send_request(request).await.ok()?;
        if !body.is_empty() {
            stream.send_data(body).await.ok()?;
        }
        stream.finish().await.ok()?;
        let (head, ()) = soon(stream.recv_response()).await.ok()?.into_parts();
        let mut received = Vec::new();
        while let Some(mut data) = soon(stream.recv_data()).await.ok()? {
            let length = data.remaining();
            received.extend_from_slice(&data.copy_to_bytes(length));
        }
        let (status, headers): (StatusCode, HeaderMap) = (head.status, head.headers);
        Some(Answer { status, headers, body: received.into() })
    }
}

async fn lab_with(distance: Option<Distance>) -> Lab {
    Lab::start(LabConfig { http3: true, distance, ..LabConfig::default() }).await.unwrap()
}

#[tokio::test]
async fn requests_are_counted_by_connection() {
    let lab = lab_with(None).await;
    let port = lab.https_port().unwrap();
    let mut one = Quic::connect(&lab, "127.0.0.1", port).await;
    let (first, nth) = one.get("/lab/ping").await.unwrap().conn();
    assert_eq!(nth, 1);
    assert_eq!(one.get("/lab/ping").await.unwrap().conn(), (first, 2));
    assert_eq!(one.get("/lab/bytes/300000").await.unwrap().body.len(), 300_000);
    let upload = one.send("POST", "/lab/echo", Bytes::from(vec![b'x'; 200_000])).await.unwrap();
    let echo: serde_json::Value = upload.json();
    assert_eq!((echo["protocol"].as_str(), echo["body_length"].as_u64()), (Some("h3"), Some(200_000)));
    assert!(one.send("HEAD", "/lab/ping", Bytes::new()).await.unwrap().body.is_empty());
    let report = lab.sockets();
    assert_eq!((report.opened, report.requests, report.first_requests, report.in_flight), (1, 5, 1, 0));
    let socket = &report.sockets[0];
    assert_eq!((socket.scheme, socket.protocol), (Scheme::Https, Some(Protocol::H3)));
    assert_eq!(socket.origin, Some(format!("https://localhost:{port}")));
    one.endpoint.close(0_u32.into(), b"");
    eventually("closed", || !lab.sockets().sockets[0].open).await;
}

#[tokio::test]
async fn both_address_families_answer_and_the_tls_port_names_them() {
    let lab = lab_with(None).await;
    let port = lab.https_port().unwrap();
    if UdpSocket::bind("[::1]:0").is_ok() {
        Quic::connect(&lab, "[::1]", port).await.get("/lab/ping").await.unwrap();
    }
    let answer = Client::h2(&lab).await.get("/lab/ping").await;
    assert_eq!(answer.header("alt-svc"), format!("h3=\":{port}\"; ma=60"));
    assert_eq!(Client::h1(&lab).await.get("/lab/ping").await.header("alt-svc"), "");
    let without = Lab::start(LabConfig::default()).await.unwrap();
    assert_eq!(Client::h2(&without).await.get("/lab/ping").await.header("alt-svc"), "");
}

#[tokio::test]
async fn a_close_sends_the_whole_answer_and_takes_no_further_request() {
    let lab = lab_with(None).await;
    let mut client = Quic::connect(&lab, "127.0.0.1", lab.https_port().unwrap()).await;
    assert_eq!(client.get("/lab/bytes/200000?close").await.unwrap().body.len(), 200_000);
    assert!(client.get("/lab/ping").await.is_none(), "a closing connection took another request");
}

#[tokio::test]
async fn a_broken_body_a_reset_and_a_client_that_goes_are_seen() {
    let lab = lab_with(None).await;
    let mut client = Quic::connect(&lab, "127.0.0.1", lab.https_port().unwrap()).await;
    assert!(client.get("/lab/truncate").await.is_none());
    assert!(client.get("/lab/reset").await.is_none());
    client.get("/lab/ping").await.unwrap();
    let endpoint = client.endpoint.clone();
    let stalled = tokio::spawn(async move { client.get("/lab/stall").await.is_none() });
    eventually("in flight", || lab.sockets().in_flight == 1).await;
    endpoint.close(0_u32.into(), b"");
    assert!(soon(stalled).await.unwrap());
    eventually("aborted", || lab.sockets().aborted == 1).await;
}

#[tokio::test]
async fn the_far_door_answers_over_http_3() {
    let distance = Distance { rtt: Duration::from_millis(20), slow_start: false, bandwidth: None };
    let lab = lab_with(Some(distance)).await;
    let far = lab.far().unwrap().https.as_ref().unwrap();
    let port = far.rsplit_once(':').unwrap().1.parse().unwrap();
    let mut client = Quic::connect(&lab, "127.0.0.1", port).await;
    assert_eq!(client.get("/lab/bytes/100000").await.unwrap().body.len(), 100_000);
    assert_eq!(lab.sockets().sockets[0].protocol, Some(Protocol::H3));
    client.endpoint.close(0_u32.into(), b"");
    soon(lab.stop()).await;
}

#[tokio::test]
async fn a_taken_udp_port_is_an_error_with_advice() {
    // A TCP port that is free where the UDP port of the same number is taken.
    let taken = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let config = LabConfig { https: Some(port), http3: true, ..LabConfig::default() };
    let error = Lab::start(config).await.unwrap_err().to_string();
    assert!(error.starts_with("HTTP/3 needs UDP, and UDP port"), "{error}");
}
