//! Loading what the page needs later ([`crate::parts`]), and what is missing where that fails.
//!
//! The rest of the page is loaded as soon as the browser has shown the form: never while a run measures, for it is what makes a run.

use crate::{
    components::{El, classed},
    js,
    parts::{self, NotLoaded},
    rest::{Page, Rest},
    run_state::RunState,
};
use fetchmark_core::language::Language;
use leptos::{prelude::*, reactive::owner::WeakOwner};
use std::rc::Rc;

/// What loads later. Copies are the same; it belongs to the app's root.
#[derive(Clone, Copy)]
pub struct Later(StoredValue<State, LocalStorage>);

struct State {
    page: Page,
    // Weak: the page would hold itself otherwise, and outlive what it was shown in.
    owner: Option<WeakOwner>,
    rest: Option<Rc<dyn Rest>>,
    /// The language asked for last: one that arrives after another was chosen is not shown.
    asked: Language,
    missing: Option<Missing>,
    is_awaited: bool,
    /// Fires when the rest is there.
    came: ArcTrigger,
    /// Fires when one of the two fields before that changes.
    changed: ArcTrigger,
}

/// What could not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The rest of the page.
    Rest,
    /// A language.
    Language(Language),
}

impl Later {
    /// Nothing is loaded yet but what this page begins with. Call it at the app's root.
    pub fn new(page: Page, missing: Option<Missing>) -> Self {
        Self(StoredValue::new_local(State {
            asked: page.current.get_untracked().speaks,
            page,
            owner: Owner::current().map(|owner| owner.downgrade()),
            rest: None,
            missing,
            is_awaited: false,
            came: ArcTrigger::new(),
            changed: ArcTrigger::new(),
        }))
    }

    /// A part of the page that the rest makes, once it is there.
    pub fn part(self, part: impl Fn(&dyn Rest) -> El + Send + 'static) -> El {
        classed("div", "bare").part(move || {
            let rest = self.0.with_value(|state| {
                state.came.track();
                state.rest.clone()
            });
            rest.map(|rest| part(&*rest))
        })
    }

    /// What could not be loaded.
    pub fn missing(self) -> Option<Missing> {
        self.read(|state| state.missing)
    }

    /// Whether somebody waits for the rest of the page.
    pub fn is_awaited(self) -> bool {
        self.read(|state| state.is_awaited)
    }

    /// Has the rest of the page do something: at once, or when it is there. A second wish does not wait beside the first.
    pub fn with_rest(self, act: fn(&dyn Rest)) {
        if let Some(rest) = self.rest() {
            return act(&*rest);
        }
        if self.0.try_with_value(|state| state.is_awaited) != Some(false) {
            return;
        }
        self.change(|state| state.is_awaited = true);
        js::spawn(async move {
            self.load().await;
            self.change(|state| state.is_awaited = false);
            if let Some(rest) = self.rest() {
                act(&*rest);
            }
        });
    }

    /// Loads the rest of the page unless it is there; says what is missing where it cannot be loaded.
    pub async fn load(self) {
        let made = parts::rest().await;
        // Another who waited may have been first.
        if self.rest().is_some() {
            return;
        }
        let Ok(make) = made else { return self.miss(Missing::Rest) };
        let page =
            self.0.try_with_value(|state| Some((state.page.clone(), state.owner.as_ref()?.upgrade()?)));
        // A page that is gone needs no rest.
        let Some((page, owner)) = page.flatten() else { return };
        let rest = owner.with(|| make(page, self));
        let came = self.0.try_update_value(|state| {
            state.rest = Some(rest);
            state.came.clone()
        });
        self.found(Missing::Rest);
        if let Some(came) = came {
            came.notify();
        }
    }

    /// Shows the page in a language, once that is there.
    pub fn speak(self, language: Language) {
        self.0.try_update_value(|state| state.asked = language);
        js::spawn(async move {
            let start = parts::start(language).await;
            let asked = self.0.try_with_value(|state| (state.asked, state.page.current));
            let Some((asked, current)) = asked else { return };
            match start {
                _ if asked != language => {}
                // Made anew, the page would lose what is unfolded and sorted.
                Ok(start) if current.get_untracked().tag == start.tag => {
                    self.found(Missing::Language(language))
                }
                Ok(start) => {
                    self.found(Missing::Language(language));
                    current.set(start);
                }
                Err(NotLoaded) => self.miss(Missing::Language(language)),
            }
        });
    }

    /// Tries again to load what is missing.
    pub fn retry(self) {
        match untrack(move || self.missing()) {
            Some(Missing::Language(language)) => self.speak(language),
            Some(Missing::Rest) => js::spawn(self.load()),
            None => {}
        }
    }

    fn miss(self, missing: Missing) {
        if missing == Missing::Rest
            && let Some(store) = self.0.try_with_value(|state| state.page.store)
        {
            // Programs that wait for the page wait in vain.
            store.publish(RunState::Failed);
        }
        self.change(|state| state.missing = Some(missing));
    }

    fn found(self, found: Missing) {
        self.change(|state| state.missing = state.missing.filter(|missing| *missing != found));
    }

    fn rest(self) -> Option<Rc<dyn Rest>> {
        self.0.try_with_value(|state| state.rest.clone()).flatten()
    }

    fn read<T>(self, read: impl FnOnce(&State) -> T) -> T {
        self.0.with_value(|state| {
            state.changed.track();
            read(state)
        })
    }

    fn change(self, change: impl FnOnce(&mut State)) {
        let changed = self.0.try_update_value(|state| {
            change(state);
            state.changed.clone()
        });
        if let Some(changed) = changed {
            changed.notify();
        }
    }
}
