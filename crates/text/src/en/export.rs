//! Links and files, in English.

use crate::words::Export;

pub(super) const EXPORT: Export = Export {
    title: "Export",
    link: "Link to these settings",
    with_secrets: "Include passwords, keys and tokens (otherwise •••). Anyone who has the link can read them.",
    copy: "Copy link",
    copy_with_report: "Copy link with results",
    copied: "Copied",
    not_copied: "The browser did not allow copying. The link is selected: copy it yourself.",
    not_allowed: "The browser did not allow copying. Download the file instead.",
    download: "Download JSON",
    download_csv: "Download CSV",
    download_hdr: "Download HDR log",
    copy_markdown: "Copy as Markdown",
    copy_table: "Copy table",
    download_hint: "A link with results opens this report anywhere; the report itself is not sent to any server. JSON is the full report with every round. CSV has one line per round, the copied table one per variant. The HDR log holds latency histograms. Markdown is for comments.",
};
