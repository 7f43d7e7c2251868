//! WebDriver BiDi: commands and events over a WebSocket that belongs to a session.

use crate::{error::Error, session::Session};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::mem;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};
use url::Url;

/// The capability that asks for it, and the one that says where it is.
pub const WEB_SOCKET_URL: &str = "webSocketUrl";

/// A connection for commands that the classic protocol does not have.
#[derive(Debug)]
pub struct BiDi {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    last_id: u64,
    /// What happened while the answer to a command was awaited.
    events: Vec<Event>,
}

/// Something that happened in the browser, of a kind that was subscribed to.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name, such as `network.beforeRequestSent`.
    pub method: String,
    /// What the protocol says of it.
    pub params: Value,
}

enum Received {
    Answer { id: u64, result: Result<Value, Error> },
    Event(Event),
}

/// Every command fails with [`Error`] if the browser refuses it or the connection breaks off.
#[allow(clippy::missing_errors_doc, reason = "the doc of the impl names them")]
impl BiDi {
    /// Connects to the browser of a session, which must have been opened with [`WEB_SOCKET_URL`].
    pub async fn connect(session: &Session) -> Result<Self, Error> {
        let address = session.capabilities().get(WEB_SOCKET_URL).and_then(Value::as_str);
        let address = address.and_then(|address| Url::parse(address).ok()).ok_or(Error::NoBidi)?;
        let mut request = address.as_str().into_client_request().map_err(|_| Error::NoBidi)?;
        request.headers_mut().extend(session.endpoint().headers_for(&address));
        let (socket, _) = connect_async(request).await.map_err(unreachable)?;
        Ok(Self { socket, last_id: 0, events: Vec::new() })
    }

    pub async fn command(&mut self, method: &str, params: Value) -> Result<Value, Error> {
        let command = self.send(method, params).await?;
        loop {
            match self.receive().await? {
                Received::Answer { id, result } if id == command => return result,
                Received::Answer { .. } => {}
                Received::Event(event) => self.events.push(event),
            }
        }
    }

    /// What happened by the end of the last command.
    pub fn take_events(&mut self) -> Vec<Event> {
        mem::take(&mut self.events)
    }

    /// Opens an address in a tab with a document of ours in place of the server's: the browser takes it for the server's own,
    /// and the server gets no request. Returns when a document is loaded and nothing is intercepted any more. It is another than ours where
    /// a service worker of the server's site answers first.
    pub async fn open_document(
        &mut self,
        tab: &str,
        url: &str,
        document: &Document<'_>,
    ) -> Result<(), Error> {
        let events = json!({ "events": ["network.beforeRequestSent"] });
        self.command("session.subscribe", events.clone()).await?;
        let pattern = json!({ "type": "string", "pattern": url });
        let asked = json!({ "phases": ["beforeRequestSent"], "urlPatterns": [pattern] });
        let intercept = self.command("network.addIntercept", asked).await?["intercept"].take();
        let opened = self.navigate(tab, url, document).await;
        self.command("network.removeIntercept", json!({ "intercept": intercept })).await?;
        self.command("session.unsubscribe", events).await?;
        self.events.clear();
        opened
    }

    /// Where answers that come while `asking` is done redirect to, each with the address that was asked, in their order.
    pub async fn redirects(
        &mut self,
        asking: impl Future<Output = Result<Value, Error>>,
    ) -> Result<Vec<(Url, Url)>, Error> {
        let events = json!({ "events": ["network.responseCompleted"] });
        self.command("session.subscribe", events.clone()).await?;
        asking.await?;
        self.command("session.unsubscribe", events).await?;
        Ok(self.take_events().iter().filter_map(redirect).collect())
    }

