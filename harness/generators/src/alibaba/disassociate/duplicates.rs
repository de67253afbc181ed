//! One entry twice in a list, at each pair of positions, beside entries that are in order.

use crate::alibaba::cast::{List, account, id_of};
use crate::alibaba::draft::{Draft, disassociate};
use crate::alibaba::plan::{standard, stocked};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for list in List::ALL {
        for first in 1..=4 {
            cases.extend((first + 1..=5).map(|second| pair(list, first, second)));
        }
        cases.push(numbered(list, "alone", &[1, 1]));
        cases.push(numbered(list, "five-times", &[2, 2, 2, 2, 2]));
        cases.push(beside(list));
    }
    cases.push(alike_in_one_part());
    cases
}

/// Five entries, of which the second of two positions repeats the first.
fn pair(list: List, first: usize, second: usize) -> Case {
    let numbers: Vec<usize> =
        (1..=5).map(|position| if position == second { first } else { position }).collect();
    numbered(list, &format!("{first}-{second}"), &numbers)
}

fn numbered(list: List, name: &str, numbers: &[usize]) -> Case {
    stocked(format!("alibaba/disassociate/{}/duplicate/{name}", list.name()), list, 5)
        .test(disassociate("a").entries(list, 1..=5))
        .instead(&disassociate("a").entries(list, numbers.iter().copied()))
        .provoking([list.condition("duplicate")])
        .done()
}

/// The other kind of list is in order.
fn beside(list: List) -> Case {
    let other = |draft: Draft| match list {
        List::Targets => draft.resource("VSwitch", 1),
        List::Resources | List::Arns => draft.account("member-b"),
    };
    standard(format!("alibaba/disassociate/{}/duplicate/beside-another-list", list.name()))
        .test(other(disassociate("a")).entries(list, [1]))
        .instead(&other(disassociate("a")).entries(list, [1, 1]))
        .provoking([list.condition("duplicate")])
        .done()
}

/// Entries that share one part are no duplicates: the types, or the owners, are the same.
fn alike_in_one_part() -> Case {
    standard("alibaba/disassociate/lists/no-duplicate/one-part-alike")
        .test(
            disassociate("a")
                .pair("VSwitch", id_of("owner", "VSwitch", 1))
                .pair("VSwitch", id_of("owner", "VSwitch", 2))
                .target(account("member-a"))
                .target(account("member-b")),
        )
        .done()
}
