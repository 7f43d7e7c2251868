//! Presets: questions people ask, as settings.

use crate::{
    request::target::Target,
    scenario::{
        client::Client,
        client_choice::ClientChoice,
        concurrency::Concurrency,
        factors::{Connection, Lifecycle, Pacing, string_enum},
        settings::Scenario,
    },
};

string_enum! {
    /// A question with its settings.
    Preset {
        /// The comparison of Python's clients, in a browser: 100 requests, at once and one after another, the client reused and
        /// built afresh; gloo-net, and beside it the very libraries, run by Python in the tab.
        Python = "python",
        /// What a new connection costs.
        WarmVsCold = "warm-vs-cold",
        /// Every client, reused.
        Clients = "clients",
        /// One client with more and more requests in flight.
        Concurrency = "concurrency",
        /// What clients cost where there is no network.
        Floor = "floor",
        /// Latency at a fixed rate of requests.
        Rate = "rate",
        /// Which of several addresses is faster: two reused clients, as a page uses them.
        Deployments = "deployments",
        /// Which protocol is faster: one reused client, one request after another and all at once; of the lab's servers where the command has
        /// no address.
        Protocols = "protocols",
    }
}

/// The clients of the comparison of Python's clients, behind gloo-net.
const ARTICLE: [&str; 5] =
    ["gloo-net", "pyodide-requests", "pyodide-httpx", "pyodide-httpx-async", "pyodide-aiohttp"];

/// What the floor requests: a browser answers it by itself.
const NO_NETWORK: &str = "data:text/plain,pong";

impl Preset {
    /// Puts the question into a scenario. What it does not ask about (the address, rounds, time-out, seed, …) stays.
    pub fn apply(self, scenario: &mut Scenario) {
        let default = Scenario::default();
        scenario.lifecycle = vec![Lifecycle::Reused];
        scenario.connection = default.connection;
        scenario.pacing = default.pacing;
        scenario.concurrency = default.concurrency;
        scenario.rate = default.rate;
        scenario.n = default.n;
        // The address of another preset goes with it.
        if scenario.target.url == NO_NETWORK {
            scenario.target = Target { url: String::new(), ..std::mem::take(&mut scenario.target) };
        }
        match self {
            Self::Python => {
                scenario.clients = clients(&ARTICLE);
                scenario.lifecycle = vec![Lifecycle::Reused, Lifecycle::Fresh];
                scenario.pacing = vec![Pacing::Concurrent, Pacing::Sequential];
            }
            Self::WarmVsCold => {
                scenario.clients = clients(&["gloo-net", "js-fetch"]);
                scenario.connection = vec![Connection::Warm, Connection::Cold];
                scenario.concurrency = in_flight(&[6]);
                scenario.n = 30;
            }
            Self::Clients => {
                let every = |client| ClientChoice { client, lifecycle: None };
                scenario.clients = Client::all().map(every).collect();
                scenario.concurrency = in_flight(&[6]);
            }
            Self::Concurrency => {
                scenario.clients = clients(&["gloo-net"]);
                scenario.concurrency = in_flight(&[1, 2, 6, 16, 64]);
            }
            Self::Floor => {
                scenario.targets.clear();
                NO_NETWORK.clone_into(&mut scenario.target.url);
                scenario.clients = clients(&["js-fetch", "gloo-net", "web-sys"]);
                scenario.lifecycle = vec![Lifecycle::Reused, Lifecycle::Fresh];
                scenario.concurrency = in_flight(&[6]);
            }
            Self::Rate => {
                scenario.clients = clients(&["gloo-net", "js-fetch"]);
                scenario.pacing = vec![Pacing::Rate];
            }
            Self::Deployments => {
                scenario.clients = clients(&["gloo-net", "js-fetch"]);
                scenario.concurrency = in_flight(&[6]);
                scenario.n = 30;
            }
            Self::Protocols => {
                scenario.clients = clients(&["gloo-net"]);
                scenario.pacing = vec![Pacing::Sequential, Pacing::Concurrent];
                scenario.n = 30;
            }
        }
    }

