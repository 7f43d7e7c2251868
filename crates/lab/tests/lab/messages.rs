//! WebSocket: messages in place of requests.

use std::time::Duration;

use fetchmark_lab::{Distance, Lab, LabConfig};
use futures::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::client::{eventually, lab, soon};

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

async fn open(url: &str) -> Socket {
    soon(connect_async(format!("{}/lab/ping", url.replace("http", "ws")))).await.unwrap().0
}

async fn ask(socket: &mut Socket) -> String {
    socket.send(Message::text("ping")).await.unwrap();
    soon(socket.next()).await.unwrap().unwrap().into_text().unwrap().to_string()
}

#[tokio::test]
async fn messages_are_counted_like_requests() {
    let lab = lab().await;
    let (mut one, mut two) = (open(&lab.http_url()).await, open(&lab.http_url()).await);
    let first = ask(&mut one).await;
    let id = lab.sockets().sockets[0].id;
    assert_eq!(first, format!("conn;desc=\"{id}-1\"\nping"));
    assert_eq!(ask(&mut one).await, format!("conn;desc=\"{id}-2\"\nping"));
    assert!(ask(&mut two).await.contains("-1\""));
    let report = lab.sockets();
    assert_eq!((report.opened, report.requests, report.first_requests, report.in_flight), (2, 3, 2, 0));
    assert!(report.sockets.iter().all(|socket| socket.open && socket.origin == Some(lab.http_url())));
    one.close(None).await.unwrap();
    eventually("closed", || !lab.sockets().sockets[0].open).await;
    soon(lab.stop()).await;
    assert!(soon(two.next()).await.is_none_or(|end| end.is_err() || end.unwrap().is_close()));
}

#[tokio::test]
async fn messages_go_far_too() {
    let distance = Distance { rtt: Duration::from_millis(20), slow_start: false, bandwidth: None };
    let lab = Lab::start(LabConfig { distance: Some(distance), ..LabConfig::default() }).await.unwrap();
    let mut socket = open(&lab.far().unwrap().http).await;
    assert!(ask(&mut socket).await.ends_with("\nping"));
}
