//! What `cargo xtask release` leaves, used as people use it: unpacked, and installed into a project of their own.

use fetchmark_e2e::{command::shell, prelude::*, release_files};
use fetchmark_lab::{Lab, LabConfig};

/// Measures in the example's page, and ends with the report that it offers, or with what it says.
const MEASURE: &str = "
    const [done] = arguments;
    const [form, url, save, answer] = ['form', 'url', 'save', 'answer'].map((id) => document.getElementById(id));
    const look = () => {
        if (!save.hidden) return fetch(save.href).then((saved) => saved.json()).then(done);
        answer.textContent ? done(answer.textContent) : requestAnimationFrame(look);
    };
    url.value = '/lab/ping';
    form.requestSubmit();
    look();
";

#[test]
fn the_packed_command_measures_with_the_page_that_is_in_it() -> Test {
    let folder = tempdir()?;
    let script = r#"tar -xzf "$FILES"/fetchmark-*.tar.gz --strip-components=1
        ./fetchmark run lab:/lab/ping --n 5 --rounds 2 --output report.json"#;
    let ran = shell(folder.path(), script, &[("FILES", &release_files())])?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    assert_ok(&schema::read(&folder.path().join("report.json"))?, 10);
    Ok(())
}

in_chromium!(the_package_measures_in_a_vite_project);
async fn the_package_measures_in_a_vite_project(browser: &Browser) -> Test {
    let project = tempdir()?;
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/vite");
    let script = r#"tar -c -C "$EXAMPLE" --exclude=./node_modules . | tar -x
        npm install --ignore-scripts --no-audit --no-fund "$FILES"/fetchmark-*.tgz
        npm run build"#;
    let ran = shell(project.path(), script, &[("EXAMPLE", example), ("FILES", &release_files())])?;
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.error);
    // Its policy for Fetchmark's own page holds for this one, too: strict, with Trusted Types.
    let page = Some(project.path().join("dist").into());
    let lab = Lab::start(LabConfig { page, ..LabConfig::default() }).await?;
    browser.client.goto(&lab.http_url()).await?;
    let report = schema::report(browser.client.execute_async(MEASURE, vec![]).await?)?;
    assert_ok(&report, 500);
    assert_eq!(report.variants.len(), 2);
    assert_eq!(lab.sockets().requests, issued(&report));
    Ok(())
}
