//! What `/lab/sockets` counts, and what it does not.

use fetchmark_lab::{Protocol, Scheme};
use hyper::Request;

use crate::client::{Client, eventually, lab, lab_and_client};

#[tokio::test]
async fn sockets_and_requests_are_counted() {
    let lab = lab().await;
    let mut plain = Client::h1(&lab).await;
    for _ in 0..3 {
        plain.get("/lab/ping").await;
    }
    let mut secure = Client::h2(&lab).await;
    for _ in 0..2 {
        secure.get("/lab/bytes/10").await;
    }
    let report = lab.sockets();
    assert_eq!((report.opened, report.used, report.first_requests), (2, 2, 2));
    assert_eq!((report.requests, report.in_flight, report.aborted, report.options), (5, 0, 0, 0));
    let [one, two] = &report.sockets[..] else { panic!("{:?}", report.sockets) };
    assert_eq!((one.scheme, one.protocol, one.requests), (Scheme::Http, Some(Protocol::H1), 3));
    assert_eq!((two.scheme, two.protocol, two.requests), (Scheme::Https, Some(Protocol::H2), 2));
    assert_eq!(one.origin, Some(lab.http_url()));
    assert_eq!(two.origin, lab.https_url());
    assert!(one.open && two.open);
    drop(plain);
    eventually("closed", || !lab.sockets().sockets[0].open).await;
}

#[tokio::test]
async fn origins_are_counted_apart() {
    let lab = lab().await;
    for host in ["h1.localhost:1", "h2.localhost:1", "h2.localhost:1"] {
        let mut client = Client::h1(&lab).await.host(host);
        client.get("/lab/ping").await;
        client.send(Request::options("/lab/ping")).await.unwrap();
    }
    let mut secure = Client::h2(&lab).await.host("h1.localhost:2");
    secure.get("/lab/ping").await;
    let mut secure = secure.host("h3.localhost:2");
    secure.get("/lab/ping").await;
    let counts: Vec<_> = lab
        .sockets()
        .origins
        .into_iter()
        .map(|of| (of.origin, of.sockets, of.requests, of.options))
        .collect();
    let expected = [
        ("http://h1.localhost:1", 1, 1, 1),
        ("http://h2.localhost:1", 2, 2, 2),
        ("https://h1.localhost:2", 1, 1, 0),
        ("https://h3.localhost:2", 1, 1, 0),
    ];
    assert_eq!(counts, expected.map(|(origin, s, r, o)| (origin.to_owned(), s, r, o)));
    assert_eq!(lab.sockets().used, 4);
}

#[tokio::test]
async fn reading_the_counts_changes_only_the_ordinal() {
    let (lab, mut client) = lab_and_client().await;
    client.get("/lab/sockets").await;
    client.get("/somewhere.html").await;
    client.send(Request::options("/lab/sockets")).await.unwrap();
    let report = lab.sockets();
    assert_eq!((report.opened, report.used, report.requests, report.options), (1, 0, 0, 0));
    assert_eq!(client.get("/lab/ping").await.conn().1, 4);
    let report = lab.sockets();
    assert_eq!((report.used, report.first_requests, report.sockets[0].first_nth), (1, 0, Some(4)));
}

#[tokio::test]
async fn preflights_are_counted_apart() {
    let (lab, mut client) = lab_and_client().await;
    let preflight = client.send(Request::options("/lab/ping")).await.unwrap();
    assert_eq!(preflight.status.as_u16(), 204);
    client.get("/lab/ping").await;
    let report = lab.sockets();
    assert_eq!((report.options, report.requests, report.first_requests), (1, 1, 0));
}

#[tokio::test]
async fn a_reset_zeroes_counts_and_keeps_ids_and_ordinals() {
    let (lab, mut client) = lab_and_client().await;
    let (id, _) = client.get("/lab/ping").await.conn();
    lab.reset();
    let report = lab.sockets();
    assert_eq!((report.opened, report.used, report.requests, report.origins.len()), (0, 0, 0, 0));
    assert_eq!(client.get("/lab/ping").await.conn(), (id, 2));
    let report = lab.sockets();
    assert_eq!((report.opened, report.used, report.first_requests, report.requests), (0, 1, 0, 1));
    assert!(Client::h1(&lab).await.get("/lab/ping").await.conn().0 > id);
    assert_eq!(lab.sockets().opened, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_requests_add_up() {
    let lab = lab().await;
    let mut tasks = tokio::task::JoinSet::new();
    for index in 0..20 {
        let mut client = if index % 2 == 0 { Client::h1(&lab).await } else { Client::h2(&lab).await };
        tasks.spawn(async move {
            for _ in 0..50 {
                client.get("/lab/ping").await;
            }
            client
        });
    }
    let clients = tasks.join_all().await;
    let report = lab.sockets();
    assert_eq!((report.requests, report.opened, report.used, report.first_requests), (1_000, 20, 20, 20));
    assert_eq!((report.in_flight, report.aborted), (0, 0));
    assert!(report.sockets.iter().all(|socket| socket.requests == 50));
    drop(clients);
}
