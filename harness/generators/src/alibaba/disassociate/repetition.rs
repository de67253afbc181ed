//! Repetition: the same call dozens of times has the same answer, and the same entity can come and
//! go again and again.

use crate::alibaba::draft::{Draft, associate, disassociate, list_associations};
use crate::alibaba::plan::{Plan, standard};
use crate::alibaba::rules::FLOOR;
use sharespec_wire::case::Case;

const TIMES: u32 = 30;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = rejected();
    cases.extend([3, 6].map(come_and_go));
    cases.push(repeated_probe());
    cases.push(reads_between());
    cases
}

fn named(end: &str) -> Plan {
    standard(format!("alibaba/disassociate/repetition/{end}")).about(FLOOR)
}

/// A rejected call, dozens of times.
fn rejected() -> Vec<Case> {
    let drafts: [(&str, &str, Draft); 8] = [
        (
            "duplicate",
            "targets/duplicate",
            disassociate("a").account("member-a").account("member-a"),
        ),
        ("not-associated", "targets/not-associated", disassociate("a").account("member-c")),
        ("malformed", "arns/malformed", disassociate("a").entry("ResourceArns", "nothing")),
        ("unknown-resource", "resources/unknown", disassociate("a").pair("VSwitch", "vsw-nothing")),
        ("empty", "lists/empty", disassociate("a")),
        ("unknown-share", "share/unknown", disassociate("a|swap").account("member-a")),
        ("foreign-share", "share/foreign", disassociate("a").account("member-a").by("member-a")),
        (
            "no-share",
            "share-id/missing",
            disassociate("a").account("member-a").without("ResourceShareId"),
        ),
    ];
    drafts
        .into_iter()
        .map(|(name, condition, draft)| {
            // Dozens of times the same answer, and then the share is as it was: the removal works.
            named(&format!("rejected/{name}"))
                .test(disassociate("a").account("member-a"))
                .instead(&draft)
                .step(draft.times(TIMES))
                .step(disassociate("a").account("member-a"))
                .provoking([condition])
                .done()
        })
        .collect()
}

/// One entity comes and goes; each time has a row of its own.
fn come_and_go(times: u32) -> Case {
    let one = |draft: Draft| draft.account("member-a").resource("VSwitch", 1);
    let mut plan = named(&format!("come-and-go/{times}"));
    for _ in 1..times {
        plan = plan.step(one(disassociate("a"))).step(one(associate("a")));
    }
    plan.test(one(disassociate("a"))).done()
}

/// The removal of what was removed, dozens of times, whatever a target makes of it.
fn repeated_probe() -> Case {
    let removal = || disassociate("a").account("member-a");
    standard("alibaba/disassociate/probe/repeated-call")
        .test(removal())
        .step(removal().times(TIMES))
        .about(FLOOR)
        .done()
}

/// Dozens of reads change nothing.
fn reads_between() -> Case {
    named("reads-between")
        .step(list_associations("a", "Target").times(TIMES))
        .step(list_associations("a", "Resource").times(TIMES))
        .test(disassociate("a").account("member-a"))
        .step(list_associations("a", "Target").times(TIMES))
        .done()
}
