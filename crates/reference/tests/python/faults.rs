//! Each of the lab's faults ends in a counted failure of the right class, whichever row meets it.

use crate::support::{ROWS, ends, lab, order, round, worker};
use fetchmark_core::{
    run::native::RoundOrder,
    samples::{
        ErrorClass::{self, BodyCutShort, Http3xx, Http4xx, Http5xx, Network, Timeout},
        OutcomeWord::{Failed, Ok},
    },
};
use std::{
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener},
    thread,
};
use tokio::net::TcpSocket;

/// A time-out that only what stalls can reach, and one that nothing else should.
const SHORT: u32 = 50;
const LONG: u32 = 60_000;

const FAULTS: [(&str, ErrorClass, u32); 8] = [
    ("reset", Network, LONG),
    ("stall", Timeout, SHORT),
    ("stall-body", Timeout, SHORT),
    // Each wait is in time and all together are not: requests and httpx have a time-out for each wait and none for the whole.
    ("delay/40?body_ms=40", Timeout, SHORT),
    ("truncate", BodyCutShort, LONG),
    ("status/304", Http3xx, LONG),
    ("status/404", Http4xx, LONG),
    ("status/503", Http5xx, LONG),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_has_its_class() {
    let (lab, mut worker) = (lab().await, worker());
    for (path, class, timeout_ms) in FAULTS {
        let url = format!("{}/lab/{path}", lab.http_url());
        for (row, lanes) in ROWS {
            for &concurrency in lanes {
                let order = RoundOrder { concurrency, timeout_ms, ..order(row, &url, 2) };
                let answer = round(&mut worker, &order);
                assert_eq!(ends(&answer), [(Failed, Some(class)); 2], "{row}, {path}: {answer:?}");
                assert!(answer.samples.iter().all(|sample| sample.message.is_some()), "{row}, {path}");
                answer.samples(2, 0).unwrap();
            }
        }
    }
    // Bound and not listening, so that nobody else begins to.
    let nobody = TcpSocket::new_v4().unwrap();
    nobody.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let url = format!("http://{}/", nobody.local_addr().unwrap());
    for (row, _) in ROWS {
        let answer = round(&mut worker, &order(row, &url, 1));
        assert_eq!(ends(&answer), [(Failed, Some(Network))], "{row}");
    }
    lab.stop().await;
}

fn answering(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut line = String::new();
        while reader.read_line(&mut line).unwrap() > 2 {}
        stream.write_all(answer.as_bytes()).unwrap();
    });
    url
}

#[test]
fn an_interim_answer_is_not_the_answer() {
    let mut worker = worker();
    for (row, _) in ROWS {
        let url = answering(
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n\
             HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        );
        let answer = worker.round(&order(row, &url, 1)).unwrap();
        assert_eq!((ends(&answer)[0], answer.samples[0].status), ((Ok, None), Some(200)), "{row}");
    }
}

#[test]
fn an_unknown_status_counts_as_a_server_error() {
    let mut worker = worker();
    for (row, _) in ROWS {
        let url = answering("HTTP/1.1 799 Odd\r\nContent-Length: 0\r\n\r\n");
        let answer = worker.round(&order(row, &url, 1)).unwrap();
        assert_eq!(
            (ends(&answer)[0], answer.samples[0].status),
            ((Failed, Some(Http5xx)), Some(799)),
            "{row}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_followed_as_often_as_in_a_browser() {
    let (lab, mut worker) = (lab().await, worker());
    for (row, _) in ROWS {
        let answer = round(&mut worker, &order(row, &format!("{}/lab/redirect/20", lab.http_url()), 1));
        assert_eq!(ends(&answer), [(Ok, None)], "{row}: {answer:?}");
        assert!(answer.samples[0].redirected, "{row}");
    }
    lab.stop().await;
}
