//! Resources that may not be shared, or not so: those that do not exist, those of others, those of the
//! management account, and those that must stay inside the directory.

use super::adder::{ASSOCIATE, Adder, BOTH};
use crate::alibaba::cast::{List, id_of};
use crate::alibaba::draft::{associate, disassociate, join, ordinary, pair};
use serde_json::Value;
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for adder in BOTH {
        cases.extend(valid(adder));
        cases.extend(nobodys(adder));
        cases.extend(management(adder));
        cases.extend(delegated(adder));
        cases.extend(inside_only(adder));
    }
    cases.extend([1, 2, 3, 4, 5].into_iter().flat_map(at));
    cases.extend(after_others());
    cases
}

fn valid(adder: Adder) -> Vec<Case> {
    let kms = |adder: Adder, name: &str| {
        adder.accepted(&format!("valid/resources/{name}"), |draft| draft.arn("KMSInstance", 1))
    };
    let mut cases = vec![kms(adder, "management-only-by-arn")];
    let own = |adder: Adder, owner: &str| {
        adder.accepted("valid/resources/own", |draft| {
            draft.pair("VSwitch", id_of(owner, "VSwitch", 1))
        })
    };
    cases.push(own(adder.by("quiet-owner"), "quiet-owner"));
    for owner in ["quiet-owner", "other-owner", "small-owner"] {
        cases.push(own(adder.external().by(owner), owner));
    }
    cases
}

/// Resources that do not exist, or belong to another account.
fn nobodys(adder: Adder) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut probe = |condition: &str, name: &str, list: List, entry: Value| {
        let end = format!("probe/{condition}/{name}");
        cases.push(
            adder.wrong(&end, condition, |draft| draft.entry(list.parameter(), entry.clone())),
        );
    };
    let by_id = |kind: &str, id: &str| pair(Some(kind), Some(id.into()));
    let nobodys = "resources/nonexistent";
    probe(nobodys, "id", List::Resources, by_id("VSwitch", "$id.owner.VSwitch.1|swap"));
    probe(nobodys, "id-of-another-type", List::Resources, by_id("Image", "$id.owner.VSwitch.1"));
    probe("arns/nonexistent", "id", List::Arns, "$arn.owner.VSwitch.1|id".into());
    probe("arns/nonexistent", "other-type", List::Arns, "$arn.owner.Image.1|id".into());
    for part in ["region", "account", "service", "kind"] {
        let arn = format!("$arn.owner.VSwitch.1|{part}");
        probe("arns/other-place", part, List::Arns, arn.into());
    }
    let other = "resources/of-another";
    probe(other, "stranger", List::Resources, by_id("VSwitch", "$id.other-owner.VSwitch.1"));
    probe(other, "member", List::Resources, by_id("KMSInstance", "$id.member-a.KMSInstance.1"));
    probe("arns/of-another", "stranger", List::Arns, "$arn.other-owner.VSwitch.1".into());
    probe("arns/of-another", "member", List::Arns, "$arn.member-a.KMSInstance.1".into());
    cases
}

/// An account that the management account lets share a type in its stead.
fn delegated(adder: Adder) -> Vec<Case> {
    let delegate = adder.by("member-b");
    let own = id_of("member-b", "KMSInstance", 1);
    vec![
        delegate.accepted("valid/delegated/by-id", |draft| draft.pair("KMSInstance", own.clone())),
        delegate.accepted("valid/delegated/by-arn", |draft| {
            draft.account("owner").entry("ResourceArns", "$arn.member-b.KMSInstance.1")
        }),
    ]
}

/// Types that the management account alone may share.
fn management(adder: Adder) -> Vec<Case> {
    let condition = "resources/management-only";
    let member = adder.by("member-a");
    let own = id_of("member-a", "KMSInstance", 1);
    vec![
        member.wrong(&format!("{condition}/by-id"), condition, |draft| {
            draft.pair("KMSInstance", own.clone())
        }),
        member.wrong(&format!("{condition}/by-arn"), condition, |draft| {
            draft.entry("ResourceArns", "$arn.member-a.KMSInstance.1")
        }),
        member.wrong(&format!("{condition}/beside-principals"), condition, |draft| {
            draft.account("owner").account("member-b").pair("KMSInstance", own.clone())
        }),
    ]
}

