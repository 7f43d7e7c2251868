//! Reports kept in the browser: they survive a reload, and one of them may be the baseline that new ones are compared with.

use crate::{engine::report::EngineReport, js, json};
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

#[wasm_bindgen(module = "/src/reports/history/indexed-db.js")]
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name in the store: when it began, how long it took, and how many sessions it was merged from, if any. No two share it.
    pub key: String,
    /// When it began, ISO 8601.
    pub started_at: String,
    /// Its addresses, one a line.
    pub url: String,
    pub n: u32,
    pub variants: usize,
    /// Whether new reports are compared with it.
    pub is_baseline: bool,
}

/// The reports kept. Copies are the same history.
#[derive(Clone, Copy)]
pub struct History {
    /// Newest first.
    entries: RwSignal<Vec<Entry>>,
    is_available: RwSignal<bool>,
    is_full: RwSignal<bool>,
    /// Resolves when what was kept earlier is read.
    loading: StoredValue<Promise, LocalStorage>,
}

impl Entry {
    pub fn of(report: &Report) -> Self {
        let mut key = format!("{} {}", report.started_at, report.duration_ms as u64);
        if !report.sessions.is_empty() {
            key += &format!(" {}", report.sessions.len());
        }
        Self {
            key,
            started_at: report.started_at.clone(),
            url: report.scenario.named_addresses().join("\n"),
            n: report.scenario.n,
            variants: report.variants.len(),
            is_baseline: false,
        }
    }
}

impl History {
    /// What this browser keeps, which is read from now on. Everything else waits for it. Call it at the app's root.
    pub fn load() -> Self {
        let history = Self {
            entries: RwSignal::new(Vec::new()),
            is_available: RwSignal::new(true),
            is_full: RwSignal::new(false),
            loading: StoredValue::new_local(Promise::resolve(&JsValue::UNDEFINED)),
        };
        history.loading.set_value(future_to_promise(async move {
            match asked(entries).await {
                Ok(found) => {
                    // An entry of another version that cannot be read is not shown; it is overwritten when its report is kept
                    // again.
                    let found = Array::from(&found);
                    let mut entries = Vec::new();
                    for entry in found.iter().filter_map(|entry| json::read(&entry).ok()) {
                        insert(&mut entries, entry);
                    }
                    history.entries.try_set(entries);
                }
                Err(_) => {
                    history.is_available.try_set(false);
                }
            }
            Ok(JsValue::UNDEFINED)
        }));
        history
    }

    pub fn entries(self) -> Vec<Entry> {
        self.entries.get()
    }

    /// Whether this browser keeps anything here: not in a private window, not everywhere from a file.
    pub fn is_available(self) -> bool {
        self.is_available.get()
    }

    /// Whether the last report was not kept for want of room.
    pub fn is_full(self) -> bool {
        self.is_full.get()
    }

    /// The report that new ones are compared with.
    pub fn baseline(self) -> Option<Entry> {
        self.entries.with(|entries| entries.iter().find(|entry| entry.is_baseline).cloned())
    }

    async fn loaded(self) {
        if let Some(loading) = self.loading.try_get_value() {
            // It never rejects.
            let _ = JsFuture::from(loading).await;
        }
    }

    fn has(self, key: &str) -> bool {
        let has = |entries: &Vec<Entry>| entries.iter().any(|entry| entry.key == key);
        self.entries.try_with_untracked(has).unwrap_or(false)
    }

    /// Keeps a report; one that is kept already stays as it is. A link holds less than the report it was made from, and a file may
    /// have been changed.
    pub async fn keep(self, report: &EngineReport) {
        self.loaded().await;
        let entry = Entry::of(&report.report);
        if self.has(&entry.key) {
            return;
        }
        let json = json::text(&report.raw);
        if !self.done(asked(|db| put(db, &json::write(&entry), Some(&json))).await) {
            return;
        }
        self.is_full.try_set(false);
        let beyond = self.entries.try_update(|entries| {
            insert(entries, entry);
            beyond(entries)
        });
        match beyond {
            Some(beyond) if !beyond.is_empty() => self.forget(beyond).await,
            _ => {}
        }
    }

    /// The report with this key, as JSON; `None` if it is gone: another tab may have forgotten it.
    pub async fn json(self, key: &str) -> Option<String> {
        let found = asked(|db| report(db, key)).await.ok().and_then(|json| json.as_string());
        if found.is_none() {
            self.entries.try_update(|entries| entries.retain(|entry| entry.key != key));
        }
        found
    }

    /// Makes a report the baseline, or with `None` has none. The page says so when it is kept, not before.
    pub async fn set_baseline(self, key: Option<String>) {
        self.loaded().await;
        // What could not be kept cannot be the baseline: the one there was stays.
        if key.as_ref().is_some_and(|key| !self.has(key)) {
            return;
        }
        for mut entry in self.entries.try_get_untracked().unwrap_or_default() {
            let is_baseline = Some(&entry.key) == key.as_ref();
            if entry.is_baseline == is_baseline {
                continue;
            }
            entry.is_baseline = is_baseline;
            if self.done(asked(|db| put(db, &json::write(&entry), None)).await) {
                self.entries.try_update(|entries| {
                    let known = entries.iter_mut().find(|known| known.key == entry.key);
                    known.into_iter().for_each(|known| known.is_baseline = is_baseline);
                });
            }
        }
    }

    pub async fn forget(self, keys: Vec<String>) {
        let list: Array = keys.iter().map(|key| JsValue::from(key.as_str())).collect();
        if self.done(asked(|db| remove(db, &list)).await) {
            self.is_full.try_set(false);
            self.entries.try_update(|entries| entries.retain(|entry| !keys.contains(&entry.key)));
        }
    }

    /// All reports kept, as one JSON list.
    pub async fn export(self) -> String {
        let mut list = Vec::new();
        for entry in self.entries.get_untracked() {
            list.extend(self.json(&entry.key).await);
        }
        format!("[{}]\n", list.join(",\n"))
    }

    /// Whether the store did as it was asked. Where it fails, nothing is kept here, or there is no room for more, and the page says so.
    fn done(self, answer: Result<JsValue, JsValue>) -> bool {
        let Err(error) = answer else { return true };
        if js::property(&error, "name").is_some_and(|name| name == "QuotaExceededError") {
            self.is_full.try_set(true);
        } else {
            self.is_available.try_set(false);
        }
        false
    }
}

/// Puts an entry in its place, newest first.
fn insert(entries: &mut Vec<Entry>, entry: Entry) {
    let place = entries.partition_point(|other| other.started_at > entry.started_at);
    entries.insert(place, entry);
}

/// The keys of what there are too many of.
fn beyond(entries: &[Entry]) -> Vec<String> {
    let spare = entries.iter().filter(|entry| !entry.is_baseline);
    let most = MOST_KEPT - usize::from(entries.iter().any(|entry| entry.is_baseline));
    spare.skip(most).map(|entry| entry.key.clone()).collect()
}

/// The reports in a file: one, or a list of them as [`History::export`] writes it. `None` if it is no JSON.
pub fn reports_in(file: &str) -> Option<Vec<String>> {
    let value = JSON::parse(file).ok()?;
    let Some(list) = value.dyn_ref::<Array>() else { return Some(vec![file.to_owned()]) };
    Some(list.iter().map(|report| json::text(&report)).collect())
}
