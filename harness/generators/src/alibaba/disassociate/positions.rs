//! Every position: which of several entities is removed, in which order they are named, and in
//! which order they came into the share.

use crate::alibaba::cast::List;
use crate::alibaba::draft::{associate, create, disassociate};
use crate::alibaba::plan::{Plan, case, stocked};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for list in List::ALL {
        // The first alone, and all but the last are among the boundaries.
        cases.extend([2, 3, 4, 5].map(|position| only(list, position)));
        cases.extend([1, 3].map(|position| all_but(list, position)));
        cases.push(in_order(list, "reversed", &[5, 4, 3, 2, 1]));
        cases.push(in_order(list, "ends", &[5, 1]));
        cases.extend([1, 2, 3].map(|number| built_up(list, [1, 2, 3], number)));
        cases.extend([1, 3].map(|number| built_up(list, [2, 3, 1], number)));
        cases.push(one_after_the_other(list));
        cases.push(beyond_five(list));
    }
    cases.extend(of_two_lists());
    cases
}

fn named(list: List, end: &str) -> String {
    format!("alibaba/disassociate/{}/position/{end}", list.name())
}

fn only(list: List, position: usize) -> Case {
    stocked(named(list, &format!("only-{position}")), list, 5)
        .test(disassociate("a").entries(list, [position]))
        .done()
}

fn all_but(list: List, position: usize) -> Case {
    stocked(named(list, &format!("all-but-{position}")), list, 5)
        .test(disassociate("a").entries(list, (1..=5).filter(|each| *each != position)))
        .done()
}

fn in_order(list: List, name: &str, numbers: &[usize]) -> Case {
    stocked(named(list, &format!("order/{name}")), list, 5)
        .test(disassociate("a").entries(list, numbers.iter().copied()))
        .done()
}

/// Three entities that came one by one, of which one goes.
fn built_up(list: List, order: [usize; 3], number: usize) -> Case {
    let [first, second, third] = order;
    let name = format!("built-up/{first}-{second}-{third}/without-{number}");
    order
        .iter()
        .fold(case(named(list, &name)).step(create("a")), |plan, each| {
            plan.step(associate("a").entries(list, [*each]))
        })
        .test(disassociate("a").entries(list, [number]))
        .done()
}

/// Three calls, each for one entity.
fn one_after_the_other(list: List) -> Case {
    stocked(named(list, "one-after-the-other"), list, 3)
        .step(disassociate("a").entries(list, [2]))
        .step(disassociate("a").entries(list, [1]))
        .test(disassociate("a").entries(list, [3]))
        .done()
}

/// A share may hold more than one call can name.
fn beyond_five(list: List) -> Case {
    stocked(named(list, "last-of-eleven"), list, 11)
        .test(disassociate("a").entries(list, [11, 6, 1]))
        .done()
}

/// Entities of both kinds in one call, which came in one call or in two, in either order.
fn of_two_lists() -> Vec<Case> {
    let entities = |list| associate("a").entries(list, 1..=3);
    let base =
        |end: &str| case(format!("alibaba/disassociate/lists/position/{end}")).step(create("a"));
    let ends = |plan: Plan, list: List| {
        plan.test(disassociate("a").entries(list, [1, 3]).entries(List::Targets, [2])).done()
    };
    let mut cases = Vec::new();
    for list in [List::Resources, List::Arns] {
        let name = list.name();
        let targets = || entities(List::Targets);
        cases.push(ends(
            base(&format!("{name}-with-targets"))
                .step(entities(list).entries(List::Targets, 1..=3)),
            list,
        ));
        cases.push(ends(
            base(&format!("{name}-before-targets")).step(entities(list)).step(targets()),
            list,
        ));
        cases.push(ends(
            base(&format!("{name}-after-targets")).step(targets()).step(entities(list)),
            list,
        ));
    }
    cases
}