    async fn navigate(&mut self, tab: &str, url: &str, document: &Document<'_>) -> Result<(), Error> {
        let asked = json!({ "context": tab, "url": url, "wait": "complete" });
        let navigation = self.send("browsingContext.navigate", asked).await?;
        loop {
            match self.receive().await? {
                Received::Answer { id, result } if id == navigation => return result.map(drop),
                // A service worker has answered it.
                Received::Answer { result: Err(Error::Refused { kind, .. }), .. }
                    if kind == "no such request" => {}
                // Without its document the navigation would wait for ever.
                Received::Answer { result, .. } => drop(result?),
                Received::Event(event) if event.params["isBlocked"] == true => {
                    let request = event.params["request"]["request"].clone();
                    self.send("network.provideResponse", document.response(request)).await?;
                }
                Received::Event(_) => {}
            }
        }
    }

    async fn send(&mut self, method: &str, params: Value) -> Result<u64, Error> {
        self.last_id += 1;
        let command = json!({ "id": self.last_id, "method": method, "params": params }).to_string();
        self.socket.send(Message::text(command)).await.map_err(unreachable)?;
        Ok(self.last_id)
    }

    async fn receive(&mut self) -> Result<Received, Error> {
        loop {
            let message = self
                .socket
                .next()
                .await
                .unwrap_or(Err(tungstenite::Error::ConnectionClosed))
                .map_err(unreachable)?;
            // Pings are answered by the library.
            let Message::Text(text) = message else { continue };
            let mut message: Value =
                serde_json::from_str(&text).map_err(|_| Error::NotWebDriver { status: 101 })?;
            if message["type"] == "event" {
                let method = message["method"].as_str().unwrap_or_default().to_owned();
                return Ok(Received::Event(Event { method, params: message["params"].take() }));
            }
            // An error without an id is about no command that was sent.
            let Some(id) = message["id"].as_u64() else { continue };
            let result = match message["type"] == "success" {
                true => Ok(message["result"].take()),
                false => Err(Error::from_response(101, &message)),
            };
            return Ok(Received::Answer { id, result });
        }
    }
}

/// What a browser gets in place of a server's answer.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    pub html: &'a str,
    /// Headers that come with it, beside its type.
    pub headers: &'a [(&'a str, &'a str)],
}

impl Document<'_> {
    fn response(&self, request: Value) -> Value {
        let string = |value: &str| json!({ "type": "string", "value": value });
        let header = |(name, value): &(&str, &str)| json!({ "name": name, "value": string(value) });
        let headers = [("Content-Type", "text/html; charset=utf-8")];
        json!({
            "request": request,
            "statusCode": 200,
            "reasonPhrase": "OK",
            "headers": headers.iter().chain(self.headers).map(header).collect::<Vec<_>>(),
            "body": string(self.html),
        })
    }
}

