// The tools' wasm, in a module of its own, so that its bytes are read only when they are asked for.

export { default as packed } from "../dist/report-tools/fetchmark-report-tools_bg.wasm";
