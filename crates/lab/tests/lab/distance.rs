//! The door that seems to be far away, over real connections. How long things take is tested where the clock stands still.

use std::time::Duration;

use fetchmark_lab::{Distance, Lab, LabConfig, Protocol, Scheme};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Client, eventually, lab_and_client, soon};

/// A lab with a door that seems to be a short way off, and the ports of that door.
async fn far_lab() -> (Lab, [u16; 2]) {
    let distance =
        Distance { rtt: Duration::from_millis(20), slow_start: true, bandwidth: Some(100_000_000) };
    let lab = Lab::start(LabConfig { distance: Some(distance), ..LabConfig::default() }).await.unwrap();
    let far = lab.far().unwrap();
    let port = |url: &str| url.rsplit_once(':').unwrap().1.parse().unwrap();
    let ports = [port(&far.http), port(far.https.as_ref().unwrap())];
    (lab, ports)
}

#[tokio::test]
async fn the_far_door_answers_like_the_near_one_and_counts_with_it() {
    let (lab, [http, https]) = far_lab().await;
    let mut near = Client::h1(&lab).await;
    let (first, _) = near.get("/lab/ping").await.conn();
    let mut far = Client::h1_at(http).await;
    let (second, nth) = far.get("/lab/ping").await.conn();
    assert!(second != first && nth == 1);
    assert_eq!(far.get("/lab/bytes/200000").await.body.len(), 200_000);
    let mut secure = Client::h2_at(&lab, https).await;
    assert_eq!(secure.get("/lab/ping").await.conn().1, 1);
    let report = lab.sockets();
    assert_eq!((report.opened, report.requests, report.first_requests), (3, 4, 3));
    let last = &report.sockets[2];
    assert_eq!((last.scheme, last.protocol), (Scheme::Https, Some(Protocol::H2)));
}

#[tokio::test]
async fn the_near_door_names_the_far_one() {
    let (lab, [http, https]) = far_lab().await;
    let offer: serde_json::Value = Client::h1(&lab).await.get("/lab/distance").await.json();
    let expected = serde_json::json!({
        "rtt_ms": 20.0,
        "slow_start": true,
        "bandwidth_mbit": 100.0,
        "http": format!("http://localhost:{http}"),
        "https": format!("https://localhost:{https}"),
    });
    assert_eq!(offer, expected);
    assert_eq!(lab.sockets().requests, 0, "it is not measured");
    let (_lab, mut client) = lab_and_client().await;
    assert_eq!(client.get("/lab/distance").await.text(), "null");
}

#[tokio::test]
async fn a_close_a_reset_and_a_broken_body_come_through() {
    let (lab, [http, https]) = far_lab().await;
    let mut client = Client::h1_at(http).await;
    assert_eq!(client.get("/lab/close").await.header("connection"), "close");
    assert!(soon(client.try_get("/lab/ping")).await.is_err());
    let mut client = Client::h2_at(&lab, https).await;
    assert_eq!(client.get("/lab/close").await.text(), "pong\n");
    assert!(soon(client.try_get("/lab/ping")).await.is_err());
    let broken = Client::h1_at(http).await.try_get("/lab/truncate").await.unwrap_err();
    assert_eq!(broken.received, Some(500));

    let mut tcp = TcpStream::connect(("127.0.0.1", http)).await.unwrap();
    tcp.write_all(b"GET /lab/reset HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let error = soon(tcp.read_u8()).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_client_that_resets_its_connection_aborts_its_request() {
    let (lab, [http, _]) = far_lab().await;
    let mut tcp = TcpStream::connect(("127.0.0.1", http)).await.unwrap();
    tcp.write_all(b"GET /lab/stall HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    eventually("in flight", || lab.sockets().in_flight == 1).await;
    tcp.set_zero_linger().unwrap();
    drop(tcp);
    eventually("aborted", || lab.sockets().aborted == 1).await;
    eventually("closed", || lab.sockets().sockets.iter().all(|socket| !socket.open)).await;
}

#[tokio::test]
async fn a_lab_with_two_doors_stops() {
    let (lab, [http, https]) = far_lab().await;
    let (mut one, mut two) = (Client::h1_at(http).await, Client::h2_at(&lab, https).await);
    one.get("/lab/ping").await;
    two.get("/lab/ping").await;
    soon(lab.stop()).await;
    assert!(TcpStream::connect(("127.0.0.1", http)).await.is_err());
}
