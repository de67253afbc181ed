//! The time of a request: missing, no time at all, too late by every document, late by one of two,
//! and in the future.

use super::forms::{Named, plain, refused};
use crate::alibaba::draft::disassociate;
use crate::alibaba::plan::standard;
use sharespec_wire::alibaba::{Form, Tamper};
use sharespec_wire::case::Case;

const MINUTE: i64 = 60_000;

const TAMPERS: &[Named] = &[
    ("missing", Tamper::MissingTimestamp),
    ("malformed", Tamper::MalformedTimestamp),
    ("late/45-minutes", shifted(-45)),
    ("late/2-hours", shifted(-120)),
    ("late/15-days", shifted(-15 * 24 * 60)),
    ("late/2-years", shifted(-2 * 365 * 24 * 60)),
];

const fn shifted(minutes: i64) -> Tamper {
    Tamper::ShiftedTimestamp { millis: minutes * MINUTE }
}

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (signed, form) in plain() {
        for (name, tamper) in TAMPERS {
            cases.push(refused(&format!("time/{signed}/{name}"), &form, *tamper));
        }
        cases.push(in_time(signed, &form));
        let early = format!("probe/time/{signed}/early");
        cases.push(refused(&early, &form, shifted(120)));
        cases.push(late(signed, &form));
    }
    cases
}

/// Late, but not by any document.
fn in_time(signed: &str, form: &Form) -> Case {
    standard(format!("alibaba/gateway/time/{signed}/late/10-minutes"))
        .test(disassociate("a").account("member-a").form(form.clone()))
        .tamper(shifted(-10))
        .about(&["alibaba-gateway/gateway/in-time"])
        .done()
}

/// Late by one document, and not by another.
fn late(signed: &str, form: &Form) -> Case {
    standard(format!("alibaba/gateway/probe/time/{signed}/late/20-minutes"))
        .test(disassociate("a").account("member-a").form(form.clone()))
        .tamper(shifted(-20))
        .provoking(["gateway/late"])
        .about(&["alibaba-gateway/gateway/message"])
        .done()
}
