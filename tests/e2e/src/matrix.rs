//! One test in each browser.

use crate::browser::{Browser, Kind};
use fetchmark_core::client::Client;
use futures::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};

/// What a test comes to.
pub type Test = Result<(), Box<dyn std::error::Error>>;

/// Makes a test in each browser of a function that takes a browser.
///
/// ```text
/// in_each_browser!(title_is_shown);
/// async fn title_is_shown(browser: &Browser) -> Test { … }
/// ```
///
/// gives the tests `title_is_shown::chromium`, `title_is_shown::firefox` and `title_is_shown::webkit`. By these last
/// words `cargo xtask test --browser` selects. WebKitGTK's are ignored unless it is asked for, since few have it.
#[macro_export]
macro_rules! in_each_browser {
    ($test:ident) => {
        mod $test {
            $crate::in_both!($test);
            $crate::in_webkit_only!($test);
        }
    };
}

/// The same in Chromium and Firefox only: what WebKitGTK hides cannot be held to the truth there. What is known of it is in
/// `tests/webkit.rs`.
#[macro_export]
macro_rules! in_chromium_and_firefox {
    ($test:ident) => {
        mod $test {
            $crate::in_both!($test);
        }
    };
}

/// The same in Chromium, for what does not differ by engine. The test in Firefox is there too, and ignored: `cargo xtask test --full`
/// runs it.
#[macro_export]
macro_rules! in_chromium {
    ($test:ident) => {
        mod $test {
            #[tokio::test(flavor = "multi_thread")]
            async fn chromium() -> $crate::matrix::Test {
                $crate::matrix::in_browser($crate::browser::Kind::Chromium, super::$test).await
            }

            #[tokio::test(flavor = "multi_thread")]
            #[ignore = "does not differ by engine: cargo xtask test --full"]
            async fn firefox() -> $crate::matrix::Test {
                $crate::matrix::in_browser($crate::browser::Kind::Firefox, super::$test).await
            }
        }
    };
}

/// The same in WebKitGTK only.
#[macro_export]
macro_rules! in_webkit {
    ($test:ident) => {
        mod $test {
            $crate::in_webkit_only!($test);
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! in_both {
    ($test:ident) => {
        #[tokio::test(flavor = "multi_thread")]
        async fn chromium() -> $crate::matrix::Test {
            $crate::matrix::in_browser($crate::browser::Kind::Chromium, super::$test).await
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn firefox() -> $crate::matrix::Test {
            $crate::matrix::in_browser($crate::browser::Kind::Firefox, super::$test).await
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! in_webkit_only {
    ($test:ident) => {
        #[tokio::test(flavor = "multi_thread")]
        #[ignore = "WebKitGTK: cargo xtask test --only e2e --browser webkit"]
        async fn webkit() -> $crate::matrix::Test {
            $crate::matrix::in_browser($crate::browser::Kind::WebKit, super::$test).await
        }
    };
}

/// Starts a browser, runs a test in it, and ends it however the test went.
///
/// # Errors
/// The test's, or that the browser did not start or end.
///
/// # Panics
/// If the test does.
pub async fn in_browser(kind: Kind, test: impl AsyncFnOnce(&Browser) -> Test) -> Test {
    let browser = Browser::start_kind(kind).await?;
    // A failed assertion must not leave a browser behind: it would take the processor from the tests that follow.
    let outcome = AssertUnwindSafe(test(&browser)).catch_unwind().await;
    let ended = browser.end().await;
    outcome.unwrap_or_else(|panic| resume_unwind(panic))?;
    Ok(ended?)
}

/// The name of every client.
pub fn all_clients() -> Vec<&'static str> {
    Client::all().map(Client::name).collect()
}
