//! Presets: questions people ask, as settings.

use crate::{
    client::Client,
    client_choice::ClientChoice,
    factors::{Lifecycle, words},
    params::{self, Params},
    scenario::Scenario,
    target::Target,
};

words! {
    /// A question with its settings.
    Preset {
        /// The comparison of Python's clients, asked of a browser: 100 requests, at once and one after another, the client
        /// reused and built afresh.
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
    }
}

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
        let mut params = Params { scenario: std::mem::take(scenario), ..Params::default() };
        for (name, value) in self.settings() {
            // A test reads each.
            let _ = params::set(&mut params, name, value);
        }
        *scenario = params.scenario;
        if self == Self::Clients {
            scenario.clients = Client::all().map(|client| ClientChoice { client, lifecycle: None }).collect();
        }
    }

    /// The question as a link asks it, beside what all have in common.
    const fn settings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Python => {
                &[("clients", "gloo-net"), ("lifecycle", "reused,fresh"), ("pacing", "concurrent,sequential")]
            }
            Self::WarmVsCold => &[
                ("clients", "gloo-net,js-fetch"),
                ("connection", "warm,cold"),
                ("concurrency", "6"),
                ("n", "30"),
            ],
            // And all clients, of which the list is elsewhere.
            Self::Clients => &[("concurrency", "6")],
            Self::Concurrency => &[("clients", "gloo-net"), ("concurrency", "1,2,6,16,64")],
            Self::Floor => &[
                ("url", NO_NETWORK),
                ("clients", "js-fetch,gloo-net,web-sys"),
                ("lifecycle", "reused,fresh"),
                ("concurrency", "6"),
            ],
            Self::Rate => &[("clients", "gloo-net,js-fetch"), ("pacing", "rate")],
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ScenarioError;

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
    fn every_setting_is_read() {
        for &preset in Preset::ALL {
            for (name, value) in preset.settings() {
                assert_eq!(params::set(&mut Params::default(), name, value), Ok(()), "{preset}: {name}");
            }
        }
        let every: Vec<_> = asked(Preset::Clients).clients.iter().map(|choice| choice.client).collect();
        assert_eq!(every, Client::all().collect::<Vec<_>>());
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
    fn the_python_comparison_has_four_rows() {
        let ids: Vec<_> = asked(Preset::Python).variants().into_iter().map(|variant| variant.id).collect();
        assert_eq!(
            ids,
            [
                "gloo-net:reused:warm:concurrent-100",
                "gloo-net:reused:warm:sequential",
                "gloo-net:fresh:warm:concurrent-100",
                "gloo-net:fresh:warm:sequential"
            ]
        );
    }
}
