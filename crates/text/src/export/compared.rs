use super::{
    junit,
    markdown::{item, line},
    sentences::ratio,
};
use crate::{
    EN,
    report::numbers::{NONE, measure},
};
use fetchmark_core::{
    compare::reports::{ReportComparison, RowComparison, compare_reports},
    export::{CsvWriter, ExportError, Format},
    gates::{Gate, gates_of_comparison},
    report::Report,
};
use serde::Serialize;

/// Two reports compared, with the verdicts as gates.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    pub comparison: ReportComparison,
    pub gates: Vec<Gate>,
    /// The candidate's address, beginning and duration, which JUnit names.
    #[serde(skip)]
    head: junit::Head,
}

impl Compared {
    pub fn of(baseline: &Report, candidate: &Report) -> Self {
        let comparison = compare_reports(baseline, candidate);
        Self { gates: gates_of_comparison(&comparison), comparison, head: junit::Head::of(candidate) }
    }

    pub const HEADS: [&str; 5] =
        ["Row", "Baseline (ms)", "Candidate (ms)", "Ratio (95% interval)", "Verdict"];

    pub fn rows(&self) -> Vec<Vec<String>> {
        self.comparison.rows.iter().map(cells).collect()
    }

    /// Sentences on what else differs, and which rows only one report has.
    pub fn notes(&self) -> Vec<String> {
        let words = &EN.comparison;
        let differences = self.comparison.differences.iter();
        let mut notes: Vec<String> = differences
            .map(|differs| words.difference(differs.setting, &differs.baseline, &differs.candidate))
            .collect();
        let unknown = self.comparison.unknown.iter();
        notes.extend(
            unknown.map(|secret| format!("They may differ in {secret}: its value is not kept in reports.")),
        );
        let only = [
            (words.only_before, &self.comparison.only_in_baseline),
            (words.only_now, &self.comparison.only_in_candidate),
        ];
        let alone = only.iter().filter(|(_, rows)| !rows.is_empty());
        notes.extend(alone.map(|(only, rows)| format!("{only} {}.", rows.join(", "))));
        notes.push(words.unpaired.to_owned());
        notes
    }

    pub fn sentences(&self) -> Vec<String> {
        self.gates.iter().map(|gate| format!("{}. {}", gate.name, gate.message)).collect()
    }

    /// Histograms are not compared, so there is no HDR log of a comparison.
    pub fn export(&self, format: Format) -> Result<String, ExportError> {
        match format {
            Format::Json => {
                let json = serde_json::to_string_pretty(self);
                json.map(|json| json + "\n").map_err(|error| ExportError::not_written(format, error))
            }
            Format::Csv => Ok(self.csv()),
            Format::Markdown => Ok(self.markdown()),
            Format::Junit => junit::write(&self.head, &self.gates),
            Format::Hdr => Err(ExportError::NotOfComparisons(format)),
        }
    }

    fn csv(&self) -> String {
        let columns = [
            "id",
            "baseline_ms",
            "candidate_ms",
            "rounds",
            "ratio",
            "ratio_low",
            "ratio_high",
            "verdict",
            "reason",
        ];
        let mut lines = CsvWriter::new(columns);
        let known = |figure: Option<f64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
        for row in &self.comparison.rows {
            let comparison = &row.comparison;
            lines.add(&[
                row.id.clone(),
                known(row.baseline_ms),
                known(row.candidate_ms),
                comparison.blocks.to_string(),
                known(comparison.ratio),
                known(comparison.low),
                known(comparison.high),
                comparison.verdict.to_string(),
                comparison.reason_code.to_string(),
            ]);
        }
        lines.text()
    }

    fn markdown(&self) -> String {
        let list = |sentences: Vec<String>| sentences.iter().map(|words| item(words)).collect::<String>();
        let mut text = list(self.sentences());
        text += "\n";
        text += &line(&Self::HEADS.map(str::to_owned));
        text += "|---|---:|---:|---:|---|\n";
        text.extend(self.rows().iter().map(|row| line(row)));
        text += "\n";
        text += &list(self.notes());
        text
    }
}

fn cells(row: &RowComparison) -> Vec<String> {
    vec![
        row.id.clone(),
        measure(row.baseline_ms),
        measure(row.candidate_ms),
        ratio(&row.comparison).unwrap_or_else(|| NONE.to_owned()),
        (EN.answer.verdict)(row.comparison.verdict).to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::{gates::GateOutcome, report::fixture::report};
    use insta::assert_snapshot;

    const WALLS: [f64; 6] = [100.0, 102.0, 99.0, 101.0, 98.0, 103.0];

    fn compared() -> Compared {
        let before = report(&[("a", &WALLS), ("gone", &WALLS)]);
        let mut after = report(&[("a", &WALLS.map(|ms| 1.5 * ms)), ("new", &WALLS)]);
        after.scenario.target.url = "http://x/<b>|".into();
        Compared::of(&before, &after)
    }

    #[test]
    fn a_comparison_is_written_for_people_and_programs() {
        let compared = compared();
        for format in [Format::Markdown, Format::Junit] {
            assert_snapshot!(format.word(), compared.export(format).unwrap());
        }
        // Digits to the last are not the same everywhere, so that not all of a line is kept.
        let csv = compared.export(Format::Csv).unwrap();
        assert!(csv.starts_with("id,baseline_ms,") && csv.contains(",slower,difference\r\n"), "{csv}");
        let json: serde_json::Value = serde_json::from_str(&compared.export(Format::Json).unwrap()).unwrap();
        assert_eq!(json["gates"][0]["outcome"], GateOutcome::Crossed.word());
        assert_eq!(json["comparison"]["rows"][0]["comparison"]["verdict"], "slower");
        assert!(compared.export(Format::Hdr).unwrap_err().to_string().contains("comparison"));
    }
}
