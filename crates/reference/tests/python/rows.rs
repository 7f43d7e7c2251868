//! What the worker says of itself.

use crate::support::{ROWS, worker};

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
        let pinned = format!("{name}=={} ", hello.libraries[name]);
        assert!(lock.lines().any(|line| line.starts_with(&pinned)), "{pinned} is not in the lock");
    }
}
