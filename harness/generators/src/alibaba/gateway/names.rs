//! Names that are missing or unknown: the operation, the version, the format, the access key, the
//! HTTP method.

use super::forms::{Named, all, plain, refused};
use sharespec_wire::alibaba::Tamper;
use sharespec_wire::case::Case;

const TAMPERS: &[Named] = &[
    ("action/missing", Tamper::MissingAction),
    ("action/unknown", Tamper::UnknownAction),
    ("version/missing", Tamper::MissingVersion),
    ("version/unknown", Tamper::WrongVersion),
    ("key/missing", Tamper::MissingAccessKeyId),
    ("key/unknown", Tamper::UnknownAccessKeyId),
];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (place, form) in all().iter().filter(|(place, _)| !place.ends_with("split")) {
        for (name, tamper) in TAMPERS {
            cases.push(refused(&format!("{name}/{place}"), form, *tamper));
        }
    }
    for (signed, form) in plain() {
        cases.push(refused(&format!("http-method/{signed}"), &form, Tamper::UnsupportedMethod));
        cases.push(refused(&format!("probe/format/{signed}"), &form, Tamper::UnsupportedFormat));
    }
    cases
}