/// Types that must stay inside the directory.
fn inside_only(adder: Adder) -> Vec<Case> {
    let external = adder.external();
    let condition = "share/type-not-external";
    let open = "share/type-in-open-share";
    vec![
        external.wrong(&format!("{condition}/at-once"), condition, |draft| {
            draft.resource("KMSInstance", 1).account("outsider")
        }),
        external.wrong(&format!("{condition}/at-once-by-arn"), condition, |draft| {
            draft.account("outsider").arn("KMSInstance", 1)
        }),
        external.wrong(&format!("{condition}/among-others"), condition, |draft| {
            draft
                .resource("VSwitch", 1)
                .resource("KMSInstance", 1)
                .account("member-a")
                .account("outsider")
        }),
        external
            .wrong(&format!("probe/{open}/alone"), open, |draft| draft.resource("KMSInstance", 1)),
        external.wrong(&format!("probe/{open}/beside-a-member"), open, |draft| {
            draft.arn("KMSInstance", 1).account("member-a")
        }),
    ]
}

/// The other half is in the share already, or was.
fn after_others() -> Vec<Case> {
    let external = ASSOCIATE.external();
    let condition = "share/type-not-external";
    let after = |end: &str| {
        let end = format!("{condition}/{end}");
        external.wrong_after(&end, condition, join("a", "outsider"), |draft| {
            draft.resource("KMSInstance", 1)
        })
    };
    let invited = vec![associate("a").account("outsider").into()];
    let open = "share/type-in-open-share";
    let mut gone = join("a", "outsider");
    gone.push(disassociate("a").account("outsider").into());
    vec![
        after("after-the-outsider"),
        // That the type may be there at all is open; if it is, nobody outside may come to it.
        external
            .plan(&format!("probe/{open}/then-an-outsider"))
            .test(associate("a").resource("KMSInstance", 1))
            .step(associate("a").account("outsider"))
            .about(&["error/ExternalTargetsNotAllowed.ResourceType"])
            .done(),
        external
            .plan(&format!("probe/{open}/then-an-outsider-among-others"))
            .test(associate("a").arn("KMSInstance", 1).arn("VSwitch", 1).account("member-a"))
            .step(associate("a").resource("VSwitch", 2).account("member-b").account("outsider"))
            .about(&["error/ExternalTargetsNotAllowed.ResourceType"])
            .done(),
        // Whether an open invitation is sharing is open, and so which of the two it is.
        external
            .plan(&format!("probe/{open}/after-an-invitation"))
            .steps(invited)
            .test(associate("a").resource("KMSInstance", 1))
            .done(),
        external.wrong_after(
            &format!("probe/{open}/after-the-outsider-went"),
            open,
            gone,
            |draft| draft.resource("KMSInstance", 1),
        ),
    ]
}

/// One of five resources is nobody's, or another's.
fn at(position: usize) -> Vec<Case> {
    let among = |condition: &str, list: List, entry: Value| {
        ASSOCIATE.wrong(
            &format!("probe/{condition}/among-five/at-{position}"),
            condition,
            |draft| {
                (1..=5).fold(draft, |draft, number| {
                    let ordinary = ordinary(list, number);
                    let entry = if number == position { entry.clone() } else { ordinary };
                    draft.entry(list.parameter(), entry)
                })
            },
        )
    };
    let by_id = |id: &str| pair(Some("VSwitch"), Some(id.into()));
    vec![
        among("resources/nonexistent", List::Resources, by_id("$id.owner.VSwitch.9|swap")),
        among("resources/of-another", List::Resources, by_id("$id.other-owner.VSwitch.1")),
        among("arns/nonexistent", List::Arns, "$arn.owner.VSwitch.9|id".into()),
        among("arns/of-another", List::Arns, "$arn.other-owner.VSwitch.1".into()),
    ]
}
