//! Any of the browser's clients as one type, so that what runs a round is compiled once.

use super::{gloo_net::GlooNet, module::Module, web_sys::WebSys, websocket::WebSocket};
use crate::run::platform::{Answer, Client, Failure};
use fetchmark_core::samples::whence::Whence;

#[derive(Debug)]
pub(crate) enum AnyClient<'a> {
    GlooNet(GlooNet<'a>),
    WebSys(WebSys<'a>),
    WebSocket(WebSocket<'a>),
    Module(Module),
}

impl Client for AnyClient<'_> {
    async fn call(&self, place: u32) -> Result<Answer, Failure> {
        match self {
            Self::GlooNet(client) => client.call(place).await,
            Self::WebSys(client) => client.call(place).await,
            Self::WebSocket(client) => client.call(place).await,
            Self::Module(client) => client.call(place).await,
        }
    }

    fn cancel(&self, place: u32) {
        match self {
            Self::GlooNet(client) => client.cancel(place),
            Self::WebSys(client) => client.cancel(place),
            Self::WebSocket(client) => client.cancel(place),
            Self::Module(client) => client.cancel(place),
        }
    }

    fn whence(&self) -> Whence {
        match self {
            Self::GlooNet(client) => client.whence(),
            Self::WebSys(client) => client.whence(),
            Self::WebSocket(client) => client.whence(),
            Self::Module(client) => client.whence(),
        }
    }

    fn began_ms(&self) -> Option<Vec<f64>> {
        match self {
            Self::GlooNet(client) => client.began_ms(),
            Self::WebSys(client) => client.began_ms(),
            Self::WebSocket(client) => client.began_ms(),
            Self::Module(client) => client.began_ms(),
        }
    }
}
