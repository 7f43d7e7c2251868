// The words of boot.js in Korean, loaded where they are needed. The page in one file holds them too.

export default {
  promise: "이 브라우저에서 HTTP는 얼마나 빠를까요? 한 번 만들어 계속 쓰는 클라이언트와 요청마다 새로 만드는 클라이언트를 비교합니다.",
  loading: "불러오는 중…",
  file: [
    "파일에서 Fetchmark를 시작할 수 없습니다.",
    "페이지 전체가 들어 있는 fetchmark.html을 열거나, 이 폴더를 “python3 -m http.server” 같은 서버로 제공하고 그 주소를 여세요.",
  ],
  wasm: [
    "이 브라우저는 WebAssembly를 실행하지 못합니다.",
    "Fetchmark는 WebAssembly 모듈로 측정합니다. 최신 브라우저를 쓰거나 이 브라우저에서 WebAssembly를 허용하세요(차단 모드에서는 꺼져 있습니다).",
  ],
  blocked: [
    "Fetchmark가 시작되지 못하게 막혀 있습니다.",
    "확장 프로그램이나 정책이 이 페이지의 스크립트나 WebAssembly를 막고 있습니다. 이 페이지에서 허용한 뒤 새로 고치세요.",
  ],
  network: [
    "Fetchmark를 불러오지 못했습니다.",
    "페이지의 파일 하나가 도착하지 않았습니다. 연결을 확인한 뒤 새로 고치세요.",
  ],
};
