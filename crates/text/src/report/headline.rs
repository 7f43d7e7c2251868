//! The headline in words: what core found ([`Headline`]), as sentences.

use super::{
    groups::verdict_within,
    numbers::{count, measure, percent, ratios},
};
use crate::words::{Differs, Text};
use fetchmark_core::{
    compare::{Comparison, Verdict},
    report::{
        Ending, Report, VariantReport,
        headline::{Answer, Claim, Effect, Headline, TargetEffect, question::Question},
    },
    scenario::factors::Pacing,
    stats::numbers::rough_range,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadlineWords {
    pub headline: String,
    /// Sentences below it: what else was found, and the answers to other questions.
    pub more: Vec<String>,
}

/// A report's headline in words. `labels` are the names of its rows, in table order.
pub fn headline(report: &Report, labels: &[String], text: &Text) -> HeadlineWords {
    let words = Words { report, labels, text };
    let say = &text.headline;
    let (headline, more) = match Headline::of(report) {
        Headline::NothingMeasured => (words.nothing_measured().to_owned(), Vec::new()),
        Headline::NothingToCompare => (say.nothing_to_compare.to_owned(), Vec::new()),
        Headline::MostFailed { failed, ended } => {
            ((say.most_failed)(&count(failed), &count(ended)), Vec::new())
        }
        Headline::OneRow => (words.one_row(), Vec::new()),
        // Where no question shows a difference, that is one sentence.
        Headline::Compared { first, more }
            if more.iter().chain([&first]).all(|answer| answer.claim == Claim::NotShown) =>
        {
            let questions = std::iter::once(&first).chain(&more).map(|answer| answer.question);
            ((say.not_shown)(&questions.collect::<Vec<_>>()), Vec::new())
        }
        Headline::Compared { first, more } => {
            let (headline, mut sentences) = words.answer(&first);
            for (sentence, also) in more.iter().map(|answer| words.answer(answer)) {
                sentences.push(sentence);
                sentences.extend(also);
            }
            (headline, sentences)
        }
    };
    let headline = match report.ending {
        Ending::Complete => headline,
        Ending::Stopped => format!("{} {headline}", say.stopped),
        Ending::Failed => format!("{} {headline}", say.failed),
    };
    HeadlineWords { headline, more }
}

struct Words<'r> {
    report: &'r Report,
    labels: &'r [String],
    text: &'r Text,
}

