//! Reports kept in the browser: they survive a reload, and one of them may be the baseline that new ones are held against.

use crate::{engine::EngineReport, js, json};
use fetchmark_core::report::Report;
use js_sys::{Array, JSON, Promise};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

#[wasm_bindgen(module = "/src/reports/history/loader.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadDatabase)]
    fn load_database() -> Promise;
}

#[wasm_bindgen(module = "/src/reports/history/store.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn entries(db: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch)]
    fn put(db: &JsValue, entry: &JsValue, json: Option<&str>) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch)]
    fn report(db: &JsValue, key: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch)]
    fn remove(db: &JsValue, keys: &Array) -> Result<Promise, JsValue>;
}

/// Asks the store for something; it may be missing, or throw where the browser keeps nothing.
async fn asked(question: impl FnOnce(&JsValue) -> Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    let db = JsFuture::from(load_database()).await?;
    JsFuture::from(question(&db)?).await
}

/// How many reports are kept; beyond, the oldest that is not the baseline goes.
pub const MOST_KEPT: usize = 50;

/// What the list shows of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name in the store: when it began and how long it took, which no two share.
    pub key: String,
    /// When it began, ISO 8601.
    pub started_at: String,
    /// The address measured.
    pub url: String,
    /// Requests per round.
    pub n: u32,
    /// How many variants.
    pub variants: usize,
    /// Whether new reports are held against it.
    pub is_baseline: bool,
}

/// The reports kept. Copies are the same history.
#[derive(Clone, Copy)]
pub struct History(StoredValue<Kept, LocalStorage>);

struct Kept {
    /// Newest first.
    entries: Vec<Entry>,
    /// Whether this browser keeps anything here: not in a private window, not everywhere from a file.
    is_available: bool,
    /// Whether the last report was not kept for want of room.
    is_full: bool,
    /// Resolves when what was kept earlier is read.
    loading: Option<Promise>,
    changed: ArcTrigger,
}

impl Default for History {
    fn default() -> Self {
        Self(StoredValue::new_local(Kept {
            entries: Vec::new(),
            is_available: true,
            is_full: false,
            loading: None,
            changed: ArcTrigger::new(),
        }))
    }
}

impl Entry {
    /// The entry of a report.
    pub fn of(report: &Report) -> Self {
        Self {
            key: format!("{} {}", report.started_at, report.duration_ms as u64),
            started_at: report.started_at.clone(),
            url: report.scenario.target.url.clone(),
            n: report.scenario.n,
            variants: report.variants.len(),
            is_baseline: false,
        }
    }
}

impl History {
    /// The reports kept, newest first.
    pub fn entries(self) -> Vec<Entry> {
        self.read(|kept| kept.entries.clone())
    }

    /// Whether this browser keeps anything here.
    pub fn is_available(self) -> bool {
        self.read(|kept| kept.is_available)
    }

    /// Whether the last report was not kept for want of room.
    pub fn is_full(self) -> bool {
        self.read(|kept| kept.is_full)
    }

    /// The report that new ones are held against.
    pub fn baseline(self) -> Option<Entry> {
        self.read(|kept| kept.entries.iter().find(|entry| entry.is_baseline).cloned())
    }

    /// Reads what was kept earlier. Everything else waits for it.
    pub fn load(self) {
        let loading = future_to_promise(async move {
            match asked(entries).await {
                Ok(found) => {
                    // An entry of another version that cannot be read is not shown; it is overwritten when its report is kept
                    // again.
                    let list = Array::from(&found);
                    let mut found: Vec<Entry> =
                        list.iter().filter_map(|entry| json::read(&entry).ok()).collect();
                    found.sort_unstable_by(|a, b| b.started_at.cmp(&a.started_at));
                    self.change(|kept| kept.entries = found);
                }
                Err(_) => self.change(|kept| kept.is_available = false),
            }
            Ok(JsValue::UNDEFINED)
        });
        self.0.try_update_value(|kept| kept.loading = Some(loading));
    }

    async fn loaded(self) {
        if let Some(loading) = self.0.try_with_value(|kept| kept.loading.clone()).flatten() {
            // It never rejects.
            let _ = JsFuture::from(loading).await;
        }
    }

