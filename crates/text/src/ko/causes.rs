//! Causes in Korean.

use fetchmark_core::{report::failure_cause::Cause, samples::sample::ErrorClass};

/// Said where a browser may ask whether a page may reach the local network.
const LOCAL: &str = " 브라우저가 이 페이지의 로컬 네트워크 접근을 허용할지 묻거나 막았을 수도 있습니다.";

/// The cause, and what to do, as Korean sentences.
pub(super) fn cause(cause: Cause) -> String {
    match cause {
            Cause::NoneAmongAnswers { may_have_broken_off } => {
                let or_broken = if may_have_broken_off {
                    " xhr, xhr-sync, axios에서는 도중에 끊긴 응답도 똑같이 보입니다."
                } else {
                    ""
                };
                format!(
                    "다른 요청에는 응답이 왔지만 이 요청에는 오지 않았습니다. 서버가 연결을 끊거나 거부했거나 올바르지 않은 HTTP 응답을 보냈거나 네트워크에서 끊겼습니다.{or_broken} 서버 로그를 \
                     확인하고 동시에 보내는 요청을 줄여 보세요."
                )
            }
            Cause::NoneForThePage => "Python 클라이언트에는 응답이 왔지만 페이지에는 읽을 수 있는 응답이 없었습니다. 대상이 이 페이지가 응답을 읽지 못하게 \
                 하거나(Access-Control-Allow-Origin 없음 또는 Cross-Origin-Resource-Policy), 브라우저가 다른 경로로 접속하거나, 인증서를 \
                 믿지 않는 것입니다."
                .to_owned(),
            Cause::NoneForPython => "페이지에는 응답이 왔지만 Python 클라이언트에는 오지 않았습니다. Python은 인증 기관 목록을 따로 쓰므로(SSL_CERT_FILE로 바꿀 \
                 수 있음) 대상의 인증서를 믿지 않거나, 프록시 없이 또는 호스트의 다른 주소로 접속하는 등 브라우저와 다른 경로를 쓰는 것입니다. 오류 메시지를 \
                 확인하세요."
                .to_owned(),
            Cause::NoneForCold => "대상에서는 응답이 왔지만 콜드 연결용 URL(cold_url)에서는 읽을 수 있는 응답이 없었습니다. 그 URL이 탭에서 열리는지 \
                 확인하세요."
                .to_owned(),
            Cause::NoneThoughListening => "포트에서 연결은 받지만 읽을 수 있는 응답이 없었습니다. 응답은 하지만 이 페이지가 읽지 못하게 하거나\
                 (Access-Control-Allow-Origin 없음, Cross-Origin-Resource-Policy, 끝없는 리디렉션), 응답 없이 연결을 끊거나, HTTP에 맞지 \
                 않는 응답을 보내거나(서로 다른 Content-Length 두 개 등), http와 https가 뒤바뀌었거나, 브라우저가 인증서를 믿지 않을 수 있습니다. \
                 서버 로그를 확인하세요."
                .to_owned(),
            Cause::NothingListens => {
                "포트에서 연결을 거부합니다. 그 포트에서 실행 중인 서버가 없습니다. 서버를 시작하거나 URL을 고치세요.".to_owned()
            }
            Cause::NoneUntold { is_local } => format!(
                "읽을 수 있는 응답이 없었고, 브라우저는 그 원인을 알려 주지 않습니다. URL이 탭에서 열리는지 확인하세요. 호스트를 찾을 수 없거나, 포트가 \
                 닫혔거나, 인증서를 믿을 수 없거나, HTTP에 맞지 않는 응답을 보냈거나, 응답은 하지만 이 페이지가 읽지 못하게 했을 수 있습니다(Access-Control-Allow-Origin 없음, \
                 Cross-Origin-Resource-Policy, 끝없는 리디렉션).{}",
                if is_local { LOCAL } else { "" }
            ),
            Cause::LateAmongAnswers => {
                "다른 요청에는 응답이 왔지만 이 요청은 제한 시간 안에 끝나지 않았습니다. 제한 시간을 늘리거나 동시에 보내는 요청을 줄여 \
                 보세요. 그동안 이 컴퓨터가 절전 상태였을 수도 있습니다."
                    .to_owned()
            }
            Cause::LateUntold { is_local } => format!(
                "제한 시간 안에 끝난 요청이 없고 응답도 전혀 없었습니다. 대상이 응답하지 않거나 너무 느리거나, 패킷이 버려지거나, 브라우저가 로그인 같은 것을 \
                 기다리고 있을 수 있습니다. URL이 탭에서 열리는지 확인하세요.{}",
                if is_local { LOCAL } else { "" }
            ),
            Cause::Class(class) => of_class(class).to_owned(),
        }
}

fn of_class(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Http3xx => "대상이 리디렉션으로 응답했고, 클라이언트가 이를 따라가지 않았습니다.",
        ErrorClass::Http4xx => "대상이 요청을 거부했습니다. URL과 대상이 요구하는 조건을 확인하세요.",
        ErrorClass::Http5xx => "대상 서버에 오류가 났습니다.",
        ErrorClass::Network => "읽을 수 있는 응답이 없었습니다.",
        ErrorClass::Cors => {
            "대상은 응답하지만 페이지가 읽도록 허용하지 않습니다. Access-Control-Allow-Origin을 이 페이지의 출처로 한 번만 보내야 합니다(자격 증명을 \
             포함하지 않으면 *도 됩니다). 페이지의 “대상 점검”에서 서버 설정 방법을 볼 수 있습니다."
        }
        ErrorClass::MixedContent => "https로 연 페이지는 http URL에 요청할 수 없습니다. https URL을 쓰세요.",
        ErrorClass::Timeout => "제한 시간 안에 끝나지 않았습니다.",
        ErrorClass::Login => {
            "대상이 로그인을 요구해서(401, WWW-Authenticate) 브라우저가 로그인 창의 입력을 기다립니다. 자격 증명을 빼거나(credentials=omit, \
             --credentials omit) 로그인 정보를 헤더로 보내세요."
        }
        ErrorClass::BodyCutShort => "응답이 시작되었지만 본문이 도중에 끊겼습니다.",
        ErrorClass::ClientLimit => "브라우저가 차단하는 포트입니다. 다른 포트를 쓰세요.",
    }
}
