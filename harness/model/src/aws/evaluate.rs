//! Which conditions hold of a call to AWS RAM. Every condition is evaluated; none hides another,
//! except that what does not exist has no conditions.

use super::arns::Arn;
use super::conditions as c;
use crate::call::Call;
use crate::condition::{Because, Condition};
use crate::evaluation::Evaluation;
use crate::facts::{Facts, ShareFacts};
use crate::status::ShareStatus;
use crate::world::{AccountIndex, World};
use serde_json::Value;

/// What an evaluation looks at.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The world.
    pub world: &'a World,
    /// The state.
    pub facts: &'a dyn Facts,
    /// The call.
    pub call: &'a Call,
    /// The caller.
    pub caller: AccountIndex,
}

impl<'a> Scene<'a> {
    /// A member of the call; a null is none.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.call.arguments.get(name).filter(|value| !value.is_null())
    }

    /// A member that is a text.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.value(name).and_then(Value::as_str)
    }

    /// A member that is a truth value.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.value(name).and_then(Value::as_bool)
    }

    /// The entries of a list of texts; what is no text counts as empty.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let list = self.value(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        list.iter().map(|entry| entry.as_str().unwrap_or(""))
    }
}

/// The members that only later documents have.
const LATER: &[&str] = &["sources"];

/// The conditions of the members of any call.
pub fn members(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) {
    for (name, value) in &scene.call.arguments {
        if value.is_null() || evaluation.spec.parameter(name).is_some() {
            continue;
        }
        let later = LATER.contains(&name.as_str());
        evaluation.holds(if later { c::PARAMETERS_LATER } else { c::PARAMETERS_UNKNOWN });
    }
}

/// The share that `resourceShareArn` names, whoever owns it, with the conditions of the name.
pub fn named(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Option<ShareFacts> {
    let arn = match scene.text("resourceShareArn") {
        None => {
            evaluation.holds(c::SHARE_ARN_MISSING);
            return None;
        }
        Some("") => {
            evaluation.holds(c::SHARE_ARN_EMPTY);
            return None;
        }
        Some(arn) => arn,
    };
    let found = scene.facts.share(arn);
    if found.is_none() {
        evaluation.holds(nameless(scene, arn));
    }
    found
}

/// What is wrong with an ARN that no share has.
pub fn nameless(scene: Scene<'_>, arn: &str) -> Condition {
    if scene.facts.is_spelled_as_share_id(arn) {
        return c::VALUES_SPELLING;
    }
    let Some(read) = Arn::read(arn) else {
        let lower = arn.trim().to_ascii_lowercase();
        let spelled = Arn::read(arn.trim()).is_some() || Arn::read(&lower).is_some();
        return if spelled { c::VALUES_SPELLING } else { c::SHARE_ARN_MALFORMED };
    };
    let here = read.service == "ram"
        && read.region == scene.world.file.region
        && read.account == scene.world.account_id(scene.caller)
        && read.resource.starts_with("resource-share/");
    match here && scene.facts.has_form_of_share_id(arn) {
        true => c::SHARE_UNKNOWN,
        false => c::SHARE_ARN_OTHER,
    }
}

/// The conditions of the status of a share.
pub fn status(share: ShareFacts, evaluation: &mut Evaluation<'_>) {
    evaluation.by_fact(
        share.status,
        |values| Some(Because::Share(share.handle, values)),
        |status| match status {
            ShareStatus::Active => None,
            ShareStatus::Pending => Some(c::SHARE_PENDING),
            ShareStatus::Deleting => Some(c::SHARE_DELETING),
            ShareStatus::Deleted => Some(c::SHARE_DELETED),
            ShareStatus::Absent => Some(c::SHARE_UNKNOWN),
        },
    );
}

/// The caller's own share that the call names, with the conditions of its name and status.
pub fn own(scene: Scene<'_>, evaluation: &mut Evaluation<'_>) -> Option<ShareFacts> {
    let share = named(scene, evaluation)?;
    if share.owner != scene.caller {
        evaluation.holds(c::SHARE_FOREIGN);
        return None;
    }
    status(share, evaluation);
    Some(share)
}
