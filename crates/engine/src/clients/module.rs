//! A client that is an ES module: `js/clients/<name>.js`.
//!
//! The module exports `create(build)`, which returns `call(place, signal)`, or a promise of it: a function that sends request `place` of
//! `build.addresses`, reads the body to its end and returns a promise of `{ status, bytes }`, with `headersMs`, when the headers came, where the
//! client can tell. `build.signals` holds the signals that the first calls will be given, for what a client builds before the round. `build.beganMs` takes the
//! time at which each call begins, by place: `js/host.js` notes it, and a client that does something else first notes it again. A body that broke off
//! is thrown as `{ status, cause }`, a time-out that the client itself keeps (because nothing else runs while it
//! blocks) as `{ timedOut, cause }`; anything else thrown means that there was no answer. The `Response` to request 0, or an object with its
//! `url`, is put into `build.first`, where the client can tell. A client of messages returns a promise of the message that came, an
//! `ArrayBuffer`.

use super::{
    build::Build,
    calls::{Calls, before_answer},
    message,
    promise::Waiters,
};
use crate::{
    browser::{message_of, property, request, url::Addresses},
    run::{
        error::RunError,
        platform::{Answer, Client, Failure},
    },
};
use fetchmark_core::{
    request::target::Target,
    samples::whence::Whence,
    scenario::{client::ClientInfo, factors::Lifecycle},
};
use js_sys::{Array, Float64Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type JsAnswer;

    #[wasm_bindgen(method, getter)]
    fn status(this: &JsAnswer) -> u16;

    #[wasm_bindgen(method, getter)]
    fn bytes(this: &JsAnswer) -> f64;

    #[wasm_bindgen(method, getter, js_name = headersMs)]
    fn headers_ms(this: &JsAnswer) -> Option<f64>;
}

#[derive(Debug)]
pub(crate) struct Module {
    call: Function,
    /// What it was built from, where it puts its first answer.
    options: Object,
    /// When each call began, by place.
    began: Float64Array,
    calls: Calls,
    waiters: Waiters,
    /// Of a client of messages: its name, which is that of its protocol, and the message.
    message: Option<(&'static str, String)>,
}

impl Module {
    /// Loads the module, the first time, and builds the client.
    pub(crate) async fn load(
        info: &'static ClientInfo,
        load: &Function,
        build: Build<'_>,
    ) -> Result<Self, RunError> {
        let name = info.name;
        let not_loaded = |thrown: JsValue| not_loaded(name, &thrown);
        let module = import(name, load).await?;
        let create: Function = property(&module, "create").dyn_into().map_err(not_loaded)?;
        let began = Float64Array::new_with_length(build.calls.addresses().len() as u32);
        let options = options(&build, &began).map_err(request::refused)?;
        let created = create.call1(&JsValue::UNDEFINED, &options).map_err(request::refused)?;
        let call = JsFuture::from(Promise::resolve(&created)).await.map_err(request::refused)?;
        let waiters = Waiters::new(build.calls.idle().len() as u32);
        let call = call.dyn_into().map_err(not_loaded)?;
        let message = info
            .messages
            .then(|| (name, build.target.body.as_deref().unwrap_or(message::DEFAULT).to_owned()));
        Ok(Self { call, options, began, calls: build.calls, waiters, message })
    }
}

/// The module of this name; loaded the first time.
pub(crate) async fn import(name: &str, load: &Function) -> Result<JsValue, RunError> {
    let not_loaded = |thrown: JsValue| not_loaded(name, &thrown);
    let loading = load.call1(&JsValue::UNDEFINED, &JsValue::from_str(name)).map_err(not_loaded)?;
    JsFuture::from(Promise::resolve(&loading)).await.map_err(not_loaded)
}

fn not_loaded(name: &str, thrown: &JsValue) -> RunError {
    RunError::ClientNotLoaded { client: name.to_owned(), message: message_of(thrown) }
}

const OTHER_ANSWER: &str = "The server did not send the message back, but something else.";

impl Client for Module {
    async fn call(&self, place: u32) -> Result<Answer, Failure> {
        let abort = self.calls.begin(place)?;
        let _ended = self.calls.until_ended(place);
        let promise = self
            .call
            .call2(&JsValue::UNDEFINED, &JsValue::from(place), &abort.signal)
            .map_err(|thrown| failure(&thrown))?;
        let answer = self.waiters.wait(promise.unchecked_ref()).await;
        let answer = answer.map_err(|thrown| failure(&thrown))?;
        if let Some((protocol, sent)) = &self.message {
            let answer = message::answer(protocol, sent, &Uint8Array::new(&answer).to_vec());
            return answer.ok_or_else(|| Failure::before_answer(OTHER_ANSWER.to_owned()));
        }
        let answer = answer.unchecked_into::<JsAnswer>();
        Ok(Answer {
            status: answer.status(),
            headers_ms: answer.headers_ms(),
            body_bytes: answer.bytes() as u64,
            info: None,
        })
    }

    fn whence(&self) -> Whence {
        self.calls.whence_of(&property(&self.options, "first"))
    }

    fn cancel(&self, place: u32) {
        self.calls.cancel(place);
    }

    fn began_ms(&self) -> Option<Vec<f64>> {
        Some(self.began.to_vec())
    }
}

/// What was thrown, as the module's contract above has it.
fn failure(thrown: &JsValue) -> Failure {
    if property(thrown, "timedOut").is_truthy() {
        let message = message_of(&property(thrown, "cause"));
        return Failure { timed_out: true, ..Failure::before_answer(message) };
    }
    match property(thrown, "status").as_f64() {
        Some(status) => Failure::in_body(status as u16, message_of(&property(thrown, "cause"))),
        None => before_answer(thrown),
    }
}

fn options(build: &Build<'_>, began: &Float64Array) -> Result<Object, JsValue> {
    let Target { method, headers, body, credentials, .. } = build.target;
    let header_pairs: Array = headers
        .iter()
        .map(|(name, value)| Array::of2(&name.as_str().into(), &value.as_str().into()))
        .collect();
    let signals: Array = build.calls.idle().iter().map(|abort| JsValue::from(&abort.signal)).collect();
    let options = Object::new();
    for (name, value) in [
        ("url", JsValue::from_str(build.url)),
        ("ownAddressEach", JsValue::from(build.own_address_each)),
        ("crossOrigin", JsValue::from(build.cross_origin)),
        ("addresses", addresses(build.calls.addresses()).into()),
        ("signals", signals.into()),
        ("beganMs", JsValue::from(began)),
        ("reused", JsValue::from(build.lifecycle == Lifecycle::Reused)),
        ("method", JsValue::from_str(method.word())),
        ("headers", header_pairs.into()),
        ("body", body.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str)),
        ("credentials", JsValue::from_str(credentials.word())),
        ("timeoutMs", JsValue::from_f64(build.timeout_ms)),
    ] {
        Reflect::set(&options, &name.into(), &value)?;
    }
    Ok(options)
}

fn addresses(addresses: &Addresses) -> Array {
    match addresses {
        Addresses::Same { address, n } => {
            let address = JsValue::from_str(address);
            (0..*n).map(|_| &address).collect()
        }
        Addresses::Each(addresses) => addresses.iter().map(|address| JsValue::from_str(address)).collect(),
    }
}