impl<'r> Words<'r> {
    fn nothing_measured(&self) -> &'static str {
        let say = &self.text.headline;
        let mut rounds = self.report.variants.iter().flat_map(|row| &row.rounds);
        if !self.report.has_rounds() {
            say.nothing_measured
        } else if rounds.all(|round| round.voided) {
            say.all_voided
        } else {
            say.none_counts
        }
    }

    /// What the only row did. Its time is none of its requests if many of them failed, and at a rate it is the rate's.
    fn one_row(&self) -> String {
        let row = self.report.variants.first();
        let row = row.filter(|row| row.pacing != Pacing::Rate && !row.timed_requests().fail_often());
        match row.and_then(|row| row.round_median_ms) {
            Some(total) => (self.text.headline.one_row)(
                &count(self.report.scenario.n.into()),
                &format!("{} {}", measure(Some(total)), self.text.results.ms),
            ),
            None => self.text.answer.nothing_to_compare.to_owned(),
        }
    }

    fn answer(&self, answer: &Answer) -> (String, Vec<String>) {
        let say = &self.text.headline;
        let question = answer.question;
        let sentence = match &answer.claim {
            Claim::Targets(targets) => {
                let mut sentences = targets.iter().map(|effect| self.target(effect));
                return (sentences.next().unwrap_or_default(), sentences.collect());
            }
            Claim::Differs { faster, slower } => return self.differs(question, faster, slower),
            Claim::Fastest { client, others } => {
                (say.fastest)(client, &self.clients(others), &self.range(others))
            }
            Claim::Equivalent { margin } => (say.equivalent)((say.about)(question), &percent(*margin)),
            Claim::NotShown => (say.not_shown)(&[question]),
            Claim::NotComparable { .. } => (say.not_comparable)(question),
        };
        (sentence, Vec::new())
    }

    /// What all rows of a target say together.
    fn target(&self, effect: &TargetEffect) -> String {
        let figures = effect.overall.shown().map(ratios);
        let say = &self.text.headline;
        let mut verdicts = vec![verdict_within(effect.overall.verdict, self.report, self.text)];
        let in_rows = |(verdict, rows): &(Verdict, usize)| {
            (say.in_rows)(&verdict_within(*verdict, self.report, self.text), *rows)
        };
        verdicts.extend(effect.differing.iter().map(in_rows));
        let reason = (self.text.answer.reason)(effect.overall.reason_code);
        (say.target)(effect, figures, &verdicts.join("; "), reason)
    }

    fn differs(&self, question: Question, faster: &[Effect], slower: &[Effect]) -> (String, Vec<String>) {
        let say = &self.text.headline;
        let mut sentences = Vec::new();
        if question == Question::Lifecycle {
            let advice = if faster.is_empty() { say.keep } else { say.depends };
            sentences.extend((faster.is_empty() || !slower.is_empty()).then(|| advice.to_owned()));
        }
        let mut also = Vec::new();
        for (verdict, effects) in [(Verdict::Slower, slower), (Verdict::Faster, faster)] {
            let (stated, rest) = effects.split_at(stated_together(question, effects));
            sentences.extend(self.of_verdict(question, verdict, stated));
            let each: Vec<String> = rest.iter().map(|effect| self.with_range(question, effect)).collect();
            also.extend((!each.is_empty()).then(|| (say.also)(verdict, &each)));
        }
        sentences.extend((question == Question::Repetition).then(|| say.repetition.to_owned()));
        (sentences.join(" "), also)
    }

    /// A sentence on effects of one verdict.
    fn of_verdict(&self, question: Question, verdict: Verdict, stated: &[Effect]) -> Option<String> {
        let first = stated.first()?;
        let comparison = first.comparisons.first()?;
        let [(candidate, candidate_label), (baseline, baseline_label)] =
            [self.row(&comparison.candidate)?, self.row(&comparison.baseline)?];
        Some((self.text.headline.differs)(&Differs {
            question,
            verdict,
            candidate,
            baseline,
            labels: [candidate_label, baseline_label],
            clients: &self.clients(stated),
            is_every_client: self.is_every_client(question, stated),
            range: &self.range(stated),
            share: share(stated),
        }))
    }

    /// Whether a range holds for every client that the report has.
    fn is_every_client(&self, question: Question, stated: &[Effect]) -> bool {
        let clients = self.clients(stated);
        question != Question::Client
            && self.report.variants.iter().all(|row| clients.contains(&row.client.as_str()))
    }

    fn with_range(&self, question: Question, effect: &Effect) -> String {
        let row = effect.comparisons.first().and_then(|one| self.row(&one.candidate));
        let name = row.map_or("", |(row, label)| match question {
            Question::Pacing | Question::Rows | Question::Repetition => label,
            _ => &row.client,
        });
        let stated = std::slice::from_ref(effect);
        (self.text.headline.with_range)(name, &self.range(stated), share(stated))
    }

    /// The clients of candidates, each once.
    fn clients(&self, effects: &[Effect]) -> Vec<&'r str> {
        let candidates = effects.iter().flat_map(|effect| &effect.comparisons);
        let mut clients = Vec::new();
        for (row, _) in candidates.filter_map(|one: &Comparison| self.row(&one.candidate)) {
            if !clients.contains(&row.client.as_str()) {
                clients.push(row.client.as_str());
            }
        }
        clients
    }

    fn range(&self, effects: &[Effect]) -> String {
        let low = effects.iter().map(|effect| effect.low).fold(f64::INFINITY, f64::min);
        let high = effects.iter().map(|effect| effect.high).fold(0.0, f64::max);
        let [low, high] = rough_range(low, high);
        if low == high { low } else { (self.text.headline.range)(&low, &high) }
    }

    fn row(&self, id: &str) -> Option<(&'r VariantReport, &'r str)> {
        let rows = self.report.variants.iter().zip(self.labels);
        rows.map(|(row, label)| (row, label.as_str())).find(|(row, _)| row.id == id)
    }
}

/// In how many comparisons effects show, of how many; `None` if in all.
fn share(stated: &[Effect]) -> Option<(usize, usize)> {
    let some = stated.iter().map(|effect| effect.comparisons.len()).sum();
    let all = stated.iter().map(|effect| effect.among).sum();
    (some < all).then_some((some, all))
}

/// How many effects one sentence tells: clients that are faster, or slower, than the same one can share it where all of their rows say so.
fn stated_together(question: Question, effects: &[Effect]) -> usize {
    let shared = effects.iter().take_while(|effect| effect.is_always()).count();
    if question == Question::Client { shared.max(1).min(effects.len()) } else { effects.len().min(1) }
}

#[cfg(test)]
mod tests;
