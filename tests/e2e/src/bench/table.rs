use std::fmt;

/// As far as it is written: names to the left, figures to the right.
#[derive(Clone, Debug)]
pub struct Table(String);

impl Table {
    pub fn new(columns: impl IntoIterator<Item: ToString>) -> Self {
        let mut table = Self(String::new());
        let columns = table.push(columns);
        table.0 += &format!("|---|{}\n", "---:|".repeat(columns.saturating_sub(1)));
        table
    }

    /// Adds a row; says how many columns it has.
    pub fn push(&mut self, row: impl IntoIterator<Item: ToString>) -> usize {
        let cells: Vec<String> = row.into_iter().map(|cell| cell.to_string()).collect();
        self.0 += &format!("| {} |\n", cells.join(" | "));
        cells.len()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_markdown() {
        let mut table = Table::new(["client", "ratio"]);
        table.push(["ky", "1.2"]);
        assert_eq!(table.to_string(), "| client | ratio |\n|---|---:|\n| ky | 1.2 |\n");
    }
}
