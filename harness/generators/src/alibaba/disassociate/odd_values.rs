//! Values that nobody expects in the entries of a list and in the owner mode. Those of share ids are
//! with the share ids.

use crate::alibaba::cast::List;
use crate::alibaba::draft::{Draft, disassociate};
use crate::alibaba::plan::standard;
use crate::alibaba::rules::FLOOR;
use crate::odd::{LONG, odd_texts};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, text) in odd_texts() {
        cases.extend(places(name, &text));
    }
    cases.extend(places("very-long", &"x".repeat(LONG)));
    cases.push(accepted());
    cases
}

/// The text in each place that takes one.
fn places(name: &str, text: &str) -> Vec<Case> {
    vec![
        odd(List::Targets, "malformed", name, &disassociate("a").target(text)),
        odd(List::Arns, "malformed", name, &disassociate("a").entry("ResourceArns", text)),
        odd(List::Resources, "unknown", name, &disassociate("a").pair("VSwitch", text)),
        odd(
            List::Resources,
            "type-unknown",
            name,
            &disassociate("a").pair(text, "$id.owner.VSwitch.1"),
        ),
        mode(name, text),
    ]
}

fn odd(list: List, condition: &str, name: &str, draft: &Draft) -> Case {
    let id = format!("alibaba/disassociate/{}/{condition}/odd/{name}", list.name());
    standard(id)
        .test(disassociate("a").entries(list, [1]))
        .instead(draft)
        .provoking([list.condition(condition)])
        .about(FLOOR)
        .done()
}

fn mode(name: &str, text: &str) -> Case {
    let removal = || disassociate("a").account("member-a");
    standard(format!("alibaba/disassociate/owner-mode/invalid/odd/{name}"))
        .test(removal())
        .instead(&removal().mode(text))
        .provoking(["owner-mode/invalid"])
        .about(FLOOR)
        .done()
}

/// Everything that may be said explicitly, said explicitly.
fn accepted() -> Case {
    standard("alibaba/disassociate/explicit-defaults")
        .test(
            disassociate("a")
                .resource("VSwitch", 1)
                .account("member-a")
                .list::<&str>("ResourceArns", [])
                .mode("Self"),
        )
        .done()
}
