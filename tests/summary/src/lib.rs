//! The measurements of `crates/core/benches/stats/million.rs`, as a module that a page loads: it lends its clock and is
//! told the times. Empty where it is not compiled for browsers.

#[cfg(target_arch = "wasm32")]
#[path = "../../../crates/core/benches/stats/million.rs"]
mod million;

#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "names that a page can call, and functions that it lends, have no other form")]
mod page {
    use super::million;

    #[link(wasm_import_module = "bench")]
    unsafe extern "C" {
        /// The page's clock, in ms.
        safe fn now() -> f64;
        /// Takes the time of one part, in ms.
        safe fn tell(part: u32, ms: f64);
    }

    /// Measures every part once and tells its time; of a part that failed it tells nothing.
    #[unsafe(no_mangle)]
    extern "C" fn measure() {
        for (part, ms) in million::measure(|| now()).into_iter().flatten().enumerate() {
            tell(part as u32, ms);
        }
    }
}
