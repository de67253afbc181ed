//! AWS RAM as a service: what it shows, mints and lets pass.

mod faults;
mod variants;

use crate::apply::Shown;
use crate::platform::{Catalogue, Platform};
use crate::random::Random;
use crate::show::{Display, record};
use crate::state::{IdForms, Invitation, Row, Share};
use serde_json::{Map, Value, json};
use sharespec_model::api::Api;
use sharespec_model::aws::Aws;
use sharespec_model::aws::conditions as c;
use sharespec_model::call::{Arguments, Call};
use sharespec_model::condition::Condition;
use sharespec_model::prediction::Expected;
use sharespec_model::spec::Spec;
use sharespec_model::world::AccountIndex;
use sharespec_wire::alibaba::Incoming;
use sharespec_wire::aws::epoch_value;
use sharespec_wire::http::Request;

/// What is looked at although signatures are not checked.
const WITHOUT_SIGNATURES: [Condition; 14] = [
    c::GATEWAY_ACTION_UNKNOWN,
    c::GATEWAY_HTTP_METHOD,
    c::GATEWAY_QUERY_UNKNOWN,
    c::GATEWAY_MEDIA_TYPE,
    c::GATEWAY_MEDIA_TYPE_MISSING,
    c::GATEWAY_ACCEPT,
    c::GATEWAY_BODY_EMPTY,
    c::GATEWAY_BODY_MALFORMED,
    c::GATEWAY_BODY_NOT_OBJECT,
    c::GATEWAY_MEMBER_TWICE,
    c::GATEWAY_MEMBER_NULL,
    c::GATEWAY_MEMBER_TYPE,
    c::GATEWAY_ENTRY_NULL,
    c::GATEWAY_DENIED,
];

/// Why nothing is told of invitations that may be over.
const UNSURE: &str = "whether the invitation is over is not certain";

/// Readings that no case can tell with a variant (`*`: with any), with the reason.
const UNTOLD: &[(&str, &str, &str)] = &[
    ("*", "time-precision:seconds", "a moment to the millisecond may be a whole second"),
    ("*", "repeat-answer:now", "what a call shows that comes again may be either"),
    ("*", "precedence:by-name", "the table is in the order of the names"),
    ("*", "row-order:targets-first", "the documents have principals before resources as well"),
    ("*", "ended-invitation:not-permitted", UNSURE),
    ("*", "ended-invitation:rejected", UNSURE),
    ("*", "ended-invitation:expired", UNSURE),
    ("*", "ended-invitation:other", UNSURE),
    ("*", "gateway-denied:older", "no caller of the world has a policy"),
    ("*", "record-kept:gone", "a record that is gone may have been kept for a moment"),
];

const CATALOGUE: Catalogue = Catalogue {
    variants: variants::VARIANTS,
    untold: UNTOLD,
    faults: faults::TABLES,
    deep: faults::DEEP,
    lawful_with: &[],
    degenerate: faults::DEGENERATE,
};

impl Platform for Aws {
    fn arguments(&self, _: &Spec, _: &Request, incoming: &Incoming) -> Arguments {
        incoming.arguments.clone()
    }

