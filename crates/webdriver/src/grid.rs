//! What a Selenium Grid says of its nodes.

use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{endpoint::Endpoint, error::Error, http_client::HttpClient};

/// The nodes of a Selenium Grid. Any other WebDriver has none.
#[derive(Debug, Default, Deserialize)]
pub struct Grid {
    #[serde(default)]
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    uri: String,
    #[serde(default)]
    slots: Vec<Slot>,
}

#[derive(Debug, Deserialize)]
struct Slot {
    #[serde(default)]
    stereotype: Map<String, Value>,
    session: Option<RunningSession>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RunningSession {
    session_id: String,
}

impl Grid {
    pub async fn at(endpoint: Endpoint) -> Result<Self, Error> {
        let status = HttpClient::new(endpoint)?.send(Method::GET, "status", None).await?;
        // A status of another form is one without nodes.
        Ok(serde_json::from_value(status).unwrap_or_default())
    }

    pub fn node_of(&self, session: &str) -> Option<&str> {
        let runs_it =
            |slot: &Slot| slot.session.as_ref().is_some_and(|running| running.session_id == session);
        self.nodes.iter().find(|node| node.slots.iter().any(runs_it)).map(|node| &*node.uri)
    }

    /// The browsers that its nodes have now, each once; empty where it has no node.
    pub fn browsers(&self) -> Vec<&str> {
        let slots = self.nodes.iter().flat_map(|node| &node.slots);
        let mut browsers: Vec<&str> =
            slots.filter_map(|slot| slot.stereotype.get("browserName")?.as_str()).collect();
        browsers.sort_unstable();
        browsers.dedup();
        browsers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_session_is_found_on_its_node() {
        let slot = |browser: &str, session: Value| json!({ "stereotype": { "browserName": browser }, "session": session });
        let grid: Grid = serde_json::from_value(json!({ "ready": false, "nodes": [
            { "id": "1", "uri": "http://10.0.0.1:5555", "slots": [slot("firefox", json!(null)), slot("chrome", json!({ "sessionId": "a" }))] },
            { "id": "2", "uri": "http://10.0.0.2:5555", "slots": [slot("chrome", json!({ "sessionId": "b" }))] },
        ]}))
        .unwrap();
        assert_eq!(grid.node_of("b"), Some("http://10.0.0.2:5555"));
        assert_eq!(grid.node_of("c"), None);
        assert_eq!(grid.browsers(), ["chrome", "firefox"]);
        let driver: Grid =
            serde_json::from_value(json!({ "ready": true, "message": "chromedriver" })).unwrap();
        assert!(driver.browsers().is_empty());
    }
}
