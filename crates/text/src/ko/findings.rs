//! Findings in Korean.

use fetchmark_core::report::validity::{Finding, FindingCode, Severity};

/// How much it matters, in a Korean word or two.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "참고",
        Severity::Weakens => "신뢰도 저하",
        Severity::Voids => "라운드 무효",
    }
}

/// What was found, as a Korean sentence or two, with the count as it is to be written.
pub(super) fn finding(finding: &Finding, count: &str) -> String {
    match finding.code {
            FindingCode::Stopped => "측정을 도중에 중지했습니다. 끝난 라운드는 보존됩니다.".to_owned(),
            FindingCode::EndedByForce => {
                "중지한 뒤에도 진행 중이던 라운드가 제때 끝나지 않아 그 라운드를 제외했습니다. 그 라운드의 요청은 집계하지 않습니다."
                    .to_owned()
            }
            FindingCode::EngineCrashed => {
                "측정 엔진이 예기치 않게 종료되었습니다. 끝난 라운드는 보존됩니다.".to_owned()
            }
            FindingCode::TabHidden => {
                format!("라운드 {count}개 동안 탭이 가려져 있었습니다. 브라우저는 가려진 탭을 느리게 합니다. 탭을 보이게 두세요.")
            }
            FindingCode::CoarseTimer => {
                "측정한 시간에 비해 브라우저 시계의 해상도가 낮습니다. 백분위수보다 라운드 시간을 믿으세요.".to_owned()
            }
            FindingCode::EntriesMissing => {
                format!("요청 {count}개에 Resource Timing 항목이 없어 어떤 연결을 썼는지 알 수 없습니다.")
            }
            FindingCode::TimesHidden => {
                "대상이 이 페이지에 타이밍 정보를 숨깁니다. Timing-Allow-Origin 헤더를 보내지 않기 때문입니다.".to_owned()
            }
            FindingCode::Proxy => {
                "브라우저와 대상 사이에 프록시가 있을 수 있습니다. 그러면 연결과 시간은 대상이 아니라 프록시의 것일 수 있습니다. 프록시 없이 측정하거나, 비교할 측정끼리 같은 프록시를 쓰세요."
                    .to_owned()
            }
            FindingCode::ServiceWorker if finding.variant.is_none() => {
                "서비스 워커가 이 페이지를 제어하고 있어 요청을 처리할 수 있습니다.".to_owned()
            }
            FindingCode::ServiceWorker => format!("요청 {count}개가 서비스 워커를 거쳤습니다."),
            FindingCode::ProtocolChanged => "요청들이 서로 다른 프로토콜을 썼습니다.".to_owned(),
            FindingCode::Preflights => {
                "브라우저가 요청 전에 프리플라이트를 보냅니다. 걸린 시간은 수치에 포함되지만 따로 보여 줄 수는 없습니다. \
                 요청이 쓰는 연결을 프리플라이트가 먼저 열었을 수도 있습니다."
                    .to_owned()
            }
            FindingCode::CacheNotRuledOut => format!(
                "응답 {count}개는 대상이 아니라 서비스 워커나, XMLHttpRequest가 피할 수 없는 다른 출처의 브라우저 캐시에서 왔을 수 \
                 있으며, 브라우저는 이를 보여 주지 않습니다. 서비스 워커 없이 측정하세요. 캐시라면 서버가 Timing-Allow-Origin을 보낼 때 알 수 있습니다."
            ),
            FindingCode::SharedAnswers => format!(
                "라운드 {count}개를 제외했습니다. 이 브라우저는 같은 URL로 동시에 보낸 XMLHttpRequest에 응답 하나를 함께 줍니다. 요청마다 \
                 URL이 다르도록 URL에 {{n}}을 넣으세요."
            ),
            FindingCode::OneAtATime => format!(
                "라운드 {count}개에서 여러 요청을 동시에 보냈지만 하나씩 나갔습니다. XMLHttpRequest는 캐시를 피할 수 없어 \
                 같은 URL로 보낸 요청이 서로를 기다립니다. 요청마다 URL이 다르도록 URL에 {{n}}을 넣으세요."
            ),
            FindingCode::Redirects => {
                format!("요청 {count}개가 리디렉션되었습니다. 최종 URL을 측정하세요.")
            }
            FindingCode::CachedAnswers => format!("응답 {count}개는 대상이 아니라 캐시에서 왔습니다."),
            FindingCode::Failures => format!("요청 {count}개가 실패했습니다."),
            FindingCode::ColdReused => {
                format!("콜드 연결을 요구했지만 요청 {count}개가 연결을 재사용했습니다.")
            }
            FindingCode::LateSends => format!("요청 {count}개를 예정보다 늦게 보냈습니다."),
            FindingCode::WarmOpened => format!(
                "웜 연결을 요구했지만 요청 {count}개가 새 연결을 열었습니다. 서버나 브라우저, 클라이언트가 연결을 닫았거나 남은 연결이 없었기 때문이며, 측정한 시간에는 이 연결을 여는 시간이 포함되어 있습니다."
            ),
            FindingCode::DebugBuild => {
                "엔진을 최적화하지 않고 빌드했습니다. Rust 클라이언트가 실제보다 느리게 나옵니다.".to_owned()
            }
            FindingCode::OutsideMissing => "브라우저 밖에서 실행할 변형이 빠졌습니다.".to_owned(),
            FindingCode::ConnectionIds => {
                "서버가 알려 준 연결 id가 브라우저의 타이밍 정보와 맞지 않아 쓰지 않습니다. 프록시나 캐시가 다른 연결의 id를 전달했을 수 있습니다.".to_owned()
            }
            FindingCode::PortAccepts => {
                "대상의 포트가 열려 있습니다. 이 컴퓨터에서 그 포트로 연결할 수 있었습니다.".to_owned()
            }
            FindingCode::PortRefuses => {
                "대상의 포트가 닫혀 있습니다. 이 컴퓨터에서 그 포트로 연결했더니 거부되었습니다.".to_owned()
            }
            FindingCode::EntriesAmbiguous => format!(
                "시간이 초과되거나 실패한 요청이 있어, 요청 {count}개를 브라우저의 타이밍 항목과 짝지을 수 없었습니다. 어떤 연결을 썼는지 알 수 없습니다."
            ),
            FindingCode::TimesHiddenAtTimes => format!(
                "대상이 요청 {count}개의 타이밍 정보를 숨깁니다. 그 응답이나 도중의 리디렉션에 Timing-Allow-Origin이 없었습니다."
            ),
            FindingCode::InterimAnswers => format!(
                "요청 {count}개의 헤더가 브라우저가 알려 준 첫 바이트보다 한참 뒤에 왔습니다. 그 바이트가 중간 응답(1xx)의 것이거나 스레드가 바빴을 수 있어 이 요청들의 단계는 제외하고 지연 시간만 집계합니다."
            ),
            FindingCode::OwnLateness => {
                "모든 요청을 예정보다 조금 늦게 보냈습니다. 대상이 아니라 보내는 쪽에서 생긴 지연이며, 지연 시간에 포함됩니다.".to_owned()
            }
            FindingCode::ConnectionsLost => format!(
                "라운드 {count}개에서 쓰던 연결이 도중에 닫혔습니다. 브라우저가 요청을 스스로 다시 보냈을 수 있어, 서버가 받은 요청은 여기서 집계한 것보다 많을 수 있습니다. Firefox는 \
                 어느 요청이 그랬는지 보여 주지 않으므로 재사용한 것처럼 보이는 연결은 “알 수 없음”으로 표시합니다."
            ),
            FindingCode::LongTasks => {
                format!("긴 작업 {count}개가 측정 스레드를 50 ms 넘게 점유했습니다.")
            }
        }
}
