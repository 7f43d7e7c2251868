use std::io::ErrorKind;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Client, beginning, eventually, lab, soon};

#[tokio::test]
async fn reset_is_a_tcp_reset_without_a_byte() {
    let lab = lab().await;
    let mut tcp = TcpStream::connect(("127.0.0.1", lab.http_port())).await.unwrap();
    tcp.write_all(b"GET /lab/reset HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut received = Vec::new();
    let error = soon(tcp.read_to_end(&mut received)).await.unwrap_err();
    assert_eq!((error.kind(), received.len()), (ErrorKind::ConnectionReset, 0));
    let report = lab.sockets();
    assert_eq!((report.requests, report.aborted, report.in_flight), (1, 0, 0));
}

#[tokio::test]
async fn reset_on_h2_ends_the_stream_and_not_the_connection() {
    let lab = lab().await;
    let mut client = Client::h2(&lab).await;
    let broken = soon(client.try_get("/lab/reset")).await.unwrap_err();
    assert_eq!(broken.received, None);
    assert_eq!(client.get("/lab/ping").await.conn().1, 2);
}

#[tokio::test]
async fn truncate_sends_half_of_the_announced_length() {
    let lab = lab().await;
    let mut tcp = TcpStream::connect(("127.0.0.1", lab.http_port())).await.unwrap();
    tcp.write_all(b"GET /lab/truncate HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut received = Vec::new();
    soon(tcp.read_to_end(&mut received)).await.unwrap();
    let head = received.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    assert!(String::from_utf8_lossy(&received[..head]).contains("content-length: 1000"));
    assert_eq!(received.len() - head - 4, 500);

    for mut client in [Client::h1(&lab).await, Client::h1_tls(&lab).await, Client::h2(&lab).await] {
        let broken = soon(client.try_get("/lab/truncate")).await.unwrap_err();
        assert_eq!(broken.received, Some(500), "{}", broken.error);
    }
    // The lab itself broke off: that is no abort by a client.
    assert_eq!((lab.sockets().aborted, lab.sockets().in_flight), (0, 0));
}

#[tokio::test]
async fn a_client_that_leaves_counts_as_an_abort() {
    let lab = lab().await;
    let clients = [Client::h1(&lab).await, Client::h1_tls(&lab).await, Client::h2(&lab).await];
    for (index, mut client) in clients.into_iter().enumerate() {
        for path in ["/lab/stall", "/lab/stall-body", "/lab/delay/60000"] {
            lab.reset();
            {
                let mut waiting = Box::pin(client.try_get(path));
                tokio::select! {
                    answer = &mut waiting => panic!("{path} answered: {answer:?}"),
                    () = eventually("in flight", || lab.sockets().in_flight == 1) => {}
                }
            }
            drop(client);
            eventually("aborted", || lab.sockets().aborted == 1 && lab.sockets().in_flight == 0).await;
            client = match index {
                0 => Client::h1(&lab).await,
                1 => Client::h1_tls(&lab).await,
                _ => Client::h2(&lab).await,
            };
        }
    }
}

#[tokio::test]
async fn a_cancelled_h2_stream_is_an_abort_and_keeps_its_connection() {
    let lab = lab().await;
    let mut client = Client::h2(&lab).await;
    {
        let mut waiting = Box::pin(client.try_get("/lab/stall"));
        tokio::select! {
            answer = &mut waiting => panic!("answered: {answer:?}"),
            () = eventually("in flight", || lab.sockets().in_flight == 1) => {}
        }
    }
    eventually("aborted", || lab.sockets().aborted == 1).await;
    assert_eq!(client.get("/lab/ping").await.conn().1, 2);
}

#[tokio::test]
async fn stall_body_sends_half_first() {
    let lab = lab().await;
    let (_tcp, body) = beginning(&lab, "/lab/stall-body", 500).await;
    assert_eq!((body.len(), lab.sockets().in_flight), (500, 1));
}
