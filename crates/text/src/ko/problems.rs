//! What is wrong with what was typed or stands in a link, in Korean.

use crate::words::{FieldProblem, UrlProblem};
use fetchmark_core::{
    request::header::HeaderProblem,
    scenario::{
        ScenarioError,
        client_choice::ClientChoiceError,
        limits::{MAX_IN_FLIGHT, MAX_REQUESTS, MAX_VARIANTS},
        params::{Expected, NAMES, ParamError, write_duration},
    },
};

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

pub(super) fn param_error(error: &ParamError) -> String {
    match error {
        ParamError::Unknown(name) => {
            format!("“{name}”: Fetchmark에 없는 매개변수입니다. 쓸 수 있는 매개변수: {}.", NAMES.join(", "))
        }
        ParamError::Repeated(name) => {
            format!("매개변수 {name}: 두 번 이상 있습니다. 하나만 남기세요.")
        }
        ParamError::Bad { name, value, expected } => {
            format!("매개변수 {name}: “{value}” 값을 쓸 수 없습니다. {}", may_be(expected))
        }
        ParamError::BudgetWithoutAuto => {
            "매개변수 budget: rounds=auto일 때만 쓸 수 있습니다. rounds=auto를 더하거나 budget을 빼세요."
                .to_owned()
        }
        ParamError::Scenario(error) => scenario_error(error),
    }
}

fn may_be(expected: &Expected) -> String {
    match expected {
        Expected::Whole { low, high } => format!("{low}부터 {high}까지의 정수를 쓰세요."),
        Expected::AutoOrWhole { low, high } => format!("auto 또는 {low}부터 {high}까지의 정수를 쓰세요."),
        Expected::Number { low, high } => format!("{low}부터 {high}까지의 수를 쓰세요."),
        Expected::OneOf(words) => format!("다음 가운데 하나를 쓰세요: {}.", words.join(", ")),
        Expected::Flag => "이름만 쓰거나 true 또는 false를 쓰세요.".to_owned(),
        Expected::Duration { low_ms, high_ms } => {
            let (low, high) = (write_duration(*low_ms), write_duration(*high_ms));
            format!("30s, 250ms, 5m 같은 시간을 {low}부터 {high}까지 쓰세요.")
        }
        Expected::Client(ClientChoiceError::Client(_)) => {
            let known: Vec<&str> =
                fetchmark_core::scenario::client::Client::all().map(fetchmark_core::scenario::client::Client::name).collect();
            format!("다음 클라이언트 가운데 고르세요: {}.", known.join(", "))
        }
        Expected::Client(ClientChoiceError::Lifecycle(_)) => {
            "클라이언트 뒤의 콜론 다음에는 reused나 fresh를 쓰세요.".to_owned()
        }
        Expected::Client(ClientChoiceError::OutsideBrowser(_)) => {
            "브라우저가 아니라 Python에서 실행되는 클라이언트입니다. 명령줄의 fetchmark run으로 측정하거나 빼세요."
                .to_owned()
        }
        Expected::Header(problem) => header_problem(problem),
        Expected::Concurrency(_) => format!("all 또는 1부터 {MAX_IN_FLIGHT}까지의 정수를 쓰세요."),
    }
}

pub(super) fn scenario_error(error: &ScenarioError) -> String {
    match error {
        ScenarioError::OutOfRange { field, given, low, high } => {
            format!("{field}: {given} 값은 쓸 수 없습니다. {low}부터 {high}까지여야 합니다.")
        }
        ScenarioError::Empty { field } => format!("{field}: 비어 있습니다. 하나 이상 고르세요."),
        ScenarioError::Duplicate(variant) => {
            format!("{variant}: 두 번 골랐습니다. 한 번만 고르세요. 같은 것끼리 비교하려면 aa를 더하세요.")
        }
        ScenarioError::TooManyVariants(variants) => {
            format!("변형이 {variants}개가 됩니다. 한 번에 {MAX_VARIANTS}개까지 비교할 수 있습니다.")
        }
        ScenarioError::TooManyRequests(requests) => format!(
            "요청이 {requests}개가 됩니다. 한 번에 {MAX_REQUESTS}개까지 보낼 수 있으니 n, rounds, 변형의 수를 줄이세요."
        ),
        ScenarioError::WorkerOnly(client) => {
            format!(
                "{client}: 스레드를 차단하므로 워커에서만 쓸 수 있습니다. thread=worker로 바꾸거나 빼세요."
            )
        }
        ScenarioError::NoRate(client) => format!(
            "{client}: 브라우저 밖에서 실행되므로 순차 또는 동시로만 보낼 수 있습니다. pacing에서 rate를 빼거나 이 클라이언트를 빼세요."
        ),
        ScenarioError::CannotOmit(clients) => format!(
            "{clients}: XMLHttpRequest는 자격 증명을 뺄 수 없습니다. 다른 출처에는 보내지 않는 same-origin을 고르거나 이 클라이언트를 빼세요."
        ),
        ScenarioError::Header(problem) => header_problem(problem),
        ScenarioError::BodyNotKept => {
            "본문의 값 하나가 다른 설정과 함께 저장되지 않았습니다. ••• 자리에 다시 쓰세요.".to_owned()
        }
        ScenarioError::BodyNotAllowed(method) => {
            format!("{method} 요청에는 본문을 실을 수 없습니다. POST, PUT, PATCH를 쓰거나 본문을 빼세요.")
        }
    }
}

pub(super) fn header_problem(problem: &HeaderProblem) -> String {
    match problem {
        HeaderProblem::NoColon(line) => format!("“{line}”: 헤더가 아닙니다. 이름: 값 형식으로 쓰세요."),
        HeaderProblem::Name(name) => {
            format!("“{name}”: 헤더 이름으로 쓸 수 없습니다. 영문자와 숫자, 하이픈(-)를 쓰세요.")
        }
        HeaderProblem::Forbidden(name) => {
            format!("{name}: 브라우저만 설정할 수 있는 헤더입니다. 빼세요.")
        }
        HeaderProblem::NotKept(name) => {
            format!("{name}: 값이 다른 설정과 함께 저장되지 않았습니다. ••• 자리에 다시 쓰세요.")
        }
        HeaderProblem::Value(name) => {
            format!("{name}: 값에 보낼 수 없는 문자가 있습니다. 영문자와 숫자, 기호만 쓰세요.")
        }
    }
}
