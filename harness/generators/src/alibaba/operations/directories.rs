//! The operations on directories and regions. Sharing, once enabled, cannot be disabled: no case
//! enables it.

use crate::alibaba::draft::{Draft, call};
use crate::alibaba::plan::{Plan, case};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = enable();
    cases.extend(check());
    cases.extend(regions());
    cases
}

fn enable() -> Vec<Case> {
    let enable = |role: &str| call(role, "EnableSharingWithResourceDirectory");
    let plan = |end: &str, role: &str, condition: &str| {
        case(format!("alibaba/enable/{end}")).test(enable(role)).provoking([condition]).done()
    };
    vec![
        plan("directory/enabled", "owner", "directory/enabled"),
        plan("directory/not-management/member", "member-a", "directory/not-management"),
        plan("directory/not-management/member-in-folder", "member-e", "directory/not-management"),
        plan("directory/not-management/not-enabled", "quiet-member", "directory/not-management"),
        plan("probe/directory-none", "outsider", "directory/none"),
    ]
}

fn check() -> Vec<Case> {
    let check = |role: &str| call(role, "CheckSharingWithResourceDirectoryStatus");
    let plan =
        |end: &str, role: &str| -> Plan { case(format!("alibaba/check/{end}")).test(check(role)) };
    vec![
        plan("enabled/management-account", "owner").done(),
        plan("enabled/member", "member-a").done(),
        plan("enabled/member-in-folder", "member-e").done(),
        plan("not-enabled/management-account", "quiet-owner").done(),
        plan("not-enabled/member", "quiet-member").done(),
        plan("probe/directory-none", "outsider").provoking(["directory/none"]).done(),
    ]
}

fn regions() -> Vec<Case> {
    let plan = |end: &str, draft: Draft| case(format!("alibaba/regions/{end}")).test(draft).done();
    let regions = |role: &str| call(role, "DescribeRegions");
    vec![
        plan("owner", regions("owner")),
        plan("outsider", regions("outsider")),
        plan("english", regions("owner").with("AcceptLanguage", "en-US")),
        plan("chinese", regions("owner").with("AcceptLanguage", "zh-CN")),
    ]
}
