//! A browser that fails in the middle of a run.

/// The report of the finished rounds keeps the detail alone, as evidence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BrowserError {
    #[error(
        "The browser was lost during the run: {0}. Run again; if it happens again, check that there is enough memory, or \
         try another browser with --browser."
    )]
    Lost(String),
    #[error(
        "The run hangs: {0}. It was stopped. Run again; if it happens again, try another browser with --browser, or fewer \
         requests."
    )]
    Hangs(String),
    /// A dialog is in the way of what the command does in the page. Firefox opens its login dialog so.
    #[error(
        "The browser opened a dialog, and the run was stopped: the target may ask for a login (401, WWW-Authenticate). Do not \
         send credentials (--credentials omit), or send the login in a header."
    )]
    Dialog,
    #[error(
        "The tab that measures {label} was lost during the run: {detail}. Run again; if it happens again, check that there is enough \
         memory, or measure all targets from one page with --origin page."
    )]
    LostTab { label: String, detail: String },
}

impl BrowserError {
    /// What was seen, without advice.
    pub(super) fn detail(&self) -> &str {
        match self {
            Self::Dialog => "the browser opened a dialog",
            Self::Lost(detail) | Self::Hangs(detail) | Self::LostTab { detail, .. } => detail,
        }
    }
}
