// reqwest's wasm, in a module of its own, so that its bytes are read only when it is chosen.

export { default as packed } from "../dist/engine/reqwest/fetchmark-reqwest_bg.wasm";
