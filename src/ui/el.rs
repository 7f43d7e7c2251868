//! Elements of one type.
//!
//! In Leptos' `view!` every element, list and closure is a type of its own, and each is compiled on its own: this page
//! came to twice its size budget. [`El`] is the same renderer with erased types: whatever the tag, attributes are
//! [`AnyAttribute`]s and children [`AnyView`]s, so that an element costs a few calls. It also never goes through HTML
//! text, as wholly literal elements of `view!` do and Trusted Types forbid.

use leptos::{
    ev::{self, Event},
    prelude::*,
    tachys::html::{
        attribute::{
            any_attribute::{AnyAttribute, IntoAnyAttribute},
            custom::custom_attribute,
        },
        element::custom,
        event,
        property::prop,
        style::style,
    },
};

/// An element in the making. Boxed, for it is handed on with every call.
pub struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element with this tag.
#[inline(never)]
pub fn el(tag: &'static str) -> El {
    El(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }))
}

/// An attribute that stays as it is.
#[inline(never)]
pub fn attribute(name: &'static str, value: &str) -> AnyAttribute {
    custom_attribute(name, value.to_owned()).into_any_attr()
}

/// An element with this tag and class.
#[inline(never)]
pub fn classed(tag: &'static str, class: &'static str) -> El {
    el(tag).set("class", class)
}

// Each way to build is compiled once, whatever the closure, and called from everywhere: hence the boxes and the
// `inline(never)`s.
impl El {
    /// Sets an attribute.
    #[inline(never)]
    pub fn set(self, name: &'static str, value: &str) -> Self {
        self.attribute(attribute(name, value))
    }

    /// Keeps an attribute in step; `None` leaves it out.
    pub fn bind(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.bind_boxed(name, Box::new(value))
    }

    #[inline(never)]
    fn bind_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String> + Send + Sync>) -> Self {
        self.attribute(custom_attribute(name, Signal::derive(value)).into_any_attr())
    }

    /// Keeps a property of the element in step. An empty string is false where the property is a truth value.
    pub fn prop(self, name: &'static str, value: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.prop_boxed(name, Box::new(value))
    }

    #[inline(never)]
    fn prop_boxed(self, name: &'static str, value: Words) -> Self {
        self.attribute(prop(name, Signal::derive(value)).into_any_attr())
    }

    /// Sets a style property. It goes through the CSSOM: the content security policy forbids style attributes.
    #[inline(never)]
    pub fn style(self, name: &'static str, value: String) -> Self {
        self.attribute(style((name, value)).into_any_attr())
    }

    /// Listens.
    pub fn on(self, name: &'static str, listener: impl FnMut(Event) + 'static) -> Self {
        self.on_boxed(name, Box::new(listener))
    }

    #[inline(never)]
    fn on_boxed(self, name: &'static str, listener: Box<dyn FnMut(Event)>) -> Self {
        self.attribute(event::on(ev::Custom::<Event>::new(name), listener).into_any_attr())
    }

    /// Adds text.
    #[inline(never)]
    pub fn text(self, text: &str) -> Self {
        self.view(text.to_owned().into_any())
    }

    /// Adds text that changes.
    pub fn words(self, words: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.words_boxed(Box::new(words))
    }

    #[inline(never)]
    fn words_boxed(self, words: Words) -> Self {
        self.view(Signal::derive(words).into_any())
    }

    /// Adds a part that comes, changes as a whole and goes with the signals it reads.
    pub fn part(self, part: impl Fn() -> Option<Self> + Send + 'static) -> Self {
        self.part_boxed(Box::new(part))
    }

    #[inline(never)]
    fn part_boxed(self, part: Box<dyn Fn() -> Option<Self> + Send>) -> Self {
        self.view((move || part().map(AnyView::from)).into_any())
    }

    /// Adds a part that is there or not, made anew only when that changes.
    pub fn part_if(
        self,
        is_there: impl Fn() -> bool + Send + Sync + 'static,
        part: impl Fn() -> Self + Send + 'static,
    ) -> Self {
        let is_there = changes_of(Box::new(is_there));
        self.part(move || is_there.get().then(&part))
    }

    /// Adds an element.
    #[inline(never)]
    pub fn child(self, child: Self) -> Self {
        self.view(child.into())
    }

    /// Adds elements.
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Adds any view.
    #[inline(never)]
    pub fn view(mut self, view: AnyView) -> Self {
        self.0.children.push(view);
        self
    }

    #[inline(never)]
    fn attribute(mut self, attribute: AnyAttribute) -> Self {
        self.0.attributes.push(attribute);
        self
    }
}

type Words = Box<dyn Fn() -> String + Send + Sync>;

#[inline(never)]
fn changes_of(value: Box<dyn Fn() -> bool + Send + Sync>) -> Memo<bool> {
    Memo::new(move |_| value())
}

impl From<El> for AnyView {
    #[inline(never)]
    fn from(El(parts): El) -> Self {
        let Parts { tag, attributes, children } = *parts;
        custom(tag).add_any_attr(attributes).child(children).into_any()
    }
}
