//! The answer in sentences, in both languages.

use super::{
    figures::{count, measure, percent, ratios},
    words::Names,
};
use crate::{
    comparison::{Comparison, Reason, Verdict},
    failure_cause::causes,
    gate::{Gate, GateOutcome},
    language::Language::{self, English, Korean},
    numbers::many,
    report::{Ending, Report, VariantReport},
};

/// What went wrong, if something did; the baseline; a sentence per comparison.
pub(super) fn sentences(report: &Report, names: &Names, language: Language) -> Vec<String> {
    let mut sentences: Vec<String> = ending(report.ending, language).into_iter().map(str::to_owned).collect();
    for (row, name) in report.variants.iter().zip(&names.rows) {
        sentences.extend(failures(row, name, language));
    }
    let causes = causes(report).into_iter().filter(|cause| !cause.is_in_its_words());
    sentences.extend(causes.map(|cause| match language {
        English => format!("{}: {}", cause.class(), cause.in_english()),
        Korean => format!("{}: {}", cause.class(), cause.in_korean()),
    }));
    let Some((first, name)) = report.variants.first().zip(names.rows.first()) else { return sentences };
    sentences.push(lead(report, first, name, language));
    if report.variants.iter().any(VariantReport::has_rounds) {
        let said = |comparison| compared(comparison, report, names, language);
        sentences.extend(report.comparisons.iter().map(said));
    }
    sentences
}

fn ending(ending: Ending, language: Language) -> Option<&'static str> {
    match (language, ending) {
        (_, Ending::Complete) => None,
        (English, Ending::Stopped) => Some("The run was stopped before its end; finished rounds are kept."),
        (English, Ending::Failed) => Some("The run ended by an error; finished rounds are kept."),
        (Korean, Ending::Stopped) => Some("측정이 끝나기 전에 중지되었습니다. 끝난 라운드는 남아 있습니다."),
        (Korean, Ending::Failed) => Some("측정이 오류로 끝났습니다. 끝난 라운드는 남아 있습니다."),
    }
}

fn failures(row: &VariantReport, name: &str, language: Language) -> Option<String> {
    if row.requests.failed == 0 {
        return None;
    }
    let classes: Vec<String> = row
        .errors
        .iter()
        .map(|(class, times)| {
            let said = row.error_messages.get(class).and_then(|messages| messages.first());
            let said = said.map(|words| format!(" (“{words}”)")).unwrap_or_default();
            format!("{class} {}{said}", count(*times))
        })
        .collect();
    let (failed, issued) = (count(row.requests.failed), count(row.requests.issued));
    let classes = classes.join(", ");
    Some(match language {
        English => format!("{name}: {failed} of {} failed: {classes}.", many(&issued, "request")),
        Korean => format!("{name}: 요청 {issued}개 중 {failed}개가 실패했습니다: {classes}."),
    })
}

fn lead(report: &Report, row: &VariantReport, name: &str, language: Language) -> String {
    let Some(total) = row.round_median_ms else {
        return match language {
            English if row.has_rounds() => format!("{name}: no round's time counts."),
            Korean if row.has_rounds() => format!("{name}: 시간을 셈에 넣을 수 있는 라운드가 없습니다."),
            English => format!("{name}: no round was measured to its end."),
            Korean => format!("{name}: 끝까지 측정한 라운드가 없습니다."),
        };
    };
    // Where all rows are of one client, their names leave it out.
    let name =
        if name.starts_with(&row.client) { name.to_owned() } else { format!("{}, {name}", row.client) };
    let n = count(report.scenario.n.into());
    let total = measure(Some(total));
    let rounds = count(row.timed_rounds());
    let per_second = measure(row.requests_per_second);
    let timed = row.timed_requests();
    if timed.fail_often() {
        let (ok, ended) = (count(timed.ok), count(timed.issued));
        return match language {
            English => format!(
                "Rounds of {} with {name} took {total} ms, the median of {}, though only {ok} of {} succeeded; over all these rounds it was \
                 {per_second} successful requests per second.",
                many(&n, "request"),
                many(&rounds, "round"),
                many(&ended, "request")
            ),
            Korean => format!(
                "{name}: 요청 {n}개인 라운드에 {total} ms 걸렸지만(라운드 {rounds}개의 중앙값) 요청 {ended}개 중 {ok}개만 성공했습니다. \
                 모든 라운드를 합하면 초당 성공한 요청 {per_second}개입니다."
            ),
        };
    }
    match language {
        English => format!(
            "{} with {name} took {total} ms, the median of {}; over all of them it was {per_second} requests per second.",
            many(&n, "request"),
            many(&rounds, "round")
        ),
        Korean => format!(
            "{name}: 요청 {n}개에 {total} ms 걸렸습니다(라운드 {rounds}개의 중앙값). 모든 라운드를 합하면 초당 요청 {per_second}개입니다."
        ),
    }
}

