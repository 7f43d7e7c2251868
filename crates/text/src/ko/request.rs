//! The request's own fields in Korean.

use crate::Request;
use fetchmark_core::{factors::Credentials, header::HeaderProblem};

/// The request's own fields.
pub(super) const REQUEST: Request = Request {
    title: "요청",
    method: "메서드",
    headers: "헤더",
    headers_hint: "한 줄에 하나씩 Accept: application/json처럼 입력하세요. 다른 출처에 보낼 때는 헤더 대부분이 브라우저가 서버에 먼저 허락을 묻게 합니다(프리플라이트).",
    header_problem,
    body: "본문",
    body_hint: "텍스트로 보냅니다. Content-Type 헤더를 따로 정하지 않으면 text/plain입니다.",
    body_kept: |method| {
        format!(
            "{method} 요청은 본문을 보내지 않습니다. 본문을 보내는 메서드를 고를 때를 위해 여기에 남겨 두며, 보내지도 않고 링크에도 넣지 않습니다."
        )
    },
    credentials_title: "쿠키와 로그인 정보",
    credentials: |credentials| match credentials {
        Credentials::Omit => ("보내지 않음 (omit)", "쿠키와 로그인 정보를 절대 보내지 않습니다."),
        Credentials::SameOrigin => {
            ("이 페이지의 출처에만 (same-origin)", "주소가 이 페이지와 같은 출처일 때만 보냅니다.")
        }
        Credentials::Include => (
            "항상 보냄 (include)",
            "다른 출처에도 보냅니다. 그 서버는 *가 아니라 이 페이지의 출처를 직접 적어 허락해야 합니다.",
        ),
    },
};

pub(super) fn header_problem(problem: &HeaderProblem) -> String {
    match problem {
        HeaderProblem::NoColon(line) => format!("“{line}”: 헤더가 아닙니다. 이름: 값 형식으로 쓰세요."),
        HeaderProblem::Name(name) => {
            format!("“{name}”: 헤더 이름으로 쓸 수 없습니다. 영문자와 숫자, 붙임표(-)를 쓰세요.")
        }
        HeaderProblem::Forbidden(name) => {
            format!("{name}: 브라우저가 직접 정하는 헤더라서 페이지가 설정할 수 없습니다. 빼세요.")
        }
        HeaderProblem::NotKept(name) => {
            format!("{name}: 값이 다른 설정과 함께 저장되지 않았습니다. ••• 자리에 다시 쓰세요.")
        }
        HeaderProblem::Value(name) => {
            format!("{name}: 값에 보낼 수 없는 문자가 있습니다. 영문자와 숫자, 기호만 쓰세요.")
        }
    }
}
