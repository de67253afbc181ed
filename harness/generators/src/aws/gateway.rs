//! Requests that are wrong where their call is not: signatures, times, paths, media types, bodies.

use super::cast::{
    Puts, accept, associate, associations, case, create, create_external, delete, disassociate,
    invitations, look_at, on_share, reject, standard,
};
use crate::draft::{Draft, call};
use crate::plan::Plan;
use sharespec_model::aws::conditions::NAMES;
use sharespec_wire::aws::Tamper;
use sharespec_wire::case::Case;

/// What every answer stands on.
const FLOOR: &[&str] = &[
    "aws-gateway/floor/answered",
    "aws-gateway/floor/well-formed",
    "aws-gateway/floor/success-body",
    "aws-gateway/floor/error-body",
    "aws-gateway/floor/status",
    "aws-gateway/floor/server-error",
    "aws-gateway/floor/same-answer",
    "aws-gateway/floor/time-format",
    "aws-gateway/floor/clock",
    "aws-gateway/floor/error-type",
];

/// The rules about requests that are refused.
const REFUSED: &[&str] = &["effect/rejected"];

/// The same of a body that cannot be read, of whatever operation.
const REFUSED_BODY: &[&str] = &["aws-gateway/error/SerializationException"];

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Tamper::ALL
        .into_iter()
        .chain([Tamper::ForeignSecret, Tamper::OtherBodyHashed])
        .filter(|tamper| *tamper != Tamper::ParameterChanged)
        .map(wrong)
        .collect();
    cases.extend(deletions());
    cases.extend(bodies());
    cases.push(standard("floor/accepted").test(disassociate("a").subnet(1)).about(FLOOR).done());
    cases.push(
        standard("floor/rejected")
            .test(disassociate("a").subnet(1))
            .instead(&disassociate("a").subnet(1).with("resourceShareArn", "$share.a|unknown"))
            .provoking(["share/unknown"])
            .about(FLOOR)
            .done(),
    );
    cases
}

/// A deletion has no body, and another method: its signature is of its query.
fn deletions() -> Vec<Case> {
    let signed = [
        ("signature/deletion/secret", Tamper::WrongSecret, "gateway/signature"),
        ("signature/deletion/parameter", Tamper::ParameterChanged, "gateway/signature"),
        ("signature-missing/deletion", Tamper::MissingAuthorization, "gateway/signature-missing"),
    ];
    let case = |(end, tamper, condition): (&str, Tamper, &str)| {
        let plan = standard(format!("gateway/{end}")).test(delete("a")).tamper(tamper);
        plan.provoking([condition]).done()
    };
    signed.into_iter().map(case).collect()
}

/// A body that cannot be read is no call of any operation, not of one that needs no members either.
fn bodies() -> Vec<Case> {
    let tampers = [
        ("cut", Tamper::CutBody),
        ("trailing-data", Tamper::TrailingData),
        ("not-utf8", Tamper::NotUtf8),
        ("not-an-object", Tamper::NotAnObject),
    ];
    let of_others = |operation: &str| call("owner", operation).with("resourceOwner", "SELF");
    let calls: [(&str, Draft); 9] = [
        ("create", create("b")),
        ("update", on_share("UpdateResourceShare", "a").with("name", "$name.renamed")),
        ("associate", associate("a").subnet(3).principal("member-03")),
        ("shares", look_at("a")),
        ("associations", associations("a", "PRINCIPAL")),
        ("resources", of_others("ListResources").list("resourceShareArns", ["$share.a"])),
        ("principals", of_others("ListPrincipals").list("resourceShareArns", ["$share.a"])),
        ("accept", accept("a", "outsider")),
        ("reject", reject("a", "outsider")),
    ];
    let mut cases = Vec::new();
    for (tampered, tamper) in tampers {
        let condition = NAMES.get(usize::from(tamper.condition().0)).copied().unwrap_or_default();
        let id = |name: &str| format!("{condition}/{tampered}/{name}");
        for (name, draft) in &calls {
            let plan = match *name {
                "accept" | "reject" => invited(id(name)),
                _ => standard(id(name)),
            };
            let plan = plan.test(draft.clone()).tamper(tamper);
            cases.push(plan.provoking([condition]).about(REFUSED_BODY).done());
        }
        let list = invited(id("invitations")).test(call("outsider", "GetResourceShareInvitations"));
        cases.push(list.tamper(tamper).provoking([condition]).about(REFUSED_BODY).done());
    }
    cases
}

fn invited(id: String) -> Plan {
    let plan = case(id).step(create_external("a")).step(associate("a").principal("outsider"));
    plan.step(invitations("a", "outsider"))
}

fn wrong(tamper: Tamper) -> Case {
    let condition = NAMES.get(usize::from(tamper.condition().0)).copied().unwrap_or_default();
    let name = format!("{tamper:?}").to_ascii_lowercase();
    let name = match tamper {
        Tamper::ShiftedTimestamp { millis } if millis > 0 => "ahead".to_owned(),
        Tamper::ShiftedTimestamp { .. } => "late".to_owned(),
        _ => name,
    };
    standard(format!("{condition}/{name}"))
        .test(disassociate("a").subnet(1).principal("member-a"))
        .tamper(tamper)
        .provoking([condition])
        .about(REFUSED)
        .done()
}
