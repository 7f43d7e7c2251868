//! Progress gathered and handed on at most once per frame.

use crate::js;
use fetchmark_core::progress::{FinishedRound, Progress};
use std::{cell::RefCell, rc::Rc};

/// What came since the last frame.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The latest progress.
    pub progress: Option<Progress>,
    /// Every round that finished, none left out though several finish within a frame.
    pub rounds: Vec<FinishedRound>,
}

/// Gathers progress between frames.
#[derive(Clone)]
pub struct Frames(Rc<RefCell<Gathered>>);

struct Gathered {
    batch: Batch,
    rounds_done: u32,
    is_scheduled: bool,
    show: Rc<dyn Fn(Batch)>,
}

impl Frames {
    /// Hands batches to `show`.
    pub fn new(show: impl Fn(Batch) + 'static) -> Self {
        Self(Rc::new(RefCell::new(Gathered {
            batch: Batch::default(),
            rounds_done: 0,
            is_scheduled: false,
            show: Rc::new(show),
        })))
    }

    /// Takes one progress in.
    pub fn push(&self, progress: Progress) {
        let mut gathered = self.0.borrow_mut();
        // The last round is repeated by every progress until the next one is finished.
        if progress.rounds_done > gathered.rounds_done {
            gathered.rounds_done = progress.rounds_done;
            gathered.batch.rounds.extend(progress.last_round);
        }
        gathered.batch.progress = Some(progress);
        if !std::mem::replace(&mut gathered.is_scheduled, true) {
            let frames = self.clone();
            js::spawn(async move {
                js::next_frame().await;
                frames.flush();
            });
        }
    }

    /// Hands on what is there now.
    pub fn flush(&self) {
        let (batch, show) = {
            let mut gathered = self.0.borrow_mut();
            gathered.is_scheduled = false;
            (std::mem::take(&mut gathered.batch), gathered.show.clone())
        };
        if batch.progress.is_some() {
            show(batch);
        }
    }
}
