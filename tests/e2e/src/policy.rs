//! What the content security policy forbids, as a page's own script notes it.

use crate::{browser::Browser, matrix::Test, page::Page};

/// A script that notes what is forbidden. It stands before the policy, or is the page's own: no other may run.
pub const WATCH: &str = "
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        document.documentElement.dataset.violation = `${violatedDirective} ${blockedURI}`;
    });
";

/// What the page asked for, and what was noted as forbidden, or null.
const ASKED: &str = "
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    const { violation = null } = document.documentElement.dataset;
    return { asked, violation };
";

/// Does what the policy forbids, and gives what was noted.
const FORBIDDEN: &str = "
    const [done] = arguments;
    document.addEventListener('securitypolicyviolation', () =>
        setTimeout(() => done(document.documentElement.dataset.violation)));
    document.head.append(Object.assign(document.createElement('style'), { textContent: 'a {}' }));
";

/// The page asked for nothing but what begins so, and did nothing that is forbidden; what is forbidden does not happen.
pub async fn assert_kept(browser: &Browser, page: &Page<'_>, origin: &str) -> Test {
    let seen = page.evaluate(ASKED).await?;
    let asked: Vec<String> = serde_json::from_value(seen["asked"].clone())?;
    assert!(asked.iter().all(|name| name.starts_with(origin)), "{asked:?}");
    assert!(seen["violation"].is_null(), "{}", seen["violation"]);
    let noted = browser.client.execute_async(FORBIDDEN, vec![]).await?;
    assert!(noted.as_str().is_some_and(|noted| noted.starts_with("style-src")), "{noted}");
    Ok(())
}
