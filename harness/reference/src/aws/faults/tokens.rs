//! Faults of tokens of idempotency.

use super::tools::creates;
use crate::change::{Change, Effect, Moment};
use crate::edit::members;
use crate::faults::tools::{caller, error, removes};
use crate::faults::{always, when};
use crate::state::State;
use serde_json::Value;
use sharespec_model::call::{Call, Reply};
use sharespec_wire::alibaba::GatewayError;

pub(super) const FAULTS: &[Change] = &[
    always(
        "token-ignored",
        "Tokens mean nothing.",
        &[
            "aws-ram-disassociate/effect/repeated",
            "aws-ram-disassociate/error/IdempotentParameterMismatchException",
        ],
        &[Effect::Call(without_token)],
    ),
    when(
        |moment| differs_in(moment, "allowExternalPrincipals"),
        "token-without-outside",
        "Whether principals outside are allowed is not looked at when a token comes again.",
        &[
            "aws-ram-operations/CreateResourceShare/error/IdempotentParameterMismatchException",
            "aws-ram-operations/UpdateResourceShare/error/IdempotentParameterMismatchException",
        ],
        &[Effect::Overlook(&["client-token/mismatch"])],
    ),
    when(
        |moment| differs_in(moment, "tags"),
        "token-without-tags",
        "Tags are not looked at when a token comes again.",
        &["aws-ram-operations/CreateResourceShare/error/IdempotentParameterMismatchException"],
        &[Effect::Overlook(&["client-token/mismatch"])],
    ),
    always(
        "token-in-one-case",
        "Tokens are compared without their case.",
        &["aws-ram-disassociate/effect/case-sensitive"],
        &[Effect::Call(lower_token)],
    ),
    always(
        "token-cut",
        "Of a token the first twelve letters count.",
        &[
            "aws-ram-disassociate/effect/case-sensitive",
            "aws-ram-disassociate/effect/repeated",
            "aws-ram-disassociate/effect/token-shown",
        ],
        &[Effect::Call(cut_token)],
    ),
    when(
        |moment| spent_before(moment, |age, _| age > 3000),
        "token-forgotten-in-seconds",
        "A token is remembered for three seconds.",
        &["aws-ram-disassociate/effect/repeated"],
        &[Effect::Call(without_token)],
    ),
    when(
        |moment| spent_before(moment, |_, later| later > 7),
        "token-forgotten-after-eight",
        "The tokens of the last eight calls are remembered.",
        &["aws-ram-disassociate/effect/repeated"],
        &[Effect::Call(without_token)],
    ),
    when(
        used_by_another,
        "token-of-all-accounts",
        "Tokens of other accounts count.",
        &["aws-ram-disassociate/effect/repeated"],
        &[Effect::Refuse(mismatch)],
    ),
    when(
        creates,
        "repeated-creation-makes-another",
        "A creation that comes again makes a second share.",
        &["aws-ram-operations/CreateResourceShare/effect/repeated"],
        &[Effect::Call(without_token)],
    ),
    when(
        comes_again,
        "repetition-refused",
        "A call that comes again is refused.",
        &["aws-ram-disassociate/effect/repeated"],
        &[Effect::Refuse(mismatch)],
    ),
    when(
        removes,
        "token-not-shown",
        "The answer has no token.",
        &["aws-ram-disassociate/effect/token-echoed"],
        &[Effect::Reply(|reply, _| {
            drop(members(reply).and_then(|members| members.remove("clientToken")))
        })],
    ),
    when(
        removes,
        "another-token-shown",
        "The answer has another token than the call.",
        &["aws-ram-disassociate/effect/token-shown"],
        &[Effect::Reply(other_token)],
    ),
    when(
        removes,
        "made-token-always-the-same",
        "Calls without a token all get the same one.",
        &["aws-ram-disassociate/effect/token-shown"],
        &[Effect::Reply(same_token)],
    ),
    when(
        mismatches,
        "mismatch-takes-the-token",
        "A call with other parameters is refused, and has the token from then on.",
        &["aws-ram-disassociate/effect/repeated"],
        &[Effect::After(take_token)],
    ),
    when(
        removes,
        "empty-token-shown",
        "The answer has an empty token.",
        &["aws-ram-disassociate/effect/token-shown", "aws-ram-disassociate/member/clientToken"],
        &[Effect::Reply(empty_token)],
    ),
];

