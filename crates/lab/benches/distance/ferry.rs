//! The exact thing: a namespace for the client and one for the lab, each with a TUN device, and a ferry that hands packets from one to
//! the other half a round trip after they were sent. Both end with their threads.

use super::ask::{self, Place};
use anyhow::{Context, Result, anyhow};
use fetchmark_lab::{Lab, LabConfig};
use nix::sched::{CloneFlags, unshare};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};
use tun_rs::{DeviceBuilder, SyncDevice};

const CLIENT: Ipv4Addr = Ipv4Addr::new(10, 97, 0, 1);
const LAB: Ipv4Addr = Ipv4Addr::new(10, 97, 0, 2);
/// As on Ethernet.
const MTU: u16 = 1_500;

/// The times of everything that is asked, over delayed packets.
pub fn measured(rtt: Duration, passes: usize) -> Result<Vec<Vec<f64>>> {
    let (devices, arrived) = channel();
    let (places, place) = channel();
    let (stop, stopped) = channel::<()>();
    let of_lab = devices.clone();
    thread::spawn(move || {
        let served = in_namespace(LAB, |device| {
            of_lab.send(device).ok();
            serve(&places, stopped)
        });
        drop(of_lab);
        served
    });
    let to_lab =
        arrived.recv_timeout(Duration::from_secs(5)).context("the lab's namespace could not be made")?;
    let client = thread::spawn(move || {
        in_namespace(CLIENT, |device| {
            devices.send(device).ok();
            let place = place.recv_timeout(Duration::from_secs(10))?;
            Ok(runtime()?.block_on(ask::all(&place, passes)))
        })
    });
    let to_client =
        arrived.recv_timeout(Duration::from_secs(5)).context("the client's namespace could not be made")?;
    ferry(&to_lab, &to_client, rtt / 2);
    ferry(&to_client, &to_lab, rtt / 2);
    let times = client.join().map_err(|_| anyhow!("the client failed"))?;
    drop(stop);
    times
}

/// Runs on a thread of its own, in a network namespace of its own that has nothing but a TUN device.
fn in_namespace<T>(address: Ipv4Addr, run: impl FnOnce(Arc<SyncDevice>) -> Result<T>) -> Result<T> {
    unshare(CloneFlags::CLONE_NEWNET)?;
    let device = DeviceBuilder::new().name("tun0").ipv4(address, 24, None).mtu(MTU).build_sync()?;
    run(Arc::new(device))
}

fn serve(places: &Sender<Place>, stopped: Receiver<()>) -> Result<()> {
    runtime()?.block_on(async {
        let lab = Lab::start(LabConfig { address: Some(LAB.into()), ..LabConfig::default() }).await?;
        let certificate = lab.certificate_pem().context("the lab has no certificate")?.to_owned();
        let https = lab.https_port().context("the lab has no TLS")?;
        places.send(Place { host: LAB.into(), http: lab.http_port(), https, certificate })?;
        // The other end is dropped when all is measured.
        tokio::task::spawn_blocking(move || stopped.recv()).await.ok();
        lab.stop().await;
        Ok(())
    })
}

/// Its threads would be in no namespace of ours: it has none.
fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// Hands on what one device sends, each packet by itself, until the process ends.
fn ferry(from: &Arc<SyncDevice>, to: &Arc<SyncDevice>, one_way: Duration) {
    let (under_way, due) = channel::<(Instant, Vec<u8>)>();
    let (from, to) = (Arc::clone(from), Arc::clone(to));
    thread::spawn(move || {
        let mut packet = vec![0; 65_536];
        while let Ok(length) = from.recv(&mut packet) {
            if under_way.send((Instant::now() + one_way, packet[..length].to_vec())).is_err() {
                return;
            }
        }
    });
    thread::spawn(move || {
        for (at, packet) in due {
            thread::sleep(at.saturating_duration_since(Instant::now()));
            // What cannot be sent is lost, as in any network.
            let _ = to.send(&packet);
        }
    });
}
