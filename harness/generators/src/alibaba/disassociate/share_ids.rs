//! The share that a call names: missing, empty, of another form, and of the right form but unknown.

use crate::alibaba::draft::{Draft, disassociate};
use crate::alibaba::plan::{Plan, standard};
use crate::odd::{LONG, odd_texts};
use sharespec_wire::case::Case;

/// Texts of another form than an id that a target gave, by what is wrong with them.
const MALFORMED: &[(&str, &str)] = &[
    ("last-character-dropped", "$share.a|cut"),
    ("character-appended", "$share.a|pad"),
    ("prefix-alone", "rs-"),
    ("no-prefix", "6GRmdD3X0aB1"),
    ("name", "$name.a"),
    ("account", "$account.owner"),
    ("arn", "$arn.owner.VSwitch.1"),
    ("resource", "$id.owner.VSwitch.1"),
    ("null", "null"),
    ("list", "[\"rs-1\"]"),
    ("two-ids", "rs-1,rs-2"),
];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = vec![missing(), empty()];
    cases.extend(MALFORMED.iter().map(|(name, text)| malformed(name, text)));
    cases.extend(odd_texts().into_iter().map(|(name, text)| malformed(name, &text)));
    cases.push(malformed("very-long", &"r".repeat(LONG)));
    for edit in ["swap", "first", "last"] {
        cases.push(unknown(edit));
    }
    cases
}

fn removal() -> Draft {
    disassociate("a").resource("VSwitch", 1).account("member-a")
}

fn based(end: &str, condition: &str) -> Plan {
    standard(format!("alibaba/disassociate/{end}")).test(removal()).provoking([condition])
}

fn missing() -> Case {
    based("share-id/missing", "share-id/missing")
        .instead(&removal().without("ResourceShareId"))
        .done()
}

fn empty() -> Case {
    based("share-id/empty", "share-id/empty").instead(&removal().with("ResourceShareId", "")).done()
}

fn malformed(name: &str, text: &str) -> Case {
    based(&format!("share-id/malformed/{name}"), "share-id/malformed")
        .instead(&removal().with("ResourceShareId", text))
        .done()
}

fn unknown(edit: &str) -> Case {
    based(&format!("share/unknown/{edit}"), "share/unknown")
        .instead(&removal().with("ResourceShareId", format!("$share.a|{edit}")))
        .done()
}
