//! The headline in words: what core found ([`Headline`]), as sentences.

use crate::{
    Text,
    numbers::{count, measure, percent},
};
use fetchmark_core::{
    comparison::{Comparison, Verdict},
    headline::{Answer, Claim, Effect, Headline},
    numbers::rough_range,
    question::Question,
    report::{Ending, Report, VariantReport},
};

/// The headline, and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadlineWords {
    /// The headline.
    pub headline: String,
    /// Sentences below it: what else was found, and the answers to other questions.
    pub more: Vec<String>,
}

/// A language's sentences of the headline. Numbers and names come in as they are to be read.
pub struct HeadlineText {
    /// Before the headline of a run that was stopped.
    pub stopped: &'static str,
    /// Before the headline of a run that ended by an error.
    pub failed: &'static str,
    /// No round counts.
    pub nothing_measured: &'static str,
    /// Most requests failed: how many, of how many.
    pub most_failed: fn(&str, &str) -> String,
    /// There is one row: requests, their median time with its unit.
    pub one_row: fn(&str, &str) -> String,
    /// What a question is about.
    pub about: fn(Question) -> &'static str,
    /// No difference is shown; what was asked about.
    pub not_shown: fn(&str) -> String,
    /// Everything is equivalent; what was asked about, the margin in percent.
    pub equivalent: fn(&str, &str) -> String,
    /// Nothing could be compared; what was asked about. Why stands with the verdicts.
    pub not_comparable: fn(&str) -> String,
    /// One client is the fastest: it, the others, how many times as long they take.
    pub fastest: fn(&str, &[&str], &str) -> String,
    /// Rows are faster or slower than what they are compared with.
    pub differs: fn(&Differs) -> String,
    /// Other rows that are faster, or slower: each with its range.
    pub also: fn(Verdict, &[String]) -> String,
    /// A subject with how many times as long it takes.
    pub with_range: fn(&str, &str) -> String,
    /// Before verdicts: the row that the others are compared with.
    pub compared_with: fn(&str) -> String,
    /// From one figure to another.
    pub range: fn(&str, &str) -> String,
    /// The advice that goes with slower fresh clients.
    pub keep: &'static str,
    /// What goes before it where some fresh clients are slower and some faster.
    pub depends: &'static str,
    /// What a row that differs from its repetition means.
    pub repetition: &'static str,
}

/// What is faster or slower.
pub struct Differs<'a> {
    /// The factor in which the rows differ.
    pub question: Question,
    /// Faster or slower.
    pub verdict: Verdict,
    /// One of the candidates.
    pub candidate: &'a VariantReport,
    /// One of the rows they are compared with.
    pub baseline: &'a VariantReport,
    /// The label of the candidate, and of its baseline.
    pub labels: [&'a str; 2],
    /// The candidates' clients.
    pub clients: &'a [&'a str],
    /// Whether these are all clients that were compared.
    pub is_every_client: bool,
    /// How many times as long they take.
    pub range: &'a str,
    /// In how many comparisons, of how many, where it is not in all.
    pub share: Option<(usize, usize)>,
}

