//! Which clients are measured, and in which lifecycle: the chips of the form.

use fetchmark_core::scenario::{
    Scenario,
    client::Client,
    client_choice::ClientChoice,
    factors::{Lifecycle, Pacing},
};

/// The clients in the order in which the form lists them: the scenario's first, then the others.
pub fn listed(scenario: &Scenario) -> Vec<Client> {
    let mut clients: Vec<Client> = Vec::new();
    let offered = Client::all_in_browser();
    for client in scenario.clients.iter().map(|choice| choice.client).chain(offered) {
        if !clients.contains(&client) {
            clients.push(client);
        }
    }
    clients
}

/// The chosen pairs in table order; the first is the baseline.
pub fn chosen(scenario: &Scenario) -> Vec<(Client, Lifecycle)> {
    let pairs = |choice: &ClientChoice| {
        let lifecycles = choice.lifecycle.map_or_else(|| scenario.lifecycle.clone(), |own| vec![own]);
        let client = choice.client;
        lifecycles.into_iter().map(move |lifecycle| (client, lifecycle))
    };
    scenario.clients.iter().flat_map(pairs).collect()
}

pub fn toggle(scenario: &mut Scenario, client: Client, lifecycle: Lifecycle) {
    let order = listed(scenario);
    let mut pairs = chosen(scenario);
    if pairs.contains(&(client, lifecycle)) {
        pairs.retain(|pair| *pair != (client, lifecycle));
    } else {
        // A pair that comes back takes its place in the list again, so that the baseline does too.
        let place = |(client, lifecycle): &(Client, Lifecycle)| {
            (order.iter().position(|other| other == client), *lifecycle)
        };
        let at =
            pairs.iter().position(|pair| place(pair) > place(&(client, lifecycle))).unwrap_or(pairs.len());
        pairs.insert(at, (client, lifecycle));
    }
    scenario.clients = collapsed(&pairs);
    scenario.lifecycle = Lifecycle::ALL.to_vec();
}

/// Chooses one of two, or no longer chooses it; where it was the only one, the other takes its place.
pub fn toggle_of_two<T: Copy + PartialEq>(both: &[T], chosen: &mut Vec<T>, one: T) {
    let kept: Vec<T> =
        both.iter().copied().filter(|other| (*other == one) != chosen.contains(other)).collect();
    *chosen =
        if kept.is_empty() { both.iter().copied().filter(|other| *other != one).collect() } else { kept };
}

/// Chooses the pacing, or no longer chooses it. The last one stays.
pub fn toggle_pacing(scenario: &mut Scenario, pacing: Pacing) {
    let is_chosen = |other: Pacing| (other == pacing) != scenario.pacing.contains(&other);
    let chosen: Vec<_> = Pacing::ALL.iter().copied().filter(|other| is_chosen(*other)).collect();
    if !chosen.is_empty() {
        scenario.pacing = chosen;
    }
}

/// The shortest way to say the pairs: a client in all lifecycles is named once.
fn collapsed(pairs: &[(Client, Lifecycle)]) -> Vec<ClientChoice> {
    let mut choices = Vec::new();
    let mut rest = pairs;
    while let Some(&(client, lifecycle)) = rest.first() {
        let all: Vec<_> = Lifecycle::ALL.iter().map(|lifecycle| (client, *lifecycle)).collect();
        match rest.strip_prefix(all.as_slice()) {
            Some(after) => {
                choices.push(ClientChoice { client, lifecycle: None });
                rest = after;
            }
            None => {
                choices.push(ClientChoice { client, lifecycle: Some(lifecycle) });
                rest = &rest[1..];
            }
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::scenario::factors::Connection;

    fn spelled(scenario: &Scenario) -> String {
        scenario.clients.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn a_pair_goes_and_comes_back_to_its_place() {
        let gloo = Client::named("gloo-net").unwrap();
        let mut scenario = Scenario::default();
        toggle(&mut scenario, gloo, Lifecycle::Reused);
        assert_eq!(spelled(&scenario), "gloo-net:fresh,js-fetch:reused");
        toggle(&mut scenario, gloo, Lifecycle::Reused);
        assert_eq!(scenario, Scenario::default());
    }

    #[test]
    fn a_link_s_own_order_is_kept() {
        let js = Client::named("js-fetch").unwrap();
        let mut scenario =
            fetchmark_core::scenario::params::parse("clients=js-fetch:fresh,gloo-net&lifecycle=reused")
                .unwrap()
                .scenario;
        assert_eq!(listed(&scenario)[0], js);
        toggle(&mut scenario, js, Lifecycle::Reused);
        assert_eq!(spelled(&scenario), "js-fetch,gloo-net:reused");
    }

    #[test]
    fn one_connection_treatment_is_always_chosen() {
        let mut scenario = Scenario::default();
        for (pressed, chosen) in [
            (Connection::Cold, vec![Connection::Warm, Connection::Cold]),
            (Connection::Warm, vec![Connection::Cold]),
            (Connection::Cold, vec![Connection::Warm]),
            (Connection::Warm, vec![Connection::Cold]),
            (Connection::Warm, vec![Connection::Warm, Connection::Cold]),
        ] {
            toggle_of_two(Connection::ALL, &mut scenario.connection, pressed);
            assert_eq!(scenario.connection, chosen);
        }
    }

    #[test]
    fn one_pacing_is_always_chosen() {
        let mut scenario = Scenario::default();
        for (pressed, chosen) in [
            (Pacing::Concurrent, vec![Pacing::Concurrent]),
            (Pacing::Rate, vec![Pacing::Concurrent, Pacing::Rate]),
            (Pacing::Concurrent, vec![Pacing::Rate]),
            (Pacing::Sequential, vec![Pacing::Sequential, Pacing::Rate]),
        ] {
            toggle_pacing(&mut scenario, pressed);
            assert_eq!(scenario.pacing, chosen);
        }
    }

    #[test]
    fn nothing_may_be_left() {
        let mut scenario = Scenario::default();
        for (client, lifecycle) in chosen(&scenario) {
            toggle(&mut scenario, client, lifecycle);
        }
        assert_eq!(scenario.clients, []);
    }
}
