//! What every row sends is the same request.

use crate::support::{ROWS, ends, order, round, worker};
use fetchmark_core::{request::target::Method, run::native::RoundOrder, samples::OutcomeWord};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener},
    thread,
};

/// Answers `n` requests, each on a connection of its own, setting a cookie each time; gives back what was sent.
fn record_requests(listener: TcpListener, n: usize) -> thread::JoinHandle<Vec<(String, String)>> {
    thread::spawn(move || {
        let mut requests = Vec::new();
        for _ in 0..n {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while reader.read_line(&mut head).unwrap() > 2 {}
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            reader.read_exact(&mut body).unwrap();
            let answer =
                "HTTP/1.1 200 OK\r\nSet-Cookie: seen=1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
            stream.write_all(answer.as_bytes()).unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
            requests.push((head, String::from_utf8(body).unwrap()));
        }
        requests
    })
}

#[test]
fn a_request_arrives_as_ordered_and_cookies_are_not_kept() {
    let mut worker = worker();
    for (row, _) in ROWS {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = record_requests(listener, 2);
        let order = RoundOrder {
            method: Method::Post,
            headers: vec![("X-One".into(), "1".into()), ("x-one".into(), "2".into())],
            body: Some("größer".into()),
            first_serial: 41,
            ..order(row, &format!("http://127.0.0.1:{port}/a%7Bn%7D?b={{n}}"), 2)
        };
        let answer = worker.round(&order).unwrap();
        assert_eq!(ends(&answer), [(OutcomeWord::Ok, None); 2], "{row}");
        for (serial, (head, body)) in (41..).zip(server.join().unwrap()) {
            assert!(head.starts_with(&format!("POST /a{serial}?b={serial} HTTP/1.1\r\n")), "{row}: {head}");
            let lower = head.to_lowercase();
            assert!(lower.contains("\r\nx-one: 1, 2\r\n"), "{row}: {head}");
            assert!(lower.contains("\r\ncontent-type: text/plain;charset=utf-8\r\n"), "{row}: {head}");
            assert!(!lower.contains("\r\ncookie:") && !lower.contains("\r\nauthorization:"), "{row}: {head}");
            assert_eq!(body, "größer", "{row}");
        }
    }
}

/// As a browser would have written it: what it leaves as it is stays, and what it encodes came encoded.
#[test]
fn an_address_arrives_byte_for_byte() {
    let mut worker = worker();
    for (given, sent) in [
        (
            "/o%2Fp%2f?sig=a%2Fb%2Bc%3D&t=%7Eu&q=%27%28%29#part",
            "/o%2Fp%2f?sig=a%2Fb%2Bc%3D&t=%7Eu&q=%27%28%29",
        ),
        (
            "/a|b~'()*!;c=[1]//%41%zz?x=|^`{}\\'()/?:@+%20&y=",
            "/a|b~'()*!;c=[1]//%41%zz?x=|^`{}\\'()/?:@+%20&y=",
        ),
        ("/größe?q=日 x", "/gr%C3%B6%C3%9Fe?q=%E6%97%A5%20x"),
        ("?only=query", "/?only=query"),
    ] {
        for (row, _) in ROWS {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            let server = record_requests(listener, 1);
            worker.round(&order(row, &format!("http://127.0.0.1:{port}{given}"), 1)).unwrap();
            let (head, _) = server.join().unwrap().remove(0);
            assert_eq!(head.lines().next(), Some(format!("GET {sent} HTTP/1.1").as_str()), "{row}");
        }
    }
}

/// Blocks the thread that asks, so it needs no lab.
#[test]
fn as_many_requests_are_in_flight_as_ordered() {
    let mut worker = worker();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = record_requests(listener, 6);
    let order =
        RoundOrder { concurrency: 3, ..order("aiohttp:fresh", &format!("http://127.0.0.1:{port}/"), 6) };
    let samples = round_without_runtime(&mut worker, &order);
    server.join().unwrap();
    let most = |from: f64| samples.iter().filter(|(called, ended)| *called <= from && from < *ended).count();
    let in_flight = samples.iter().map(|(called, _)| most(*called)).max();
    assert_eq!(in_flight, Some(3), "{samples:?}");
}

fn round_without_runtime(worker: &mut fetchmark_reference::Worker, order: &RoundOrder) -> Vec<(f64, f64)> {
    let answer = worker.round(order).unwrap();
    answer.samples.iter().map(|sample| (sample.called_ms, sample.ended_ms)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_lasts_from_its_first_call_to_its_last_end() {
    let (lab, mut worker) = (crate::support::lab().await, worker());
    let url = format!("{}/lab/delay/10", lab.http_url());
    for (row, lanes) in ROWS {
        for &concurrency in lanes {
            let answer = round(&mut worker, &RoundOrder { concurrency, ..order(row, &url, 4) });
            let last = answer.samples.iter().map(|sample| sample.ended_ms).fold(0.0, f64::max);
            assert!((answer.wall_ms - last).abs() < 0.001, "{row}: {answer:?}");
            assert!(answer.samples.iter().all(|sample| sample.ended_ms - sample.called_ms >= 10.0), "{row}");
            let least = if concurrency == 1 { 40.0 } else { 10.0 };
            assert!(answer.wall_ms >= least, "{row}, {concurrency} lanes: {} ms", answer.wall_ms);
        }
    }
    lab.stop().await;
}
