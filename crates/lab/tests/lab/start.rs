use std::net::{Ipv4Addr, TcpListener};

use fetchmark_lab::{Lab, LabConfig};
use tokio::net::TcpStream;

use crate::client::{Client, eventually, lab, soon};

#[tokio::test]
async fn a_port_in_use_is_an_error_with_advice() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Lab::start(LabConfig { http: port, ..LabConfig::default() }).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("Port {port} is already in use. Stop the other program or choose another port with --port.")
    );
    let error = Lab::start(LabConfig { https: Some(port), ..LabConfig::default() }).await.unwrap_err();
    assert!(error.to_string().ends_with("--tls-port."), "{error}");
}

#[tokio::test]
async fn urls_name_localhost_and_the_ports() {
    let lab = lab().await;
    assert_eq!(lab.http_url(), format!("http://localhost:{}", lab.http_port()));
    assert_eq!(lab.https_url(), Some(format!("https://localhost:{}", lab.https_port().unwrap())));
    let lab = Lab::start(LabConfig { https: None, ..LabConfig::default() }).await.unwrap();
    assert_eq!((lab.https_port(), lab.https_url()), (None, None));
}

#[tokio::test]
async fn both_address_families_answer_on_one_port() {
    if TcpListener::bind("[::1]:0").is_err() {
        return; // This machine has no IPv6.
    }
    let lab = lab().await;
    TcpStream::connect(("::1", lab.http_port())).await.unwrap();
    TcpStream::connect(("::1", lab.https_port().unwrap())).await.unwrap();
    eventually("both accepted", || lab.sockets().opened == 2).await;
}

#[tokio::test]
async fn stopping_closes_connections_and_frees_the_port() {
    let lab = lab().await;
    let port = lab.http_port();
    let (mut idle, mut stalled) = (Client::h1(&lab).await, Client::h1(&lab).await);
    idle.get("/lab/ping").await;
    let stalled = tokio::spawn(async move { stalled.try_get("/lab/stall").await.map(|_| ()) });
    eventually("in flight", || lab.sockets().in_flight == 1).await;
    soon(lab.stop()).await;
    assert!(soon(stalled).await.unwrap().is_err());
    assert!(idle.try_get("/lab/ping").await.is_err());
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
    let again = Lab::start(LabConfig { http: port, ..LabConfig::default() }).await.unwrap();
    assert_eq!(again.http_port(), port);
}

#[tokio::test]
async fn dropping_a_lab_ends_its_connections() {
    let lab = lab().await;
    let mut client = Client::h2(&lab).await;
    client.get("/lab/ping").await;
    let stalled = tokio::spawn(async move { client.try_get("/lab/stall").await.map(|_| ()) });
    eventually("in flight", || lab.sockets().in_flight == 1).await;
    drop(lab);
    assert!(soon(stalled).await.unwrap().is_err());
}
