//! The order of rounds.
//!
//! Machines drift and tabs jank, so rounds of different variants are interleaved: each block holds every
//! variant once, in random order. The first place of a block is special (whatever disturbed the pause between
//! blocks hits it), so it is dealt from a shuffled deck that holds every variant equally often. This is a
//! randomised complete block design (Fisher 1935, *The Design of Experiments*, ch. IV) with the first position
//! balanced.
//!
//! The deck has at least `SMALLEST_DECK` cards. Two variants dealt from a deck of two would be first in turns,
//! and where noise carries over from one round to the next, that correlates neighbouring ratios: intervals become
//! too narrow (93.5 % instead of 95 % in the simulations of `docs/method.md`). A larger deck leaves the ratios as
//! good as independent and still shares the first place out: among 10 blocks of two variants 6 to 4 at worst.

use rand::{SeedableRng, seq::SliceRandom};
use rand_pcg::Pcg32;

/// The fewest cards of the deck that first places are dealt from.
const SMALLEST_DECK: usize = 12;

/// Deals blocks, one at a time, for as long as they are asked for.
#[derive(Clone, Debug)]
pub struct Schedule {
    variants: usize,
    rng: Pcg32,
    first_places: Vec<usize>,
}

impl Schedule {
    /// A schedule for variants `0..variants`. The same seed deals the same blocks.
    pub fn new(variants: usize, seed: u64) -> Self {
        Self { variants, rng: Pcg32::seed_from_u64(seed), first_places: Vec::new() }
    }

    /// The next block: every variant's index once.
    pub fn next_block(&mut self) -> Vec<usize> {
        if self.first_places.is_empty() {
            self.first_places =
                (0..self.variants * copies(self.variants)).map(|card| card % self.variants).collect();
            self.first_places.shuffle(&mut self.rng);
        }
        let Some(first) = self.first_places.pop() else { return Vec::new() };
        let mut rest: Vec<usize> = (0..self.variants).filter(|variant| *variant != first).collect();
        rest.shuffle(&mut self.rng);
        rest.insert(0, first);
        rest
    }
}

/// How often each variant is in the deck.
fn copies(variants: usize) -> usize {
    SMALLEST_DECK.div_ceil(variants.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(crate::report::fixture::same_each_time(256))]

        #[test]
        fn every_block_holds_every_variant_once(variants in 1_usize..13, seed: u64, blocks in 1_usize..40) {
            let mut schedule = Schedule::new(variants, seed);
            for _ in 0..blocks {
                let mut block = schedule.next_block();
                block.sort_unstable();
                prop_assert_eq!(block, (0..variants).collect::<Vec<_>>());
            }
        }

        #[test]
        fn first_places_are_shared_out_evenly(variants in 1_usize..13, seed: u64, decks in 1_usize..6) {
            let mut schedule = Schedule::new(variants, seed);
            let mut firsts = vec![0_usize; variants];
            for block in 1..=decks * copies(variants) * variants {
                firsts[schedule.next_block()[0]] += 1;
                let (low, high) = (firsts.iter().min().unwrap(), firsts.iter().max().unwrap());
                prop_assert!(high - low <= copies(variants));
                if block % (copies(variants) * variants) == 0 {
                    prop_assert_eq!(high, low);
                }
            }
        }

        #[test]
        fn the_same_seed_deals_the_same_blocks(variants in 1_usize..13, seed: u64) {
            let (mut one, mut other) = (Schedule::new(variants, seed), Schedule::new(variants, seed));
            for _ in 0..20 {
                prop_assert_eq!(one.next_block(), other.next_block());
            }
        }
    }

    #[test]
    fn different_seeds_deal_different_blocks() {
        let deal = |seed| {
            let mut schedule = Schedule::new(5, seed);
            (0..10).map(|_| schedule.next_block()).collect::<Vec<_>>()
        };
        assert_ne!(deal(1), deal(2));
    }

    #[test]
    fn no_variants_deal_empty_blocks() {
        assert!(Schedule::new(0, 1).next_block().is_empty());
    }
}
