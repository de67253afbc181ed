//! Walks through pages that go wrong.

use super::tools::lists;
use super::{other, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::pages;
use serde_json::Value;
use sharespec_model::call::{Call, Reply};

const PAGING: &[&str] = &[
    other!("ListResourceShareAssociations/list/paging"),
    other!("ListResourceShares/list/paging"),
    other!("ListSharedResources/list/paging"),
    other!("ListSharedTargets/list/paging"),
];

pub(super) const FAULTS: &[Change] = &[
    when(
        lists,
        "page-size-ignored",
        "MaxResults is not looked at.",
        PAGING,
        &[Effect::Call(|call, _| drop(call.arguments.remove("MaxResults")))],
    ),
    when(
        lists,
        "page-one-longer",
        "A page has one row more than asked for.",
        PAGING,
        &[Effect::Call(one_more)],
    ),
    when(
        lists,
        "page-token-ignored",
        "Every page is the first.",
        PAGING,
        &[Effect::Call(|call, _| drop(call.arguments.remove("NextToken")))],
    ),
    when(
        lists,
        "page-token-leads-nowhere",
        "The page after the first is empty and the last.",
        PAGING,
        &[Effect::Reply(nowhere)],
    ),
    when(
        lists,
        "page-overlaps",
        "A page begins with the last row of the page before.",
        PAGING,
        &[Effect::Call(|call, _| move_token(call, -1))],
    ),
    when(
        |moment| moment.is("ListResourceShareInvitations"),
        "invitations-page-overlaps",
        "A page of invitations begins with the last row of the page before.",
        &[other!("ListResourceShareInvitations/list/paging")],
        &[Effect::Call(|call, _| move_token(call, -1))],
    ),
    when(
        |moment| moment.is("ListResourceSharePermissions"),
        "permissions-page-overlaps",
        "A page of permissions begins with the last row of the page before.",
        &[other!("ListResourceSharePermissions/list/paging")],
        &[Effect::Call(|call, _| move_token(call, -1))],
    ),
    when(
        lists,
        "page-skips-a-row",
        "A row between two pages is in neither.",
        PAGING,
        &[Effect::Call(|call, _| move_token(call, 1))],
    ),
    when(
        lists,
        "page-never-last",
        "The last page has a token too.",
        PAGING,
        &[Effect::Reply(|reply, _| {
            token(reply, |old| Some(old.unwrap_or_else(|| pages::token(100_000))))
        })],
    ),
    when(
        lists,
        "page-token-missing",
        "There is no token, although there is more.",
        PAGING,
        &[Effect::Reply(|reply, _| token(reply, |_| None))],
    ),
    when(
        lists,
        "page-token-too-long",
        "Tokens are longer than they may be.",
        PAGING,
        &[Effect::Reply(|reply, _| token(reply, |old| old.map(|old| format!("{old:0>300}"))))],
    ),
    when(
        lists,
        "page-token-wrong",
        "Tokens are none that are taken.",
        PAGING,
        &[Effect::Reply(|reply, _| token(reply, |old| old.map(|old| format!("{old}0"))))],
    ),
    when(
        lists,
        "page-token-is-a-number",
        "Tokens are numbers.",
        PAGING,
        &[Effect::Reply(|reply, _| number(reply))],
    ),
    when(
        lists,
        "page-size-unchecked",
        "MaxResults may be anything.",
        &[
            other!("ListResourceShareAssociations/error/InvalidParameter.MaxResults"),
            other!("ListResourceShares/error/InvalidParameter.MaxResults"),
        ],
        &[Effect::Overlook(&["max-results/invalid"])],
    ),
    when(
        lists,
        "page-token-unchecked",
        "A token that was never given stands for the first page.",
        &[
            other!("ListResourceShareAssociations/error/InvalidParameter.NextToken"),
            other!("ListResourceShares/error/InvalidParameter.NextToken"),
        ],
        &[Effect::Overlook(&["next-token/invalid"])],
    ),
    when(
        lists,
        "page-token-of-any-length",
        "A token may have more than 256 letters.",
        &[
            other!("ListResourceShareAssociations/error/InvalidParameter.NextToken.Length"),
            other!("ListResourceShares/error/InvalidParameter.NextToken.Length"),
        ],
        &[Effect::Overlook(&["next-token/too-long", "next-token/invalid"])],
    ),
];

fn one_more(call: &mut Call, _: &Moment<'_>) {
    let asked = call.arguments.get("MaxResults").and_then(Value::as_str);
    let asked =
        asked.and_then(|text| text.parse::<u32>().ok()).filter(|size| (1..100).contains(size));
    if let Some(size) = asked {
        call.arguments.insert("MaxResults".into(), (size + 1).to_string().into());
    }
}

fn nowhere(reply: &mut Reply, moment: &Moment<'_>) {
    if moment.text("NextToken").is_some() {
        edit::list(reply).into_iter().for_each(Vec::clear);
        token(reply, |_| None);
    }
}

/// Makes a token stand for another row.
fn move_token(call: &mut Call, by: isize) {
    let found = call.arguments.get("NextToken").and_then(Value::as_str).and_then(pages::position);
    if let Some(position) = found {
        let moved = pages::token(position.saturating_add_signed(by));
        call.arguments.insert("NextToken".into(), moved.into());
    }
}

fn token(reply: &mut Reply, edit: impl Fn(Option<String>) -> Option<String>) {
    let Some(members) = edit::members(reply) else { return };
    let old = members.remove("NextToken").and_then(|token| token.as_str().map(str::to_owned));
    if let Some(token) = edit(old) {
        members.insert("NextToken".into(), token.into());
    }
}

fn number(reply: &mut Reply) {
    let found = edit::members(reply).and_then(|members| members.get_mut("NextToken"));
    found.into_iter().for_each(|token| *token = 7.into());
}
