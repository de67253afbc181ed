//! One kept connection for different callers, operations, methods, signatures, formats and modes:
//! nothing of one request may stay for the next.

use crate::alibaba::draft::{
    Draft, associate, call, create, create_external, delete, disassociate, join, leave,
    list_associations, list_scope, rename,
};
use crate::alibaba::plan::{Plan, case, standard};
use crate::alibaba::rules::FLOOR;
use sharespec_wire::alibaba::{Form, Method, Naming, Placement, SignatureVersion};
use sharespec_wire::case::Case;

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    vec![
        callers(),
        modes(),
        operations(),
        methods(),
        formats(),
        presets(),
        rejections(),
        long_requests(),
        many(),
    ]
}

fn named(end: &str) -> Plan {
    standard(format!("alibaba/connection/{end}")).one_connection().about(FLOOR)
}

fn targets() -> Draft {
    list_associations("a", "Target")
}

/// A call of a stranger between two of the owner.
fn callers() -> Case {
    let removal = || disassociate("a").account("member-a");
    named("callers")
        .test(removal())
        .instead(&removal().by("member-b"))
        .step(removal())
        .step(targets())
        .provoking(["share/foreign"])
        .done()
}

/// An account leaves, and the owner removes another in its own mode.
fn modes() -> Case {
    case("alibaba/connection/modes")
        .one_connection()
        .about(FLOOR)
        .step(create_external("a"))
        .steps(join("a", "outsider"))
        .step(associate("a").account("member-a").account("member-b"))
        .step(leave("a", "outsider"))
        .test(disassociate("a").account("member-a"))
        .step(disassociate("a").account("member-b").mode("Self"))
        .done()
}

fn operations() -> Case {
    named("operations")
        .step(call("owner", "DescribeRegions"))
        .step(targets())
        .step(call("member-a", "CheckSharingWithResourceDirectoryStatus"))
        .step(rename("a", "renamed"))
        .test(disassociate("a").resource("VSwitch", 1))
        .step(list_scope("ListResourceShares", "a", "Self"))
        .step(delete("a"))
        .done()
}

fn post(placement: Placement) -> Form {
    Form { placement, ..version_2("JSON") }
}

fn get() -> Form {
    Form { method: Method::Get, ..Form::default() }
}

/// Bodies and no bodies in turn.
fn methods() -> Case {
    named("methods")
        .step(targets().form(post(Placement::Body)))
        .step(targets().form(get()))
        .step(targets().form(post(Placement::Split)))
        .test(disassociate("a").account("member-a").resource("VSwitch", 1).form(get()))
        .step(disassociate("a").account("member-b").form(post(Placement::Body)))
        .step(targets().form(get()))
        .done()
}

fn version_2(format: &str) -> Form {
    Form {
        signature: SignatureVersion::V2,
        naming: Naming::Parameters,
        format: Some(format.to_owned()),
        ..Form::default()
    }
}

/// JSON and XML in turn, signed in both ways.
fn formats() -> Case {
    let header = |format: &str| Form { format: Some(format.to_owned()), ..Form::default() };
    named("formats")
        .step(targets().form(version_2("XML")))
        .step(targets().form(header("JSON")))
        .step(targets().form(header("XML")))
        .test(disassociate("a").account("member-a").form(version_2("XML")))
        .step(targets().form(version_2("JSON")))
        .done()
}

/// Every known client on one connection.
fn presets() -> Case {
    Form::presets()
        .iter()
        .fold(named("presets"), |plan, (_, form)| plan.step(targets().form(form())))
        .test(disassociate("a").account("member-a"))
        .done()
}

/// Errors between successes.
fn rejections() -> Case {
    let removal = || disassociate("a").account("member-a");
    named("rejections")
        .test(removal())
        .instead(&removal().account("member-a"))
        .step(removal().with("ResourceShareId", ""))
        .step(removal().by("member-b"))
        .step(removal())
        .step(disassociate("a"))
        .step(disassociate("a").resource("VSwitch", 1))
        .provoking(["targets/duplicate"])
        .done()
}

/// A long request, refused, must not be read as the next one.
fn long_requests() -> Case {
    let removal = || disassociate("a").account("member-a").form(post(Placement::Body));
    // Not in the query: servers lawfully bound the request line.
    let long = "x".repeat(20_000);
    named("long-bodies")
        .test(removal())
        .instead(&disassociate("a").target(long.as_str()))
        .step(removal().target(long.as_str()))
        .step(removal())
        .provoking(["targets/malformed"])
        .done()
}

fn many() -> Case {
    case("alibaba/connection/many")
        .one_connection()
        .about(FLOOR)
        .step(create("a"))
        .step(associate("a").account("member-a"))
        .step(targets().times(60))
        .test(disassociate("a").account("member-a"))
        .step(targets().times(20))
        .done()
}
