//! What the worker says of itself.

use crate::support::{ROWS, worker};
use fetchmark_core::scenario::{client::Client, factors::Lifecycle};

#[test]
fn the_worker_knows_every_row_and_its_libraries() {
    let worker = worker();
    let hello = worker.hello();
    assert_eq!(hello.rows, ROWS.map(|(row, _)| row));
    assert_eq!(hello.implementation, "CPython");
    assert!(hello.openssl.contains("SSL"), "{}", hello.openssl);
    assert!(hello.clock_step_ms > 0.0 && hello.clock_step_ms < 0.01, "{} ms", hello.clock_step_ms);
    let lock = include_str!("../../../../reference/python/requirements.txt");
    for name in ["requests", "urllib3", "httpx", "httpcore", "h11", "aiohttp"] {
        let pinned = format!("{name}=={} ", hello.libraries.get(name).unwrap());
        assert!(lock.lines().any(|line| line.starts_with(&pinned)), "{pinned} is not in the lock");
    }
}

/// The scenario's clients and the worker's rows are the same list.
#[test]
fn every_client_that_core_knows_is_a_row() {
    let lifecycles = Lifecycle::ALL;
    let known = Client::all_in_python()
        .flat_map(|client| lifecycles.iter().map(move |lifecycle| format!("{}:{lifecycle}", client.name())));
    assert_eq!(known.collect::<Vec<_>>(), ROWS.map(|(row, _)| row));
    for (row, lanes) in ROWS {
        let client = Client::named(row.split(':').next().unwrap()).unwrap();
        assert_eq!(client.info().blocking, lanes == [1], "{row}");
    }
}
