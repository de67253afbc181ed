//! `clientToken`: what comes again is answered as before and does nothing more; what only seems to
//! come again is a call of its own.

use super::cast::{
    Puts, accept, associate, case, create, create_external, delete, disassociate, invitations,
    look_at, on_share, reject, standard,
};
use crate::draft::{Draft, advance};
use crate::plan::Plan;
use sharespec_wire::case::{Case, Step};

/// A call with a client token, by its name.
type Named = (&'static str, fn(&str) -> Draft);

/// A token of the run, so that no earlier run had it.
const TOKEN: &str = "$name.token";

/// How long after a call it comes again, in milliseconds, where it comes later than at once.
const LATER: u64 = 5000;

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = repeated();
    cases.extend(mismatches());
    cases.extend(strangers());
    cases.extend(odd());
    cases.extend(elsewhere());
    cases
}

fn removal() -> Draft {
    disassociate("a").subnet(1).principal("member-a").token(TOKEN)
}

fn repeated() -> Vec<Case> {
    let named = |end: &str| {
        standard(format!("disassociate/client-token/{end}")).about(&["effect/repeated"])
    };
    let rename = || on_share("UpdateResourceShare", "a").with("name", "$name.c");
    let other = |end: &str, draft: Draft| {
        case(format!("create/client-token/other-{end}"))
            .step(create("a").token(TOKEN))
            .test(create("a").token(TOKEN))
            .instead(&draft.token(TOKEN))
            .provoking(["client-token/mismatch"])
            .done()
    };
    vec![
        named("given").test(removal()).done(),
        named("repeated").step(removal()).test(removal()).done(),
        named("repeated/thrice").step(removal().times(2)).test(removal()).done(),
        // Whoever sends a call again may have waited for the answer first.
        named("repeated/later").step(removal()).step(Step::Wait(LATER)).test(removal()).done(),
        others()
            .into_iter()
            .fold(named("repeated/after-ten-others").step(removal()), Plan::step)
            .test(removal())
            .done(),
        // How long a token is remembered is not said.
        named("probe/days-later")
            .test(removal().token("$name.other"))
            .instead(&removal())
            .before([
                removal().into(),
                associate("a").subnet(1).principal("member-a").into(),
                advance(47),
                look_at("a").into(),
            ])
            .provoking(["client-token/uncertain"])
            .done(),
        named("repeated/at-once").step(removal().unsettled()).test(removal()).done(),
        named("repeated/after-re-association")
            .step(removal())
            .step(associate("a").subnet(1).principal("member-a"))
            .test(removal())
            .done(),
        named("repeated/after-a-mismatch")
            .step(removal())
            .step(disassociate("a").subnet(2).token(TOKEN))
            .test(removal())
            .done(),
        named("repeated/after-deletion").step(removal()).step(delete("a")).test(removal()).done(),
        named("repeated/after-another-call")
            .step(removal())
            .step(disassociate("a").subnet(2))
            .test(removal())
            .done(),
        named("other-token-each-time")
            .step(disassociate("a").subnet(1).token("$name.first"))
            .test(disassociate("a").subnet(2).token("$name.second"))
            .done(),
        case("create/client-token/repeated")
            .about(&["effect/repeated"])
            .step(create("a").token(TOKEN))
            .test(create("a").token(TOKEN))
            .done(),
        case("create/client-token/given").test(create("a").token(TOKEN)).done(),
        case("create/client-token/other-name")
            .step(create("a").token(TOKEN))
            .test(create("a").token(TOKEN))
            .instead(&create("a").with("name", "$name.b").token(TOKEN))
            .provoking(["client-token/mismatch"])
            .done(),
        other("outside", create_external("a")),
        other("one-more-resource", create("a").subnet(1)),
        other("one-more-principal", create("a").principal("member-a")),
        standard("update/client-token/other-outside")
            .step(rename().token(TOKEN))
            .test(rename().token("$name.other"))
            .instead(&rename().with("allowExternalPrincipals", true).token(TOKEN))
            .provoking(["client-token/mismatch"])
            .done(),
        case("associate/client-token/repeated")
            .about(&["effect/repeated"])
            .step(create("a"))
            .step(associate("a").subnet(1).token(TOKEN))
            .test(associate("a").subnet(1).token(TOKEN))
            .done(),
        case("associate/client-token/repeated/after-removal")
            .about(&["effect/repeated"])
            .step(create("a"))
            .step(associate("a").subnet(1).token(TOKEN))
            .step(disassociate("a").subnet(1))
            .test(associate("a").subnet(1).token(TOKEN))
            .done(),
        case("associate/client-token/other-entity")
            .step(create("a"))
            .step(associate("a").subnet(1).token(TOKEN))
            .test(associate("a").subnet(1).token(TOKEN))
            .instead(&associate("a").subnet(2).token(TOKEN))
            .provoking(["client-token/mismatch"])
            .done(),
    ]
}

/// Calls with tokens of their own.
fn others() -> Vec<Draft> {
    let renamed = |number| {
        let draft = on_share("UpdateResourceShare", "a").with("name", format!("$name.{number}"));
        draft.token(&format!("$name.token-{number}"))
    };
    (0..10).map(renamed).collect()
}

