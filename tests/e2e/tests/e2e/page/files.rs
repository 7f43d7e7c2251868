//! Pictures that go out as files, drawn with the page's own looks.

use fetchmark_e2e::prelude::*;

/// A script of the page's own that keeps what is saved, by name, in `window.saved` instead of saving it.
const KEEP: &str = "
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

/// What was saved under a name, once it is: its type, its first bytes, and what it shows as an image: width, height, and how many
/// colours.
const SAVED: &str = "
    const [name, done] = arguments;
    const look = async () => {
        const blob = window.saved?.get(name);
        if (!blob) return setTimeout(look, 10);
        const first = [...new Uint8Array(await blob.slice(0, 8).arrayBuffer())];
        const image = new Image();
        image.src = URL.createObjectURL(blob);
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Set(new Uint32Array(data.buffer));
        done({ type: blob.type, first, size: [canvas.width, canvas.height], colours: colours.size });
    };
    look().catch((error) => done({ error: String(error) }));
";

in_chromium!(every_picture_is_saved_as_lines_and_as_pixels);
async fn every_picture_is_saved_as_lines_and_as_pixels(browser: &Browser) -> Test {
    let site = Site::start_with_script(KEEP).await?;
    let query = "preset=concurrency&n=20&rounds=6&autorun";
    let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
    page.done().await?;
    page.settled().await?;
    let names = page
        .evaluate(
            "return [...document.querySelectorAll('[data-testid$=-svg]')].map((button) => button.dataset.testid.slice(0, -4))",
        )
        .await?;
    let names: Vec<String> = serde_json::from_value(names)?;
    assert!(names.len() >= 5, "a picture of each kind: {names:?}");
    for name in names {
        let mut sizes = Vec::new();
        for (kind, mime, begins) in
            [("svg", "image/svg+xml", &b"<svg"[..]), ("png", "image/png", b"\x89PNG\r\n\x1a\n")]
        {
            page.click(&format!("{name}-{kind}")).await?;
            let file = format!("fetchmark-{name}.{kind}");
            let saved = browser.client.execute_async(SAVED, vec![json!(file)]).await?;
            assert_eq!(saved["type"], mime, "{file}: {saved}");
            let first: Vec<u8> = serde_json::from_value(saved["first"].clone())?;
            assert!(first.starts_with(begins), "{file}: {saved}");
            assert!(saved["colours"].as_u64().is_some_and(|colours| colours > 2), "{file}: {saved}");
            sizes.push(serde_json::from_value::<[u64; 2]>(saved["size"].clone())?);
        }
        // Twice as many pixels each way, for the screens people have.
        assert_eq!(sizes[1], sizes[0].map(|px| 2 * px), "{name}");
    }
    Ok(())
}
