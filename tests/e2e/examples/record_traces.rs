//! Records what Chromium and Firefox show of requests to the lab: the traces on which `crates/core/tests/traces.rs` tests how requests
//! are joined, labelled and cut into phases.
//!
//! ```sh
//! cargo xtask build
//! cargo run -p fetchmark-e2e --example record_traces -- crates/core/tests/data/traces
//! ```
//!
//! Run it again when a browser shows something new, and look at what has changed.

use anyhow::{Context, Result};
use fetchmark_e2e::{
    browser::{Browser, Kind},
    library::Library,
    raw_server::{ANSWER, Peer, RawServer},
    site::Site,
};
use fetchmark_lab::{Lab, LabConfig, TlsOffer};
use serde_json::{Value, json};
use std::{env, fs, path::Path, time::Duration};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::sleep,
};

/// Has the worker make requests, and ends with what it saw.
const RECORD: &str = "
    const [order, done] = arguments;
    window.recording ??= window.trustedTypes?.createPolicy('fetchmark', { createScriptURL: (url) => url });
    const file = './recorder.js';
    const worker = new Worker(window.recording?.createScriptURL(file) ?? file);
    worker.onmessage = ({ data }) => { worker.terminate(); done(data); };
    worker.onerror = ({ message }) => done({ error: message });
    worker.postMessage(order);
";

#[tokio::main]
async fn main() -> Result<()> {
    let folder = env::args().nth(1).context("The folder for the traces is missing.")?;
    for (kind, name) in [(Kind::Chrome, "chromium"), (Kind::Firefox, "firefox")] {
        let browser = Browser::start_own(kind, &[]).await?;
        let traces = record(&browser).await;
        browser.end().await?;
        fs::write(Path::new(&folder).join(format!("{name}.json")), written(&traces?)?)?;
    }
    Ok(())
}

/// A line for each request and each entry: a difference can be read.
fn written(traces: &Value) -> serde_json::Result<String> {
    let text = serde_json::to_string(traces)?;
    Ok(text.replace("[{", "[\n{").replace("},{", "},\n{").replace("]},", "]},\n") + "\n")
}

async fn record(browser: &Browser) -> Result<Value> {
    let site = Site::start().await?;
    let own = |path: &str| format!("{}{path}", site.lab.http_url());
    let over_http_2 = site.https_url()?;
    let handshake_delay = Duration::from_millis(60);
    let tls = Lab::start(LabConfig { tls: TlsOffer::Http1, handshake_delay, ..LabConfig::default() }).await?;
    let handshake = format!("{}/lab/close", tls.https_url().context("the lab has no TLS port")?);
    let fragments = |nth: usize| own(&format!("/lab/ping?as={nth}#fm-{nth}"));

    let mut traces = serde_json::Map::new();
    Library::open(browser, &site.lab.http_url()).await?;
    for (name, urls, together) in [
        ("first-byte", vec![own("/lab/delay/40"); 4], false),
        ("download", vec![own("/lab/delay/10?body_ms=30&bytes=1000"); 4], false),
        ("queue", vec![own("/lab/delay/100"); 18], true),
        ("counted", vec![own("/lab/counted"); 12], true),
        ("fragments", (0..12).map(fragments).collect(), true),
        ("closing", vec![own("/lab/close"); 12], false),
        ("handshake", vec![handshake; 3], false),
    ] {
        traces.insert(name.to_owned(), trace(browser, &urls, together).await?);
    }
    if cfg!(target_os = "linux") {
        traces.insert("connect".to_owned(), connecting(browser).await?);
    }
    Library::open(browser, &over_http_2).await?;
    let urls = vec![format!("{over_http_2}/lab/delay/20"); 12];
    traces.insert("http-2".to_owned(), trace(browser, &urls, true).await?);

    Ok(Value::Object(traces))
}

/// A listener whose queue is full for a while: Linux drops who asks for a connection then, and the context asks again after 1 s
/// (<https://www.rfc-editor.org/rfc/rfc6298#section-2>) and some more.
async fn connecting(browser: &Browser) -> Result<Value> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    let listener = socket.listen(0)?;
    let address = listener.local_addr()?;
    let _in_queue = TcpStream::connect(address).await?;
    let answer = |mut peer: Peer| async move {
        while peer.read().await?.is_some() {
            peer.send(ANSWER).await?;
        }
        Ok(())
    };
    let serve = async {
        sleep(Duration::from_millis(2_500)).await;
        RawServer::on(listener, answer)
    };
    let urls = [format!("http://{address}/")];
    let (recorded, _server) = tokio::join!(trace(browser, &urls, false), serve);
    recorded
}

async fn trace(browser: &Browser, urls: &[String], together: bool) -> Result<Value> {
    let order = json!({ "urls": urls, "together": together });
    Ok(browser.client.execute_async(RECORD, vec![order]).await?)
}
