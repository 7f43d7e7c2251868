//! A browser behind a WebDriver, and its commands.

use crate::{browser::Capabilities, endpoint::Endpoint, error::Error, http_client::HttpClient};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::Method;
use serde_json::{Value, json};
use std::{path::Path, time::Duration};

/// The name under which WebDriver hands over an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An open browser. It is not closed when this is dropped: [`Session::close`] does that.
#[derive(Clone, Debug)]
pub struct Session {
    client: HttpClient,
    id: String,
    capabilities: Capabilities,
}

#[derive(Clone, Debug)]
pub struct Element<'a> {
    session: &'a Session,
    id: String,
}

/// Every command fails with [`Error`] if the browser refuses it or does not answer.
#[allow(clippy::missing_errors_doc, reason = "the doc of the impl names them")]
impl Session {
    /// Opens a browser with these capabilities. Waits as long as the WebDriver lets it wait: a busy grid queues sessions.
    pub async fn open(endpoint: Endpoint, capabilities: Capabilities) -> Result<Self, Error> {
        let client = HttpClient::new(endpoint)?;
        let asked = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let mut answer = client.send(Method::POST, "session", Some(asked)).await?;
        let Some(id) = answer["sessionId"].as_str().map(str::to_owned) else {
            return Err(Error::NotWebDriver { status: 200 });
        };
        let capabilities = answer["capabilities"].as_object_mut().map(std::mem::take).unwrap_or_default();
        Ok(Self { client, id, capabilities })
    }

    /// A session that is open already.
    pub fn attach(endpoint: Endpoint, id: &str) -> Result<Self, Error> {
        Ok(Self { client: HttpClient::new(endpoint)?, id: id.to_owned(), capabilities: Capabilities::new() })
    }

    #[cfg(test)]
    pub(crate) fn with_capabilities(self, capabilities: Capabilities) -> Self {
        Self { capabilities, ..self }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// The capabilities that the WebDriver reports; empty for an attached session.
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        self.client.endpoint()
    }

    /// The browser's process, where the driver names it.
    pub fn process(&self) -> Option<u32> {
        let process =
            ["goog:processID", "moz:processID"].iter().find_map(|name| self.capabilities.get(*name))?;
        u32::try_from(process.as_u64()?).ok()
    }

    pub async fn close(&self) -> Result<(), Error> {
        self.client.send(Method::DELETE, &format!("session/{}", self.id), None).await?;
        Ok(())
    }

    /// Opens an address and waits until it is loaded.
    pub async fn goto(&self, url: &str) -> Result<(), Error> {
        self.post("url", json!({ "url": url })).await?;
        Ok(())
    }

    pub async fn set_timeouts(&self, script: Duration, page_load: Duration) -> Result<(), Error> {
        let ms = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.post("timeouts", json!({ "script": ms(script), "pageLoad": ms(page_load) })).await?;
        Ok(())
    }

    /// Runs the body of a function; gives what it returns.
    pub async fn execute(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Error> {
        self.post("execute/sync", json!({ "script": script, "args": arguments })).await
    }

    /// Runs the body of a function; gives what it hands to its last argument, a callback.
    pub async fn execute_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Error> {
        self.post("execute/async", json!({ "script": script, "args": arguments })).await
    }

    /// How many cookies go with a request for the address of the document that is there.
    pub async fn cookie_count(&self) -> Result<usize, Error> {
        Ok(self.get("cookie").await?.as_array().map_or(0, Vec::len))
    }

    pub async fn find(&self, selector: &str) -> Result<Element<'_>, Error> {
        let found = self.post("element", json!({ "using": "css selector", "value": selector })).await?;
        self.element(&found)
    }

    pub async fn active_element(&self) -> Result<Element<'_>, Error> {
        let found = self.get("element/active").await?;
        self.element(&found)
    }

    /// A picture of what the window shows, as PNG.
    pub async fn screenshot(&self) -> Result<Vec<u8>, Error> {
        let picture = self.get("screenshot").await?;
        STANDARD.decode(picture.as_str().unwrap_or_default()).map_err(|_| Error::NotWebDriver { status: 200 })
    }

    /// The window or tab that commands go to.
    pub async fn window(&self) -> Result<String, Error> {
        text(&self.get("window").await?)
    }

    pub async fn windows(&self) -> Result<Vec<String>, Error> {
        self.get("window/handles").await?.as_array().into_iter().flatten().map(text).collect()
    }

    /// Opens an empty tab. Commands go to the old one until [`Self::switch_to`].
    pub async fn new_tab(&self) -> Result<String, Error> {
        text(&self.post("window/new", json!({ "type": "tab" })).await?["handle"])
    }

    /// Opens an empty window; otherwise as [`Self::new_tab`].
    pub async fn new_window(&self) -> Result<String, Error> {
        text(&self.post("window/new", json!({ "type": "window" })).await?["handle"])
    }

    pub async fn switch_to(&self, window: &str) -> Result<(), Error> {
        self.post("window", json!({ "handle": window })).await?;
        Ok(())
    }

    /// Closes the window or tab that commands go to.
    pub async fn close_window(&self) -> Result<(), Error> {
        self.client.send(Method::DELETE, &self.path("window"), None).await?;
        Ok(())
    }

    /// A command of Chromium's DevTools protocol, which chromedriver passes on.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value, Error> {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    fn element(&self, found: &Value) -> Result<Element<'_>, Error> {
        Ok(Element { session: self, id: text(&found[ELEMENT])? })
    }

    fn path(&self, command: &str) -> String {
        format!("session/{}/{command}", self.id)
    }

    async fn get(&self, command: &str) -> Result<Value, Error> {
        self.client.send(Method::GET, &self.path(command), None).await
    }

    async fn post(&self, command: &str, body: Value) -> Result<Value, Error> {
        self.client.send(Method::POST, &self.path(command), Some(body)).await
    }
}

