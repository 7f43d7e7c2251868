use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::TlsConnector;

use super::{CAPACITY, Clock, End, Network, PIECE};
use crate::config::LabConfig;
use crate::connections::stream::{Stream, StreamHandle};
use crate::distance::Distance;
use crate::server::tls::Identity;

const RTT: Duration = Duration::from_millis(100);
/// What the operating system holds between client and line.
const SOCKET: usize = 1 << 16;

/// A distant connection: the client's end, the lab's end, and how it ends.
fn far() -> (DuplexStream, Stream<DuplexStream>, StreamHandle, JoinHandle<End>) {
    let network = Network::with(Distance { rtt: RTT, slow_start: false, bandwidth: None }, Clock::Tokio);
    let (client, mut socket) = tokio::io::duplex(SOCKET);
    let (line, lab) = Network::pipe();
    let handle = StreamHandle::default();
    let of_line = handle.clone();
    let ended = tokio::spawn(async move { network.carry(&mut socket, line, &of_line).await });
    (client, Stream::new(lab, handle.clone()), handle, ended)
}

/// Sends back what comes, as it comes.
async fn echo(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let mut bytes = vec![0; 1_000];
    while let Ok(read @ 1..) = stream.read(&mut bytes).await {
        stream.write_all(&bytes[..read]).await.unwrap();
        stream.flush().await.unwrap();
    }
}

async fn ask(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) {
    stream.write_all(b"?").await.unwrap();
    stream.flush().await.unwrap();
    assert_eq!(stream.read_u8().await.unwrap(), b'?');
}

#[tokio::test(start_paused = true)]
async fn the_first_request_takes_two_round_trips_and_the_next_one() {
    let began = Instant::now();
    let (mut client, lab, ..) = far();
    tokio::spawn(echo(lab));
    ask(&mut client).await;
    assert_eq!(began.elapsed(), 2 * RTT);
    ask(&mut client).await;
    assert_eq!(began.elapsed(), 3 * RTT);
}

#[tokio::test(start_paused = true)]
async fn a_handshake_takes_one_round_trip_in_tls_1_3_and_two_in_1_2() {
    for (version, handshake) in [(&TLS13, 1), (&TLS12, 2)] {
        let identity = Identity::new().unwrap();
        let acceptor = identity.acceptor(&LabConfig::default()).unwrap();
        let began = Instant::now();
        let (client, lab, ..) = far();
        tokio::spawn(async move { echo(acceptor.accept(lab).await.unwrap()).await });
        let name = ServerName::try_from("localhost").unwrap();
        let mut client =
            TlsConnector::from(trusting(&identity.pem, version)).connect(name, client).await.unwrap();
        assert_eq!(began.elapsed(), (1 + handshake) * RTT, "{version:?}");
        ask(&mut client).await;
        assert_eq!(began.elapsed(), (2 + handshake) * RTT, "{version:?}");
        ask(&mut client).await;
        assert_eq!(began.elapsed(), (3 + handshake) * RTT, "{version:?}");
    }
}

fn trusting(certificate: &str, version: &'static SupportedProtocolVersion) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
    Arc::new(config.with_root_certificates(roots).with_no_client_auth())
}

#[tokio::test(start_paused = true)]
async fn what_is_under_way_at_once_is_not_delayed_one_after_another() {
    let (client, lab, ..) = far();
    tokio::spawn(echo(lab));
    let (mut answers, mut requests) = tokio::io::split(client);
    requests.write_u8(0).await.unwrap();
    assert_eq!(answers.read_u8().await.unwrap(), 0);
    let began = Instant::now();
    tokio::spawn(async move {
        for request in 1..=10 {
            requests.write_u8(request).await.unwrap();
            sleep(RTT / 10).await;
        }
        // The end of what is sent is none of what is received.
        requests
    });
    for request in 1..=10_u8 {
        assert_eq!(answers.read_u8().await.unwrap(), request);
        let sent = RTT / 10 * u32::from(request - 1);
        assert_eq!(began.elapsed(), sent + RTT, "{request}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_end_takes_its_time_behind_what_was_sent_before_it() {
    let began = Instant::now();
    let (mut client, mut lab, _, ended) = far();
    client.write_all(b"bye").await.unwrap();
    client.shutdown().await.unwrap();
    let mut received = Vec::new();
    lab.read_to_end(&mut received).await.unwrap();
    assert_eq!((&received[..], began.elapsed()), (&b"bye"[..], RTT * 3 / 2));
    // A client that sends no more may still receive.
    lab.write_all(b"bye, too").await.unwrap();
    drop(lab);
    received.clear();
    client.read_to_end(&mut received).await.unwrap();
    assert_eq!((&received[..], began.elapsed()), (&b"bye, too"[..], 2 * RTT));
    assert_eq!(ended.await.unwrap(), End::Fin);
}

#[tokio::test(start_paused = true)]
async fn a_reset_takes_its_time_behind_what_was_sent_before_it() {
    let began = Instant::now();
    let (mut client, mut lab, handle, ended) = far();
    lab.write_all(b"half").await.unwrap();
    handle.reset_on_close();
    lab.shutdown().await.unwrap();
    drop(lab);
    let mut received = [0; 4];
    client.read_exact(&mut received).await.unwrap();
    assert_eq!((&received, ended.await.unwrap(), began.elapsed()), (b"half", End::Reset, RTT / 2));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_read_holds_the_lab_up() {
    let (_client, mut lab, handle, _ended) = far();
    let all = vec![0; 2 * CAPACITY];
    assert!(timeout(100 * RTT, lab.write_all(&all)).await.is_err());
    let taken = handle.written() as usize;
    assert!((CAPACITY..=CAPACITY + 2 * PIECE + SOCKET).contains(&taken), "{taken}");
}
