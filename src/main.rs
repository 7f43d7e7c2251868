//! Starts the page when its wasm is loaded.

fn main() {
    fetchmark_page::start();
}
