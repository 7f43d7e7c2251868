//! Words of links and files.

/// Words of links and files.
pub struct Export {
    /// Headline.
    pub title: &'static str,
    /// Label of the link field.
    pub link: &'static str,
    /// Box to tick: what is secret, too.
    pub with_secrets: &'static str,
    /// Button: copy.
    pub copy: &'static str,
    /// After copying.
    pub copied: &'static str,
    /// When the browser did not allow it.
    pub not_copied: &'static str,
    /// Button: copy a link that holds the report.
    pub copy_with_report: &'static str,
    /// When the browser did not allow copying what stands in no field.
    pub not_allowed: &'static str,
    /// Button: download.
    pub download: &'static str,
    /// Button: download the rounds for programs.
    pub download_csv: &'static str,
    /// Button: download the latencies' histograms.
    pub download_hdr: &'static str,
    /// Button: copy sentences and table for a comment.
    pub copy_markdown: &'static str,
    /// Button: copy the table for a spreadsheet.
    pub copy_table: &'static str,
    /// What the file is.
    pub download_hint: &'static str,
}
