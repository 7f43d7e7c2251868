//! A report in a link: refused in a sentence, or read as strictly as a file and written again as the same.
#![no_main]

use fetchmark_core::report::link::{pack, unpack};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match unpack(text) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(report) => {
            // What was read is rounded already, so that nothing changes any more.
            let again = pack(&report).expect("what came from a link fits into one");
            assert_eq!(unpack(&again).as_ref(), Ok(&unpack(text).expect("it was read before")));
        }
    }
});
