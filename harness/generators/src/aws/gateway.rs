//! Requests that are wrong where their call is not: signatures, times, paths, media types, bodies.

use super::cast::{Puts, delete, disassociate, standard};
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

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Tamper::ALL
        .into_iter()
        .chain([Tamper::ForeignSecret, Tamper::OtherBodyHashed])
        .filter(|tamper| *tamper != Tamper::ParameterChanged)
        .map(wrong)
        .collect();
    cases.extend(deletions());
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
