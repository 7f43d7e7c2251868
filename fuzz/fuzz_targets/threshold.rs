//! A threshold: refused with a place inside the text, or written so that it is read again as the same.
#![no_main]

use fetchmark_core::gates::threshold::Threshold;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match text.parse::<Threshold>() {
        Ok(threshold) => {
            let written = threshold.to_string();
            assert_eq!(written.parse::<Threshold>().as_ref(), Ok(&threshold), "{written}");
            drop(
                threshold
                    .check_rows(&["gloo-net:reused:warm:concurrent-100", "js-fetch:reused:warm:sequential"]),
            );
        }
        Err(error) => {
            assert!(error.at <= text.chars().count() + 1);
            assert!(!error.to_string().is_empty());
        }
    }
});
