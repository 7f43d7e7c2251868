//! Counts that no run comes to.

use crate::report::model::{Connections, Requests, VariantReport};

/// The largest count: JavaScript tells no larger ones apart, and sums of several stay far from overflowing.
pub(super) const LARGEST_COUNT: u64 = (1 << 53) - 1;

/// Counts of a row that are beyond any run, by field.
pub(super) fn too_large(variant: &VariantReport) -> Option<&'static str> {
    let VariantReport { requests, warmup, connections, sizes, .. } = variant;
    let of_requests = |counts: &Requests| [counts.issued, counts.ok, counts.failed, counts.aborted];
    let of_labels = |counts: &Connections| [counts.new, counts.reused, counts.cached, counts.unknown];
    let is_beyond = |counts: &[u64]| counts.iter().any(|count| *count > LARGEST_COUNT);
    let fields = [
        ("requests", is_beyond(&of_requests(requests))),
        ("connections", is_beyond(&of_labels(connections))),
        ("warmup", is_beyond(&of_requests(&warmup.requests)) || is_beyond(&of_labels(&warmup.connections))),
        ("sizes", is_beyond(&[sizes.transfer_bytes, sizes.encoded_bytes, sizes.decoded_bytes])),
        ("rounds", variant.rounds.iter().any(|round| is_beyond(&[round.ok, round.failed]))),
        ("errors", variant.errors.values().any(|count| is_beyond(&[*count]))),
        ("evidence", variant.evidence.values().any(|count| is_beyond(&[*count]))),
        ("protocols", variant.protocols.values().any(|count| is_beyond(&[*count]))),
        ("statuses", variant.statuses.values().any(|count| is_beyond(&[*count]))),
        (
            "unjoined",
            is_beyond(&[
                variant.unjoined,
                variant.maybe_cached,
                variant.redirected,
                variant.draining_requests,
            ]),
        ),
        ("body_bytes", is_beyond(&[variant.body_bytes])),
    ];
    fields.into_iter().find(|(_, beyond)| *beyond).map(|(field, _)| field)
}
