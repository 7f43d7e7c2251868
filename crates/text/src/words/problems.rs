//! What is wrong with what was typed, stands in a link or was opened.

use fetchmark_core::{
    export::ExportError,
    report::{link::LinkError, reading::ReportError},
    request::header::HeaderProblem,
    scenario::{
        ScenarioError,
        client::Client,
        client_choice::ClientChoiceError,
        limits::{MAX_IN_FLIGHT, MAX_REQUESTS, MAX_VARIANTS},
        params::{Expected, Language, ParamError, names, write_duration},
    },
};

/// Why an address cannot be requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlProblem {
    /// Not an address at all, or one of a kind that a page cannot request.
    NotAnAddress(String),
    /// None, where there are several.
    Missing,
    /// A secret in it was not kept with the other settings.
    NotKept,
    /// It holds a user name or password, which browsers refuse in a page's requests.
    Credentials(String),
}

words! {
    pub struct Problems {
        url(problem: &UrlProblem): {
            UrlProblem::NotAnAddress(address) => [
                "“{address}” is not a URL. Enter one like https://example.com/path.",
                "“{address}”: URL이 아닙니다. https://example.com/path처럼 입력하세요.",
            ],
            UrlProblem::Missing => [
                "Enter a URL, or remove this address.",
                "URL을 입력하거나 이 주소를 삭제하세요.",
            ],
            UrlProblem::NotKept => [
                "A secret in the URL was not kept. Enter it again in place of •••.",
                "URL의 비밀 값이 저장되지 않았습니다. ••• 자리에 다시 입력하세요.",
            ],
            UrlProblem::Credentials(host) => [
                "Browsers refuse URLs with a user name or password. Enter {host} without them.",
                "브라우저는 사용자 이름이나 비밀번호가 든 URL을 거부합니다. 둘 다 빼고 {host}처럼 입력하세요.",
            ],
        },
        expected(expected: &Expected): [expected.to_string(), may_be(expected)],
        scenario(error: &ScenarioError): [error.to_string(), korean_scenario_error(error)],
        header(problem: &HeaderProblem): [problem.to_string(), korean_header_problem(problem)],
        parameter(error: &ParamError): [error.to_string(), korean_param_error(error)],
    }
}

fn korean_param_error(error: &ParamError) -> String {
    match error {
        ParamError::Unknown(name) => {
            format!("“{name}”: Fetchmark에 없는 매개변수입니다. 쓸 수 있는 매개변수: {}.", names())
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
        ParamError::LabelWithoutUrl => {
            "매개변수 label: 여러 url에 순서대로 붙이는 이름입니다. label마다 url을 쓰거나 label을 빼세요."
                .to_owned()
        }
        ParamError::Scenario(error) => korean_scenario_error(error),
    }
}

fn may_be(expected: &Expected) -> String {
    match expected {
        Expected::Text => "텍스트를 쓰세요.".to_owned(),
        Expected::Url => "URL을 쓰세요.".to_owned(),
        Expected::Whole(low, high) => format!("{low}부터 {high}까지의 정수를 쓰세요."),
        Expected::AutoOrWhole(low, high) => format!("auto 또는 {low}부터 {high}까지의 정수를 쓰세요."),
        Expected::Number(low, high) => format!("{low}부터 {high}까지의 수를 쓰세요."),
        Expected::OneOf(words) => format!("다음 가운데 하나를 쓰세요: {}.", words.join(", ")),
        Expected::Flag => "이름만 쓰거나 true 또는 false를 쓰세요.".to_owned(),
        Expected::Duration(low, high) => {
            let (low, high) = (write_duration(*low), write_duration(*high));
            format!("30s, 250ms, 5m 같은 시간을 {low}부터 {high}까지 쓰세요.")
        }
        Expected::Client(ClientChoiceError::Client(_)) => {
            let known: Vec<&str> =
                Client::all_in_browser().map(Client::name).collect();
            format!("다음 클라이언트 가운데 고르세요: {}.", known.join(", "))
        }
        Expected::Client(ClientChoiceError::Lifecycle(_)) => {
            "클라이언트 뒤의 콜론 다음에는 reused나 fresh를 쓰세요.".to_owned()
        }
        Expected::Client(ClientChoiceError::OutsideBrowser(_)) => {
            "브라우저가 아니라 Python에서 실행되는 클라이언트입니다. 명령줄의 fetchmark run으로 측정하거나 빼세요."
                .to_owned()
        }
        Expected::Header(problem) => korean_header_problem(problem),
        Expected::Concurrency(_) => {
            format!("all 또는 1부터 {MAX_IN_FLIGHT}까지의 정수를 쓰세요. 여러 값을 비교하려면 쉼표로 나누세요.")
        }
    }
}

pub(super) fn korean_scenario_error(error: &ScenarioError) -> String {
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
            "{client}: Python에서 실행되므로 순차 또는 동시로만 보낼 수 있습니다. pacing에서 rate를 빼거나 이 클라이언트를 빼세요."
        ),
        ScenarioError::CannotOmit(clients) => format!(
            "{clients}: XMLHttpRequest는 자격 증명을 뺄 수 없습니다. 다른 출처에는 보내지 않는 same-origin을 고르거나 이 클라이언트를 빼세요."
        ),
        ScenarioError::NoHeaders(clients) => {
            format!("{clients}: 메시지에는 헤더가 없습니다. 헤더를 지우거나 이 클라이언트를 빼세요.")
        }
        ScenarioError::Header(problem) => korean_header_problem(problem),
        ScenarioError::Label(label) => format!(
            "“{label}”: 이름으로 쓸 수 없습니다. / : , < > = 없이 40자 이하의 한 단어를 쓰세요. 클라이언트나 행을 가리키는 다른 단어는 쓸 수 없습니다."
        ),
        ScenarioError::SameLabel(label) => {
            format!("“{label}”: 두 대상의 이름이 같습니다. 서로 다른 이름을 쓰세요.")
        }
        ScenarioError::UrlBesideTargets => {
            "대상 목록과 별도로 URL(url 또는 cold_url)이 있습니다. 모든 주소를 목록에 넣거나 목록을 빼세요."
                .to_owned()
        }
        ScenarioError::BodyNotKept => {
            "본문의 값 하나가 다른 설정과 함께 저장되지 않았습니다. ••• 자리에 다시 쓰세요.".to_owned()
        }
        ScenarioError::BodyNotAllowed(method) => {
            format!("{method} 요청에는 본문을 실을 수 없습니다. POST, PUT, PATCH를 쓰거나 본문을 빼세요.")
        }
    }
}

