//! Records in time: what ended is listed for 48 hours and gone after 96, in each list and each status;
//! what is live stays.

use crate::alibaba::draft::{
    Draft, advance, associate, create_external, delete, disassociate, list_associations,
    list_invitations, list_scope, reject,
};
use crate::alibaba::plan::{Plan, case, standard};
use sharespec_wire::case::{Case, Step};

/// When a record is looked for: the hours that have passed, and the rule.
const MOMENTS: [(&str, i64, &str); 2] = [("kept", 47, KEPT), ("gone", 97, PURGED)];

const KEPT: &str = "alibaba-operations-2026/ListResourceShareAssociations/record/kept";

const PURGED: &str = "alibaba-operations-2026/ListResourceShareAssociations/record/purged";

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (moment, hours, rule) in MOMENTS {
        for kind in ["Resource", "Target"] {
            for status in [None, Some("Disassociated"), Some("Associated")] {
                cases.push(association(kind, status, moment, hours, rule));
            }
        }
        for status in [None, Some("Failed")] {
            cases.push(failed(status, moment, hours, rule));
        }
        for operation in ["ListSharedResources", "ListSharedTargets", "ListResourceShares"] {
            let id = format!("alibaba/records/{}/{moment}", operation.to_lowercase());
            let list = list_scope(operation, "a", "Self");
            cases.push(removed(id).step(advance(hours)).test(list).done());
        }
    }
    cases.push(again());
    cases.push(deleted());
    cases
}

/// A share of which one resource and one principal were removed, and the rest stays.
fn removed(id: String) -> Plan {
    standard(id).step(disassociate("a").resource("VSwitch", 1).account("member-a"))
}

fn filtered(list: Draft, status: Option<&str>) -> Draft {
    match status {
        Some(status) => list.with("AssociationStatus", status),
        None => list,
    }
}

fn named(list: &str, status: Option<&str>, moment: &str) -> String {
    let status = status.unwrap_or("all").to_lowercase();
    format!("alibaba/records/{list}/{status}/{moment}")
}

fn association(
    kind: &str,
    status: Option<&str>,
    moment: &str,
    hours: i64,
    rule: &'static str,
) -> Case {
    removed(named(&kind.to_lowercase(), status, moment))
        .step(advance(hours))
        .test(filtered(list_associations("a", kind), status))
        .about(&[rule])
        .done()
}

/// An invitation that is turned down may leave a record; where it does, it ends as every other.
fn failed(status: Option<&str>, moment: &str, hours: i64, rule: &'static str) -> Case {
    case(named("invited", status, moment))
        .step(create_external("a"))
        .step(associate("a").account("member-a"))
        .step(associate("a").account("outsider"))
        .step(list_invitations("a", "outsider"))
        .step(reject("a", "outsider"))
        .step(Step::Read)
        .step(advance(hours))
        .test(filtered(list_associations("a", "Target"), status))
        .about(&[rule])
        .done()
}

/// The time of the record counts from its own end, not from that of an earlier one.
fn again() -> Case {
    removed("alibaba/records/target/second-end/kept".to_owned())
        .step(advance(40))
        .step(associate("a").account("member-a"))
        .step(disassociate("a").account("member-a"))
        .step(advance(40))
        .test(list_associations("a", "Target"))
        .about(&[KEPT])
        .done()
}

/// The record of a share that was deleted.
fn deleted() -> Case {
    standard("alibaba/records/listresourceshares/deleted/kept")
        .step(delete("a"))
        .step(advance(47))
        .test(list_scope("ListResourceShares", "a", "Self").with("ResourceShareStatus", "Deleted"))
        .about(&["alibaba-operations-2026/DeleteResourceShare/effect/deleted"])
        .done()
}
