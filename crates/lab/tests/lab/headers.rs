//! The headers that make an answer measurable, and their absence where that is the point.

use hyper::Request;

use crate::client::{Client, lab, lab_and_client};

const PAGE: &str = "http://localhost:9999";

#[tokio::test]
async fn every_response_has_the_standard_headers() {
    let lab = lab().await;
    for path in [
        "/lab/",
        "/lab/ping",
        "/lab/bytes/5",
        "/lab/bytes/none",
        "/lab/delay/0",
        "/lab/delay/soon",
        "/lab/close",
        "/lab/status/204",
        "/lab/status/503",
        "/lab/redirect/1",
        "/lab/cacheable",
        "/lab/echo",
        "/lab/sockets",
        "/lab/nothing",
    ] {
        let answer = Client::h1(&lab).await.get(path).await;
        assert_eq!(answer.header("timing-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
        assert!(answer.header("access-control-expose-headers").contains("Server-Timing"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{path}");
        assert_eq!(answer.conn().1, 1, "{path}");
        if path != "/lab/cacheable" {
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
    }
}

#[tokio::test]
async fn the_requesting_origin_is_allowed_with_credentials() {
    let lab = lab().await;
    let answer = Client::h1(&lab).await.send(Request::get("/lab/ping").header("origin", PAGE)).await.unwrap();
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    assert_eq!(answer.header("vary"), "Origin");
}

#[tokio::test]
async fn no_cors_lacks_cors_and_nothing_else() {
    let (_lab, mut client) = lab_and_client().await;
    for request in [Request::get("/lab/no-cors"), Request::options("/lab/no-cors")] {
        let answer = client.send(request.header("origin", PAGE)).await.unwrap();
        let cors = answer.headers.keys().find(|name| {
            name.as_str().starts_with("access-control-") || name.as_str() == "cross-origin-resource-policy"
        });
        assert_eq!(cors, None);
        assert!(answer.conn().1 > 0);
    }
    assert_eq!(client.get("/lab/no-cors").await.header("timing-allow-origin"), "*");
}

#[tokio::test]
async fn no_tao_lacks_timing_and_nothing_else() {
    let lab = lab().await;
    let answer = Client::h1(&lab).await.get("/lab/no-tao").await;
    assert!(!answer.headers.contains_key("timing-allow-origin"));
    assert!(!answer.headers.contains_key("server-timing"));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn no_id_lacks_the_connection_s_id_and_nothing_else() {
    let lab = lab().await;
    let answer = Client::h1(&lab).await.get("/lab/no-id").await;
    assert!(!answer.headers.contains_key("server-timing"));
    assert_eq!(answer.header("timing-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn a_preflight_allows_what_it_asks_for() {
    let (_lab, mut client) = lab_and_client().await;
    let ask = |path: &str| {
        Request::options(path)
            .header("origin", PAGE)
            .header("access-control-request-method", "PATCH")
            .header("access-control-request-headers", "content-type,x-own")
    };
    let answer = client.send(ask("/lab/ping?n=1")).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.body.len()), (204, 0));
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert_eq!(answer.header("access-control-allow-methods"), "PATCH");
    assert_eq!(answer.header("access-control-allow-headers"), "content-type,x-own");
    assert_eq!(answer.header("access-control-max-age"), "0");
    let answer = client.send(ask("/lab/ping?n=1&max-age=60")).await.unwrap();
    assert_eq!(answer.header("access-control-max-age"), "60");
}
