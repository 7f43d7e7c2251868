//! What a round's network failures were, as far as it can be told: when to ask, and what to believe.

use crate::run::plan::RoundResult;
use fetchmark_core::samples::sample::{ErrorClass, Outcome, Sample};
use std::cell::Cell;

/// What is believed of one target's network failures in the course of a run.
#[derive(Debug, Default)]
pub(crate) struct Diagnosis {
    /// Whether something spoke against CORS: an answer that this page was let read, or a failure of another kind. From
    /// then on nothing is called CORS: to say "network" of what CORS refused is vague, the reverse is wrong.
    not_cors: Cell<bool>,
    /// Whether anything was answered.
    answered: Cell<bool>,
    /// Whether the browser waits for a login, once that was asked.
    waits_for_login: Cell<Option<bool>>,
}

impl Diagnosis {
    /// Reclassifies the network failures of a round in which nothing was answered as what `diagnose` finds. It is asked
    /// after each such round: what was true of the last may no longer be.
    pub(crate) async fn tell_apart(
        &self,
        result: &mut RoundResult,
        diagnose: impl AsyncFnOnce() -> ErrorClass,
    ) {
        if result.samples.iter().any(|sample| sample.status.is_some()) {
            self.not_cors.set(true);
            self.answered.set(true);
        }
        if self.not_cors.get() || !result.samples.iter().any(is_unexplained) {
            return;
        }
        let class = diagnose().await;
        self.not_cors.set(class == ErrorClass::Network);
        reclassify(result, ErrorClass::Network, class);
    }

    /// Reclassifies the time-outs of a round in which every request had one, while nothing was ever answered, if the browser waits for
    /// a login; `asks_for_login` finds out, once in a run.
    pub(crate) async fn find_login(
        &self,
        result: &mut RoundResult,
        asks_for_login: impl AsyncFnOnce() -> bool,
    ) {
        let are_late = result.samples.iter().all(|sample| is_failed(sample, ErrorClass::Timeout));
        if self.answered.get() || result.samples.is_empty() || !are_late {
            return;
        }
        let waits = match self.waits_for_login.get() {
            Some(known) => known,
            None => asks_for_login().await,
        };
        self.waits_for_login.set(Some(waits));
        if waits {
            reclassify(result, ErrorClass::Timeout, ErrorClass::Login);
        }
    }
}

/// Whether a browser opens its login dialog for an answer: `challenge` is its WWW-Authenticate, `None` where the page may not read that.
/// For schemes that it does not know (Bearer) and for a bare 401 it opens none.
pub(crate) fn opens_a_dialog(status: u16, challenge: Option<&str>) -> bool {
    let is_known = |challenge: &str| {
        let challenge = challenge.to_ascii_lowercase();
        ["basic", "digest", "ntlm", "negotiate"].iter().any(|scheme| challenge.contains(scheme))
    };
    status == 401 && challenge.is_none_or(is_known)
}

fn reclassify(result: &mut RoundResult, from: ErrorClass, to: ErrorClass) {
    for sample in &mut result.samples {
        if let Outcome::Failed { class, .. } = &mut sample.outcome
            && *class == from
        {
            *class = to;
        }
    }
}

fn is_unexplained(sample: &Sample) -> bool {
    is_failed(sample, ErrorClass::Network)
}

fn is_failed(sample: &Sample, wanted: ErrorClass) -> bool {
    matches!(&sample.outcome, Outcome::Failed { class, .. } if *class == wanted)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use futures::executor::block_on;

    fn round(answered: bool) -> RoundResult {
        let sample = |status, outcome| Sample {
            index: 0,
            intended_ms: 0.0,
            called_ms: 0.0,
            headers_ms: None,
            ended_ms: 1.0,
            status,
            body_bytes: 0,
            outcome,
        };
        let message = "Failed to fetch".to_owned();
        let failed = sample(None, Outcome::Failed { class: ErrorClass::Network, message });
        let mut samples = vec![failed];
        samples.extend(answered.then(|| sample(Some(200), Outcome::Ok)));
        RoundResult {
            complete: true,
            wall_ms: 1.0,
            samples,
            long_tasks: 0,
            info: None,
            entries: None,
            redirected_to: None,
            is_aged: false,
            tab: None,
        }
    }

    /// The classes of failures in rounds where something or nothing was answered, each with what asking would find.
    fn classes(rounds: &[(bool, ErrorClass)]) -> (Vec<ErrorClass>, u32) {
        let (diagnosis, asked) = (Diagnosis::default(), Cell::new(0));
        let classes = rounds.iter().filter_map(|(answered, found)| {
            let mut result = round(*answered);
            block_on(diagnosis.tell_apart(&mut result, async || {
                asked.set(asked.get() + 1);
                *found
            }));
            match &result.samples[0].outcome {
                Outcome::Failed { class, .. } => Some(*class),
                Outcome::Ok | Outcome::Aborted => None,
            }
        });
        (classes.collect(), asked.get())
    }

    #[test]
    fn cors_is_what_lets_an_opaque_request_through_and_no_other() {
        use ErrorClass::{Cors, MixedContent, Network};
        assert_eq!(classes(&[(false, Cors), (false, Cors)]), (vec![Cors, Cors], 2));
        assert_eq!(classes(&[(false, MixedContent), (false, MixedContent)]).0, [MixedContent, MixedContent]);
        // The target died: from here on nobody is asked.
        assert_eq!(
            classes(&[(false, Cors), (false, Network), (false, Cors)]),
            (vec![Cors, Network, Network], 2)
        );
    }

    #[test]
    fn a_dialog_needs_a_scheme_that_browsers_know() {
        for (status, challenge, expected) in [
            (401, Some("Basic realm=\"a\""), true),
            (401, Some("Bearer, NTLM"), true),
            (401, Some("Bearer"), false),
            (401, Some(""), false),
            (401, None, true),
            (403, None, false),
            (407, Some("Basic"), false),
        ] {
            assert_eq!(opens_a_dialog(status, challenge), expected, "{status} {challenge:?}");
        }
    }

    #[test]
    fn a_login_is_looked_for_once_and_only_where_all_requests_wait() {
        let late = |answered: bool| {
            let mut result = round(answered);
            reclassify(&mut result, ErrorClass::Network, ErrorClass::Timeout);
            result
        };
        let (diagnosis, asked) = (Diagnosis::default(), Cell::new(0));
        let class = |mut result: RoundResult, waits: bool| {
            block_on(diagnosis.tell_apart(&mut result, async || ErrorClass::Network));
            block_on(diagnosis.find_login(&mut result, async || {
                asked.set(asked.get() + 1);
                waits
            }));
            let Outcome::Failed { class, .. } = result.samples.remove(0).outcome else { panic!() };
            class
        };
        assert_eq!(class(round(false), true), ErrorClass::Network);
        assert_eq!(
            (class(late(false), true), class(late(false), false)),
            (ErrorClass::Login, ErrorClass::Login)
        );
        assert_eq!(asked.get(), 1);
        assert_eq!(class(late(true), true), ErrorClass::Timeout);
        // It was answered in between: whatever keeps it now is no login.
        assert_eq!(class(late(false), true), ErrorClass::Timeout);
    }

    #[test]
    fn a_target_whose_answers_could_be_read_is_not_refused_by_cors() {
        use ErrorClass::{Cors, Network};
        assert_eq!(classes(&[(true, Cors), (false, Cors)]), (vec![Network, Network], 0));
        assert_eq!(classes(&[(false, Cors), (true, Cors), (false, Cors)]), (vec![Cors, Network, Network], 1));
    }
}
