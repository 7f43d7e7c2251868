//! What `fetchmark run` asks after a run from a target's own origin.

use fetchmark_core::report::validity::FindingCode;
use fetchmark_e2e::{
    command::{Running, eventually, run, signal},
    prelude::*,
    raw_server::{Peer, RawServer},
};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

/// A server that redirects to another name of its own, which lets no other origin read anything. `holds`: a document that is asked for is
/// never answered, which is then said.
async fn server(holds: Option<Arc<AtomicBool>>) -> io::Result<RawServer> {
    async fn serve(mut peer: Peer, holds: Option<Arc<AtomicBool>>) -> io::Result<()> {
        while let Some(request) = peer.read().await? {
            if let Some(holds) = &holds
                && request.header("sec-fetch-mode") == Some("navigate")
            {
                holds.store(true, Relaxed);
                return std::future::pending().await;
            }
            let (name, port) =
                request.header("host").and_then(|host| host.split_once(':')).unwrap_or_default();
            let head = if name == "localhost" {
                "200 OK".to_owned()
            } else {
                format!("302 Found\r\nLocation: http://localhost:{port}/there?token=T1234")
            };
            peer.send(&format!("HTTP/1.1 {head}\r\nContent-Length: 4\r\n\r\npong")).await?;
        }
        Ok(())
    }
    RawServer::start(move |peer| serve(peer, holds.clone())).await
}

const ARGUMENTS: [&str; 6] =
    ["--origin=target", "--n=1", "--rounds=1", "--warmup=0", "--clients=js-fetch:reused", "--output=r.json"];

/// Chromium on this machine is asked without BiDi: finding out takes a document of its own.
#[tokio::test(flavor = "multi_thread")]
async fn each_target_s_redirect_is_named() -> Test {
    let (server, folder) = (server(None).await?, tempdir()?);
    let (first, second) = (server.url() + "a", server.url() + "b");
    let ran = run(folder.path(), &[&ARGUMENTS[..], &["--label=a", "--label=b", &first, &second]].concat())?;
    let report = schema::read(&folder.path().join("r.json")).context(ran.error)?;
    let redirects =
        report.validity.into_iter().filter(|finding| finding.code == FindingCode::RedirectsElsewhere);
    let expected = ["a", "b"].map(|label| format!("{label}: {}there", server.url_by_name()));
    assert_eq!(redirects.filter_map(|finding| finding.detail).collect::<Vec<_>>(), expected);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_what_is_asked() -> Test {
    let has_asked = Arc::new(AtomicBool::new(false));
    let (server, folder) = (server(Some(Arc::clone(&has_asked))).await?, tempdir()?);
    let running = Running::start(folder.path(), &[&ARGUMENTS[..], &[&server.url()]].concat())?;
    eventually(|| has_asked.load(Relaxed))?;
    signal(running.id(), "INT")?;
    let ran = running.end()?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    assert!(schema::read(&folder.path().join("r.json")).is_ok(), "what was measured is kept");
    Ok(())
}
