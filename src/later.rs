//! What of the page comes later: its parts in steps, what it loads ([`crate::parts`]), and what is missing where that fails.
//!
//! The rest of the page is loaded as soon as the browser has shown the form: never while a run measures, for it is what makes a run, and
//! what the address starts begins when all of it is there.
//! A language that is chosen during one is loaded when it is over.

use crate::{
    components::{El, classed},
    js,
    parts::{self, NotLoaded},
    rest::{Page, Rest},
    run_state::RunState,
    step::Step,
    text::start,
};
use fetchmark_core::language::Language;
use leptos::{prelude::*, reactive::owner::WeakOwner};
use std::rc::Rc;

/// How long until it is looked again whether a run is over, in ms.
const LOOK_AGAIN_MS: i32 = 250;

/// What loads later. Copies are the same; it belongs to the app's root.
#[derive(Clone, Copy)]
pub struct Later(StoredValue<State, LocalStorage>);

struct State {
    page: Page,
    /// How many steps are shown.
    step: u8,
    // Weak: the page would hold itself otherwise, and outlive what it was shown in.
    owner: Option<WeakOwner>,
    rest: Option<Rc<dyn Rest>>,
    /// The language asked for last: one that arrives after another was chosen is not shown.
    asked: Language,
    /// Whether the rest could not be loaded.
    is_rest_missing: bool,
    /// The language that could not be loaded, as long as no other is chosen.
    missing_language: Option<Language>,
    /// Whether the address asks for more than the form.
    is_urgent: bool,
    /// What the rest is to do once it is there: what was wished for last.
    wish: Option<fn(&dyn Rest)>,
    /// Fires when something changes of what is shown, missing or awaited.
    changed: ArcTrigger,
}

impl Later {
    /// Nothing is loaded yet but what this page begins with; `missing_language` is one that could not be. Call it at the app's root.
    pub fn new(page: Page, missing_language: Option<Language>) -> Self {
        Self(StoredValue::new_local(State {
            asked: page.current.get_untracked().speaks,
            page,
            step: 0,
            owner: Owner::current().map(|owner| owner.downgrade()),
            rest: None,
            is_rest_missing: false,
            missing_language,
            is_urgent: false,
            wish: None,
            changed: ArcTrigger::new(),
        }))
    }

    /// A part of the page, from its step on.
    pub fn part(self, step: Step, part: impl Fn() -> El + Send + 'static) -> El {
        classed("div", "bare").part_if(move || self.is_shown(step), part)
    }

    /// A part that the rest of the page makes, from its step on.
    pub fn rest_part(self, step: Step, part: fn(&dyn Rest) -> El) -> El {
        // No such step is shown before the rest is there.
        self.part(step, move || self.rest().map_or_else(|| classed("div", "bare"), |rest| part(&*rest)))
    }

    /// The same where it is folded away: with words in its place until then.
    pub fn folded_part(self, step: Step, part: fn(&dyn Rest) -> El) -> El {
        let words = start().later.waiting;
        self.rest_part(step, part)
            .part_if(move || !self.is_shown(step), move || classed("p", "hint").text(words))
    }

    /// Whether this step is shown.
    fn is_shown(self, step: Step) -> bool {
        self.read(|state| state.step >= step as u8)
    }

    /// Shows the form, step by step.
    pub async fn show_form(self) {
        self.show(Step::LAST_OF_FORM).await;
    }

    async fn show(self, last: Step) {
        while self.0.try_with_value(|state| state.step < last as u8) == Some(true) {
            js::next_step().await;
            self.change(|state| state.step = state.step.max((state.step + 1).min(last as u8)));
        }
    }

    /// Whether something could not be loaded.
    pub fn is_missing(self) -> bool {
        self.read(|state| state.is_rest_missing || state.missing_language.is_some())
    }

    /// Whether somebody waits for the rest of the page.
    pub fn is_awaited(self) -> bool {
        self.read(|state| state.is_urgent || state.wish.is_some())
    }

    /// Has the rest of the page do something: at once, or when it is there. A second wish takes the place of the first.
    pub fn with_rest(self, act: fn(&dyn Rest)) {
        if let Some(rest) = self.rest() {
            self.change(|state| state.wish = None);
            return act(&*rest);
        }
        let waits = self.0.try_with_value(|state| state.wish.is_some());
        self.change(|state| state.wish = Some(act));
        if waits != Some(false) {
            return;
        }
        js::spawn(async move {
            self.load().await;
            let mut wish = None;
            self.change(|state| wish = state.wish.take());
            if let (Some(rest), Some(act)) = (self.rest(), wish) {
                act(&*rest);
            }
        });
    }

    /// Loads the rest of the page at once, for the address asks for it.
    pub async fn load_urgently(self) {
        self.change(|state| state.is_urgent = true);
        self.load().await;
        self.change(|state| state.is_urgent = false);
    }

    /// Loads the rest of the page unless it is there; says what is missing where it cannot be loaded.
    pub async fn load(self) {
        let made = parts::rest().await;
        self.show_form().await;
        // Another who waited may have been first.
        if self.rest().is_some() {
            return;
        }
        let Ok(make) = made else { return self.miss_the_rest() };
        let page =
            self.0.try_with_value(|state| Some((state.page.clone(), state.owner.as_ref()?.upgrade()?)));
        // A page that is gone needs no rest.
        let Some((page, owner)) = page.flatten() else { return };
        let rest = owner.with(|| make(page, self));
        self.change(|state| {
            state.rest = Some(rest.clone());
            state.is_rest_missing = false;
        });
        self.show(Step::LAST).await;
        rest.begin();
    }

    /// Shows the page in a language, once that is there.
    pub fn speak(self, language: Language) {
        self.change(|state| {
            state.asked = language;
            state.missing_language = None;
        });
        js::spawn(async move {
            // To load something would disturb what is measured.
            while parts::start_at_hand(language).is_none() && self.is_measuring() {
                js::later_task(LOOK_AGAIN_MS).await;
            }
            let start = parts::start(language).await;
            let asked = self.0.try_with_value(|state| (state.asked, state.page.current));
            let Some((asked, current)) = asked else { return };
            match start {
                _ if asked != language => {}
                // Made anew, the page would lose what is unfolded and sorted.
                Ok(start) if current.get_untracked().tag == start.tag => {}
                Ok(start) => current.set(start),
                Err(NotLoaded) => self.change(|state| state.missing_language = Some(language)),
            }
        });
    }

    /// Tries again to load what is missing.
    pub fn retry(self) {
        let missing = self.0.try_with_value(|state| (state.is_rest_missing, state.missing_language));
        let Some((is_rest_missing, language)) = missing else { return };
        if let Some(language) = language {
            self.speak(language);
        }
        if is_rest_missing {
            js::spawn(self.load());
        }
    }

    fn miss_the_rest(self) {
        if let Some(store) = self.0.try_with_value(|state| state.page.store) {
            // Programs that wait for the page wait in vain.
            store.publish(RunState::Failed);
        }
        self.change(|state| state.is_rest_missing = true);
    }

    fn is_measuring(self) -> bool {
        self.0.try_with_value(|state| state.page.store.is_running_now()).unwrap_or(false)
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