    /// The preset whose question a scenario asks, if it asks one of them and nothing else.
    pub fn of(scenario: &Scenario) -> Option<Self> {
        Self::ALL.iter().copied().find(|preset| {
            let mut asked = scenario.clone();
            preset.apply(&mut asked);
            asked == *scenario
        })
    }
}

/// Clients by name, each in every lifecycle. A test counts them: a name that is misspelled would be missing.
fn clients(names: &[&str]) -> Vec<ClientChoice> {
    let named = names.iter().filter_map(|name| Client::named(name).ok());
    named.map(|client| ClientChoice { client, lifecycle: None }).collect()
}

fn in_flight(numbers: &[u32]) -> Vec<Concurrency> {
    numbers.iter().copied().map(Concurrency::Exactly).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::settings::ScenarioError;

    fn asked(preset: Preset) -> Scenario {
        let mut scenario = Scenario { seed: 9, ..Scenario::default() };
        preset.apply(&mut scenario);
        scenario
    }

    #[test]
    fn each_can_be_run_and_is_known_again() {
        for &preset in Preset::ALL {
            let scenario = asked(preset);
            assert_eq!(scenario.problems(), Vec::<ScenarioError>::new(), "{preset}");
            assert!(scenario.variants().len() >= 2, "{preset}");
            assert_eq!((Preset::of(&scenario), scenario.seed), (Some(preset), 9));
        }
        assert_eq!(Preset::of(&Scenario::default()), None);
    }

    #[test]
    fn every_client_it_names_is_known() {
        let clients =
            |preset| asked(preset).clients.iter().map(|choice| choice.client.name()).collect::<Vec<_>>();
        assert_eq!(clients(Preset::Python), ARTICLE);
        assert_eq!(clients(Preset::WarmVsCold), ["gloo-net", "js-fetch"]);
        assert_eq!(clients(Preset::Clients), Client::all().map(Client::name).collect::<Vec<_>>());
        assert_eq!(clients(Preset::Concurrency), ["gloo-net"]);
        assert_eq!(clients(Preset::Floor), ["js-fetch", "gloo-net", "web-sys"]);
        assert_eq!(clients(Preset::Rate), ["gloo-net", "js-fetch"]);
        assert_eq!(clients(Preset::Deployments), ["gloo-net", "js-fetch"]);
        assert_eq!(clients(Preset::Protocols), ["gloo-net"]);
    }

    #[test]
    fn one_follows_another_without_a_trace() {
        for &first in Preset::ALL {
            for &second in Preset::ALL {
                let mut scenario = asked(first);
                second.apply(&mut scenario);
                assert_eq!(scenario, asked(second), "{first}, then {second}");
            }
        }
    }

    #[test]
    fn an_address_stays() {
        let mut scenario = Scenario::default();
        "/api".clone_into(&mut scenario.target.url);
        Preset::Rate.apply(&mut scenario);
        assert_eq!(scenario.target.url, "/api");
    }

    #[test]
    fn the_python_comparison_has_the_rows_of_the_article() {
        let ids: Vec<_> = asked(Preset::Python).variants().into_iter().map(|variant| variant.id).collect();
        let awaited = ["concurrent-100", "sequential"];
        let [gloo, requests, httpx, httpx_async, aiohttp] = ARTICLE;
        let blocking = ["sequential"];
        let expected: Vec<_> = [(gloo, &awaited[..]), (requests, &blocking), (httpx, &blocking)]
            .into_iter()
            .chain([(httpx_async, &awaited[..]), (aiohttp, &awaited)])
            .flat_map(|(client, paces)| {
                ["reused", "fresh"].into_iter().flat_map(move |lifecycle| {
                    paces.iter().map(move |pace| format!("{client}:{lifecycle}:warm:{pace}"))
                })
            })
            .collect();
        assert_eq!(ids, expected);
    }
}
