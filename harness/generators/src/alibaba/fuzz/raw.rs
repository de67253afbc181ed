//! Calls of any values: names that an operation has or has not, texts that mean something elsewhere, texts
//! that mean nothing, lists of any length.

use crate::alibaba::draft::{call, pair};
use crate::alibaba::odd::odd_texts;
use crate::fuzz::Swarm;
use crate::fuzz::sketch::Sketch;
use crate::fuzz::vocabulary::Vocabulary;
use arbitrary::{Result, Unstructured};
use serde_json::Value;
use sharespec_wire::alibaba::{
    Booleans, Form, Method, Naming, Placement, SignatureVersion, Spaces, Tamper,
};
use sharespec_wire::case::CallStep;

/// The names of parameters of some operation.
const NAMES: &[&str] = &[
    "ResourceShareId",
    "ResourceShareName",
    "AllowExternalTargets",
    "ResourceOwner",
    "AssociationType",
    "AssociationStatus",
    "ResourceShareStatus",
    "MaxResults",
    "NextToken",
    "ResourceType",
    "ResourceId",
    "ResourceArn",
    "Target",
    "ResourceShareInvitationId",
    "PermissionName",
    "ResourceGroupId",
];

/// The names of lists of some operation.
const LISTS: &[&str] = &[
    "Targets",
    "ResourceArns",
    "ResourceShareIds",
    "ResourceIds",
    "ResourceShareInvitationIds",
    "PermissionNames",
];

/// A call of any values.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn any(
    choice: &mut Unstructured<'_>,
    words: &Vocabulary,
    swarm: &Swarm,
    sketch: &Sketch,
) -> Result<CallStep> {
    let operation = choice.choose(&swarm.operations)?;
    let role = swarm.pick(choice, &words.accounts)?;
    let mut step = call(swarm.caller.as_ref().unwrap_or(role), operation).made();
    for _ in 0..choice.int_in_range(0..=5)? {
        argument(choice, words, swarm, sketch, &mut step)?;
    }
    Ok(step)
}

/// Sets an argument of a call to anything.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn argument(
    choice: &mut Unstructured<'_>,
    words: &Vocabulary,
    swarm: &Swarm,
    sketch: &Sketch,
    step: &mut CallStep,
) -> Result<()> {
    let (name, value) = match choice.int_in_range(0..=5)? {
        0..=2 => (*choice.choose(NAMES)?, text(choice, words, swarm, sketch)?),
        3 => {
            let mut entries = Vec::new();
            for _ in 0..choice.int_in_range(0..=7)? {
                let kind = text(choice, words, swarm, sketch)?;
                let kind = match choice.ratio(2_u8, 3)? {
                    true => choice.choose(&words.kinds)?.clone(),
                    false => kind.as_str().unwrap_or_default().to_owned(),
                };
                entries.push(pair(Some(&kind), Some(text(choice, words, swarm, sketch)?)));
            }
            ("Resources", Value::Array(entries))
        }
        _ => {
            let mut entries = Vec::new();
            for _ in 0..choice.int_in_range(0..=7)? {
                entries.push(text(choice, words, swarm, sketch)?);
            }
            (*choice.choose(LISTS)?, Value::Array(entries))
        }
    };
    step.call.arguments.insert(name.to_owned(), value);
    Ok(())
}

/// Any text: of the world, of the case, of an enumeration, or nonsense.
fn text(
    choice: &mut Unstructured<'_>,
    words: &Vocabulary,
    swarm: &Swarm,
    sketch: &Sketch,
) -> Result<Value> {
    const KNOWN: &[&str] = &[
        "Self",
        "OtherAccounts",
        "Resource",
        "Target",
        "Associated",
        "Disassociated",
        "Active",
        "Deleted",
        "true",
        "false",
        "1",
        "100",
        "0",
        "",
        " ",
        "null",
        "VSwitch",
        "rs-1",
    ];
    let owner = words.owners.first();
    Ok(match choice.int_in_range(0..=7)? {
        0 | 1 if !sketch.shares.is_empty() => {
            format!("$share.{}", choice.choose(&sketch.shares)?.name)
        }
        2 => format!("$account.{}", swarm.pick(choice, &words.accounts)?),
        3 => match owner {
            Some(owner) => {
                let owned = swarm.pick(choice, &owner.resources)?;
                match (owned.by_arn, owned.by_id) {
                    (Some(number), _) if choice.ratio(1_u8, 2)? => {
                        format!("$arn.{}.{}.{number}", owner.role, owned.kind)
                    }
                    (_, Some(number)) => format!("$id.{}.{}.{number}", owner.role, owned.kind),
                    _ => String::new(),
                }
            }
            None => String::new(),
        },
        4 => {
            let odd = odd_texts();
            choice.choose(&odd)?.1.clone()
        }
        5 => nonsense(choice)?,
        _ => (*choice.choose(KNOWN)?).to_owned(),
    }
    .into())
}

/// Up to twelve letters of any kind that mean nothing to the case itself.
fn nonsense(choice: &mut Unstructured<'_>) -> Result<String> {
    let mut text = String::new();
    for _ in 0..choice.int_in_range(0..=12)? {
        let letter: char = choice.arbitrary()?;
        text.push(if letter == '$' { '_' } else { letter });
    }
    Ok(text)
}

/// A way of writing requests.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn form(choice: &mut Unstructured<'_>) -> Result<Form> {
    if choice.ratio(1_u8, 2)? {
        return Ok((choice.choose(Form::presets())?.1)());
    }
    let signature = *choice.choose(&[SignatureVersion::V3, SignatureVersion::V2])?;
    let naming = match signature {
        SignatureVersion::V3 => {
            *choice.choose(&[Naming::Headers, Naming::Parameters, Naming::Both])?
        }
        SignatureVersion::V2 | SignatureVersion::None => {
            *choice.choose(&[Naming::Parameters, Naming::Both])?
        }
    };
    Ok(Form {
        method: *choice.choose(&[Method::Post, Method::Get])?,
        placement: *choice.choose(&[Placement::Query, Placement::Body, Placement::Split])?,
        naming,
        signature,
        format: choice.choose(&[None, Some("JSON"), Some("XML")])?.map(str::to_owned),
        booleans: *choice.choose(&[Booleans::Lower, Booleans::Capital])?,
        spaces: *choice.choose(&[Spaces::Percent, Spaces::Plus])?,
        arguments_reversed: choice.ratio(1_u8, 4)?,
        ..Form::default()
    })
}

/// Something that is wrong with a request.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn tamper(choice: &mut Unstructured<'_>, form: &Form) -> Result<Option<Tamper>> {
    let wrong: Vec<Tamper> = Tamper::ALL.into_iter().filter(|each| each.applies(form)).collect();
    Ok(Some(*choice.choose(&wrong)?))
}