fn korean_header_problem(problem: &HeaderProblem) -> String {
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

/// Why a report is not opened, compared, exported or packed into a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no report that can be read.
    Report(ReportError),
    /// It does not go into a link, or the link holds none.
    Link(LinkError),
    /// It cannot be written in another form.
    Export(ExportError),
}

impl From<ReportError> for Refusal {
    fn from(error: ReportError) -> Self {
        Self::Report(error)
    }
}

impl From<LinkError> for Refusal {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

impl From<ExportError> for Refusal {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

/// Why a report is refused, in a language. No [`Text`](super::Text) holds these sentences: the page shows them and does not know the errors
/// (docs/decisions/0021-what-ordinary-leptos-weighs.md).
pub fn why_refused(refusal: &Refusal, language: Language) -> String {
    let words = match language {
        Language::English => Refusals::ENGLISH,
        Language::Korean => Refusals::KOREAN,
    };
    match refusal {
        Refusal::Report(error) | Refusal::Link(LinkError::Report(error)) => (words.report)(error),
        Refusal::Link(LinkError::NotWritable(reason)) => (words.not_written)(reason),
        Refusal::Link(LinkError::TooLong) => words.long_link.to_owned(),
        Refusal::Link(LinkError::OtherVersion) => words.other_version.to_owned(),
        Refusal::Link(LinkError::Damaged) => words.damaged_link.to_owned(),
        Refusal::Export(error) => (words.not_written)(&error.to_string()),
    }
}

words! {
    struct Refusals {
        long_link: [
            "The report is too long for a link. Save it as JSON and send the file instead.",
            "보고서가 길어서 링크에 담을 수 없습니다. JSON으로 내려받아 파일로 보내세요.",
        ],
        other_version: [
            "The link holds a report of another version of Fetchmark. Open it with the version that made it.",
            "다른 버전의 Fetchmark가 만든 보고서 링크입니다. 링크를 만든 버전으로 여세요.",
        ],
        damaged_link: [
            "The report in this link is damaged: it was cut short or changed on the way. Ask for the link again, or for the report as a file.",
            "링크에 든 보고서가 손상되었습니다. 전달되는 사이에 잘리거나 바뀌었습니다. 링크나 보고서 파일을 다시 받으세요.",
        ],
        report(error: &ReportError): {
            ReportError::TooLong => [
                "The file is too large for a report: over 32 MB.",
                "파일이 보고서로는 너무 큽니다(32 MB 초과).",
            ],
            ReportError::NotJson(words) => [
                "Not valid JSON ({words}). Open a report that Fetchmark saved as JSON.",
                "올바른 JSON이 아닙니다({words}). Fetchmark에서 JSON으로 내려받은 보고서를 여세요.",
            ],
            ReportError::NotAReport => [
                "Valid JSON, but not a Fetchmark report. Open a report that Fetchmark saved as JSON.",
                "JSON이지만 Fetchmark 보고서가 아닙니다. Fetchmark에서 JSON으로 내려받은 보고서를 여세요.",
            ],
            ReportError::OtherSchema(schema) => [
                "This version of Fetchmark cannot read reports with the schema “{schema}”. Open it with the version that made it.",
                "이 버전의 Fetchmark는 schema가 “{schema}”인 보고서를 읽을 수 없습니다. 보고서를 만든 버전으로 여세요.",
            ],
            ReportError::Field { field, problem } => [
                "The report is damaged: the field “{field}” cannot be read ({problem}).",
                "보고서가 손상되었습니다. “{field}” 필드를 읽을 수 없습니다({problem}).",
            ],
        },
        not_written(reason: &str): [
            "The report cannot be exported in this format. {reason}",
            "보고서를 이 형식으로 내보낼 수 없습니다({reason}).",
        ],
    }
}
