//! Selecting cases: patterns over semantic paths. `*` stands for one part, `**` for any number.

use sharespec_events::case_id;
use sharespec_wire::case::{Case, Lock};

/// Why a selection cannot be made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// A pattern matches nothing.
    #[error("no case matches `{0}`; `sharespec list` shows all of them")]
    NoMatch(String),
}

/// Whether a pattern matches an id: whole parts, or a whole prefix of them. The name of a line of a later
/// round stands for its case.
pub fn matches(pattern: &str, id: &str) -> bool {
    let pattern: Vec<&str> = case_id(pattern).trim_end_matches('/').split('/').collect();
    let parts: Vec<&str> = id.split('/').collect();
    parts_match(&pattern, &parts, false)
}

/// Whether a pattern matches a whole id: what an id begins with is not enough.
pub fn matches_whole(pattern: &str, id: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let parts: Vec<&str> = id.split('/').collect();
    parts_match(&pattern, &parts, true)
}

fn parts_match(pattern: &[&str], parts: &[&str], whole: bool) -> bool {
    match (pattern.split_first(), parts.split_first()) {
        (None, rest) => !whole || rest.is_none(),
        (Some((&"**", [])), _) => true,
        (Some((&"**", rest)), _) => {
            let left = |skip| parts.get(skip..).unwrap_or_default();
            (0..=parts.len()).any(|skip| parts_match(rest, left(skip), whole))
        }
        (Some((head, rest)), Some((part, parts))) => {
            part_matches(head, part) && parts_match(rest, parts, whole)
        }
        (Some(_), None) => false,
    }
}

fn part_matches(pattern: &str, part: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == part,
        Some((head, tail)) => part.strip_prefix(head).is_some_and(|rest| {
            (0..=rest.len())
                .any(|skip| rest.get(skip..).is_some_and(|rest| part_matches(tail, rest)))
        }),
    }
}

/// Which of `number` shards a case belongs to, counted from zero. It depends on nothing but the id, or
/// for cases that want all of an account or of the target, on that: such cases go together.
pub fn shard_of(case: &Case, number: usize) -> usize {
    let target = case.locks.contains(&Lock::Target).then_some("the target");
    let account = case.locks.iter().find_map(|lock| match lock {
        Lock::Account(role) | Lock::Services(role) => Some(role.as_str()),
        Lock::Target | Lock::Shares(..) | Lock::Resources(..) | Lock::Invitations(..) => None,
    });
    let key = target.or(account).unwrap_or(&case.id);
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The low bits of such a hash are the least mixed.
    let mixed = (hash ^ (hash >> 32)) % u64::try_from(number.max(1)).unwrap_or(1);
    usize::try_from(mixed).unwrap_or(0)
}

/// The cases that some pattern selects and none skips. No pattern selects all.
///
/// # Errors
/// [`SelectionError`] if a pattern matches nothing.
pub fn select(
    cases: Vec<Case>,
    patterns: &[String],
    skips: &[String],
) -> Result<Vec<Case>, SelectionError> {
    for pattern in patterns.iter().chain(skips) {
        if !cases.iter().any(|case| matches(pattern, &case.id)) {
            return Err(SelectionError::NoMatch(pattern.clone()));
        }
    }
    let wanted = |case: &Case| {
        (patterns.is_empty() || patterns.iter().any(|pattern| matches(pattern, &case.id)))
            && !skips.iter().any(|pattern| matches(pattern, &case.id))
    };
    Ok(cases.into_iter().filter(wanted).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_parts_and_prefixes() {
        let id = "alibaba/disassociate/targets/over-limit/6";
        for pattern in [
            id,
            "alibaba",
            "alibaba/disassociate",
            "alibaba/*/targets",
            "**/over-limit",
            "**/over-limit/6",
            "alibaba/**/6",
            "alibaba/dis*/targets/over-*",
            "alibaba/disassociate/targets/over-limit/6@17",
        ] {
            assert!(matches(pattern, id), "{pattern}");
        }
        for pattern in ["aws", "alibaba/disassociate/target", "*/targets", "**/7", "over-limit"] {
            assert!(!matches(pattern, id), "{pattern}");
        }
    }

    #[test]
    fn the_union_of_shards_is_the_whole_and_no_case_is_twice() {
        let cases = sharespec_generators::alibaba();
        for number in 1..=16 {
            let mut sizes = vec![0_usize; number];
            // What needs a whole account or target goes together: such a shard may be the larger for it.
            let whole = |case: &&Case| {
                let whole = |lock: &Lock| {
                    matches!(lock, Lock::Account(_) | Lock::Services(_) | Lock::Target)
                };
                case.locks.iter().any(whole)
            };
            let apart: Vec<&Case> = cases.iter().filter(|case| !whole(case)).collect();
            for case in &apart {
                sizes[shard_of(case, number)] += 1;
            }
            let fair = apart.len() / number;
            assert!(sizes.iter().all(|size| *size > fair / 2 && *size < 2 * fair), "{sizes:?}");
            let target = |case: &&Case| case.locks.contains(&Lock::Target);
            let shards = cases.iter().filter(target).map(|case| shard_of(case, number));
            assert_eq!(shards.collect::<std::collections::BTreeSet<_>>().len(), 1);
        }
    }

    #[test]
    fn a_known_failure_is_named_whole() {
        let id = "alibaba/accept/again/twice";
        for pattern in [id, "alibaba/**", "alibaba/*/again/*", "**/twice", "**"] {
            assert!(matches_whole(pattern, id), "{pattern}");
        }
        for pattern in ["alibaba/accept/again", "alibaba/*", "**/again", ""] {
            assert!(!matches_whole(pattern, id), "{pattern}");
        }
    }
}
