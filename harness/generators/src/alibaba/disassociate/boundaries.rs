//! How many entities a call names: 0, 1, 5, 6, 20 and 21 of each list, and five of two lists.

use crate::alibaba::cast::List;
use crate::alibaba::draft::{associate, create, disassociate};
use crate::alibaba::plan::{Plan, case, standard, stocked};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for list in List::ALL {
        cases.extend([1, 4, 5].map(|count| lawful(list, count)));
        cases.extend(
            [(6, "over-limit"), (20, "over-limit"), (21, "over-gateway")]
                .map(|(count, condition)| too_many(list, count, condition)),
        );
        cases.push(last_one(list));
    }
    for list in [List::Resources, List::Arns] {
        cases.push(five_of_both(list));
        cases.push(six_beside_five(list, list));
        cases.push(six_beside_five(list, List::Targets));
    }
    cases.extend(none());
    cases
}

/// So many of five are removed.
fn lawful(list: List, count: usize) -> Case {
    stocked(format!("alibaba/disassociate/{}/count/{count}", list.name()), list, 5)
        .test(disassociate("a").entries(list, 1..=count))
        .done()
}

/// The share holds nothing else.
fn last_one(list: List) -> Case {
    stocked(format!("alibaba/disassociate/{}/count/last-one", list.name()), list, 1)
        .test(disassociate("a").entries(list, [1]))
        .done()
}

/// All that are named are in the share, so that nothing is wrong but their number.
fn too_many(list: List, count: usize, condition: &str) -> Case {
    let id = format!("alibaba/disassociate/{}/{condition}/{count}", list.name());
    stocked(id, list, count)
        .test(disassociate("a").entries(list, 1..=5))
        .instead(&disassociate("a").entries(list, 1..=count))
        .provoking([list.condition(condition)])
        .done()
}

/// A share with the ordinary entries of a list, and as many accounts.
fn both(id: String, list: List, entries: usize, accounts: usize) -> Plan {
    let first = associate("a").entries(list, 1..=5).entries(List::Targets, 1..=5);
    let plan = case(id).step(create("a")).step(first);
    match (entries, accounts) {
        (6, _) => plan.step(associate("a").entries(list, [6])),
        (_, 6) => plan.step(associate("a").entries(List::Targets, [6])),
        _ => plan,
    }
}

fn five_of_both(list: List) -> Case {
    let id = format!("alibaba/disassociate/lists/five-{}-and-five-targets", list.name());
    let test = disassociate("a").entries(list, 1..=5).entries(List::Targets, 1..=5);
    both(id, list, 5, 5).test(test).done()
}

/// Six of one list beside five of the other: the limit is for each list.
fn six_beside_five(list: List, longer: List) -> Case {
    let (entries, accounts) = if longer == list { (6, 5) } else { (5, 6) };
    let id = format!(
        "alibaba/disassociate/{}/over-limit/beside-five-{}",
        longer.name(),
        if longer == list { "targets" } else { list.name() }
    );
    let five = disassociate("a").entries(list, 1..=5).entries(List::Targets, 1..=5);
    let six = disassociate("a").entries(list, 1..=entries).entries(List::Targets, 1..=accounts);
    both(id, list, entries, accounts)
        .test(five)
        .instead(&six)
        .provoking([longer.condition("over-limit")])
        .done()
}

/// No list at all, in each way of leaving the mode to its default, and in a share of any size.
fn none() -> Vec<Case> {
    let remove = || disassociate("a").account("member-a");
    let empty = |id: &str| {
        standard(format!("alibaba/disassociate/lists/empty/{id}")).provoking(["lists/empty"])
    };
    vec![
        empty("absent").test(remove()).instead(&disassociate("a")).done(),
        empty("owner-self").test(remove()).instead(&disassociate("a").mode("Self")).done(),
        empty("no-entries")
            .test(remove())
            .instead(&disassociate("a").list::<&str>("Targets", []))
            .done(),
        // One empty list beside entries of the other kind cannot be told from an absent one.
        standard("alibaba/disassociate/lists/one-without-entries")
            .test(remove().list::<&str>("Resources", []))
            .done(),
    ]
}
