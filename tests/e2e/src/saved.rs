//! What the page saves as files, caught in tests.

/// A script of the page's own that keeps what is saved, by name, in `window.saved` instead of saving it.
pub const KEEP: &str = "
    const made = new Map();
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
        const url = make(blob);
        made.set(url, blob);
        return url;
    };
    globalThis.saved = new Map();
    HTMLAnchorElement.prototype.click = function () {
        saved.set(this.download, made.get(this.href));
    };
";

/// The text that was saved under a name, once it is.
pub const TEXT: &str = "
    const [name, done] = arguments;
    const look = () => {
        const blob = window.saved?.get(name);
        if (blob) blob.text().then(done); else requestAnimationFrame(look);
    };
    look();
";
