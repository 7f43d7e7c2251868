//! One test in each browser.

use crate::browser::{Browser, Kind};
use fetchmark_core::scenario::client::Client;
use futures::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};

pub type Test = anyhow::Result<()>;

/// Makes a test of a function that takes a browser, for what does not differ from browser to browser.
///
/// ```text
/// in_chromium!(title_is_shown);
/// async fn title_is_shown(browser: &Browser) -> Test { … }
/// ```
///
/// gives the tests `title_is_shown::chromium` and `title_is_shown::firefox`; the second is ignored but for
/// `cargo xtask test --full`.
#[macro_export]
macro_rules! in_chromium {
    ($test:ident) => {
        $crate::in_browsers!($test, false, chromium Chrome, firefox Firefox ignored "Firefox as well: cargo xtask test --full");
    };
}

/// The same in Chromium and Firefox, for what they do differently. With `, own` each test has a browser of its own: its subject is the
/// connection pool.
#[macro_export]
macro_rules! in_chromium_and_firefox {
    ($test:ident) => {
        $crate::in_browsers!($test, false, chromium Chrome, firefox Firefox);
    };
    ($test:ident, own) => {
        $crate::in_browsers!($test, true, chromium Chrome, firefox Firefox);
    };
}

/// The same in WebKitGTK as well. Its tests are ignored unless asked for, since few have it.
#[macro_export]
macro_rules! in_each_browser {
    ($test:ident) => {
        $crate::in_browsers!($test, false, chromium Chrome, firefox Firefox, webkit Webkit ignored "WebKitGTK: --browser webkit");
    };
}

/// The same in WebKitGTK only.
#[macro_export]
macro_rules! in_webkit {
    ($test:ident) => {
        $crate::in_browsers!($test, false, webkit Webkit ignored "WebKitGTK: --browser webkit");
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! in_browsers {
    ($test:ident, $is_own:literal, $($name:ident $kind:ident $(ignored $why:literal)?),+) => {
        mod $test {
            $(
                #[tokio::test(flavor = "multi_thread")]
                $(#[ignore = $why])?
                async fn $name() -> $crate::matrix::Test {
                    $crate::matrix::run_in($crate::browser::Kind::$kind, $is_own, super::$test).await
                }
            )+
        }
    };
}

/// Makes a test in each browser of a function that takes the name by which the command starts it.
#[macro_export]
macro_rules! in_both {
    ($test:ident $(, #[$in_firefox:meta])?) => {
        mod $test {
            #[tokio::test(flavor = "multi_thread")]
            async fn chromium() -> $crate::matrix::Test {
                super::$test("chrome").await
            }

            #[tokio::test(flavor = "multi_thread")]
            $(#[$in_firefox])?
            async fn firefox() -> $crate::matrix::Test {
                super::$test("firefox").await
            }
        }
    };
}

/// Runs a test in a browser, and ends that however the test went.
pub async fn run_in(kind: Kind, is_own: bool, test: impl AsyncFnOnce(&Browser) -> Test) -> Test {
    let browser =
        if is_own { Browser::start_own(kind, &[]).await? } else { Browser::start_kind(kind).await? };
    // A failed assertion must not leave anything running: it would take the processor from the tests that follow.
    let outcome = AssertUnwindSafe(test(&browser)).catch_unwind().await;
    let ended = browser.end().await;
    outcome.unwrap_or_else(|panic| resume_unwind(panic))?;
    ended
}

pub fn pyodide_clients() -> Vec<&'static str> {
    Client::all_in_pyodide().map(Client::name).collect()
}

pub fn all_clients() -> Vec<&'static str> {
    Client::all().map(Client::name).collect()
}
