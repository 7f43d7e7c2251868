//! A link's parameters: read or refused, and what is read is written so that it is read again as the same.
#![no_main]

use fetchmark_core::scenario::params::{language, parse, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|query: &str| {
    language(query);
    match parse(query) {
        Ok(params) => {
            let written = write(&params);
            assert_eq!(parse(&written).as_ref(), Ok(&params), "{written}");
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            errors.iter().for_each(|error| assert!(!error.to_string().is_empty()));
        }
    }
});
