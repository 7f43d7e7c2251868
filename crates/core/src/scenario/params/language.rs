//! The languages of the page.

use crate::scenario::factors::string_enum;

string_enum! {
    /// A language of the page, by its BCP 47 tag.
    Language {
        /// English.
        English = "en",
        /// Korean.
        Korean = "ko",
    }
}
