//! How a worker ends, and what it refuses.

use crate::support::{installation, lab, order, worker};
use fetchmark_core::run::native::RoundOrder;
use fetchmark_reference::{Aborted, Worker};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_is_aborted_in_the_middle_of_a_round() {
    let (lab, mut worker) = (lab().await, worker());
    let abort_handle = worker.abort_handle();
    let url = format!("{}/lab/stall", lab.http_url());
    let asking = tokio::task::spawn_blocking(move || worker.round(&order("aiohttp:reused", &url, 1)));
    while lab.sockets().in_flight == 0 {
        tokio::task::yield_now().await;
    }
    tokio::task::spawn_blocking(move || abort_handle.abort()).await.unwrap();
    assert!(asking.await.unwrap().unwrap_err().is::<Aborted>());
    lab.stop().await;
}

#[test]
fn a_refused_round_is_a_sentence_and_the_worker_lives_on() {
    let mut worker = worker();
    let mut refusal = |order: &RoundOrder| worker.round(order).unwrap_err().to_string();
    let unknown = refusal(&order("urllib:reused", "http://localhost/", 1));
    assert!(unknown.starts_with("There is no row “urllib:reused”. There are requests:reused"), "{unknown}");
    let blocking =
        refusal(&RoundOrder { concurrency: 4, ..order("requests:reused", "http://localhost/", 4) });
    assert!(blocking.starts_with("requests:reused blocks its thread"), "{blocking}");
    let empty = refusal(&RoundOrder { n: 0, ..order("requests:reused", "http://localhost/", 1) });
    assert!(empty.starts_with("n of a round must be a whole number from 1 on"), "{empty}");
}

#[test]
fn a_certificate_that_cannot_be_read_is_named() {
    let error = Worker::start(&installation(), Some(Path::new("no-such.pem")), &[]).unwrap_err();
    assert!(error.to_string().contains("no-such.pem, cannot be read"), "{error}");
}