fn mismatches() -> Vec<Case> {
    let named = |end: &str, draft: Draft, condition: &str| {
        standard(format!("disassociate/client-token/{end}"))
            .step(create("b"))
            .step(associate("b").subnet(3).principal("member-03"))
            .step(removal())
            .test(removal())
            .instead(&draft)
            .provoking([condition])
            .done()
    };
    let token = |draft: Draft| draft.token(TOKEN);
    let mismatch = "client-token/mismatch";
    vec![
        named(
            "mismatch/another-resource",
            token(disassociate("a").subnet(2).principal("member-a")),
            mismatch,
        ),
        named(
            "mismatch/another-principal",
            token(disassociate("a").subnet(1).principal("member-b")),
            mismatch,
        ),
        // Nothing else is wrong with these.
        named(
            "mismatch/what-else-is-there",
            token(disassociate("a").subnet(2).principal("member-b")),
            mismatch,
        ),
        named(
            "mismatch/what-another-share-holds",
            token(disassociate("b").subnet(3).principal("member-03")),
            mismatch,
        ),
        named("mismatch/fewer", token(disassociate("a").subnet(1)), mismatch),
        named("mismatch/more", removal().subnet(2), mismatch),
        named("mismatch/another-share", removal().with("resourceShareArn", "$share.b"), mismatch),
        named("mismatch/nothing", token(disassociate("a")), mismatch),
        named(
            "probe/reordered",
            token(
                disassociate("a")
                    .list("resourceArns", ["$arn.owner.ec2:Subnet.1", "$arn.owner.ec2:Subnet.1"])
                    .principal("member-a"),
            ),
            "client-token/reordered",
        ),
    ]
}

/// Calls that seem to come again, and do not.
fn strangers() -> Vec<Case> {
    let gateway = "$arn.other-owner.ec2:TransitGateway.1";
    let mut cases = vec![
        standard("disassociate/client-token/of-another-account")
            .about(&["effect/repeated"])
            .step(create_external("b").by("other-owner"))
            .step(associate("b").by_arn(gateway).by("other-owner"))
            .step(disassociate("b").by_arn(gateway).by("other-owner").token(TOKEN))
            .test(removal())
            .done(),
        standard("disassociate/client-token/of-another-operation")
            .step(associate("a").subnet(3).token(TOKEN))
            .test(disassociate("a").subnet(3).token("$name.other"))
            .instead(&disassociate("a").subnet(3).token(TOKEN))
            .provoking(["client-token/other-operation"])
            .done(),
        standard("disassociate/client-token/of-the-creation-of-another")
            .step(create("b").token(TOKEN))
            .test(removal().token("$name.other"))
            .instead(&removal())
            .provoking(["client-token/other-operation"])
            .done(),
        standard("disassociate/client-token/after-a-refusal")
            .step(disassociate("a").by_arn("subnet").token(TOKEN))
            .test(removal().token("$name.other"))
            .instead(&removal())
            .provoking(["client-token/maybe"])
            .done(),
        standard("disassociate/client-token/without-one")
            .about(&["effect/repeated"])
            .step(disassociate("a").subnet(1))
            .test(disassociate("a").subnet(2))
            .about(&["effect/token-shown"])
            .done(),
        standard("update/client-token/given")
            .test(on_share("UpdateResourceShare", "a").with("name", "$name.c").token(TOKEN))
            .done(),
        standard("delete/client-token/given").test(delete("a").token(TOKEN)).done(),
    ];
    for edit in ["upper", "first"] {
        // Tokens are case-sensitive, and count whole.
        cases.push(
            standard(format!("disassociate/client-token/case-sensitive/{edit}"))
                .about(&["effect/case-sensitive", "effect/repeated"])
                .step(removal())
                .test(disassociate("a").subnet(2).token(&format!("{TOKEN}|{edit}")))
                .done(),
        );
    }
    cases.push(
        standard("disassociate/client-token/one-letter-more")
            .about(&["effect/repeated", "effect/case-sensitive"])
            .step(removal())
            .test(disassociate("a").subnet(2).token(&format!("{TOKEN}|pad")))
            .done(),
    );
    cases
}

fn odd() -> Vec<Case> {
    let long = "a".repeat(65);
    let longer = "b".repeat(1024);
    let texts = [
        ("empty", ""),
        ("space", " "),
        ("line-break", "a\nb"),
        ("slash", "a/b"),
        ("beyond-ascii", "tøken-ключ"),
        ("65-letters", long.as_str()),
        ("1024-letters", longer.as_str()),
    ];
    texts
        .iter()
        .map(|(name, text)| {
            standard(format!("disassociate/client-token/odd/{name}"))
                .test(removal())
                .instead(&removal().token(text))
                .provoking(["client-token/odd"])
                .done()
        })
        .collect()
}

/// The tokens of the other operations: one that is odd, and one that was given before.
fn elsewhere() -> Vec<Case> {
    let two = |end: &str| {
        case(end)
            .step(create_external("a"))
            .step(create_external("b"))
            .step(associate("a").principal("outsider"))
            .step(associate("b").principal("outsider"))
            .step(invitations("a", "outsider"))
            .step(invitations("b", "outsider"))
    };
    let calls: [Named; 6] = [
        ("create", |share| create("c").with("name", format!("$name.c-{share}"))),
        // Of what may be shared outside, so that the first call is accepted for certain.
        ("associate", |share| associate(share).by_arn("$arn.owner.ec2:TransitGateway.1")),
        ("update", |share| on_share("UpdateResourceShare", share).with("name", "$name.d")),
        ("delete", delete),
        ("accept", |share| accept(share, "outsider")),
        ("reject", |share| reject(share, "outsider")),
    ];
    let mut cases = Vec::new();
    for (name, call) in calls {
        cases.push(
            two(&format!("{name}/client-token/odd"))
                .test(call("b"))
                .instead(&call("b").token(" "))
                .provoking(["client-token/odd"])
                .done(),
        );
        cases.push(
            two(&format!("{name}/client-token/mismatch"))
                .step(call("a").token(TOKEN))
                .test(call("b"))
                .instead(&call("b").token(TOKEN))
                .provoking(["client-token/mismatch"])
                .done(),
        );
    }
    cases
}
