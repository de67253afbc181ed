//! RegionId: the region of the target, none, and others. One page requires it, the later ones do not
//! list it; what another region does is nowhere said.

use crate::alibaba::draft::{Draft, associate, disassociate, list_associations, list_scope};
use crate::alibaba::plan::standard;
use sharespec_wire::case::Case;

/// Regions that are not the one of the target.
const OTHERS: &[(&str, &str)] = &[
    ("elsewhere", "$region.elsewhere"),
    ("unknown", "xx-nowhere-1"),
    ("empty", ""),
    ("upper", "$region|upper"),
    ("space", "$region|space"),
];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let removal = || disassociate("a").account("member-a");
    let with = |region: &str| removal().with("RegionId", region);
    let named = |end: &str| standard(format!("alibaba/disassociate/region/{end}"));
    let required = &["alibaba-disassociate-2020/region/required"];
    let mut cases = vec![
        named("own").test(with("$region")).done(),
        named("absent").test(with("$absent")).about(required).done(),
        named("absent-of-a-resource")
            .test(disassociate("a").resource("VSwitch", 1).with("RegionId", "$absent"))
            .about(required)
            .done(),
    ];
    for (name, region) in OTHERS {
        cases.push(probe(&format!("disassociate/probe/other-region/{name}"), removal(), region));
    }
    let elsewhere = [
        ("associate", associate("a").account("member-c")),
        ("list-associations", list_associations("a", "Target")),
        ("list-shares", list_scope("ListResourceShares", "a", "Self")),
        ("list-shared-resources", list_scope("ListSharedResources", "a", "Self")),
        ("list-shared-targets", list_scope("ListSharedTargets", "a", "Self")),
    ];
    for (group, draft) in elsewhere {
        for (name, region) in OTHERS.iter().take(2) {
            cases.push(probe(&format!("{group}/probe/other-region/{name}"), draft.clone(), region));
        }
    }
    cases
}

fn probe(end: &str, draft: Draft, region: &str) -> Case {
    standard(format!("alibaba/{end}"))
        .test(draft.clone())
        .instead(&draft.with("RegionId", region))
        .provoking(["region/other"])
        .done()
}
