//! How far away the lab's second door is: a model of the network between client and server.

use std::ops::RangeInclusive;
use std::time::Duration;

use clap::Args;

/// What a round trip may take: below a millisecond the machine itself takes as long, and no link to a server needs more than two
/// seconds.
const RTT: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(2);
/// What a link may carry, in bits per second.
const BANDWIDTH: RangeInclusive<f64> = 100_000.0..=10_000_000_000.0;
/// Units of bandwidth, in bits per second.
const UNITS: [(&str, f64); 3] = [("kbit", 1e3), ("mbit", 1e6), ("gbit", 1e9)];

/// The network between a client and a lab that is to seem far away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Distance {
    /// How long a round trip takes.
    pub rtt: Duration,
    /// Whether a connection sends 10 segments in its first round trip and doubles from there, as TCP does.
    pub slow_start: bool,
    /// What the link carries in each direction, in bits per second, shared by all connections; `None`: as much as the machine.
    pub bandwidth: Option<u64>,
}

/// The options of a command that starts a lab.
#[derive(Debug, Clone, Default, Args)]
pub struct DistanceOptions {
    /// Open a second door to the lab, this long a round trip away, such as 45ms; the page stays near
    #[arg(long, value_name = "TIME")]
    pub rtt: Option<String>,
    /// Make a distant connection send 10 segments in its first round trip and double from there, as TCP does
    #[arg(long)]
    pub slow_start: bool,
    /// What the link to the distant door carries in each direction, such as 20Mbit
    #[arg(long, value_name = "RATE")]
    pub bandwidth: Option<String>,
}

impl DistanceOptions {
    /// The distance they ask for; `None` where they ask for none.
    ///
    /// # Errors
    /// A sentence that names the option that is wrong or missing.
    pub fn read(&self) -> Result<Option<Distance>, String> {
        match &self.rtt {
            Some(rtt) => Distance::read(rtt, self.slow_start, self.bandwidth.as_deref()).map(Some),
            None if self.slow_start || self.bandwidth.is_some() => {
                Err("--slow-start and --bandwidth are of a lab at a distance. Add --rtt, such as --rtt 45ms."
                    .to_owned())
            }
            None => Ok(None),
        }
    }
}

impl Distance {
    /// Reads a time such as `45ms`, and a bandwidth such as `20Mbit`.
    ///
    /// # Errors
    /// A sentence that names `--rtt` or `--bandwidth`.
    pub fn read(rtt: &str, slow_start: bool, bandwidth: Option<&str>) -> Result<Self, String> {
        let time = humantime::parse_duration(rtt.trim()).ok().filter(|time| RTT.contains(time));
        let rtt = time
            .ok_or_else(|| format!("--rtt cannot be “{rtt}”. Write a time from 1ms to 2s, such as 45ms."))?;
        Ok(Self { rtt, slow_start, bandwidth: bandwidth.map(read_bandwidth).transpose()? })
    }

    /// The round trip in milliseconds.
    #[must_use]
    pub fn rtt_ms(&self) -> f64 {
        self.rtt.as_secs_f64() * 1_000.0
    }

    /// The bandwidth in millions of bits per second.
    #[must_use]
    pub fn bandwidth_mbit(&self) -> Option<f64> {
        self.bandwidth.map(|bits| bits as f64 / 1e6)
    }
}

/// The door of a lab that seems to be far away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Far {
    /// What lies in front of it.
    pub distance: Distance,
    /// As in `http://localhost:8081`, without a slash at the end.
    pub http: String,
    /// As in `https://localhost:8444`; `None` without TLS.
    pub https: Option<String>,
}

fn read_bandwidth(text: &str) -> Result<u64, String> {
    let lower = text.trim().to_ascii_lowercase();
    let lower = lower.strip_suffix("/s").unwrap_or(&lower);
    let bits = UNITS.iter().find_map(|(unit, bits)| {
        let number: f64 = lower.strip_suffix(unit)?.trim_end().parse().ok()?;
        Some(number * bits).filter(|bits| BANDWIDTH.contains(bits))
    });
    bits.map(|bits| bits.round() as u64).ok_or_else(|| {
        format!(
            "--bandwidth cannot be “{text}”. Write bits per second from 100kbit to 10Gbit, such as 20Mbit."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_trip_is_a_time_from_a_millisecond_to_two_seconds() {
        let ms = |text| Distance::read(text, false, None).map(|distance| distance.rtt_ms());
        assert_eq!([ms("45ms"), ms("1ms"), ms(" 1.5s "), ms("2s")], [45.0, 1.0, 1_500.0, 2_000.0].map(Ok));
        for text in ["", "45", "soon", "0", "0ms", "-5ms", "10s", "999us", "NaNms"] {
            let sentence = ms(text).unwrap_err();
            assert_eq!(
                sentence,
                format!("--rtt cannot be “{text}”. Write a time from 1ms to 2s, such as 45ms.")
            );
        }
    }

    #[test]
    fn a_model_needs_a_distance() {
        let read = |rtt: Option<&str>, slow_start| {
            DistanceOptions { rtt: rtt.map(Into::into), slow_start, bandwidth: None }.read()
        };
        assert_eq!(read(None, false), Ok(None));
        assert!(read(Some("45ms"), true).unwrap().unwrap().slow_start);
        assert!(read(None, true).unwrap_err().contains("Add --rtt"));
    }

    #[test]
    fn a_bandwidth_has_a_unit() {
        let bits = |text| Distance::read("45ms", true, Some(text)).map(|distance| distance.bandwidth);
        for (text, expected) in [
            ("20Mbit", 20_000_000),
            ("1.5 mbit/s", 1_500_000),
            ("100kbit", 100_000),
            ("10Gbit", 10_000_000_000),
        ] {
            assert_eq!(bits(text), Ok(Some(expected)));
        }
        for text in ["20", "fast", "0Mbit", "-1Mbit", "NaNMbit", "11Gbit", "infGbit"] {
            assert!(bits(text).unwrap_err().starts_with(&format!("--bandwidth cannot be “{text}”.")));
        }
    }
}
