//! `/lab/delay`: no wait is shorter than the one asked for. How much longer they are: `cargo bench --package fetchmark-lab`.

use std::time::{Duration, Instant};

use crate::client::{Answer, beginning, lab, lab_and_client};

/// Milliseconds from `Server-Timing: …, delay;dur=…`.
fn waited(answer: &Answer) -> f64 {
    let timing = answer.header("server-timing");
    timing.rsplit_once("delay;dur=").unwrap_or_else(|| panic!("no delay in {timing:?}")).1.parse().unwrap()
}

#[tokio::test]
async fn a_delay_is_never_short() {
    let (_lab, mut client) = lab_and_client().await;
    for _ in 0..10 {
        let begun = Instant::now();
        let answer = client.get("/lab/delay/5.25").await;
        let (reported, seen) = (waited(&answer), begun.elapsed().as_secs_f64() * 1_000.0);
        assert!(reported >= 5.25 && seen >= reported, "reported {reported} ms, took {seen} ms");
    }
}

#[tokio::test]
async fn every_nth_request_since_the_last_reset_stalls() {
    let (lab, mut client) = lab_and_client().await;
    let path = "/lab/delay/1?stall_every=2&stall_ms=20";
    client.get(path).await;
    lab.reset();
    client.get(path).await;
    let second = waited(&client.get(path).await);
    assert!(second >= 21.0, "the second request after the reset waited {second} ms");
}

#[tokio::test]
async fn the_wait_in_a_body_comes_after_its_first_byte() {
    let lab = lab().await;
    // Ten minutes: if they were before the body, nothing of it would come.
    let (_tcp, body) = beginning(&lab, "/lab/delay/0?body_ms=600000", 1).await;
    assert_eq!((body.len(), lab.sockets().in_flight), (1, 1));
}

#[tokio::test]
async fn time_and_length_of_the_body_can_be_chosen() {
    let (_lab, mut client) = lab_and_client().await;
    let begun = Instant::now();
    let answer = client.get("/lab/delay/1?body_ms=20&bytes=100000").await;
    assert!(begun.elapsed() >= Duration::from_millis(21));
    assert_eq!(answer.body, client.get("/lab/bytes/100000").await.body);
}

#[tokio::test]
async fn what_is_wrong_is_400_with_a_sentence() {
    let (_lab, mut client) = lab_and_client().await;
    for (path, named) in [("soon", "`soon`"), ("exponential?mean=fast", "mean")] {
        let answer = client.get(&format!("/lab/delay/{path}")).await;
        assert_eq!(answer.status.as_u16(), 400, "{path}");
        assert!(answer.text().contains(named), "{path}: {}", answer.text());
    }
}
