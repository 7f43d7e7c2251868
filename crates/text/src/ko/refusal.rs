//! Reports that are refused, in Korean.

use crate::words::Refusal;
use fetchmark_core::report::{link::LinkError, reading::ReportError};

/// Why a report is not opened, compared, exported or packed.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Report(error) | Refusal::Link(LinkError::Report(error)) => unreadable(error),
        Refusal::Link(LinkError::TooLong) => {
            "보고서가 길어서 링크에 담을 수 없습니다. JSON으로 내려받아 파일로 보내세요.".to_owned()
        }
        Refusal::Link(LinkError::OtherVersion) => {
            "다른 버전의 Fetchmark가 만든 보고서 링크입니다. 링크를 만든 버전으로 여세요.".to_owned()
        }
        Refusal::Link(LinkError::Damaged) => {
            "링크에 든 보고서가 손상되었습니다. 전달되는 사이에 잘리거나 바뀌었습니다. 링크나 보고서 파일을 다시 받으세요.".to_owned()
        }
        Refusal::Export(error) => not_written(&error.to_string()),
        Refusal::Link(LinkError::NotWritable(words)) => not_written(words),
    }
}

fn unreadable(error: &ReportError) -> String {
    match error {
        ReportError::TooLong => "파일이 보고서로는 너무 큽니다(32 MB 초과).".to_owned(),
        ReportError::NotJson(words) => {
            format!("올바른 JSON이 아닙니다({words}). Fetchmark에서 JSON으로 내려받은 보고서를 여세요.")
        }
        ReportError::NotAReport => {
            "JSON이지만 Fetchmark 보고서가 아닙니다. Fetchmark에서 JSON으로 내려받은 보고서를 여세요."
                .to_owned()
        }
        ReportError::OtherSchema(schema) => format!(
            "이 버전의 Fetchmark는 schema가 “{schema}”인 보고서를 읽을 수 없습니다. 보고서를 만든 버전으로 여세요."
        ),
        ReportError::Field { field, problem } => {
            format!("보고서가 손상되었습니다. “{field}” 필드를 읽을 수 없습니다({problem}).")
        }
    }
}

fn not_written(words: &str) -> String {
    format!("보고서를 이 형식으로 내보낼 수 없습니다({words}).")
}
