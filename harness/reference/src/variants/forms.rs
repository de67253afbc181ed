//! What the documents show by example only, or not at all, in replies: members, ids, times, JSON.

use super::{FAILS_NOW_AND_THEN, every, with};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::state::IdForms;
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Map, Value, json};
use sharespec_model::call::Reply;
use sharespec_wire::alibaba::GatewayError;
use sharespec_wire::http::Response;

/// Identifiers that are longer and in lower case.
const LONG_IDS: IdForms =
    IdForms { share: "rs-aaaabbbbccccdddd", invitation: "i-aaaabbbbccccddddeeee" };

const EIGHT_HOURS: i64 = 8 * 3_600_000;

/// One variant for each freedom.
pub(super) const VARIANTS: &[Change] = &[
    with(
        "members-reversed",
        "The members of every object come the other way round.",
        &[],
        &[Effect::Bytes(reverse)],
    ),
    with(
        "json-pretty",
        "JSON is indented.",
        &[],
        &[Effect::Bytes(|response, _| edit::rewrite(response, edit::pretty))],
    ),
    with(
        "json-escaped",
        "JSON has escapes for whatever is no plain ASCII, and for slashes.",
        &[],
        &[Effect::Bytes(|response, _| edit::rewrite(response, edit::escaped))],
    ),
    with(
        "xml-errors-as-answers",
        "An error in XML has a root named as those of successes are.",
        &[],
        &[Effect::Bytes(|response, moment| {
            let root = format!("{}Response>", moment.operation());
            edit::edit_text(response, |text| text.replace("Error>", &root));
        })],
    ),
    with(
        "extra-members",
        "Answers have members that no document names.",
        &[],
        &[Effect::Reply(add_members)],
    ),
    with(
        "extra-row-members",
        "Rows have members that no document names.",
        &[],
        &[Effect::Reply(add_row_members)],
    ),
    with(
        "no-host-id",
        "Errors have no HostId.",
        &[],
        &[Effect::Reply(|reply, _| forget(reply, "HostId"))],
    ),
    with(
        "no-recommend",
        "Errors have no Recommend.",
        &[],
        &[Effect::Reply(|reply, _| forget(reply, "Recommend"))],
    ),
    with(
        "request-id-lower",
        "A RequestId is in lower case.",
        &[],
        &[Effect::Reply(|reply, _| request_id(reply, str::to_ascii_lowercase))],
    ),
    with(
        "request-id-hex",
        "A RequestId is 32 hexadecimal digits.",
        &[],
        &[Effect::Reply(|reply, _| {
            request_id(reply, |text| text.replace('-', "").to_ascii_lowercase())
        })],
    ),
    with(
        "ids-longer",
        "Ids of shares and invitations are longer and in lower case.",
        &[],
        &[Effect::Policy(|policy| policy.ids = LONG_IDS)],
    ),
    with(
        "last-token-empty",
        "The last page has an empty NextToken.",
        &[],
        &[Effect::Reply(empty_token)],
    ),
    with(
        "external-absent",
        "Lists do not say what is external.",
        &[],
        &[Effect::Reply(drop_external)],
    ),
    with(
        "failed-details-absent",
        "Lists have no AssociationFailedDetails.",
        &[],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "AssociationFailedDetails"))],
    ),
    with(
        "local-name-absent",
        "Regions have no names.",
        &[],
        &[Effect::Reply(|reply, _| edit::drop_member(reply, "LocalName"))],
    ),
    with(
        "more-regions",
        "There are other regions than the one of the world.",
        &[],
        &[Effect::Reply(add_region)],
    ),
    with("nothing-as-null", "Members that say nothing are null.", &[], &[Effect::Reply(nulls)]),
    with("empty-lists-null", "Lists without entries are null.", &[], &[Effect::Reply(null_lists)]),
    with(
        "times-of-whole-seconds",
        "Times are known to the second and shown with milliseconds.",
        &[],
        &[Effect::Reply(|reply, _| {
            edit::replace_times(reply, |text| match text.split_once('.') {
                Some((second, _)) => format!("{second}.000Z"),
                None => text.to_owned(),
            });
        })],
    ),
    with(
        "update-time-taken-first",
        "Of something new UpdateTime is taken a moment before CreateTime.",
        &[],
        &[Effect::Reply(|reply, _| edit::each_row(reply, taken_first))],
    ),
    with(
        "clocks-of-several-nodes",
        "Each event has the time of the node that did it, whose clock is up to 80 milliseconds ahead.",
        &[],
        &[Effect::Reply(|reply, _| edit::replace_times(reply, by_some_node))],
    ),
    with(
        "clock-ahead",
        "The target's clock is ten minutes ahead.",
        &[],
        &[Effect::Policy(|policy| policy.clock = 600_000)],
    ),
    with(
        "clock-behind",
        "The target's clock is ten minutes behind.",
        &[],
        &[Effect::Policy(|policy| policy.clock = -600_000)],
    ),
    with(
        "clock-ahead-with-its-date",
        "The target's clock is eight hours ahead, and dates its answers.",
        &[],
        &[
            Effect::Policy(|policy| policy.clock = EIGHT_HOURS),
            Effect::Bytes(|response, moment| edit::date(response, moment.now + EIGHT_HOURS)),
        ],
    ),
    with(
        "clock-ahead-a-little-beside-its-date",
        "Times are nine minutes ahead of the date of the answer.",
        &[],
        &[
            Effect::Policy(|policy| policy.clock = 540_000),
            Effect::Bytes(|response, moment| edit::date(response, moment.now)),
        ],
    ),
    FAILS_NOW_AND_THEN,
    with(
        "transitions-at-once",
        "Nothing takes time.",
        &[],
        &[Effect::Policy(|policy| policy.transition = None)],
    ),
    with(
        "transitions-slow",
        "Each transition takes two seconds.",
        &[],
        &[Effect::Policy(|policy| policy.transition = Some(2000))],
    ),
    with(
        "transitions-vary",
        "Each transition takes a time of its own, of up to a second.",
        &[],
        &[Effect::Policy(vary)],
    ),
    every(
        7,
        "throttled",
        "Every seventh request is throttled.",
        &[Effect::Refuse(GatewayError::throttling_user)],
    ),
    every(
        7,
        "throttled-with-hint",
        "Every seventh request is answered 429 with Retry-After.",
        &[
            Effect::Refuse(too_many),
            Effect::Bytes(|response, _| edit::set_header(response, "retry-after", "1")),
        ],
    ),
    every(
        9,
        "unavailable",
        "Every ninth request finds the service unavailable.",
        &[Effect::Refuse(GatewayError::service_unavailable)],
    ),
];

