//! Asking a driver whether it takes sessions.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long an answer may take.
const LIMIT: Duration = Duration::from_secs(2);

/// Whether the driver on this port of this machine says that it is ready.
pub(super) async fn is_ready(port: u16) -> bool {
    matches!(timeout(LIMIT, ask(port)).await, Ok(Ok(answer)) if says_ready(&answer))
}

async fn ask(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request =
        format!("GET /status HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    // Not all drivers close the connection: what was read until it says enough is enough.
    let mut answer = Vec::new();
    let mut part = [0; 1024];
    loop {
        let read = stream.read(&mut part).await?;
        answer.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&answer);
        if read == 0 || says_ready(&text) || answer.len() > 64 * 1024 {
            return Ok(text.into_owned());
        }
    }
}

fn says_ready(answer: &str) -> bool {
    let compact: String = answer.chars().filter(|character| !character.is_whitespace()).collect();
    compact.contains("\"ready\":true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drivers_space_their_answers_as_they_like() {
        assert!(says_ready("HTTP/1.1 200 OK\r\n\r\n{\"value\": {\"ready\" : true}}"));
        assert!(says_ready("{\"value\":{\"message\":\"\",\"ready\":true}}"));
        assert!(!says_ready("{\"value\":{\"ready\":false}}"));
    }

    #[tokio::test]
    async fn nobody_is_not_ready() {
        // Bound, so that nobody else begins to listen there.
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        assert!(!is_ready(socket.local_addr().unwrap().port()).await);
    }
}
