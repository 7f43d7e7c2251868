//! Points in time as the reader's language writes them.

use js_sys::{Date, Object};

/// A point in time given as ISO 8601; as it is when it is none.
pub fn when(iso: &str, locale: &str) -> String {
    let date = Date::new(&iso.into());
    if date.get_time().is_nan() {
        return iso.to_owned();
    }
    date.to_locale_string(locale, &Object::new()).into()
}
