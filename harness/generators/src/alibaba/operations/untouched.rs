//! Calls that are refused leave the share as it was, its times as well: it is looked at before.

use crate::alibaba::draft::{Draft, associate, delete, disassociate, list_scope, rename};
use crate::alibaba::plan::standard;
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let added = || associate("a").arn("VSwitch", 3).account("member-c");
    let removed = || disassociate("a").account("member-a");
    let refused = |end: &str, good: Draft, wrong: &Draft, condition: &str| {
        standard(format!("alibaba/untouched/{end}"))
            .step(list_scope("ListResourceShares", "a", "Self"))
            .test(good)
            .instead(wrong)
            .provoking([condition])
            .done()
    };
    let long = rename("a", "a").with("ResourceShareName", "x".repeat(51));
    vec![
        refused("disassociate", removed(), &removed().account("member-a"), "targets/duplicate"),
        refused("disassociate/nothing", removed(), &disassociate("a"), "lists/empty"),
        refused("associate", added(), &added().account("member-c"), "targets/duplicate"),
        refused("associate/nothing", added(), &associate("a"), "lists/empty"),
        refused("update", rename("a", "renamed"), &long, "share-name/too-long"),
        refused("delete/by-another", delete("a"), &delete("a").by("member-a"), "share/foreign"),
    ]
}