/// Every command fails with [`Error`] if the element is gone or the browser refuses it.
#[allow(clippy::missing_errors_doc, reason = "the doc of the impl names them")]
impl Element<'_> {
    pub async fn click(&self) -> Result<(), Error> {
        self.post("click", json!({})).await
    }

    pub async fn clear(&self) -> Result<(), Error> {
        self.post("clear", json!({})).await
    }

    /// Types into it; keys such as Tab are characters of WebDriver's own.
    pub async fn send_keys(&self, text: &str) -> Result<(), Error> {
        self.post("value", json!({ "text": text })).await
    }

    pub async fn choose_file(&self, path: &Path) -> Result<(), Error> {
        self.send_keys(&path.to_string_lossy()).await
    }

    /// The text that a person sees.
    pub async fn text(&self) -> Result<String, Error> {
        text(&self.get("text").await?)
    }

    async fn get(&self, command: &str) -> Result<Value, Error> {
        self.session.get(&format!("element/{}/{command}", self.id)).await
    }

    async fn post(&self, command: &str, body: Value) -> Result<(), Error> {
        self.session.post(&format!("element/{}/{command}", self.id), body).await?;
        Ok(())
    }
}

fn text(value: &Value) -> Result<String, Error> {
    value.as_str().map(str::to_owned).ok_or(Error::NotWebDriver { status: 200 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
        task::JoinHandle,
    };
    use url::Url;

    /// A WebDriver that answers each connection with the next of these bodies, and says what it was asked.
    async fn driver(answers: &'static [(u16, &'static str)]) -> (Endpoint, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = tokio::spawn(async move {
            let mut asked = Vec::new();
            for (status, body) in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = vec![0; 4096];
                let length = stream.read(&mut request).await.unwrap();
                asked.push(String::from_utf8_lossy(&request[..length]).into_owned());
                let answer = format!(
                    "HTTP/1.1 {status} -\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
            asked
        });
        let address = format!("http://ci%40corp:s3cr%2Fet@127.0.0.1:{port}/wd/hub");
        (Endpoint::new(&Url::parse(&address).unwrap()), asked)
    }

    #[tokio::test]
    async fn a_session_is_opened_and_closed_with_credentials() {
        let (endpoint, asked) =
            driver(&[(200, r#"{"value":{"sessionId":"7","capabilities":{}}}"#), (200, r#"{"value":null}"#)])
                .await;
        let session = Session::open(endpoint, Capabilities::new()).await.unwrap();
        session.close().await.unwrap();
        let asked = asked.await.unwrap();
        assert!(asked[0].starts_with("POST /wd/hub/session HTTP/1.1\r\n"), "{asked:?}");
        assert!(asked[1].starts_with("DELETE /wd/hub/session/7 HTTP/1.1\r\n"), "{asked:?}");
        let authorization = format!("authorization: Basic {}\r\n", STANDARD.encode("ci@corp:s3cr/et"));
        assert!(asked.iter().all(|request| request.contains(&authorization)), "{asked:?}");
    }

    #[tokio::test]
    async fn a_refusal_differs_from_a_foreign_response() {
        for (status, body, expected) in [
            (401, "no", "it refuses the user name and password, or needs some (401)"),
            (404, "<html>", "its answer is not WebDriver's (status 404)"),
            (
                500,
                r#"{"value":{"error":"session not created","message":"no Chrome"}}"#,
                "session not created: no Chrome",
            ),
            (200, r#"{"value":{}}"#, "its answer is not WebDriver's (status 200)"),
        ] {
            let (endpoint, _) = driver(Box::leak(Box::new([(status, body)]))).await;
            let error = Session::open(endpoint, Capabilities::new()).await.unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
    }

    #[tokio::test]
    async fn a_closed_port_is_unreachable() {
        let port = crate::free_port().unwrap();
        let error = Session::open(Endpoint::local(port), Capabilities::new()).await.unwrap_err();
        assert!(matches!(error, Error::Unreachable(_)), "{error}");
    }
}
