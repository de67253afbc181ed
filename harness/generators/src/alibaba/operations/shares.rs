//! How a share may be named wrongly, for every operation that takes one.

use crate::alibaba::draft::{Draft, Put, delete};
use crate::alibaba::plan::standard;
use crate::odd::odd_texts;
use sharespec_wire::case::Case;

/// A name, the condition, and what becomes of the call.
type Wrong = (&'static str, &'static str, Put);

const WRONG: &[Wrong] = &[
    ("share-id/missing", "share-id/missing", |draft| draft.without("ResourceShareId")),
    ("share-id/empty", "share-id/empty", |draft| draft.with("ResourceShareId", "")),
    ("share-id/malformed/cut", "share-id/malformed", |draft| {
        draft.with("ResourceShareId", "$share.a|cut")
    }),
    ("share/unknown/swap", "share/unknown", |draft| draft.with("ResourceShareId", "$share.a|swap")),
];

/// The cases of an operation on the standard share.
pub(super) fn cases(group: &str, draft: &Draft) -> Vec<Case> {
    let mut cases: Vec<Case> = WRONG
        .iter()
        .map(|(end, condition, change)| {
            standard(format!("alibaba/{group}/{end}"))
                .test(draft.clone())
                .instead(&change(draft.clone()))
                .provoking([*condition])
                .done()
        })
        .collect();
    for (name, text) in odd_texts().into_iter().step_by(5) {
        let odd = draft.clone().with("ResourceShareId", text);
        let plan = standard(format!("alibaba/{group}/share-id/malformed/odd/{name}"));
        let plan = plan.test(draft.clone()).instead(&odd);
        cases.push(plan.provoking(["share-id/malformed"]).done());
    }
    cases.push(
        standard(format!("alibaba/{group}/share/deleted"))
            .test(draft.clone())
            .before([delete("a").into()])
            .provoking(["share/deleted"])
            .done(),
    );
    cases.push(
        standard(format!("alibaba/{group}/share/deleting"))
            .test(draft.clone())
            .before([delete("a").unsettled().into()])
            .provoking(["share/deleting", "share/deleted"])
            .done(),
    );
    cases
}
