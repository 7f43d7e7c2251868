//! Whose servers get how many requests.

use crate::{request::target::Target, scenario::Scenario};

/// The requests of a run to some hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The hosts, of which each request goes to one.
    pub hosts: Vec<String>,
    /// How many requests, warm-up included; an auto run makes at least these.
    pub requests: u64,
}

impl Scenario {
    /// The requests of the run by where they go. `hosts` gives those of a target; a target without any is left out.
    pub fn loads(&self, hosts: impl Fn(&Target) -> Vec<String>) -> Vec<Load> {
        let variants = self.variants();
        let of_row = self.total_requests() / variants.len().max(1) as u64;
        let mut loads: Vec<Load> = Vec::new();
        for (at, target) in self.all_targets().iter().enumerate() {
            let mut hosts = hosts(target);
            hosts.dedup();
            let requests = of_row * variants.iter().filter(|variant| variant.target == at).count() as u64;
            match loads.iter_mut().find(|load| load.hosts == hosts) {
                _ if hosts.is_empty() => {}
                Some(load) => load.requests += requests,
                None => loads.push(Load { hosts, requests }),
            }
        }
        loads
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        request::target::{cut_at_authority, host_of},
        scenario::params,
    };

    #[test]
    fn each_host_is_named_once() {
        let urls =
            "url=https://a/&url=/mine&url=https://b/&cold_url=&cold_url=&cold_url=https://c/&url=https://a/x";
        let settings = format!("{urls}&clients=ky:reused,xhr:reused&n=10&rounds=4&warmup=1");
        let loads = params::parse(&settings).unwrap().scenario.loads(|target| {
            let urls = std::iter::once(&target.url).chain(&target.cold_url);
            urls.map(|url| host_of(cut_at_authority(url).1).to_owned())
                .filter(|host| !host.is_empty())
                .collect()
        });
        let load = |hosts: &[&str], requests| Load {
            hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
            requests,
        };
        assert_eq!(loads, [load(&["a"], 200), load(&["b", "c"], 100)]);
    }
}
