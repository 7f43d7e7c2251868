//! Reading JavaScript values field by field.

use crate::js;
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

/// A field that is not as expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong(pub &'static str);

/// A JavaScript object.
#[derive(Clone, Debug)]
pub struct Value(JsValue);

impl Value {
    /// This value, whatever it is: what is not an object has no fields.
    pub fn new(value: JsValue) -> Self {
        Self(value)
    }

    /// A field that holds an object.
    ///
    /// # Errors
    /// [`Wrong`] if it is missing.
    pub fn object(&self, name: &'static str) -> Result<Self, Wrong> {
        self.optional_object(name).ok_or(Wrong(name))
    }

    /// A field that may hold an object.
    pub fn optional_object(&self, name: &str) -> Option<Self> {
        js::property(&self.0, name).filter(JsValue::is_object).map(Self)
    }

    /// A field that holds a number.
    ///
    /// # Errors
    /// [`Wrong`] if it is not one.
    pub fn number(&self, name: &'static str) -> Result<f64, Wrong> {
        self.optional_number(name).ok_or(Wrong(name))
    }

    /// A field that may hold a number.
    pub fn optional_number(&self, name: &str) -> Option<f64> {
        js::property(&self.0, name)?.as_f64()
    }

    /// A field that holds a whole number, zero or more.
    ///
    /// # Errors
    /// [`Wrong`] if it is not one.
    pub fn count(&self, name: &'static str) -> Result<u64, Wrong> {
        self.optional_count(name).ok_or(Wrong(name))
    }

    /// A field that may hold a whole number, zero or more.
    pub fn optional_count(&self, name: &str) -> Option<u64> {
        self.optional_number(name).filter(|number| *number >= 0.0 && number.fract() == 0.0).map(|n| n as u64)
    }

    /// A field that holds text.
    ///
    /// # Errors
    /// [`Wrong`] if it is not text.
    pub fn text(&self, name: &'static str) -> Result<String, Wrong> {
        self.optional_text(name).ok_or(Wrong(name))
    }

    /// A field that may hold text.
    pub fn optional_text(&self, name: &str) -> Option<String> {
        js::property(&self.0, name)?.as_string()
    }

    /// The first text of a field that holds a list of texts; empty if there is none.
    pub fn first_text(&self, name: &str) -> String {
        self.items(name).and_then(|items| items.get(0).as_string()).unwrap_or_default()
    }

    /// A field that is true or false.
    ///
    /// # Errors
    /// [`Wrong`] if it is neither.
    pub fn truth(&self, name: &'static str) -> Result<bool, Wrong> {
        js::property(&self.0, name).and_then(|value| value.as_bool()).ok_or(Wrong(name))
    }

    /// A field that holds one of core's words.
    ///
    /// # Errors
    /// [`Wrong`] if it is none of them.
    pub fn word<T>(&self, name: &'static str, from_word: fn(&str) -> Option<T>) -> Result<T, Wrong> {
        self.optional_text(name).and_then(|word| from_word(&word)).ok_or(Wrong(name))
    }

    /// A field that holds a list, each item read by `read`.
    ///
    /// # Errors
    /// [`Wrong`] if it is not a list, or with an item that is not as expected.
    pub fn list<T>(&self, name: &'static str, read: fn(&Self) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
        self.items(name).ok_or(Wrong(name))?.iter().map(|item| read(&Self(item))).collect()
    }

    /// The same of a field that need not be there.
    ///
    /// # Errors
    /// As of an item.
    pub fn optional_list<T>(
        &self,
        name: &'static str,
        read: fn(&Self) -> Result<T, Wrong>,
    ) -> Result<Vec<T>, Wrong> {
        if self.items(name).is_none() { Ok(Vec::new()) } else { self.list(name, read) }
    }

    /// A field that may hold two numbers.
    pub fn optional_pair(&self, name: &str) -> Option<(f64, f64)> {
        pair(&self.items(name)?)
    }

    /// The pairs of numbers of a field that may hold a list of such; what is none is left out.
    pub fn pairs(&self, name: &str) -> Vec<(f64, f64)> {
        let items = self.items(name).unwrap_or_default();
        items.iter().filter_map(|item| pair(item.dyn_ref()?)).collect()
    }

    /// The texts of a field that may hold a list of texts and numbers.
    pub fn optional_texts(&self, name: &str) -> Option<Vec<String>> {
        let text =
            |item: JsValue| item.as_string().or_else(|| item.as_f64().map(|number| number.to_string()));
        self.items(name)?.iter().map(text).collect()
    }

    /// A field that holds counts by name.
    ///
    /// # Errors
    /// [`Wrong`] if it is not an object.
    pub fn counts(&self, name: &'static str) -> Result<Vec<(String, u64)>, Wrong> {
        self.by_name(name, Self::optional_count)
    }

    /// A field that holds texts by name.
    ///
    /// # Errors
    /// [`Wrong`] if it is not an object.
    pub fn texts(&self, name: &'static str) -> Result<Vec<(String, String)>, Wrong> {
        self.by_name(name, Self::optional_text)
    }

    /// The fields of an object; what is none of its kind is left out.
    fn by_name<T>(
        &self,
        name: &'static str,
        read: fn(&Self, &str) -> Option<T>,
    ) -> Result<Vec<(String, T)>, Wrong> {
        let object = self.object(name)?;
        let names = Object::keys(object.0.unchecked_ref::<Object>());
        let pair = |name: JsValue| {
            let name = name.as_string()?;
            let value = read(&object, &name)?;
            Some((name, value))
        };
        Ok(names.iter().filter_map(pair).collect())
    }

    fn items(&self, name: &str) -> Option<Array> {
        js::property(&self.0, name)?.dyn_into().ok()
    }
}

fn pair(items: &Array) -> Option<(f64, f64)> {
    Some((items.get(0).as_f64()?, items.get(1).as_f64()?))
}