/// A report's headline in words. `labels` are the names of its rows, in table order.
pub fn headline(report: &Report, labels: &[String], text: &Text) -> HeadlineWords {
    let words = Words { report, labels, text };
    let say = &text.headline;
    let (headline, more) = match Headline::of(report) {
        Headline::NothingMeasured => (say.nothing_measured.to_owned(), Vec::new()),
        Headline::MostFailed { failed, ended } => {
            ((say.most_failed)(&count(failed), &count(ended)), Vec::new())
        }
        Headline::OneRow => (words.one_row(), Vec::new()),
        Headline::Compared { first, more } => {
            let mut sentences = words.answer(&first);
            let headline = sentences.remove(0);
            sentences.extend(more.iter().flat_map(|answer| words.answer(answer)));
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
    /// What the only row did; its time is none of its requests if many of them failed.
    fn one_row(&self) -> String {
        let row = self.report.variants.first().filter(|row| !row.timed_requests().fail_often());
        match row.and_then(|row| row.round_median_ms) {
            Some(total) => (self.text.headline.one_row)(
                &count(self.report.scenario.n.into()),
                &format!("{} {}", measure(Some(total)), self.text.results.ms),
            ),
            None => self.text.answer.nothing_to_compare.to_owned(),
        }
    }

    /// The answer to a question, never empty.
    fn answer(&self, answer: &Answer) -> Vec<String> {
        let say = &self.text.headline;
        let about = (say.about)(answer.question);
        match &answer.claim {
            Claim::Fastest { client, others } => {
                vec![(say.fastest)(client, &self.clients(others), &self.range(others))]
            }
            Claim::Differs { faster, slower } => self.differs(answer.question, faster, slower),
            Claim::Equivalent { margin } => {
                vec![(say.equivalent)(about, &percent(*margin))]
            }
            Claim::NotShown => vec![(say.not_shown)(about)],
            Claim::NotComparable { .. } => vec![(say.not_comparable)(about)],
        }
    }

    fn differs(&self, question: Question, faster: &[Effect], slower: &[Effect]) -> Vec<String> {
        let say = &self.text.headline;
        let mut sentences = Vec::new();
        if question == Question::Lifecycle {
            let advice = if faster.is_empty() { say.keep } else { say.depends };
            sentences.extend((faster.is_empty() || !slower.is_empty()).then(|| advice.to_owned()));
        }
        let mut also = Vec::new();
        for (verdict, effects) in [(Verdict::Slower, slower), (Verdict::Faster, faster)] {
            let (told, rest) = effects.split_at(told_together(question, effects));
            sentences.extend(self.of_verdict(question, verdict, told));
            let each: Vec<String> = rest.iter().map(|effect| self.with_range(question, effect)).collect();
            also.extend((!each.is_empty()).then(|| (say.also)(verdict, &each)));
        }
        sentences.extend((question == Question::Repetition).then(|| say.repetition.to_owned()));
        std::iter::once(sentences.join(" ")).chain(also).collect()
    }

    /// A sentence on effects of one verdict.
    fn of_verdict(&self, question: Question, verdict: Verdict, told: &[Effect]) -> Option<String> {
        let first = told.first()?;
        let comparison = first.comparisons.first()?;
        let [(candidate, candidate_label), (baseline, baseline_label)] =
            [self.row(&comparison.candidate)?, self.row(&comparison.baseline)?];
        let compared = told.iter().map(|effect| effect.comparisons.len()).sum();
        let among = told.iter().map(|effect| effect.among).sum();
        Some((self.text.headline.differs)(&Differs {
            question,
            verdict,
            candidate,
            baseline,
            labels: [candidate_label, baseline_label],
            clients: &self.clients(told),
            is_every_client: self.is_every_client(question, told),
            range: &self.range(told),
            share: (compared < among).then_some((compared, among)),
        }))
    }

    /// Whether a range holds for every client that the report has.
    fn is_every_client(&self, question: Question, told: &[Effect]) -> bool {
        let clients = self.clients(told);
        question != Question::Client
            && self.report.variants.iter().all(|row| clients.contains(&row.client.as_str()))
    }

    fn with_range(&self, question: Question, effect: &Effect) -> String {
        let row = effect.comparisons.first().and_then(|one| self.row(&one.candidate));
        let name = row.map_or("", |(row, label)| match question {
            Question::Pacing | Question::Rows | Question::Repetition => label,
            _ => &row.client,
        });
        (self.text.headline.with_range)(name, &self.range(std::slice::from_ref(effect)))
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

    /// A row and its label.
    fn row(&self, id: &str) -> Option<(&'r VariantReport, &'r str)> {
        let rows = self.report.variants.iter().zip(self.labels);
        rows.map(|(row, label)| (row, label.as_str())).find(|(row, _)| row.id == id)
    }
}

/// How many effects one sentence tells: clients that are faster, or slower, than the same one can share it where all of their rows say so.
fn told_together(question: Question, effects: &[Effect]) -> usize {
    let shared = effects.iter().take_while(|effect| effect.is_always()).count();
    if question == Question::Client { shared.max(1).min(effects.len()) } else { effects.len().min(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EN, KO};
    use fetchmark_core::{
        comparison::{Terms, compare_by},
        factors::{Connection, Lifecycle, Pacing},
        lifecycle_comparison::fresh_against_reused,
        report::{Connections, RoundReport},
    };

    const QUIET: [f64; 8] = [100.0, 102.0, 99.0, 101.0, 98.0, 103.0, 100.5, 99.5];
    const NOISY: [f64; 8] = [70.0, 160.0, 60.0, 150.0, 120.0, 80.0, 90.0, 140.0];

    fn recorded() -> Report {
        Report::from_json(include_str!("../../../tests/support/report.json")).unwrap()
    }

    fn of_walls(client: &str, lifecycle: Lifecycle, walls: [f64; 8]) -> VariantReport {
        let round = |(block, wall_ms)| RoundReport { block, wall_ms, ok: 100, failed: 0, voided: false };
        VariantReport {
            id: format!("{client}:{lifecycle}"),
            client: client.to_owned(),
            lifecycle,
            rounds: (0..).zip(walls).map(round).collect(),
            round_median_ms: Some(walls[0]),
            ..recorded().variants.remove(0)
        }
    }

    fn row(client: &str, lifecycle: Lifecycle, times: f64) -> VariantReport {
        of_walls(client, lifecycle, QUIET.map(|wall| times * wall))
    }

    fn noisy(client: &str, lifecycle: Lifecycle) -> VariantReport {
        of_walls(client, lifecycle, NOISY)
    }

    fn report(variants: Vec<VariantReport>) -> Report {
        let mut report = Report { variants, ..recorded() };
        let terms = Terms::of(&report);
        report.comparisons = compare_by(&report.variants, terms);
        report.lifecycles = fresh_against_reused(&report.variants, terms);
        report
    }

    fn said(report: &Report, text: &Text) -> Vec<String> {
        let labels: Vec<String> = report.variants.iter().map(|row| row.id.clone()).collect();
        let HeadlineWords { headline: first, more } = headline(report, &labels, text);
        std::iter::once(first).chain(more).collect()
    }

    use Lifecycle::{Fresh, Reused};

    #[test]
    fn keep_the_client() {
        let report = report(vec![
            row("gloo-net", Reused, 1.0),
            noisy("gloo-net", Fresh),
            row("httpx", Reused, 0.5),
            row("httpx", Fresh, 15.0),
            row("aiohttp", Reused, 0.3),
            row("aiohttp", Fresh, 0.6),
        ]);
        assert_eq!(
            said(&report, &EN),
            [
                "Keep the client. A new httpx client for each request takes 29 to 31 times as long.",
                "Also slower: aiohttp (1.99 to 2.01 times as long).",
                "aiohttp is the fastest of 3 clients: the others take 1.12 to 26 times as long.",
            ]
        );
        assert_eq!(
            said(&report, &KO)[..2],
            [
                "클라이언트를 재사용하세요. 요청마다 httpx 클라이언트를 새로 만들면 29~31배의 시간이 걸립니다.",
                "더 느린 다른 경우: aiohttp(1.99~2.01배)."
            ]
        );
    }

    #[test]
    fn one_client_is_faster_or_the_fastest() {
        let mut two = report(vec![row("gloo-net", Reused, 1.0), row("axios", Reused, 1.32)]);
        assert_eq!(
            said(&two, &EN),
            ["gloo-net is faster than axios: axios takes 1.31 to 1.33 times as long."]
        );
        assert_eq!(
            said(&two, &KO),
            ["gloo-net 쪽이 axios보다 빠릅니다. axios에는 1.31~1.33배의 시간이 걸립니다."]
        );
        two.ending = Ending::Stopped;
        assert_eq!(
            said(&two, &EN),
            ["Stopped early. gloo-net is faster than axios: axios takes 1.31 to 1.33 times as long."]
        );
        let three = report(vec![
            row("gloo-net", Reused, 1.0),
            row("axios", Reused, 1.32),
            row("js-fetch", Reused, 0.9),
        ]);
        assert_eq!(
            said(&three, &EN),
            ["js-fetch is the fastest of 3 clients: the others take 1.11 to 1.47 times as long."]
        );
        let undecided = report(vec![
            row("gloo-net", Reused, 1.0),
            row("axios", Reused, 0.8),
            row("js-fetch", Reused, 0.81),
            noisy("ky", Reused),
            row("xhr", Reused, 1.5),
        ]);
        assert_eq!(
            said(&undecided, &EN),
            ["xhr is slower than gloo-net: it takes 1.49 to 1.51 times as long. \
                 axios and js-fetch are faster than gloo-net: they take 0.79 to 0.82 times as long."]
        );
    }

    #[test]
    fn where_nothing_is_shown_no_difference_is_named() {
        let rows = vec![row("gloo-net", Reused, 1.0), noisy("gloo-net", Fresh), row("js-fetch", Reused, 1.0)];
        assert_eq!(
            said(&report(rows), &EN),
            ["No difference shown between reused and fresh clients.", "Equivalent, within ±5%: clients."]
        );
        let mut cached = report(vec![row("a", Reused, 1.0), row("b", Reused, 1.0)]);
        cached.variants[1].connections.cached = 1;
        let cached = report(cached.variants);
        assert_eq!(said(&cached, &EN), ["Not comparable: clients."]);
        assert_eq!(said(&report(vec![row("a", Reused, 1.0)]), &EN), ["100 requests took 100 ms."]);
    }

    #[test]
    fn connections_and_pacings() {
        let cold = |client: &str, times| VariantReport {
            id: format!("{client}:cold"),
            connection: Connection::Cold,
            connections: Connections { new: 800, ..Connections::default() },
            ..row(client, Reused, times)
        };
        let both = report(vec![
            row("gloo-net", Reused, 1.0),
            row("ky", Reused, 1.0),
            cold("gloo-net", 3.0),
            cold("ky", 4.0),
        ]);
        assert_eq!(
            said(&both, &EN)[0],
            "Cold connections are slower than warm ones: they take 2.9 to 4.1 times as long."
        );
        assert_eq!(said(&both, &KO)[0], "콜드 연결이 웜 연결보다 느립니다. 2.9~4.1배의 시간이 걸립니다.");
        let one_by_one = VariantReport {
            id: "sequential".to_owned(),
            pacing: Pacing::Sequential,
            concurrency: 1,
            ..row("gloo-net", Reused, 5.0)
        };
        assert_eq!(
            said(&report(vec![row("gloo-net", Reused, 1.0), one_by_one]), &EN),
            ["“sequential” is slower than “gloo-net:reused”: it takes 4.9 to 5.1 times as long."]
        );
    }

    #[test]
    fn both_ways_depend() {
        let report = report(vec![
            row("ky", Reused, 1.0),
            row("ky", Fresh, 0.8),
            row("axios", Reused, 1.0),
            row("axios", Fresh, 2.0),
        ]);
        assert_eq!(
            said(&report, &EN)[0],
            "It depends. A new axios client for each request takes 1.99 to 2.01 times as long. \
             A new ky client for each request is faster: it takes 0.79 to 0.81 times as long."
        );
    }

    #[test]
    fn every_question_is_asked_in_korean() {
        let is_korean = |words: &str| words.chars().any(|character| ('가'..='힣').contains(&character));
        for &question in Question::ALL {
            assert!(is_korean((KO.headline.about)(question)), "{question}");
            assert!(!(EN.headline.about)(question).is_empty());
        }
    }
}
