//! The forms in which requests are wrong, and what every such case is about.

use crate::alibaba::draft::{Draft, disassociate};
use crate::alibaba::plan::{Plan, standard};
use sharespec_model::alibaba::conditions::NAMES;
use sharespec_wire::alibaba::{Form, Method, Naming, Placement, SignatureVersion, Tamper};
use sharespec_wire::case::Case;

/// A tamper with its name in ids.
pub(super) type Named = (&'static str, Tamper);

/// What every request that is refused shows.
const REFUSED: &[&str] = &["alibaba-gateway/gateway/rejected", "alibaba-gateway/gateway/message"];

/// A signature in the header, everything in the query of a POST.
pub(super) fn by_header() -> Form {
    Form { format: Some("JSON".to_owned()), ..Form::default() }
}

/// A signature in a parameter, everything in the query of a POST.
pub(super) fn by_parameter() -> Form {
    Form { signature: SignatureVersion::V2, naming: Naming::Parameters, ..by_header() }
}

/// Both signatures with everything in the query of a POST.
pub(super) fn plain() -> [(&'static str, Form); 2] {
    [("signed-by-header", by_header()), ("signed-by-parameter", by_parameter())]
}

/// Both signatures with the methods and places of parameters.
pub(super) fn all() -> Vec<(String, Form)> {
    let places = [
        ("get", Method::Get, Placement::Query),
        ("post-query", Method::Post, Placement::Query),
        ("post-body", Method::Post, Placement::Body),
        ("post-split", Method::Post, Placement::Split),
    ];
    let mut forms = Vec::new();
    for (signed, form) in plain() {
        for (place, method, placement) in places {
            // Nobody writes parameters into a body whose request is signed in headers.
            if form.signature == SignatureVersion::V3 && placement != Placement::Query {
                continue;
            }
            forms.push((format!("{signed}/{place}"), Form { method, placement, ..form.clone() }));
        }
    }
    forms
}

/// A removal that is written in a form, and is wrong in one thing.
pub(super) fn refused(id: &str, form: &Form, tamper: Tamper) -> Case {
    let removal = disassociate("a").account("member-a").resource("VSwitch", 1);
    tampered(standard(format!("alibaba/gateway/{id}")), removal, form, tamper)
}

/// A case on the share `a` whose call under test is wrong in one thing.
pub(super) fn tampered(plan: Plan, call: Draft, form: &Form, tamper: Tamper) -> Case {
    let condition = NAMES.get(usize::from(tamper.condition(form).0)).copied();
    plan.test(call.form(form.clone())).tamper(tamper).provoking(condition).about(REFUSED).done()
}
