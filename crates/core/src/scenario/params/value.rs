//! How settings are read and written, by their types.

use super::expected::Expected;
use crate::{
    request::{
        header::{self, Header},
        target::Method,
    },
    scenario::{
        client_choice::ClientChoice,
        concurrency::Concurrency,
        factors::{Connection, Credentials, Lifecycle, Pacing, Thread},
    },
};
use std::fmt::Display;

/// A setting, whatever its type.
pub(super) trait Value {
    /// Takes the value that the text means.
    ///
    /// # Errors
    /// What was expected, if it means none; then nothing is changed.
    fn read(&mut self, text: &str, expected: &Expected) -> Result<(), Expected>;

    /// The text that [`Value::read`] reads back; empty where nothing is set.
    fn write(&self, expected: &Expected) -> String;

    /// The number, if it is one.
    fn number(&self) -> Option<f64> {
        None
    }

    /// Whether it is a list of which at least one item has to be chosen, and none is.
    fn lacks_choice(&self) -> bool {
        false
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl Value for $number {
            fn read(&mut self, text: &str, expected: &Expected) -> Result<(), Expected> {
                *self = expected.read_number(text)? as Self;
                Ok(())
            }

            fn write(&self, expected: &Expected) -> String {
                expected.write_number(*self as f64)
            }

            fn number(&self) -> Option<f64> {
                Some(*self as f64)
            }
        })+
    };
}
numbers!(u32, u64, f64);

impl Value for Option<String> {
    fn read(&mut self, text: &str, expected: &Expected) -> Result<(), Expected> {
        let text = if *expected == Expected::Url { text.trim() } else { text };
        *self = Some(text.to_owned()).filter(|text| !text.is_empty());
        Ok(())
    }

    fn write(&self, _: &Expected) -> String {
        self.clone().unwrap_or_default()
    }
}

/// Headers: one is read at a time and added to the others; each is written in a line.
impl Value for Vec<(String, String)> {
    fn read(&mut self, text: &str, _: &Expected) -> Result<(), Expected> {
        let Header(name, value) = text.parse()?;
        self.push((name, value));
        Ok(())
    }

    fn write(&self, _: &Expected) -> String {
        header::write_lines(self)
    }
}

/// What stands for itself, or with others in a list.
pub(super) trait Item: Display + Sized {
    /// # Errors
    /// What was expected, if the text means nothing.
    fn item(text: &str, expected: &Expected) -> Result<Self, Expected>;
}

impl<T: Item> Value for T {
    fn read(&mut self, text: &str, expected: &Expected) -> Result<(), Expected> {
        *self = T::item(text, expected)?;
        Ok(())
    }

    fn write(&self, _: &Expected) -> String {
        self.to_string()
    }
}

impl<T: Item> Value for Vec<T> {
    fn read(&mut self, text: &str, expected: &Expected) -> Result<(), Expected> {
        *self = text.split(',').map(|item| T::item(item.trim(), expected)).collect::<Result<_, _>>()?;
        Ok(())
    }

    fn write(&self, _: &Expected) -> String {
        self.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }

    fn lacks_choice(&self) -> bool {
        self.is_empty()
    }
}

/// The name alone and `true` are the same.
impl Item for bool {
    fn item(text: &str, expected: &Expected) -> Result<Self, Expected> {
        match text {
            "" | "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(expected.clone()),
        }
    }
}

macro_rules! items {
    ($read:expr, $($item:ty),+) => {
        $(impl Item for $item {
            fn item(text: &str, expected: &Expected) -> Result<Self, Expected> {
                $read(text, expected)
            }
        })+
    };
}
items!(|text: &str, _| Ok(text.trim().to_owned()), String);
items!(|text: &str, _| Ok(text.parse()?), ClientChoice, Concurrency);
items!(
    |text, expected: &Expected| Self::from_word(text).ok_or_else(|| expected.clone()),
    Connection,
    Credentials,
    Lifecycle,
    Method,
    Pacing,
    Thread
);
