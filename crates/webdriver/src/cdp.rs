//! What Chromium's DevTools protocol is needed for. A session with WebDriver BiDi keeps a mapper attached to every page, and requests then
//! take about twice as long; this connection is gone before anything is measured.

use crate::{bidi::Document, error::Error, session::Session};
use base64::{Engine, prelude::BASE64_STANDARD};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{self, Message},
};

/// Where a Chromium on this machine is reached; `None` for other browsers and machines.
pub fn debugger_address(session: &Session) -> Option<&str> {
    session.capabilities().get("goog:chromeOptions")?["debuggerAddress"].as_str()
}

/// Opens an address in a tab with a document of ours in place of the server's, as [`crate::BiDi::open_document`] does.
pub async fn open_document(
    debugger: &str,
    tab: &str,
    url: &str,
    document: &Document<'_>,
) -> Result<(), Error> {
    let address = format!("ws://{debugger}/devtools/page/{tab}");
    let (mut socket, _) = connect_async(address).await.map_err(unreachable)?;
    let pattern = json!({ "urlPattern": url.replace('?', "\\?").replace('*', "\\*") });
    let commands = [
        command(1, "Fetch.enable", json!({ "patterns": [pattern] })),
        command(2, "Page.navigate", json!({ "url": url })),
    ];
    for text in commands {
        socket.send(text).await.map_err(unreachable)?;
    }
    loop {
        let message = socket.next().await.unwrap_or(Err(tungstenite::Error::ConnectionClosed));
        // Pings are answered by the library.
        let Message::Text(text) = message.map_err(unreachable)? else { continue };
        let message: Value = serde_json::from_str(&text).map_err(|_| Error::NotWebDriver { status: 101 })?;
        if let Some(text) = message["error"]["message"].as_str() {
            return Err(Error::Refused { kind: String::new(), message: text.to_owned() });
        }
        if message["method"] == "Fetch.requestPaused" {
            let answer = document.fulfilled(&message["params"]["requestId"]);
            socket.send(command(3, "Fetch.fulfillRequest", answer)).await.map_err(unreachable)?;
        }
        // A service worker of the site may have answered; then nothing was paused.
        if message["id"] == 2 {
            break;
        }
    }
    // It goes with the connection: nothing is intercepted any more.
    socket.close(None).await.map_err(unreachable)
}

fn command(id: u64, method: &str, params: Value) -> Message {
    Message::text(json!({ "id": id, "method": method, "params": params }).to_string())
}

impl Document<'_> {
    fn fulfilled(&self, request: &Value) -> Value {
        let headers = [("Content-Type", "text/html; charset=utf-8")];
        let header = |(name, value): &(&str, &str)| json!({ "name": name, "value": value });
        json!({
            "requestId": request,
            "responseCode": 200,
            "responseHeaders": headers.iter().chain(self.headers).map(header).collect::<Vec<_>>(),
            "body": BASE64_STANDARD.encode(self.html),
        })
    }
}

fn unreachable(error: tungstenite::Error) -> Error {
    Error::Unreachable(error.to_string())
}
