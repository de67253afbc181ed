//! What identifies a case across releases: a hash of its content, and the names that it had before.

use sharespec_wire::case::Case;

/// The hash of a case's content: FNV-1a of its JSON, 64 bits in hexadecimal digits.
///
/// A case of the same id and another hash sends something else, or is about something else.
pub fn hash(case: &Case) -> String {
    // A case is made of texts, numbers and lists, so that writing it cannot fail.
    let bytes = serde_json::to_vec(case).unwrap_or_default();
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The cases that were renamed: the old id and the new one.
pub fn aliases() -> &'static [(&'static str, &'static str)] {
    &[("alibaba/update/share/unsupported-external", "alibaba/update/probe/unsupported-external")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alibaba;
    use std::collections::HashSet;

    #[test]
    fn a_hash_changes_with_the_content_alone() {
        let cases = alibaba();
        let mut case = cases[0].clone();
        let before = hash(&case);
        assert_eq!(before.len(), 16);
        assert_eq!(before, hash(&case.clone()));
        case.test += 1;
        assert_ne!(before, hash(&case));
        let all: HashSet<String> = cases.iter().map(hash).collect();
        assert_eq!(all.len(), cases.len());
    }

    #[test]
    fn aliases_lead_to_cases() {
        let ids: HashSet<String> = alibaba().into_iter().map(|case| case.id).collect();
        for (old, new) in aliases() {
            assert!(!ids.contains(*old) && ids.contains(*new), "{old} -> {new}");
        }
    }
}
