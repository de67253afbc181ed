//! Calls of any values: names that an operation has or has not, texts that mean something elsewhere, texts
//! that mean nothing, lists of any length.

use crate::alibaba::draft::pair;
use crate::fuzz::scene::Scene;
use crate::odd::odd_texts;
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

/// Sets an argument of a call to anything.
///
/// # Errors
/// Whatever the source of choice says.
pub(super) fn argument(scene: &mut Scene<'_, '_>, step: &mut CallStep) -> Result<()> {
    let (name, value) = match scene.choice.int_in_range(0..=5)? {
        0..=2 => (*scene.choice.choose(NAMES)?, text(scene)?),
        3 => {
            let mut entries = Vec::new();
            for _ in 0..scene.choice.int_in_range(0..=7)? {
                let kind = text(scene)?;
                let kind = match scene.choice.ratio(2_u8, 3)? {
                    true => scene.choice.choose(&scene.words.kinds)?.clone(),
                    false => kind.as_str().unwrap_or_default().to_owned(),
                };
                entries.push(pair(Some(&kind), Some(text(scene)?)));
            }
            ("Resources", Value::Array(entries))
        }
        _ => {
            let mut entries = Vec::new();
            for _ in 0..scene.choice.int_in_range(0..=7)? {
                entries.push(text(scene)?);
            }
            (*scene.choice.choose(LISTS)?, Value::Array(entries))
        }
    };
    step.call.arguments.insert(name.to_owned(), value);
    Ok(())
}

/// Any text: of the world, of the case, of an enumeration, or nonsense.
fn text(scene: &mut Scene<'_, '_>) -> Result<Value> {
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
    let owner = scene.words.owners.first();
    Ok(match scene.choice.int_in_range(0..=7)? {
        0 | 1 if !scene.sketch.shares.is_empty() => {
            format!("$share.{}", scene.choice.choose(&scene.sketch.shares)?.name)
        }
        2 => format!("$account.{}", scene.swarm.pick(scene.choice, &scene.words.accounts)?),
        3 => match owner {
            Some(owner) => {
                let owned = scene.swarm.pick(scene.choice, &owner.resources)?;
                match (owned.by_arn, owned.by_id) {
                    (Some(number), _) if scene.choice.ratio(1_u8, 2)? => {
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
            scene.choice.choose(&odd)?.1.clone()
        }
        5 => scene.nonsense()?,
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
    let signature = *choice.choose(&[SignatureVersion::V3, SignatureVersion::V2])?;
    let naming = match signature {
        SignatureVersion::V3 => *choice.choose(&[Naming::Headers, Naming::Both])?,
        SignatureVersion::V2 | SignatureVersion::None => {
            *choice.choose(&[Naming::Parameters, Naming::Both])?
        }
    };
    Ok(Form {
        method: *choice.choose(&[Method::Post, Method::Get])?,
        placement: match signature {
            SignatureVersion::V3 => Placement::Query,
            _ => *choice.choose(&[Placement::Query, Placement::Body, Placement::Split])?,
        },
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
