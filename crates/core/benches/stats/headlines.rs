//! How often a headline claims what is not so.

use crate::{
    family::{Family, push_block},
    noise::Noise,
    plan::Plan,
    table::Table,
};
use fetchmark_core::{
    report::{
        fixture::compared,
        headline::{Claim, Headline},
    },
    scenario::factors::{Lifecycle, Pacing},
    stats::summary::median,
};
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

/// Which rows a run has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Layout {
    /// Two clients, of which the first is reused and fresh: what a page without settings measures.
    ThreeRows,
    /// Seven clients.
    Clients,
    /// Six clients, reused and fresh.
    Lifecycles,
    /// Three clients, reused and fresh, one after another and at once.
    Pacings,
    /// Two targets with three clients each.
    Targets,
    /// Six clients, of which two are equally quick and the others take 1.2 times as long.
    TwoQuickest,
}

impl Layout {
    pub(crate) const ALL: [Self; 6] =
        [Self::ThreeRows, Self::Clients, Self::Lifecycles, Self::Pacings, Self::Targets, Self::TwoQuickest];

    fn name(self) -> &'static str {
        match self {
            Self::ThreeRows => "3: two clients, one of them reused and fresh",
            Self::Clients => "7: seven clients",
            Self::Lifecycles => "12: six clients, reused and fresh",
            Self::Pacings => "12: three clients, reused and fresh, in two pacings",
            Self::Targets => "6: two targets, three clients",
            Self::TwoQuickest => "6: six clients, two of them equally quick; “fastest”",
        }
    }

    /// Client, lifecycle, pacing and true time of each row.
    fn rows(self) -> Vec<(usize, Lifecycle, Pacing, f64)> {
        use {Lifecycle::Fresh, Lifecycle::Reused, Pacing::Concurrent, Pacing::Sequential};
        let row = |client, lifecycle| (client, lifecycle, Concurrent, 1.0);
        match self {
            Self::ThreeRows => vec![row(0, Reused), row(0, Fresh), row(1, Reused)],
            Self::Clients => (0..7).map(|client| row(client, Reused)).collect(),
            Self::Lifecycles => (0..6).flat_map(|client| [row(client, Reused), row(client, Fresh)]).collect(),
            Self::Pacings => (0..3)
                .flat_map(|client| [Reused, Fresh].map(|lifecycle| (client, lifecycle)))
                .flat_map(|(client, lifecycle)| {
                    [Concurrent, Sequential].map(|pacing| (client, lifecycle, pacing, 1.0))
                })
                .collect(),
            Self::Targets => (0..6).map(|at| row(at % 3, Reused)).collect(),
            Self::TwoQuickest => {
                let time = |client| if client < 2 { 1.0 } else { 1.2 };
                (0..6).map(|client| (client, Reused, Concurrent, time(client))).collect()
            }
        }
    }
}

/// How many of `runs` have a headline that claims a difference, or, of two that are equally quick, that one is the fastest.
pub(crate) fn simulate(layout: Layout, noise: Noise, blocks: usize, runs: u32, seed: u64) -> u32 {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let factors = layout.rows();
    let family = Family { noise, variants: factors.len(), blocks, ratio: 1.0 };
    let is_wrong = |headline: &Headline| match (layout, headline) {
        (Layout::TwoQuickest, Headline::Compared { first, .. }) => {
            matches!(first.claim, Claim::Fastest { .. })
        }
        (_, Headline::Compared { first, .. }) => first.claim.is_difference(),
        _ => false,
    };
    let mut wrong = 0;
    for _ in 0..runs {
        let mut rows = family.rows();
        for (at, (row, (client, lifecycle, pacing, _))) in rows.iter_mut().zip(&factors).enumerate() {
            (row.client, row.lifecycle, row.pacing) = (client.to_string(), *lifecycle, *pacing);
            row.target = matches!(layout, Layout::Targets).then(|| (at / 3).to_string());
        }
        for (block, walls) in family.walls(&mut rng).iter().enumerate() {
            let walls: Vec<f64> = walls.iter().zip(&factors).map(|(wall, row)| wall * row.3).collect();
            push_block(&mut rows, block, &walls);
        }
        for row in &mut rows {
            row.round_median_ms = median(&row.rounds.iter().map(|round| round.wall_ms).collect::<Vec<_>>());
        }
        wrong += u32::from(is_wrong(&Headline::of(&compared(rows))));
    }
    wrong
}

pub(crate) fn table(plan: &Plan) -> Table {
    const BLOCKS: [usize; 3] = [5, 10, 20];
    const NOISES: [Noise; 3] = [Noise::LogNormal(0.15), Noise::Correlated(0.6), Noise::Bursts];
    let cells: Vec<(Layout, Noise, usize)> = Layout::ALL
        .into_iter()
        .flat_map(|layout| NOISES.map(|noise| (layout, noise)))
        .flat_map(|(layout, noise)| BLOCKS.map(|blocks| (layout, noise, blocks)))
        .collect();
    let wrong =
        plan.run(&cells, |(layout, noise, blocks), seed| simulate(*layout, *noise, *blocks, plan.runs, seed));
    let mut table = Table::new("rows | noise | 5 blocks | 10 blocks | 20 blocks");
    for (cells, wrong) in cells.chunks(BLOCKS.len()).zip(wrong.chunks(BLOCKS.len())) {
        let (layout, noise, _) = cells[0];
        let mut row = vec![layout.name().to_owned(), noise.name()];
        row.extend(wrong.iter().map(|wrong| {
            let share = 100.0 * f64::from(*wrong) / f64::from(plan.runs);
            Table::mark(format!("{share:.1}"), share > 5.0)
        }));
        table.push(row);
    }
    table
}
