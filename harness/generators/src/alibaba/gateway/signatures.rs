//! Signatures that are wrong in each of their parts, in each form of a request, and for operations
//! that change, show or take away.

use super::forms::{Named, all, by_header, plain, refused, tampered};
use crate::alibaba::draft::{Draft, associate, delete, list_scope, rename};
use crate::alibaba::plan::standard;
use sharespec_wire::alibaba::{Form, Naming, Tamper};
use sharespec_wire::case::Case;

/// What a signature can be wrong in.
const TAMPERS: &[Named] = &[
    ("secret", Tamper::WrongSecret),
    ("secret-of-another", Tamper::ForeignSecret),
    ("method", Tamper::OtherMethodSigned),
    ("parameter-changed", Tamper::ParameterChanged),
    ("parameter-added", Tamper::ParameterAdded),
    ("parameter-removed", Tamper::ParameterRemoved),
    ("operation", Tamper::OtherActionSigned),
    ("host", Tamper::OtherHostSigned),
    ("body", Tamper::OtherBodySigned),
    ("content-hash", Tamper::WrongContentHash),
    ("missing", Tamper::MissingSignature),
    ("empty", Tamper::EmptySignature),
    ("truncated", Tamper::TruncatedSignature),
    ("algorithm", Tamper::UnknownSignatureMethod),
    ("absent-header", Tamper::AbsentSignedHeader),
    ("malformed", Tamper::MalformedAuthorization),
];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (place, form) in all() {
        for (name, tamper) in TAMPERS.iter().filter(|(_, tamper)| tamper.applies(&form)) {
            cases.push(refused(&format!("signature/{place}/{name}"), &form, *tamper));
        }
    }
    for (signed, form) in plain() {
        for (operation, call) in operations() {
            let plan = standard(format!("alibaba/gateway/signature/{signed}/{operation}"))
                .about(&["alibaba-gateway/gateway/signed"]);
            cases.push(tampered(plan, call, &form, Tamper::WrongSecret));
        }
    }
    cases.extend(probes());
    cases
}

/// Operations that a wrong signature must keep from happening.
fn operations() -> [(&'static str, Draft); 4] {
    [
        ("associate", associate("a").account("member-c")),
        ("update", rename("a", "renamed")),
        ("delete", delete("a")),
        ("list", list_scope("ListResourceShares", "a", "Self")),
    ]
}

/// What some reading accepts.
fn probes() -> Vec<Case> {
    let probe =
        |name: &str, form, tamper| refused(&format!("probe/signature/{name}"), &form, tamper);
    let [(_, header), (_, parameter)] = plain();
    let both = Form { naming: Naming::Both, ..by_header() };
    vec![
        probe("unsigned-header", header, Tamper::UnsignedHeader),
        probe("unsigned-header-with-parameters", both, Tamper::UnsignedHeader),
        probe("version", parameter, Tamper::WrongSignatureVersion),
    ]
}
