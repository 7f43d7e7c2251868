//! What the content security policy forbids, as a page's own script notes it.

/// A script that notes what is forbidden. It stands before the policy, or is the page's own: no other may run.
pub const WATCH: &str = "
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        document.documentElement.dataset.violation = `${violatedDirective} ${blockedURI}`;
    });
";

/// What the page asked for, and what was noted as forbidden, or null.
pub const ASKED: &str = "
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    const { violation = null } = document.documentElement.dataset;
    return { asked, violation };
";

/// Does what the policy forbids, and gives what was noted.
pub const FORBIDDEN: &str = "
    const [done] = arguments;
    document.addEventListener('securitypolicyviolation', () =>
        setTimeout(() => done(document.documentElement.dataset.violation)));
    document.head.append(Object.assign(document.createElement('style'), { textContent: 'a {}' }));
";
