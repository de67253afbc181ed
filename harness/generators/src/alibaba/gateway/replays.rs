//! Nonces: missing, and used before. A request that was overheard and is sent again must do nothing.

use super::forms::{by_header, by_parameter, refused, tampered};
use crate::alibaba::draft::{associate, disassociate, rename};
use crate::alibaba::plan::standard;
use sharespec_wire::alibaba::{Form, Tamper};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let (parameter, header) = (by_parameter(), by_header());
    vec![
        refused("nonce/missing", &parameter, Tamper::MissingNonce),
        refused("probe/nonce/missing", &header, Tamper::MissingNonce),
        removal("nonce/removal-again", &parameter),
        removal("probe/nonce/removal-again", &header),
        renaming("nonce/update-again", &parameter),
    ]
}

/// What was removed and is associated again stays, though the removal comes once more.
fn removal(id: &str, form: &Form) -> Case {
    let removal = || disassociate("a").account("member-a");
    let plan = standard(format!("alibaba/gateway/{id}"))
        .step(removal().form(form.clone()))
        .step(associate("a").account("member-a"));
    tampered(plan, removal(), form, Tamper::ReusedNonce)
}

/// A name that was given anew stays.
fn renaming(id: &str, form: &Form) -> Case {
    let plan = standard(format!("alibaba/gateway/{id}"))
        .step(rename("a", "first").form(form.clone()))
        .step(rename("a", "second"));
    tampered(plan, rename("a", "first"), form, Tamper::ReusedNonce)
}
