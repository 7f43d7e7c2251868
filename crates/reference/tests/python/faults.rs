//! Each of the lab's faults ends in a counted failure of the right class, whichever row meets it.

use crate::support::{ROWS, ends, lab, order, round, worker};
use fetchmark_core::{
    outside::RoundOrder,
    sample::ErrorClass::{self, BodyCutShort, Http3xx, Http4xx, Http5xx, Network, Timeout},
    sample_record::OutcomeWord::{Failed, Ok},
};

const FAULTS: [(&str, ErrorClass); 7] = [
    ("reset", Network),
    ("stall", Timeout),
    ("stall-body", Timeout),
    ("truncate", BodyCutShort),
    ("status/304", Http3xx),
    ("status/404", Http4xx),
    ("status/503", Http5xx),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_has_its_class() {
    let (lab, mut worker) = (lab().await, worker());
    for (path, class) in FAULTS {
        let url = format!("{}/lab/{path}", lab.http_url());
        for (row, lanes) in ROWS {
            for &concurrency in lanes {
                // Only what stalls is to be out of time.
                let timeout_ms = if class == Timeout { 300 } else { 20_000 };
                let order = RoundOrder { concurrency, timeout_ms, ..order(row, &url, 2) };
                let answer = round(&mut worker, &order);
                assert_eq!(ends(&answer), [(Failed, Some(class)); 2], "{row}, {path}: {answer:?}");
                assert!(answer.samples.iter().all(|sample| sample.message.is_some()), "{row}, {path}");
                answer.samples(2, 0).unwrap();
            }
        }
    }
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_listening_is_a_network_failure() {
    let mut worker = worker();
    // The port of a listener that is gone.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for (row, _) in ROWS {
        let answer = round(&mut worker, &order(row, &format!("http://127.0.0.1:{port}/"), 1));
        assert_eq!(ends(&answer), [(Failed, Some(Network))], "{row}");
    }
}

/// requests and httpx have a time-out for each wait and none for the whole.
#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_trickles_in_is_over_time_for_every_row() {
    let (lab, mut worker) = (lab().await, worker());
    let url = format!("{}/lab/delay/0?bytes=100000&body_ms=900", lab.http_url());
    for (row, _) in ROWS {
        let answer = round(&mut worker, &RoundOrder { timeout_ms: 600, ..order(row, &url, 1) });
        assert_eq!(ends(&answer), [(Failed, Some(Timeout))], "{row}: {answer:?}");
    }
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_followed_as_far_as_a_browser_follows_them() {
    let (lab, mut worker) = (lab().await, worker());
    for (row, _) in ROWS {
        let answer = round(&mut worker, &order(row, &format!("{}/lab/redirect/20", lab.http_url()), 1));
        assert_eq!(ends(&answer), [(Ok, None)], "{row}: {answer:?}");
        assert!(answer.samples[0].redirected, "{row}");
    }
    lab.stop().await;
}
