#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub title: String,
    pub heads: Vec<String>,
    /// Its rows; the first cell of each is a name.
    pub rows: Vec<Vec<String>>,
}