fn reverse(response: &mut Response, _: &Moment<'_>) {
    edit::rewrite(response, edit::reversed);
}

fn vary(policy: &mut crate::policy::Policy) {
    policy.transition = Some(1000);
    policy.transition_varies = true;
}

fn too_many() -> GatewayError {
    GatewayError { status: 429, ..GatewayError::throttling_user() }
}

fn add_members(reply: &mut Reply, _: &Moment<'_>) {
    let place = match edit::members(reply) {
        Some(members) => members,
        None => match edit::extra(reply) {
            Some(extra) => extra,
            None => return,
        },
    };
    place.insert("TotalCount".into(), 7.into());
    place.insert("Success".into(), true.into());
    place.insert("AccessDeniedDetail".into(), Value::Null);
}

fn add_row_members(reply: &mut Reply, _: &Moment<'_>) {
    edit::each_row(reply, |row| {
        row.insert("ResourceGroupId".into(), "rg-aekz5nlvlak0001".into());
        row.insert("Tags".into(), json!([{ "Key": "k", "Value": "v" }]));
    });
}

fn forget(reply: &mut Reply, name: &str) {
    edit::extra(reply).into_iter().for_each(|extra| drop(extra.remove(name)));
}

fn request_id(reply: &mut Reply, spell: fn(&str) -> String) {
    reply.request_id = reply.request_id.as_deref().map(spell);
}

fn empty_token(reply: &mut Reply, moment: &Moment<'_>) {
    let lists = moment.operation().starts_with("List");
    for members in edit::members(reply).into_iter().filter(|_| lists) {
        members.entry("NextToken").or_insert_with(|| "".into());
    }
}

fn drop_external(reply: &mut Reply, moment: &Moment<'_>) {
    if moment.is("ListResourceShareAssociations") {
        edit::drop_member(reply, "External");
    }
}

fn add_region(reply: &mut Reply, moment: &Moment<'_>) {
    let other = json!({
        "RegionId": "cn-shanghai",
        "LocalName": "Shanghai",
        "RegionEndpoint": "resourcesharing.cn-shanghai.aliyuncs.com",
    });
    if moment.is("DescribeRegions") {
        edit::list(reply).into_iter().for_each(|rows| rows.insert(0, other.clone()));
    }
}

/// Gives rows of associations the members that they need not have, and lists a token, without a value.
fn nulls(reply: &mut Reply, moment: &Moment<'_>) {
    let nothing = |members: &mut Map<String, Value>, name: &str| {
        let value = members.entry(name).or_insert(Value::Null);
        if value.as_str() == Some("") {
            *value = Value::Null;
        }
    };
    if moment.is("AssociateResourceShare")
        || moment.is("DisassociateResourceShare")
        || moment.is("ListResourceShareAssociations")
    {
        edit::each_row(reply, |row| {
            for name in
                ["ResourceArn", "TargetProperty", "ResourceProperty", "AssociationStatusMessage"]
            {
                nothing(row, name);
            }
        });
    }
    if moment.operation().starts_with("List")
        && let Some(members) = edit::members(reply)
    {
        nothing(members, "NextToken");
    }
}

fn null_lists(reply: &mut Reply, _: &Moment<'_>) {
    let empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    let forget = |members: &mut Map<String, Value>| {
        members.values_mut().filter(|value| empty(value)).for_each(|value| *value = Value::Null);
    };
    edit::each_row(reply, forget);
    edit::members(reply).into_iter().for_each(forget);
}

/// Puts an UpdateTime two milliseconds before the CreateTime that it is equal to.
fn taken_first(row: &mut Map<String, Value>) {
    let time = |row: &Map<String, Value>, name: &str| {
        row.get(name).and_then(Value::as_str)?.parse::<Timestamp>().ok()
    };
    if let (Some(created), Some(updated)) = (time(row, "CreateTime"), time(row, "UpdateTime"))
        && created == updated
        // Of whole seconds nothing is a moment before.
        && updated.subsec_nanosecond() != 0
        && let Ok(before) = updated.checked_sub(2.milliseconds())
    {
        row.insert("UpdateTime".into(), format!("{before:.3}").into());
    }
}

/// A time as the node shows it that did what the time is of.
fn by_some_node(time: &str) -> String {
    let Ok(moment) = time.parse::<Timestamp>() else { return time.to_owned() };
    if moment.subsec_nanosecond() == 0 {
        return time.to_owned();
    }
    let ahead = (moment.as_millisecond() / 7 % 5 * 20).milliseconds();
    moment.checked_add(ahead).map_or_else(|_| time.to_owned(), |moment| format!("{moment:.3}"))
}
