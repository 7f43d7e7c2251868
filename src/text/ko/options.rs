//! What is folded away in the form, and what is wrong with a link, in Korean.

use crate::text::{LinkErrors, Options};

/// Words of the options few people touch.
pub(super) const OPTIONS: Options = Options {
    margin: "같다고 볼 범위",
    thread: [
        ("워커에서", "페이지 자체의 작업에 방해받지 않는 별도의 워커에서 측정합니다"),
        (
            "페이지 스레드에서",
            "페이지 자신의 스레드에서 측정합니다. 둘 다 고르면 모든 행을 양쪽에서 측정해 서로 비교합니다",
        ),
    ],
    again: (
        "첫 변형을 두 번",
        "첫 변형을 한 번 더 측정합니다. 자기 자신과 얼마나 다른지를 보면 여기서 무엇을 구별할 수 있는지 알 수 있습니다",
    ),
    warmup: "워밍업 라운드",
    timeout: "제한 시간",
    seconds: "초",
    seed: "시드",
    from_link: "링크에서 온 다른 설정:",
    from_file: [
        "파일로 연 페이지에서는 모든 출처에 응답을 허용하는 서버(Access-Control-Allow-Origin: * 또는 null)만 측정할 수 있으며, 다른 파일은 읽을 수 없습니다.",
        "클라이언트 자체에 드는 시간은 서버 없이도 측정할 수 있습니다.",
    ],
    explain: &[
        "재사용: 클라이언트와 요청을 라운드 전에 만들어 두고 호출할 때마다 다시 보냅니다. 매번 생성: 반복문 안에서 클라이언트를 만드는 코드처럼 호출할 때마다 둘 다 새로 만듭니다.",
        "둘 중 어느 쪽도 연결을 정하지는 않습니다. 브라우저는 클라이언트 아래에서 연결 풀을 따로 관리하므로, 새로 만든 클라이언트도 이미 열린 연결을 쓸 수 있습니다. 클라이언트와 연결은 서로 다른 두 요인입니다. 표에는 행마다 새 연결과 재사용한 연결의 수가 나옵니다.",
    ],
};

/// Words of what is wrong with a link.
pub(super) const LINK_ERRORS: LinkErrors = LinkErrors {
    title: "이 링크에 읽을 수 없는 부분이 있습니다. 나머지는 아래에 설정했습니다",
    error: super::params::param_error,
};
