//! What is wrong with what was typed, in Korean.

use crate::{FieldProblem, UrlProblem};

pub(super) fn url_problem(problem: &UrlProblem) -> String {
    match problem {
        UrlProblem::NotAnAddress(address) => {
            format!("“{address}”: URL이 아닙니다. https://example.com/path처럼 입력하세요.")
        }
        UrlProblem::NotKept => "URL의 비밀 값이 저장되지 않았습니다. ••• 자리에 다시 입력하세요.".to_owned(),
        UrlProblem::Credentials(host) => {
            format!(
                "브라우저는 사용자 이름이나 비밀번호가 든 URL을 거부합니다. 둘 다 빼고 {host}처럼 입력하세요."
            )
        }
    }
}

pub(super) fn field_problem(problem: &FieldProblem) -> String {
    match problem {
        FieldProblem::Whole { low, high } => format!("{low}부터 {high}까지의 정수를 입력하세요."),
        FieldProblem::AutoOrWhole { low, high } => {
            format!("auto 또는 {low}부터 {high}까지의 정수를 입력하세요.")
        }
        FieldProblem::Seconds { high } => format!("0.001초부터 {high}초까지의 시간을 초로 입력하세요."),
        FieldProblem::Number { low, high } => {
            format!("{low}부터 {high}까지의 수를 입력하세요.")
        }
        FieldProblem::InFlight { high } => {
            format!("all 또는 1부터 {high}까지의 정수를 입력하세요. 여러 값을 비교하려면 쉼표로 나누세요.")
        }
    }
}
