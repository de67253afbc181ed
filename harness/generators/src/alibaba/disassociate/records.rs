//! The record of what was removed: kept for 48 hours, gone after 96, and what may follow it.

use crate::alibaba::draft::{Draft, advance, associate, disassociate};
use crate::alibaba::plan::{Plan, standard};
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    vec![
        removed("kept-then-gone")
            .step(advance(47))
            .step(Step::Read)
            .step(advance(50))
            .step(Step::Read)
            .about(&["record/kept", "record/purged"])
            .done(),
        removed("between-the-ages")
            .step(advance(72))
            .step(Step::Read)
            .about(&["record/kept", "record/purged"])
            .done(),
        removed("associated-again-after-it-went")
            .step(advance(97))
            .step(both(associate("a")))
            .step(both(disassociate("a")))
            .about(&["record/purged"])
            .done(),
        forgotten(),
    ]
}

fn both(draft: Draft) -> Draft {
    draft.resource("VSwitch", 1).account("member-a")
}

fn removed(end: &str) -> Plan {
    standard(format!("alibaba/disassociate/record/{end}")).test(both(disassociate("a")))
}

/// After the record is gone, the entity was never in the share.
fn forgotten() -> Case {
    let removal = || disassociate("a").account("member-a");
    standard("alibaba/disassociate/record/removed-again-after-it-went")
        .test(removal())
        .before([removal().into(), advance(97)])
        .provoking(["targets/not-associated"])
        .about(&["record/purged"])
        .done()
}