/// The address that was asked and the one that its answer leads to.
fn redirect(event: &Event) -> Option<(Url, Url)> {
    let response = &event.params["response"];
    let is_redirect = matches!(response["status"].as_u64()?, 301 | 302 | 303 | 307 | 308);
    let is_location =
        |header: &&Value| header["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case("location"));
    let location = response["headers"].as_array()?.iter().find(is_location)?["value"]["value"].as_str()?;
    let from = Url::parse(response["url"].as_str()?).ok()?;
    let to = from.join(location).ok()?;
    is_redirect.then_some((from, to))
}

fn unreachable(error: tungstenite::Error) -> Error {
    Error::Unreachable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{browser::Capabilities, endpoint::Endpoint};
    use tokio::{net::TcpListener, task::JoinHandle};
    use tokio_tungstenite::accept_async;

    const DOCUMENT: Document<'_> = Document { html: "<p>ours</p>", headers: &[("X-Own", "1")] };

    /// A browser that asks for one document, and says which commands it got. `outcome`: how its navigation ends.
    async fn browser(outcome: Value) -> (Session, JoinHandle<Vec<Value>>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("ws://{}/session/1", listener.local_addr().unwrap());
        let commands = tokio::spawn(async move {
            let mut socket = accept_async(listener.accept().await.unwrap().0).await.unwrap();
            let mut commands: Vec<Value> = Vec::new();
            while let Some(Ok(Message::Text(text))) = socket.next().await {
                let command: Value = serde_json::from_str(&text).unwrap();
                let success =
                    json!({ "type": "success", "id": command["id"], "result": { "intercept": "i" } });
                let event = json!({ "type": "event", "method": "network.beforeRequestSent", "params": {
                    "isBlocked": true, "request": { "request": "r" } } });
                let mut replies = vec![success];
                match command["method"].as_str().unwrap() {
                    "browsingContext.navigate" => replies = vec![event],
                    "network.provideResponse" => {
                        let navigation = commands.last().unwrap()["id"].clone();
                        let mut end = outcome.clone();
                        end["id"] = navigation;
                        replies.push(end);
                    }
                    _ => {}
                }
                commands.push(command);
                for reply in replies {
                    socket.send(Message::text(reply.to_string())).await.unwrap();
                }
            }
            commands
        });
        let capabilities = Capabilities::from_iter([(WEB_SOCKET_URL.to_owned(), address.into())]);
        (Session::attach(Endpoint::local(1), "1").unwrap().with_capabilities(capabilities), commands)
    }

    #[tokio::test]
    async fn a_document_takes_the_place_of_an_answer_once() {
        let (session, commands) = browser(json!({ "type": "success", "result": {} })).await;
        let mut bidi = BiDi::connect(&session).await.unwrap();
        bidi.open_document("tab", "http://a.example/x", &DOCUMENT).await.unwrap();
        drop(bidi);
        let commands = commands.await.unwrap();
        let methods: Vec<_> = commands.iter().map(|command| command["method"].as_str().unwrap()).collect();
        assert_eq!(
            methods,
            [
                "session.subscribe",
                "network.addIntercept",
                "browsingContext.navigate",
                "network.provideResponse",
                "network.removeIntercept",
                "session.unsubscribe",
            ]
        );
        assert_eq!(commands[1]["params"]["urlPatterns"][0]["pattern"], "http://a.example/x");
        let given = &commands[3]["params"];
        assert_eq!((&given["request"], &given["body"]["value"]), (&json!("r"), &json!("<p>ours</p>")));
        assert_eq!(given["headers"][1]["name"], "X-Own");
        assert_eq!(commands[4]["params"]["intercept"], "i");
    }

    #[tokio::test]
    async fn a_failed_navigation_leaves_nothing_intercepted() {
        let (session, commands) =
            browser(json!({ "type": "error", "error": "unknown error", "message": "net::ERR" })).await;
        let mut bidi = BiDi::connect(&session).await.unwrap();
        let error = bidi.open_document("tab", "http://a.example/x", &DOCUMENT).await.unwrap_err();
        assert_eq!(error.to_string(), "unknown error: net::ERR");
        drop(bidi);
        let last = commands.await.unwrap().split_off(4);
        assert_eq!(last[0]["method"], "network.removeIntercept");
    }

    #[test]
    fn a_redirect_leads_to_its_location() {
        let to = |status: u16, name: &str, location: &str| {
            let location = json!({ "type": "string", "value": location });
            let headers = json!([{ "name": "Vary", "value": "*" }, { "name": name, "value": location }]);
            let response = json!({ "url": "http://a.example/x/y", "status": status, "headers": headers });
            let params = json!({ "response": response });
            redirect(&Event { method: "network.responseCompleted".to_owned(), params })
                .map(|(_, to)| to.to_string())
        };
        assert_eq!(to(307, "location", "../z").as_deref(), Some("http://a.example/z"));
        assert_eq!(to(302, "Location", "//b.example/?q").as_deref(), Some("http://b.example/?q"));
        assert_eq!(to(201, "Location", "/made"), None, "it is no redirect");
        assert_eq!(to(302, "Link", "/"), None);
    }

    #[tokio::test]
    async fn a_session_without_it_has_none() {
        let session = Session::attach(Endpoint::local(1), "1").unwrap();
        assert!(matches!(BiDi::connect(&session).await, Err(Error::NoBidi)));
    }
}
