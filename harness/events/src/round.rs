//! The ids of cases that are played over and over: the first time under their own id, the second time as
//! `ID@2`, so that no report has a name twice.

/// The id of a case in a round, counted from one.
pub fn in_round(id: &str, round: usize) -> String {
    if round > 1 { format!("{id}@{round}") } else { id.to_owned() }
}

/// The id of the case, whichever round the line is of.
pub fn case_id(id: &str) -> &str {
    match id.rsplit_once('@') {
        Some((case, round)) if is_round(round) => case,
        _ => id,
    }
}

fn is_round(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|each| each.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_round_has_the_ids_of_the_suite() {
        assert_eq!(in_round("a/b", 1), "a/b");
        assert_eq!(in_round("a/b", 12), "a/b@12");
        for id in ["a/b", "a/b@12", "a/b@2"] {
            assert_eq!(case_id(id), "a/b");
        }
        for id in ["a/b@", "a/@x", "a@2/b", ""] {
            assert_eq!(case_id(id), id);
        }
    }
}
