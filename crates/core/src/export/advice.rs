//! What to do about requests that failed, in both languages.

use crate::{
    language::Language::{self, English, Korean},
    report::Report,
    sample::ErrorClass,
};

/// A sentence for each way in which requests of the report failed and about which something can be done.
pub(super) fn advice(report: &Report, language: Language) -> Vec<String> {
    let has_failed = |class: &&ErrorClass| {
        report.variants.iter().any(|row| row.errors.get(*class).is_some_and(|&times| times > 0))
    };
    let classes = ErrorClass::ALL.iter().filter(has_failed);
    classes.filter_map(|&class| Some(format!("{class}: {}", sentence(class, language)?))).collect()
}

fn sentence(class: ErrorClass, language: Language) -> Option<&'static str> {
    Some(match (class, language) {
        (ErrorClass::Network, English) => {
            "no answer came that may be read. See whether the address opens in a tab: the host may be unknown, nothing may listen there, or its certificate may not be trusted."
        }
        (ErrorClass::Network, Korean) => {
            "읽을 수 있는 응답이 없었습니다. 주소가 탭에서 열리는지 확인하세요. 없는 호스트이거나, 응답하는 서버가 없거나, 인증서를 믿을 수 없을 수 있습니다."
        }
        (ErrorClass::Cors, English) => {
            "the target answers, but does not let the page read it. It must send Access-Control-Allow-Origin; “Check the target” on the page writes the lines for its server."
        }
        (ErrorClass::Cors, Korean) => {
            "대상은 응답하지만 페이지가 읽도록 허용하지 않습니다. Access-Control-Allow-Origin을 보내야 합니다. 페이지의 “대상 점검”이 서버 설정을 적어 줍니다."
        }
        (ErrorClass::MixedContent, English) => {
            "a page that came over https may not request an http address. Use an https address."
        }
        (ErrorClass::MixedContent, Korean) => {
            "https로 연 페이지는 http 주소에 요청할 수 없습니다. https 주소를 쓰세요."
        }
        (ErrorClass::ClientLimit, English) => {
            "browsers do not connect to this port, whatever listens there. Use another one."
        }
        (ErrorClass::ClientLimit, Korean) => {
            "이 포트에 무엇이 열려 있든 브라우저는 연결하지 않습니다. 다른 포트를 쓰세요."
        }
        (ErrorClass::Timeout, English) => {
            "there was no end within the time-out. A longer one, or fewer requests at once, may let them end."
        }
        (ErrorClass::Timeout, Korean) => {
            "제한 시간 안에 끝나지 않았습니다. 제한 시간을 늘리거나 동시에 보내는 요청을 줄여 보세요."
        }
        // The status, or what broke off, says all there is.
        (ErrorClass::Http3xx | ErrorClass::Http4xx | ErrorClass::Http5xx | ErrorClass::BodyCutShort, _) => {
            return None;
        }
    })
}