    fn without_signatures(&self) -> &'static [Condition] {
        &WITHOUT_SIGNATURES
    }

    fn id_forms(&self) -> IdForms {
        IdForms {
            share: "arn:aws:ram:us-east-1:123456789012:resource-share/7ab63972-b505-7e2a-420d-6f5d30000000",
            invitation: "arn:aws:ram:us-east-1:123456789012:resource-share-invitation/1e3477be-4a95-46b4-bbe0-c40000000000",
        }
    }

    fn share_id(&self, random: &mut Random, _: &str, owner: AccountIndex) -> String {
        self.minted("resource-share", random, owner)
    }

    fn invitation_id(&self, random: &mut Random, _: &str, owner: AccountIndex) -> String {
        self.minted("resource-share-invitation", random, owner)
    }

    fn catalogue(&self) -> &'static Catalogue {
        &CATALOGUE
    }

    fn list_name(&self, expected: &Expected) -> &'static str {
        match expected {
            Expected::AssociationList(_) => "resourceShareAssociations",
            Expected::ShareList(_) => "resourceShares",
            Expected::SharedList(filter) if filter.resources => "resources",
            Expected::SharedList(_) => "principals",
            Expected::InvitationList(_) => "resourceShareInvitations",
            _ => "",
        }
    }

    fn association(&self, display: &Display<'_>, share: &Share, row: &Row, _: bool) -> Value {
        let resource = row.entity.is_resource();
        let mut members = record(json!({
            "resourceShareArn": share.id,
            "resourceShareName": share.name,
            "associatedEntity": display.world.entity_id(&row.entity),
            "associationType": if resource { "RESOURCE" } else { "PRINCIPAL" },
            "status": row.status.name().to_ascii_uppercase(),
            "creationTime": time(display, row.created),
            "lastUpdatedTime": time(display, row.updated),
            "external": !resource && display.is_external(share.owner, &row.entity),
        }));
        if display.policy.follows("message-without-failure", "empty") {
            members.insert("statusMessage".into(), "".into());
        } else if display.policy.follows("message-without-failure", "null") {
            members.insert("statusMessage".into(), Value::Null);
        }
        Value::Object(members)
    }

    fn is_principal(&self, row: &Value) -> bool {
        row.get("associationType").and_then(Value::as_str) == Some("PRINCIPAL")
    }

    fn share(&self, display: &Display<'_>, share: &Share) -> Value {
        json!({
            "resourceShareArn": share.id,
            "name": share.name,
            "owningAccountId": display.world.account_id(share.owner),
            "allowExternalPrincipals": share.external,
            "status": share.status.name().to_ascii_uppercase(),
            "creationTime": time(display, share.created),
            "lastUpdatedTime": time(display, share.updated),
            "featureSet": "STANDARD",
            "tags": share
                .tags
                .iter()
                .map(|(key, value)| json!({ "key": key, "value": value }))
                .collect::<Vec<Value>>(),
        })
    }

    fn shared(&self, display: &Display<'_>, share: &Share, row: &Row, _: bool) -> Value {
        let id = display.world.entity_id(&row.entity);
        match row.entity.is_resource() {
            true => json!({
                "arn": id,
                "type": display.world.type_of(&row.entity).map(|kind| kind.name.as_str()),
                "resourceShareArn": share.id,
                "status": "AVAILABLE",
                "creationTime": time(display, row.created),
                "lastUpdatedTime": time(display, row.updated),
            }),
            false => json!({
                "id": id,
                "resourceShareArn": share.id,
                "creationTime": time(display, row.created),
                "lastUpdatedTime": time(display, row.updated),
                "external": display.is_external(share.owner, &row.entity),
            }),
        }
    }

    fn owner(&self, display: &Display<'_>, share: &Share, mut row: Value) -> Value {
        if let Value::Object(members) = &mut row {
            members.insert("id".into(), display.world.account_id(share.owner).into());
        }
        row
    }

    fn invitation(&self, display: &Display<'_>, invitation: &Invitation) -> Value {
        let share = display.state.shares.get(invitation.share);
        // There is no status for what was cancelled.
        let status = match invitation.status.name().to_ascii_uppercase() {
            name if name == "CANCELLED" => "EXPIRED".to_owned(),
            name => name,
        };
        json!({
            "resourceShareInvitationArn": invitation.id,
            "resourceShareArn": share.map(|share| share.id.as_str()),
            "resourceShareName": share.map(|share| share.name.as_str()),
            "senderAccountId": share.map(|share| display.world.account_id(share.owner)),
            "receiverAccountId": display.world.account_id(invitation.receiver),
            "invitationTimestamp": time(display, invitation.created),
            "status": status,
        })
    }

    fn invitation_member(&self) -> &'static str {
        "resourceShareInvitation"
    }

    fn others(&self, _: &Display<'_>, _: &Shown) -> Map<String, Value> {
        Map::new()
    }

    fn finish(&self, members: &mut Map<String, Value>, call: &Call, request_id: &str) {
        let acknowledges =
            ["DeleteResourceShare", "EnableSharingWithAwsOrganization"].contains(&&*call.operation);
        if acknowledges {
            members.insert("returnValue".into(), true.into());
        }
        let takes = |operation: &str| {
            let operation = self.spec().operation(operation);
            operation.is_some_and(|operation| operation.parameter("clientToken").is_some())
        };
        if takes(&call.operation) && !members.contains_key("clientToken") {
            let given = call.arguments.get("clientToken");
            let given = given.filter(|token| token.as_str().is_some_and(|text| !text.is_empty()));
            let token = given.cloned().unwrap_or_else(|| request_id.to_ascii_lowercase().into());
            members.insert("clientToken".into(), token);
        }
    }
}

trait Minted {
    fn minted(&self, kind: &str, random: &mut Random, owner: AccountIndex) -> String;
}

impl Minted for Aws {
    /// A new ARN of an account.
    fn minted(&self, kind: &str, random: &mut Random, owner: AccountIndex) -> String {
        let (region, account) = (&self.world().file.region, self.world().account_id(owner));
        let id = random.request_id().to_ascii_lowercase();
        format!("arn:aws:ram:{region}:{account}:{kind}/{id}")
    }
}

fn time(display: &Display<'_>, millis: i64) -> Value {
    let millis = millis.saturating_add(display.policy.clock);
    match display.policy.seconds() {
        true => epoch_value(millis.div_euclid(1000) * 1000),
        false => epoch_value(millis),
    }
}