fn compared(comparison: &Comparison, report: &Report, names: &Names, language: Language) -> String {
    let [candidate, baseline] = [&comparison.candidate, &comparison.baseline].map(|id| {
        let place = report.variants.iter().position(|row| row.id == *id);
        place.and_then(|place| names.rows.get(place)).unwrap_or(id)
    });
    let Some([middle, low, high]) = figures(comparison) else {
        return match language {
            English => format!(
                "“{candidate}” was not compared with “{baseline}”. {}",
                comparison.reason_code.sentence()
            ),
            Korean => {
                format!(
                    "“{candidate}”, “{baseline}”: 서로 비교하지 않았습니다. {}",
                    comparison.reason_code.in_korean()
                )
            }
        };
    };
    let margin = percent(report.scenario.margin);
    let verdict = verdict(comparison, &margin, language);
    match language {
        English => format!("“{candidate}” took {middle}× ({low}–{high}) as long as “{baseline}”: {verdict}"),
        Korean => {
            format!("“{candidate}”: “{baseline}”의 {middle}배({low}–{high}) 시간이 걸렸습니다. {verdict}")
        }
    }
}

fn verdict(comparison: &Comparison, margin: &str, language: Language) -> String {
    let is_lost =
        matches!(comparison.reason_code, Reason::NotAfterCorrection | Reason::MarginNotAfterCorrection);
    match (language, comparison.verdict) {
        (English, Verdict::Faster) => "it is faster.".to_owned(),
        (English, Verdict::Slower) => "it is slower.".to_owned(),
        (English, Verdict::Equivalent) => format!("the same, within ±{margin}."),
        (English, _) if is_lost => {
            "no verdict once all comparisons count, though alone there would be one; more rounds would tell.".to_owned()
        }
        (English, _) => "no difference shown; more rounds would narrow it.".to_owned(),
        (Korean, Verdict::Faster) => "더 빠릅니다.".to_owned(),
        (Korean, Verdict::Slower) => "더 느립니다.".to_owned(),
        (Korean, Verdict::Equivalent) => format!("±{margin} 안에서 같습니다."),
        (Korean, _) if is_lost => {
            "이 비교만 보면 판정할 수 있지만 모든 비교를 함께 따지면 판정할 수 없습니다. 라운드를 늘리면 알 수 있습니다.".to_owned()
        }
        (Korean, _) => "차이가 드러나지 않았습니다. 라운드를 늘리면 구간이 좁아집니다.".to_owned(),
    }
}

/// Ratio, low and high end as they are written, where showing them does not mislead.
pub(super) fn figures(comparison: &Comparison) -> Option<[String; 3]> {
    comparison.shown().map(ratios)
}

/// A gate in a line.
pub(super) fn gate(gate: &Gate, language: Language) -> String {
    let word = match (language, gate.outcome) {
        (English, GateOutcome::Passed) => "passed",
        (English, GateOutcome::Crossed) => "crossed",
        (English, GateOutcome::Unresolved) => "not decided",
        (Korean, GateOutcome::Passed) => "통과",
        (Korean, GateOutcome::Crossed) => "넘음",
        (Korean, GateOutcome::Unresolved) => "판정 못 함",
    };
    format!("{word}: {}. {}", gate.name, gate.message)
}

/// A count, or the smallest and the largest where rows differ: a stopped run has fewer rounds of some.
fn span(counts: impl Iterator<Item = u64> + Clone) -> String {
    let (least, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
    if least == most { count(most) } else { format!("{}–{}", count(least), count(most)) }
}

/// What the table is of.
pub(super) fn caption(report: &Report, names: &Names, language: Language) -> String {
    let timed = report.variants.iter().map(VariantReport::timed_rounds);
    let has_none = timed.clone().all(|rounds| rounds == 0);
    let rounds =
        if has_none { span(report.variants.iter().map(|row| row.rounds.len() as u64)) } else { span(timed) };
    let (n, common) = (count(report.scenario.n.into()), &names.common);
    let mut caption = match language {
        English => format!("{} per round, {} per row.", many(&n, "request"), many(&rounds, "round")),
        Korean => format!("라운드당 요청 {n}개, 행마다 라운드 {rounds}개."),
    };
    if has_none && report.variants.iter().any(VariantReport::has_rounds) {
        caption += match language {
            English => " No round counts.",
            Korean => " 집계할 수 있는 라운드가 없습니다.",
        };
    }
    if !common.is_empty() {
        caption += &match language {
            English => format!(" All rows: {common}."),
            Korean => format!(" 모든 행 공통: {common}."),
        };
    }
    caption
}