    /// Keeps a report; one that is kept already stays as it is. A link holds less than the report it was made from, and a file may
    /// have been changed.
    pub async fn keep(self, report: &EngineReport) {
        self.loaded().await;
        let entry = Entry::of(&report.report);
        if self.0.try_with_value(|kept| kept.has(&entry.key)).unwrap_or(false) {
            return;
        }
        let json = json::text(&report.raw);
        if !self.done(asked(|db| put(db, &json::write(&entry), Some(&json))).await) {
            return;
        }
        self.change(|kept| {
            kept.is_full = false;
            kept.entries.push(entry);
            kept.entries.sort_unstable_by(|a, b| b.started_at.cmp(&a.started_at));
        });
        let beyond: Vec<String> = self.0.try_with_value(Kept::beyond).unwrap_or_default();
        if !beyond.is_empty() {
            self.forget(beyond).await;
        }
    }

    /// The report with this key, as JSON; `None` if it is gone: another tab may have forgotten it.
    pub async fn json(self, key: &str) -> Option<String> {
        let found = asked(|db| report(db, key)).await.ok().and_then(|json| json.as_string());
        if found.is_none() {
            self.change(|kept| kept.entries.retain(|entry| entry.key != key));
        }
        found
    }

    /// Makes a report the baseline, or with `None` has none. The page says so when it is kept, not before.
    pub async fn set_baseline(self, key: Option<String>) {
        self.loaded().await;
        // What could not be kept cannot be the baseline: the one there was stays.
        let is_kept = |key: &String| self.0.try_with_value(|kept| kept.has(key)).unwrap_or(false);
        if key.as_ref().is_some_and(|key| !is_kept(key)) {
            return;
        }
        let entries = self.0.try_with_value(|kept| kept.entries.clone()).unwrap_or_default();
        for mut entry in entries {
            let is_baseline = Some(&entry.key) == key.as_ref();
            if entry.is_baseline == is_baseline {
                continue;
            }
            entry.is_baseline = is_baseline;
            if self.done(asked(|db| put(db, &json::write(&entry), None)).await) {
                self.change(|kept| {
                    let known = kept.entries.iter_mut().find(|known| known.key == entry.key);
                    known.into_iter().for_each(|known| known.is_baseline = is_baseline);
                });
            }
        }
    }

    /// Forgets the reports with these keys.
    pub async fn forget(self, keys: Vec<String>) {
        let list: Array = keys.iter().map(|key| JsValue::from(key.as_str())).collect();
        if self.done(asked(|db| remove(db, &list)).await) {
            self.change(|kept| {
                kept.is_full = false;
                kept.entries.retain(|entry| !keys.contains(&entry.key));
            });
        }
    }

    /// What the store answered: where it fails, nothing is kept here, or there is no room for more, and the page says so.
    fn done(self, answer: Result<JsValue, JsValue>) -> bool {
        let is_full = answer.as_ref().err().is_some_and(|error| {
            js::property(error, "name").is_some_and(|name| name == "QuotaExceededError")
        });
        if answer.is_err() {
            self.change(|kept| {
                kept.is_full |= is_full;
                kept.is_available &= is_full;
            });
        }
        answer.is_ok()
    }

    fn read<T>(self, read: impl FnOnce(&Kept) -> T) -> T {
        self.0.with_value(|kept| {
            kept.changed.track();
            read(kept)
        })
    }

    fn change(self, change: impl FnOnce(&mut Kept)) {
        let changed = self.0.try_update_value(|kept| {
            change(kept);
            kept.changed.clone()
        });
        if let Some(changed) = changed {
            changed.notify();
        }
    }
}

impl Kept {
    fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// The keys of what there are too many of.
    fn beyond(&self) -> Vec<String> {
        let spare = self.entries.iter().filter(|entry| !entry.is_baseline);
        let most = MOST_KEPT - usize::from(self.entries.iter().any(|entry| entry.is_baseline));
        spare.skip(most).map(|entry| entry.key.clone()).collect()
    }
}

/// All reports kept, as one JSON list.
pub async fn export(history: History) -> String {
    let mut list = Vec::new();
    for entry in untrack(move || history.entries()) {
        list.extend(history.json(&entry.key).await);
    }
    format!("[{}]\n", list.join(",\n"))
}

/// The reports in a file: one, or a list of them as [`export`] writes it. `None` if it is no JSON.
pub fn reports_in(file: &str) -> Option<Vec<String>> {
    let value = JSON::parse(file).ok()?;
    let Some(list) = value.dyn_ref::<Array>() else { return Some(vec![file.to_owned()]) };
    list.iter().map(|report| JSON::stringify(&report).ok().map(String::from)).collect()
}
