//! Connections, compared with the lab's ground truth.

use crate::support::{ROWS, lab, order, round, worker};
use fetchmark_core::{run::native::RoundOrder, samples::ServerConnection};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

const N: u32 = 8;

#[tokio::test(flavor = "multi_thread")]
async fn connections_of_every_row_are_those_the_lab_saw() {
    let (lab, mut worker) = (lab().await, worker());
    let url = format!("{}/lab/ping", lab.http_url());
    for (row, lanes) in ROWS {
        for &concurrency in lanes {
            lab.reset();
            let order = RoundOrder { concurrency, ..order(row, &url, N) };
            let mut sockets: BTreeMap<u64, u64> = BTreeMap::new();
            let mut new = Vec::new();
            for first_serial in [0, N] {
                let answer = round(&mut worker, &RoundOrder { first_serial, ..order.clone() });
                let (samples, infos) = answer.samples(N, first_serial).unwrap();
                assert!(
                    samples.iter().all(|sample| sample.status == Some(200) && sample.body_bytes == 5),
                    "{row}"
                );
                assert!(infos.iter().all(|info| info.protocol == "http/1.1" && !info.redirected), "{row}");
                let connections: Vec<ServerConnection> =
                    infos.iter().map(|info| info.connection.expect("the lab numbers them")).collect();
                connections.iter().for_each(|connection| *sockets.entry(connection.socket).or_default() += 1);
                new.push(connections.iter().filter(|connection| connection.nth == 1).count() as u32);
            }
            let truth = lab.sockets();
            let seen = truth.sockets.iter().filter(|socket| socket.requests > 0);
            let seen: BTreeMap<u64, u64> = seen.map(|socket| (socket.id, socket.requests)).collect();
            assert_eq!(sockets, seen, "{row}, {concurrency} lanes");
            assert_eq!(truth.requests, 2 * u64::from(N), "{row}");
            assert_eq!(u64::from(new.iter().sum::<u32>()), truth.first_requests, "{row}");
            // A client that is kept finds its connections again in the next round; a fresh one has none to find.
            let expected = match (row.ends_with(":fresh"), concurrency) {
                (true, _) => [N..=N, N..=N],
                (false, 1) => [1..=1, 0..=0],
                (false, _) if row.starts_with("aiohttp-6") => [1..=6, 0..=6],
                (false, _) => [1..=N, 0..=N],
            };
            assert!(expected.iter().zip(&new).all(|(range, new)| range.contains(new)), "{row}: {new:?} new");
        }
    }
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_closed_by_the_server_is_noticed() {
    let (lab, mut worker) = (lab().await, worker());
    let url = format!("{}/lab/close", lab.http_url());
    for (row, _) in ROWS {
        let (_, infos) = round(&mut worker, &order(row, &url, 5)).samples(5, 0).unwrap();
        assert!(infos.iter().all(|info| info.connection.unwrap().nth == 1), "{row}: {infos:?}");
    }
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lab_certificate_is_trusted_only_on_request() {
    let lab = lab().await;
    let folder = tempfile::tempdir().unwrap();
    let certificate = folder.path().join("lab.pem");
    std::fs::write(&certificate, lab.certificate_pem().unwrap()).unwrap();
    let url = format!("{}/lab/ping", lab.https_url().unwrap());
    let installation = crate::support::installation();
    let mut trusting = fetchmark_reference::Worker::start(&installation, Some(&certificate), &[]).unwrap();
    let mut wary = worker();
    for (row, _) in ROWS {
        let (_, infos) = round(&mut trusting, &order(row, &url, 2)).samples(2, 0).unwrap();
        assert!(infos.iter().all(|info| info.connection.is_some()), "{row}: {infos:?}");
        let refused = round(&mut wary, &order(row, &url, 1));
        let sample = &refused.samples[0];
        assert_eq!(sample.error, Some(fetchmark_core::samples::ErrorClass::Network), "{row}");
        assert!(
            sample.message.as_deref().unwrap().to_lowercase().contains("certificate"),
            "{row}: {sample:?}"
        );
    }
    let own = lab.certificate_pem().unwrap();
    assert_eq!(bundles_with(own), 1);
    drop(trusting);
    assert_eq!(bundles_with(own), 0, "what a worker wrote outlives it");
    lab.stop().await;
}

/// How many lists of authorities with this certificate lie among the temporary files. Another lab has another, so that what else runs
/// on this machine is not counted.
fn bundles_with(certificate: &str) -> usize {
    let within = |path: &Path| -> Vec<PathBuf> {
        // One that goes while it is looked at holds nothing.
        std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    };
    let ours = |path: &&PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("fetchmark-"))
    };
    let holds = |folder: &PathBuf| {
        let list = std::fs::read_to_string(folder.join("authorities.pem"));
        list.is_ok_and(|list| list.contains(certificate.trim()))
    };
    let folders = within(&std::env::temp_dir());
    folders.iter().filter(ours).flat_map(|ours| within(ours)).filter(holds).count()
}
