//! What there is to say, part by part of page and reports, in English and Korean side by side.

/// Declares the words of a part: a struct, and its values in English and Korean.
///
/// ```text
/// title: ["Validity", "유효성"],                                   a label
/// orders -> [&'static str; 2]: [["up", "down"], ["위", "아래"]],    labels of another type
/// left(seconds: &str): ["{seconds} s left", "{seconds}초 남음"],    a sentence: literals are format strings
/// mark(mark: Mark) -> &'static str: {                              a choice by the arguments, or `by` something else
///     Mark::Good => ["good", "정상"],
///     Mark::Note => ["note", "참고"],
/// },
/// ```
///
/// `where { name = expression }` before the colon names what sentences use besides the arguments.
macro_rules! words {
    ($(#[$about:meta])* $visibility:vis struct $name:ident {
        $(
            $(#[$what:meta])*
            $field:ident $(($($arg:ident: $type:ty),+))?
            $(where { $($set:pat = $to:expr),+ $(,)? })? $(by ($($on:tt)+))? $(-> $returns:ty)? : $words:tt
        ),+ $(,)?
    }) => {
        $(#[$about])*
        $visibility struct $name {
            $($(#[$what])* pub $field: type_of!($(($($type),+))? $(-> $returns)?)),+
        }

        #[allow(unused_variables)] // Languages differ in what they use.
        impl $name {
            pub(super) const ENGLISH: Self = Self {
                $($field: value!(english $(($($arg),+))? [$($($set = $to),+)?] [$($($on)+)?] $(-> $returns)? : $words)),+
            };
            pub(super) const KOREAN: Self = Self {
                $($field: value!(korean $(($($arg),+))? [$($($set = $to),+)?] [$($($on)+)?] $(-> $returns)? : $words)),+
            };
        }
    };
}

macro_rules! type_of {
    () => { &'static str };
    (-> $type:ty) => { $type };
    (($($arg:ty),+)) => { fn($($arg),+) -> String };
    (($($arg:ty),+) -> $type:ty) => { fn($($arg),+) -> $type };
}

macro_rules! value {
    ($language:ident [] [] $(-> $type:ty)? : [$($both:tt)+]) => { either!($language $($both)+) };
    ($language:ident $args:tt $set:tt $on:tt : $words:tt) => { sentence!($language written $args $set $on $words) };
    ($language:ident $args:tt $set:tt $on:tt -> $type:ty : $words:tt) => {
        sentence!($language either $args $set $on $words)
    };
}

macro_rules! sentence {
    ($language:ident $leaf:ident ($($arg:ident),+) $set:tt [] {$($arms:tt)+}) => {
        sentence!($language $leaf ($($arg),+) $set [($($arg),+)] {$($arms)+})
    };
    ($language:ident $leaf:ident ($($arg:ident),+) [$($set:pat = $to:expr),*] [$on:expr] {
        $($pattern:pat $(if $guard:expr)? => [$($both:tt)+]),+ $(,)?
    }) => {
        |$($arg),+| {
            $(let $set = $to;)*
            match $on { $($pattern $(if $guard)? => $leaf!($language $($both)+)),+ }
        }
    };
    ($language:ident $leaf:ident ($($arg:ident),+) [$($set:pat = $to:expr),*] [] [$($both:tt)+]) => {
        |$($arg),+| {
            $(let $set = $to;)*
            $leaf!($language $($both)+)
        }
    };
}

macro_rules! either {
    (english $english:expr, $korean:expr $(,)?) => {
        $english
    };
    (korean $english:expr, $korean:expr $(,)?) => {
        $korean
    };
}

/// A literal is a format string, anything else a [`String`].
macro_rules! written {
    (english $english:literal, $korean:expr $(,)?) => { format!($english) };
    (korean $english:expr, $korean:literal $(,)?) => { format!($korean) };
    ($language:ident $($both:tt)+) => { either!($language $($both)+) };
}

mod charts;
mod check;
mod form;
mod headline;
mod history;
mod problems;
mod results;
mod run;
mod text;
mod validity;
mod verdicts;

pub use charts::Charts;
pub use check::Check;
pub use form::{Form, Options, Request};
pub use headline::{Differs, HeadlineText};
pub use history::{ComparedReport, Comparison, Export, History, ReportProblem};
pub use problems::{Problems, Refusal, UrlProblem, why_refused};
pub use results::{Lifecycles, Ranking, Results, SessionWords, Targets};
pub use run::{Failures, Run};
pub use text::{EN, KO, Side, Tag, Text, in_language};
pub use validity::Validity;
pub use verdicts::{Answer, Baseline, Causes};

#[cfg(test)]
mod tests;
