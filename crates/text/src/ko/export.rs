//! Links and files, in Korean.

use crate::words::Export;

pub(super) const EXPORT: Export = Export {
    title: "내보내기",
    link: "현재 설정의 링크",
    with_secrets: "비밀번호, 키, 토큰 포함(기본은 •••). 링크를 가진 사람은 누구나 이 값을 볼 수 있습니다.",
    copy: "링크 복사",
    copy_with_report: "결과를 담은 링크 복사",
    copied: "복사했습니다",
    not_copied: "브라우저가 복사를 허용하지 않았습니다. 링크를 선택해 두었으니 직접 복사하세요.",
    not_allowed: "브라우저가 복사를 허용하지 않았습니다. 파일로 내려받으세요.",
    download: "JSON 내려받기",
    download_csv: "CSV 내려받기",
    download_hdr: "HDR 로그 내려받기",
    copy_markdown: "마크다운으로 복사",
    copy_table: "표 복사",
    download_hint: "결과를 담은 링크는 어디서나 이 보고서를 열며, 보고서는 서버로 전송되지 않습니다. JSON은 모든 라운드를 담은 전체 보고서입니다. CSV에는 라운드마다, 복사한 표에는 변형마다 한 줄이 있습니다. HDR 로그에는 지연 시간 히스토그램이 있고, 마크다운은 댓글용입니다.",
};
