//! Calls that are refused leave the share as it was, its times as well: it is looked at before.

use super::cast::{Puts, associate, delete, disassociate, edited, look_at, on_share, standard};
use crate::draft::Draft;
use sharespec_wire::case::Case;

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let rename = || on_share("UpdateResourceShare", "a").with("name", "$name.renamed");
    let added = || associate("a").subnet(3).principal("member-03");
    let removed = || disassociate("a").subnet(1).principal("member-a");
    let refused = |end: &str, good: Draft, wrong: &Draft, condition: &str| {
        let plan = standard(format!("untouched/{end}")).step(look_at("a"));
        edited(plan, good, wrong, condition)
    };
    vec![
        refused("disassociate", removed(), &removed().by_arn("subnet"), "resources/malformed"),
        refused("associate", added(), &added().by_arn("subnet"), "resources/malformed"),
        refused("associate/outsider", added(), &added().principal("outsider"), "add/outsider"),
        refused("update/by-another", rename(), &rename().by("member-a"), "share/foreign"),
        refused("delete/by-another", delete("a"), &delete("a").by("member-a"), "share/foreign"),
    ]
}
