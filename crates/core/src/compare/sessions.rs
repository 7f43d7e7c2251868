//! Values of one session, or of several: where there are several, the session is the independent unit.
//!
//! Rounds of one browser share its machine, its network and its place. So of several sessions each has one say: the mean of its values. The
//! interval is Student's over these means, which holds whether sessions differ by more than chance or not, and gives each the same weight
//! however many rounds it finished. It asks no more of few sessions than that their means be about normal; weights by estimated variances
//! (DerSimonian and Laird 1986, *Controlled Clinical Trials* 7, 177–188) need the correction of Hartung and Knapp to hold at all with fewer
//! than ten. `docs/method.md` has the simulation.

use crate::{
    compare::verdict::ALPHA,
    stats::{holm, student::MeanError},
};

/// The mean of the means of several lists of values, each with its session: the log ratios of rows, in the same sessions and blocks, which stand
/// together. Of one session they are trimmed, and the blocks are the independent units ([`MeanError::together`]).
pub(super) fn mean_error(lists: &[Vec<(u32, f64)>], least_error: f64) -> Option<MeanError> {
    let mut from = 0;
    let mut sessions = Vec::new();
    for of_one in lists.first()?.chunk_by(|one, other| one.0 == other.0) {
        let blocks = from..from + of_one.len();
        let values = |list: &Vec<(u32, f64)>| -> Vec<f64> {
            list.get(blocks.clone()).unwrap_or_default().iter().map(|(_, value)| *value).collect()
        };
        sessions.push(lists.iter().map(values).collect::<Vec<_>>());
        from = blocks.end;
    }
    let mean = match &sessions[..] {
        [only] => MeanError::together(only),
        several => MeanError::trimmed(&several.iter().filter_map(|one| mean(one)).collect::<Vec<_>>(), 0),
    };
    mean.map(|mean| mean.with_error_of_at_least(least_error))
}

/// The mean of a session's values, trimmed as that of one session would be.
fn mean(lists: &[Vec<f64>]) -> Option<f64> {
    let of_one_block = || {
        let first: Vec<f64> = lists.iter().filter_map(|list| list.first().copied()).collect();
        (!first.is_empty()).then(|| first.iter().sum::<f64>() / first.len() as f64)
    };
    MeanError::together(lists).map(|mean| mean.mean).or_else(of_one_block)
}

/// Fewer other sessions do not say how much sessions differ.
const FEWEST_OTHERS: usize = 2;

/// The sessions whose mean differs from that of the others, by each list of values (the log ratios of a pair of rows), with how many times
/// as large their ratio is: corrected by Holm for all sessions of all lists.
pub(crate) fn outlying(lists: &[Vec<(u32, f64)>]) -> Vec<(usize, u32, f64)> {
    let mut found = Vec::new();
    for (list, values) in lists.iter().enumerate() {
        let of_session =
            |of_one: &[(u32, f64)]| (of_one[0].0, of_one.iter().map(|(_, value)| *value).collect::<Vec<_>>());
        let sessions: Vec<(u32, Vec<f64>)> =
            values.chunk_by(|one, other| one.0 == other.0).map(of_session).collect();
        for (session, own) in &sessions {
            let others = sessions.iter().filter(|(other, _)| other != session);
            let others: Vec<f64> =
                others.filter_map(|(_, of_one)| mean(std::slice::from_ref(of_one))).collect();
            let apart = MeanError::of(own)
                .zip(MeanError::trimmed(&others, 0))
                .map(|(own, others)| own.minus(&others));
            if let Some(apart) = apart.filter(|_| others.len() >= FEWEST_OTHERS)
                && let Some(p) = apart.two_sided_p(0.0)
            {
                found.push((p, (list, *session, apart.mean.exp())));
            }
        }
    }
    let corrected = holm::adjusted(&found.iter().map(|(p, _)| *p).collect::<Vec<_>>());
    let differing = found.into_iter().zip(corrected).filter(|(_, p)| *p < ALPHA);
    differing.map(|((_, one), _)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice::from_ref;

    #[test]
    fn of_one_session_each_value_counts_and_of_several_each_session() {
        let one: Vec<(u32, f64)> = [0.1, 0.2, 0.3, 0.4].map(|value| (0, value)).to_vec();
        assert_eq!(mean_error(&[one], 0.0), MeanError::of(&[0.1, 0.2, 0.3, 0.4]));
        let several: Vec<(u32, f64)> =
            [(0, 0.0), (0, 0.25), (0, 0.5), (1, 0.5), (2, 0.25), (2, 0.75)].to_vec();
        assert_eq!(mean_error(from_ref(&several), 0.0), MeanError::of(&[0.25, 0.5, 0.5]));
        assert_eq!(mean_error(from_ref(&several), 9.0).unwrap().standard_error, 9.0);
        assert_eq!(mean_error(&[], 0.0), None);
        // More rounds of the same sessions make no one surer of other sessions.
        let twice = several.iter().flat_map(|one| [*one, *one]).collect();
        assert_eq!(mean_error(&[twice], 0.0), mean_error(from_ref(&several), 0.0));
    }

    #[test]
    fn a_session_that_differs_from_the_others_is_found() {
        let around =
            |session: u32, centre: f64| [-0.01, 0.0, 0.01, 0.005, -0.005].map(|by| (session, centre + by));
        let lists = |centres: [f64; 5]| {
            let of_all = (0..).zip(centres).flat_map(|(session, centre)| around(session, centre));
            vec![of_all.collect::<Vec<_>>()]
        };
        let found = outlying(&lists([0.0, 0.004, 0.7, -0.003, 0.001]));
        let places: Vec<_> = found.iter().map(|(list, session, _)| (*list, *session)).collect();
        assert_eq!(places, [(0, 2)]);
        assert!((found[0].2 - 2.0).abs() < 0.05, "{found:?}");
        assert_eq!(outlying(&lists([0.0, 0.004, 0.002, -0.003, 0.001])), []);
        assert_eq!(outlying(&[around(0, 0.0).to_vec()]), []);
    }
}
