//! Calls of any values: members that an operation has or has not, texts that mean something elsewhere, values
//! of other types, lists of any length.

use crate::aws::entities::{NO_ARNS, NO_PRINCIPALS};
use crate::fuzz::scene::Scene;
use crate::odd::odd_texts;
use arbitrary::{Result, Unstructured};
use serde_json::Value;
use sharespec_wire::aws::{Form, JsonStyle, Order, SignedHeaders, Tamper};
use sharespec_wire::case::CallStep;

/// The members of some operation that are texts.
const NAMES: &[&str] = &[
    "resourceShareArn",
    "name",
    "resourceOwner",
    "associationType",
    "associationStatus",
    "resourceShareStatus",
    "nextToken",
    "resourceType",
    "resourceArn",
    "principal",
    "resourceShareInvitationArn",
    "clientToken",
];

/// The members of some operation that are lists of texts.
const LISTS: &[&str] =
    &["principals", "resourceArns", "resourceShareArns", "resourceShareInvitationArns"];

/// Sets an argument of a call to anything.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn argument(scene: &mut Scene<'_, '_>, step: &mut CallStep) -> Result<()> {
    let (name, value) = match scene.choice.int_in_range(0..=7)? {
        0..=3 => (*scene.choice.choose(NAMES)?, text(scene)?),
        4 => ("maxResults", scene.choice.int_in_range(-1..=501)?.into()),
        5 => ("allowExternalPrincipals", scene.choice.ratio(1_u8, 2)?.into()),
        _ => {
            let mut entries = Vec::new();
            for _ in 0..scene.choice.int_in_range(0..=7)? {
                entries.push(text(scene)?);
            }
            (*scene.choice.choose(LISTS)?, Value::Array(entries))
        }
    };
    // Now and then of another type.
    let value = match scene.choice.int_in_range(0..=19)? {
        0 => 1.into(),
        1 => true.into(),
        2 => Value::Array(vec![value]),
        _ => value,
    };
    step.call.arguments.insert(name.to_owned(), value);
    Ok(())
}

/// Any text: of the world, of the case, of an enumeration, or nonsense.
fn text(scene: &mut Scene<'_, '_>) -> Result<Value> {
    const KNOWN: &[&str] = &[
        "SELF",
        "OTHER-ACCOUNTS",
        "RESOURCE",
        "PRINCIPAL",
        "ASSOCIATED",
        "DISASSOCIATED",
        "ACTIVE",
        "DELETED",
        "1",
        "",
        " ",
        "null",
        "ec2:Subnet",
        "123456789012",
    ];
    Ok(match scene.choice.int_in_range(0..=9)? {
        0 | 1 if !scene.sketch.shares.is_empty() => {
            format!("$share.{}", scene.choice.choose(&scene.sketch.shares)?.name)
        }
        2 => format!("$account.{}", scene.swarm.pick(scene.choice, &scene.words.accounts)?),
        3 => match scene.words.owners.first() {
            Some(owner) => {
                let owned = scene.swarm.pick(scene.choice, &owner.resources)?;
                let number = owned.by_arn.unwrap_or(1);
                format!("$arn.{}.{}.{number}", owner.role, owned.kind)
            }
            None => String::new(),
        },
        4 => {
            let odd = odd_texts();
            scene.choice.choose(&odd)?.1.clone()
        }
        5 => scene.choice.choose(NO_PRINCIPALS)?.1.to_owned(),
        6 => scene.choice.choose(NO_ARNS)?.1.to_owned(),
        7 => scene.nonsense()?,
        _ => (*scene.choice.choose(KNOWN)?).to_owned(),
    }
    .into())
}

/// A way of writing requests.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn form(choice: &mut Unstructured<'_>) -> Result<Form> {
    if choice.ratio(1_u8, 2)? {
        return Ok((choice.choose(Form::presets())?.1)());
    }
    let headers = [SignedHeaders::Minimal, SignedHeaders::Typed, SignedHeaders::Wide];
    Ok(Form {
        json: *choice.choose(&[JsonStyle::Compact, JsonStyle::Python])?,
        order: *choice.choose(&[Order::Sorted, Order::Documented])?,
        signed_headers: *choice.choose(&headers)?,
        content_hash: choice.ratio(1_u8, 2)?,
        ..Form::default()
    })
}

/// Something that is wrong with a request.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn tamper(
    choice: &mut Unstructured<'_>,
    form: &Form,
    operation: &str,
) -> Result<Option<Tamper>> {
    let wrong: Vec<Tamper> =
        Tamper::ALL.into_iter().filter(|each| each.applies(form, operation)).collect();
    Ok(Some(*choice.choose(&wrong)?))
}
