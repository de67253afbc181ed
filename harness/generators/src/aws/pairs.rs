//! Pairs of conditions that hold together: so that it is seen which wins.

use super::cast::{Puts, disassociate, standard};
use crate::draft::Draft;
use sharespec_wire::case::Case;

/// One thing that is wrong: a name, the condition, the member that it is in, and how.
type Defect = (&'static str, &'static str, &'static str, fn(Draft) -> Draft);

const DEFECTS: &[Defect] = &[
    ("no-share", "share-arn/missing", "share", |draft| draft.without("resourceShareArn")),
    ("malformed-share", "share-arn/malformed", "share", |draft| {
        draft.with("resourceShareArn", "share")
    }),
    ("unknown-share", "share/unknown", "share", |draft| {
        draft.with("resourceShareArn", "$share.a|unknown")
    }),
    ("foreign-share", "share/foreign", "share", |draft| draft.by("other-owner")),
    ("malformed-principal", "principals/malformed", "principals", |draft| {
        draft.list("principals", ["someone"])
    }),
    ("malformed-resource", "resources/malformed", "resources", |draft| {
        draft.list("resourceArns", ["subnet"])
    }),
    ("mismatch", "client-token/mismatch", "token", |draft| draft.token("$name.token")),
    ("odd-token", "client-token/odd", "token", |draft| draft.token(" ")),
    ("wrong-type", "gateway/member-type", "token", |draft| draft.with("clientToken", 1)),
];

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (position, one) in DEFECTS.iter().enumerate() {
        for other in DEFECTS.iter().skip(position + 1).filter(|other| other.2 != one.2) {
            cases.push(pair(one, other));
        }
    }
    cases
}

fn pair(one: &Defect, other: &Defect) -> Case {
    let good = || disassociate("a").subnet(1).principal("member-a");
    let wrong = other.3(one.3(good()));
    // Tokens of another account mean nothing.
    let foreign = [one.0, other.0].contains(&"foreign-share");
    let provoked = [one.1, other.1];
    let provoked = provoked.into_iter().filter(|name| !foreign || *name != "client-token/mismatch");
    standard(format!("disassociate/pairs/{}/{}", one.0, other.0))
        .step(disassociate("a").subnet(2).token("$name.token"))
        .test(good())
        .instead(&wrong)
        .provoking(provoked)
        .done()
}
