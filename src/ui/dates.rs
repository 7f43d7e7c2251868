//! Points in time as the reader's language writes them.

use js_sys::{Date, Object, Reflect};

/// A point in time given as ISO 8601; as it is when it is none.
pub fn when(iso: &str, locale: &str) -> String {
    let date = Date::new(&iso.into());
    if date.get_time().is_nan() {
        return iso.to_owned();
    }
    let options = Object::new();
    // A report may have travelled: which day it was depends on the zone. Setting a property of a new object cannot fail.
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "long")] {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string(locale, &options).into()
}
