//! How requests are written: every known client, and methods, signatures, formats and places of
//! parameters one by one. The same call means the same, whoever writes it.

use crate::alibaba::draft::{Draft, associate, create_external, disassociate};
use crate::alibaba::plan::{Plan, case, standard};
use crate::alibaba::rules::FLOOR;
use sharespec_wire::alibaba::{
    Form, Method, Naming, Placement, SignatureVersion, SignedHeaders, Spaces, TimestampPrecision,
};
use sharespec_wire::case::Case;

/// A principal that is none, with every character that clients escape in their own ways.
const ESCAPED: &str = "a b+c*d'(e)!~f%20g&h=i/j?k:l;m,n\"o<p>é共🦀";

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, form) in presets() {
        let name = format!("preset/{name}");
        cases.push(whole_flow(&name, &form));
        cases.push(escaped(&name, &form));
    }
    for (name, form) in combinations() {
        cases.push(removal(&name, &form));
        cases.push(escaped(&name, &form));
    }
    for (name, form) in single_changes() {
        cases.push(removal(&format!("option/{name}"), &form));
    }
    for (name, form) in escapes() {
        cases.push(escaped(&name, &form));
    }
    cases
}

/// The known clients; one that writes as another does is the other.
fn presets() -> Vec<(&'static str, Form)> {
    let mut presets: Vec<(&'static str, Form)> = Vec::new();
    for (name, form) in Form::presets() {
        let form = form();
        if !presets.iter().any(|(_, known)| *known == form) {
            presets.push((*name, form));
        }
    }
    presets
}

fn named(name: &str, end: &str) -> Plan {
    standard(format!("alibaba/form/{name}/{end}")).about(FLOOR)
}

/// Every call of the case is written in the form.
fn whole_flow(name: &str, form: &Form) -> Case {
    let written = |draft: Draft| draft.form(form.clone());
    case(format!("alibaba/form/{name}/whole-flow"))
        .about(FLOOR)
        .step(written(create_external("a")))
        .step(written(
            associate("a").resource("VSwitch", 1).resource("Image", 1).account("member-a"),
        ))
        .test(written(
            disassociate("a")
                .resource("VSwitch", 1)
                .resource("Image", 1)
                .account("member-a")
                .mode("Self"),
        ))
        .done()
}

fn removal(name: &str, form: &Form) -> Case {
    named(name, "removal")
        .test(disassociate("a").arn("VSwitch", 1).account("member-a").form(form.clone()))
        .done()
}

/// A rejection, of a text that every client escapes.
fn escaped(name: &str, form: &Form) -> Case {
    named(name, "escaped")
        .about(&["alibaba-gateway/gateway/encoding"])
        .test(disassociate("a").account("member-a").form(form.clone()))
        .instead(&disassociate("a").target(ESCAPED))
        .provoking(["targets/malformed"])
        .done()
}

/// Methods, signatures, formats and places.
fn combinations() -> Vec<(String, Form)> {
    let places = [
        ("get", Method::Get, Placement::Query),
        ("post-query", Method::Post, Placement::Query),
        ("post-body", Method::Post, Placement::Body),
        ("post-split", Method::Post, Placement::Split),
    ];
    let signatures = [
        ("signed-by-header", SignatureVersion::V3, Naming::Headers),
        ("signed-by-parameter", SignatureVersion::V2, Naming::Parameters),
    ];
    let mut forms = Vec::new();
    for (place, method, placement) in places {
        for (signed, signature, naming) in signatures {
            if !is_described(signature, placement) {
                continue;
            }
            for format in ["JSON", "XML"] {
                let name = format!("{place}/{signed}/{}", format.to_lowercase());
                let format = Some(format.to_owned());
                forms.push((
                    name,
                    Form { method, placement, naming, signature, format, ..Form::default() },
                ));
            }
        }
    }
    forms
}

/// Other ways to escape, in query and body, under both signatures.
fn escapes() -> Vec<(String, Form)> {
    let signatures = [
        ("signed-by-header", SignatureVersion::V3, Naming::Headers),
        ("signed-by-parameter", SignatureVersion::V2, Naming::Parameters),
    ];
    let mut forms = Vec::new();
    for (signed, signature, naming) in signatures {
        for (place, placement) in [("query", Placement::Query), ("body", Placement::Body)] {
            if !is_described(signature, placement) {
                continue;
            }
            for (name, spaces, raw_punctuation) in [
                ("plus", Spaces::Plus, false),
                ("raw", Spaces::Percent, true),
                ("plus-and-raw", Spaces::Plus, true),
            ] {
                let name = format!("escapes/{signed}/{place}/{name}");
                let format = Some("JSON".to_owned());
                forms.push((
                    name,
                    Form {
                        placement,
                        naming,
                        signature,
                        format,
                        spaces,
                        raw_punctuation,
                        ..Form::default()
                    },
                ));
            }
        }
    }
    forms
}

/// Whether some document or client puts parameters there: those of requests that are signed in headers
/// stand in the query.
fn is_described(signature: SignatureVersion, placement: Placement) -> bool {
    signature != SignatureVersion::V3 || placement == Placement::Query
}

/// One thing different from the default.
fn single_changes() -> Vec<(&'static str, Form)> {
    let plain = Form::default;
    let version_2 =
        || Form { signature: SignatureVersion::V2, naming: Naming::Parameters, ..Form::default() };
    let accept = |text: &str| Form { accept: Some(text.to_owned()), ..plain() };
    let format = |text: &str| Form { format: Some(text.to_owned()), ..plain() };
    vec![
        ("default", plain()),
        ("no-format-signed-by-parameter", version_2()),
        ("accept-json", accept("application/json")),
        ("format-lower", format("json")),
        ("format-xml-lower", format("xml")),
        ("naming-both", Form { naming: Naming::Both, ..plain() }),
        ("region", Form { region: Some("cn-hangzhou".to_owned()), ..plain() }),
        ("spaces-plus", Form { spaces: Spaces::Plus, ..plain() }),
        ("raw-punctuation", Form { raw_punctuation: true, ..plain() }),
        ("nanoseconds", Form { timestamp: TimestampPrecision::Nanoseconds, ..version_2() }),
        ("wide-signature", Form { signed_headers: SignedHeaders::Wide, ..plain() }),
        ("content-type-always", Form { content_type_always: true, ..plain() }),
        ("no-content-length", Form { no_content_length: true, ..plain() }),
        ("empty-signature-type", Form { empty_signature_type: true, ..version_2() }),
    ]
}
