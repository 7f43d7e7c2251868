//! Which versions of Python are new enough.

/// The oldest version that the pinned libraries and the package itself run on.
pub(crate) const OLDEST: (u32, u32) = (3, 10);

pub(crate) fn is_supported(version: &str) -> bool {
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().ok());
    match (numbers.next().flatten(), numbers.next().flatten()) {
        (Some(major), Some(minor)) => (major, minor) >= OLDEST,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(["3.10.0", "3.11.7", "3.14.0rc1", "4.0.0"].iter().all(|version| is_supported(version)));
        assert!(["2.7.18", "3.9.18", "3.1.4", "", "three"].iter().all(|version| !is_supported(version)));
    }
}