/// Whether a call came before with the same token, and other parameters in one member alone.
fn differs_in(moment: &Moment<'_>, name: &str) -> bool {
    let Some(call) = moment.call else { return false };
    let (mut own, token) = (call.arguments.clone(), moment.text("clientToken"));
    let flag = own.remove(name);
    own.remove("clientToken");
    moment.state.spent.iter().any(|each| {
        let mut then = each.arguments.clone();
        let differs = then.remove(name) != flag;
        differs && Some(each.token.as_str()) == token && then == own
    })
}

/// Whether a removal has a token that was given before: how long ago, and how many tokens ago.
fn spent_before(moment: &Moment<'_>, is_old: fn(i64, usize) -> bool) -> bool {
    let token = moment.text("clientToken");
    let mut spent = moment.state.spent.iter().rev().enumerate();
    let before = spent.find(|(_, each)| Some(each.token.as_str()) == token);
    removes(moment) && before.is_some_and(|(later, each)| is_old(moment.now - each.at, later))
}

fn without_token(call: &mut Call, _: &Moment<'_>) {
    call.arguments.remove("clientToken");
}

fn edit_token(call: &mut Call, edit: impl Fn(&str) -> String) {
    if let Some(Value::String(token)) = call.arguments.get_mut("clientToken") {
        *token = edit(token);
    }
}

fn lower_token(call: &mut Call, _: &Moment<'_>) {
    edit_token(call, str::to_ascii_lowercase);
}

fn cut_token(call: &mut Call, _: &Moment<'_>) {
    edit_token(call, |token| token.chars().take(12).collect());
}

fn mismatch() -> GatewayError {
    error(400, "IdempotentParameterMismatchException", "A fault.")
}

fn used_by_another(moment: &Moment<'_>) -> bool {
    let token = moment.text("clientToken");
    let mut spent = moment.state.spent.iter();
    removes(moment)
        && spent
            .any(|each| Some(each.token.as_str()) == token && Some(each.caller) != caller(moment))
}

fn comes_again(moment: &Moment<'_>) -> bool {
    let token = moment.text("clientToken");
    let mut spent = moment.state.spent.iter();
    removes(moment)
        && spent.any(|each| {
            Some(each.token.as_str()) == token
                && Some(each.caller) == caller(moment)
                && each.operation == moment.operation()
        })
}

fn other_token(reply: &mut Reply, _: &Moment<'_>) {
    if let Some(Value::String(token)) =
        members(reply).and_then(|members| members.get_mut("clientToken"))
    {
        token.push('x');
    }
}

fn same_token(reply: &mut Reply, moment: &Moment<'_>) {
    if moment.text("clientToken").is_none()
        && let Some(members) = members(reply)
    {
        members.insert("clientToken".into(), "00000000-0000-0000-0000-000000000000".into());
    }
}

/// Whether the call has the token of one that was accepted, and other parameters.
fn mismatches(moment: &Moment<'_>) -> bool {
    let Some(call) = moment.call else { return false };
    let mut own = call.arguments.clone();
    own.remove("clientToken");
    comes_again(moment) && !moment.state.spent.iter().any(|each| each.arguments == own)
}

fn take_token(state: &mut State, moment: &Moment<'_>) {
    let Some(call) = moment.call else { return };
    let token = moment.text("clientToken");
    let mut own = call.arguments.clone();
    own.remove("clientToken");
    for spent in &mut state.spent {
        if Some(spent.token.as_str()) == token && Some(spent.caller) == caller(moment) {
            spent.arguments.clone_from(&own);
        }
    }
}

fn empty_token(reply: &mut Reply, _: &Moment<'_>) {
    if let Some(Value::String(token)) =
        members(reply).and_then(|members| members.get_mut("clientToken"))
    {
        token.clear();
    }
}
