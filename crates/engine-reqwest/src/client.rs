//! The client, as JavaScript sees it.

use futures::{
    channel::oneshot,
    future::{self, Either},
    pin_mut,
};
use js_sys::{Error, Object, Promise, Reflect};
use reqwest::{Client, Method, Request, RequestBuilder, Url};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds on the clock of the thread's timing entries.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now_ms() -> f64;
}

/// What every request has in common.
#[wasm_bindgen]
#[derive(Clone, Debug)]
pub struct Options {
    method: String,
    credentials: String,
    body: Option<String>,
    headers: Vec<(String, String)>,
}

#[wasm_bindgen]
impl Options {
    /// Method, credentials mode and body.
    #[wasm_bindgen(constructor)]
    pub fn new(method: String, credentials: String, body: Option<String>) -> Self {
        Self { method, credentials, body, headers: Vec::new() }
    }

    /// Adds a header.
    pub fn header(&mut self, name: String, value: String) {
        self.headers.push((name, value));
    }

    fn request(&self, client: Client, url: &str) -> Result<(Client, Request), String> {
        let method = Method::from_bytes(self.method.as_bytes()).map_err(|error| error.to_string())?;
        let url = Url::parse(url).map_err(|error| error.to_string())?;
        // From parts: the builder's own constructors refuse addresses without a host, such as data:.
        let mut builder =
            RequestBuilder::from_parts(client, Request::new(method, url)).fetch_cache_no_store();
        builder = match self.credentials.as_str() {
            "omit" => builder.fetch_credentials_omit(),
            "include" => builder.fetch_credentials_include(),
            _ => builder.fetch_credentials_same_origin(),
        };
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        if let Some(body) = &self.body {
            builder = builder.body(body.clone());
        }
        let (client, request) = builder.build_split();
        Ok((client, request.map_err(|error| error.to_string())?))
    }
}

/// reqwest, prepared for one round.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Reqwest {
    options: Options,
    kept: Option<(Client, Request)>,
    own_address_each: bool,
    under_way: Rc<UnderWay>,
}

/// Dropping a sender cancels its call.
#[derive(Debug, Default)]
struct UnderWay {
    next: Cell<u32>,
    cancels: RefCell<HashMap<u32, oneshot::Sender<()>>>,
}

#[wasm_bindgen]
impl Reqwest {
    /// Builds what "reused" keeps.
    ///
    /// # Errors
    /// Throws what reqwest says when it refuses the request.
    #[wasm_bindgen(constructor)]
    pub fn new(options: Options, url: &str, reused: bool, own_address_each: bool) -> Result<Self, JsValue> {
        // Built in either lifecycle, so that a refused request is found before the round.
        let kept = options.request(Client::new(), url).map_err(|message| thrown(&message))?;
        let kept = reused.then_some(kept);
        Ok(Self { options, kept, own_address_each, under_way: Rc::default() })
    }

    /// Sends a request to `address` and reads the body to its end: a promise of `{ status, bytes }`, rejected with
    /// `{ status, cause }` if the body broke off.
    ///
    /// # Errors
    /// Throws if the request cannot be built.
    pub fn call(&self, address: &str) -> Result<Call, JsValue> {
        let (client, request) = self.request(address).map_err(|message| thrown(&message))?;
        let (cancel, cancelled) = oneshot::channel();
        let id = self.under_way.next.get();
        self.under_way.next.set(id.wrapping_add(1));
        self.under_way.cancels.borrow_mut().insert(id, cancel);
        let under_way = Rc::clone(&self.under_way);
        let promise = future_to_promise(async move {
            let exchange = exchange(client, request);
            pin_mut!(exchange);
            let result = match future::select(exchange, cancelled).await {
                Either::Left((result, _)) => result,
                // Dropping the exchange makes reqwest abort it.
                Either::Right(_) => Err(thrown("The call was cancelled.")),
            };
            under_way.cancels.borrow_mut().remove(&id);
            result
        });
        Ok(Call { id, promise })
    }

    /// Cancels a call, if it has not ended.
    pub fn cancel(&self, id: u32) {
        let sender = self.under_way.cancels.borrow_mut().remove(&id);
        drop(sender);
    }

    fn request(&self, address: &str) -> Result<(Client, Request), String> {
        let Some((client, kept)) = &self.kept else {
            return self.options.request(Client::new(), address);
        };
        let mut request = kept.try_clone().ok_or("The request cannot be cloned.")?;
        if self.own_address_each {
            *request.url_mut() = Url::parse(address).map_err(|error| error.to_string())?;
        }
        Ok((client.clone(), request))
    }
}

/// A call under way.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Call {
    id: u32,
    promise: Promise,
}

#[wasm_bindgen]
impl Call {
    /// What [`Reqwest::cancel`] takes.
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// How it ends.
    #[wasm_bindgen(getter)]
    pub fn promise(&self) -> Promise {
        self.promise.clone()
    }
}

async fn exchange(client: Client, request: Request) -> Result<JsValue, JsValue> {
    let response = client.execute(request).await.map_err(|error| thrown(&words(&error)))?;
    let headers_ms = now_ms();
    let status = response.status().as_u16();
    match response.bytes().await {
        Ok(body) => object(&[
            ("status", status.into()),
            ("headersMs", headers_ms.into()),
            ("bytes", (body.len() as f64).into()),
        ]),
        Err(error) => Err(object(&[("status", status.into()), ("cause", thrown(&words(&error)))])?),
    }
}

/// reqwest keeps the browser's own words in the source of its error.
fn words(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", words(source)),
        None => error.to_string(),
    }
}

fn object(properties: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}

fn thrown(message: &str) -> JsValue {
    Error::new(message).into()
}
