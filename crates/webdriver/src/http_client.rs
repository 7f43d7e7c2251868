//! JSON over HTTP, as WebDriver has it.

use crate::{endpoint::Endpoint, error::Error};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use url::Url;

#[derive(Clone, Debug)]
pub(crate) struct HttpClient {
    client: Client<HttpsConnector<HttpConnector>, Full<bytes::Bytes>>,
    endpoint: Endpoint,
}

impl HttpClient {
    /// # Errors
    /// [`Error::Unreachable`] if the endpoint is HTTPS and this machine's certificates cannot be read.
    pub(crate) fn new(endpoint: Endpoint) -> Result<Self, Error> {
        let connector = HttpsConnectorBuilder::new();
        let connector = if endpoint.is_https() {
            connector.with_native_roots().map_err(|error| {
                Error::Unreachable(format!("the certificates of this machine cannot be read: {error}"))
            })?
        } else {
            // Reading the machine's certificates takes a moment, and nobody asks for them.
            let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
            let config = ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .map_err(|error| Error::Unreachable(error.to_string()))?
                .with_root_certificates(RootCertStore::empty())
                .with_no_client_auth();
            connector.with_tls_config(config)
        };
        let connector = connector.https_or_http().enable_http1().build();
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector), endpoint })
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Sends a command, and gives the `value` of its answer.
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, Error> {
        let unreachable = |error: &dyn std::error::Error| Error::Unreachable(root_cause(error));
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let mut request = Request::builder()
            .method(method)
            .uri(self.endpoint.command(path))
            // Selenium Grid refuses JSON that does not name its encoding.
            .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
            .body(Full::from(body))
            .map_err(|error| unreachable(&error))?;
        request.headers_mut().extend(self.endpoint.headers());
        let answer = self.client.request(request).await.map_err(|error| unreachable(&error))?;
        let status = answer.status();
        if status.is_redirection() {
            return Err(redirect_error(answer.headers(), status));
        }
        let body = answer.into_body().collect().await.map_err(|error| unreachable(&error))?.to_bytes();
        if status == StatusCode::UNAUTHORIZED {
            return Err(Error::Unauthorized);
        }
        let status_code = status.as_u16();
        let mut answer: Value =
            serde_json::from_slice(&body).map_err(|_| Error::NotWebDriver { status: status_code })?;
        match answer.get_mut("value").map(Value::take) {
            Some(value) if status.is_success() => Ok(value),
            Some(value) => Err(Error::from_response(status_code, &value)),
            None => Err(Error::from_response(status_code, &answer)),
        }
    }
}

/// A command is not sent to another address than the one it was meant for, least of all with a password.
fn redirect_error(headers: &HeaderMap, status: StatusCode) -> Error {
    let location = headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
    match location {
        // It may hold secrets: user name, password and query are left out, with a host or without.
        Some(to) => Error::Redirected(Url::parse(to).map_or_else(
            |_| {
                let path = to.split(['?', '#']).next().unwrap_or_default();
                path.rsplit('@').next().unwrap_or_default().to_owned()
            },
            |to| Endpoint::new(&to).to_string(),
        )),
        None => Error::NotWebDriver { status: status.as_u16() },
    }
}

/// The innermost error: a client's own message is seldom more than "client error".
fn root_cause(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |error| error.source())
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_is_reported_without_its_password() {
        let to = |location: &'static str| {
            let headers =
                HeaderMap::from_iter([(header::LOCATION, http::HeaderValue::from_static(location))]);
            redirect_error(&headers, StatusCode::MOVED_PERMANENTLY).to_string()
        };
        let message = to("https://u:s3cret@grid.example/wd/hub?token=s3cret");
        assert!(message.contains("https://grid.example/wd/hub/") && !message.contains("s3cret"), "{message}");
        let message = to("/login?token=s3cret") + &to("//u:s3cret@grid.example/login");
        assert!(message.contains("to /login") && !message.contains("s3cret"), "{message}");
    }
}
