//! Views of few types.
//!
//! Leptos compiles every distinct closure in a view into an effect of its own, two to three kilobytes each: a page of
//! this size came to twice its budget. So what changes is wrapped in one of the few types below before it enters a
//! view, every component ends in [`AnyView`], and lists hold [`AnyView`]s.

use leptos::prelude::*;

/// Words that change.
pub fn words(words: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(words)
}

/// An attribute that changes; `None` leaves it out.
pub fn attribute(value: impl Fn() -> Option<String> + Send + Sync + 'static) -> Signal<Option<String>> {
    Signal::derive(value)
}

/// Something that holds or does not.
pub fn flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(flag)
}

/// A part of the page that comes, changes as a whole, and goes.
pub type Part = Box<dyn Fn() -> Option<AnyView> + Send>;

/// A [`Part`], made anew when a signal it reads changes.
pub fn part(part: impl Fn() -> Option<AnyView> + Send + 'static) -> Part {
    Box::new(part)
}

/// A part that is there or not, made anew only when that changes.
pub fn part_if(is_there: Signal<bool>, part: impl Fn() -> AnyView + Send + 'static) -> Part {
    let is_there = Memo::new(move |_| is_there.get());
    Box::new(move || is_there.get().then(&part))
}

/// A listener of few types.
pub type Listener<E> = Box<dyn FnMut(E)>;

/// A [`Listener`].
pub fn on<E>(listener: impl FnMut(E) + 'static) -> Listener<E> {
    Box::new(listener)
}
