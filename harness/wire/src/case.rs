//! Cases as data: what is sent to reach a state, and the call under test.
//!
//! A case does not name what a world or a target mints: it holds *symbols*, texts that begin with
//! `$` and are resolved when the case is played.
//!
//! | symbol | stands for |
//! |---|---|
//! | `$account.ROLE` | the id of an account |
//! | `$directory.ROLE`, `$root.ROLE`, `$folder.ROLE` | the directory, root folder or folder that an account is in |
//! | `$service.N` | the n-th service principal, counted from one |
//! | `$permission.TYPE`, `$permission.TYPE.N` | the default permission of a resource type, the n-th further one |
//! | `$id.OWNER.TYPE.N`, `$arn.OWNER.TYPE.N` | the n-th resource of this type and owner, counted from one: its id, its ARN |
//! | `$share.NAME` | the id of a share that a step of the case made |
//! | `$invitation.NAME.ROLE` | the id of the invitation of an account to that share |
//! | `$name.NAME` | the name that the run gives to that share |
//! | `$token` | the first token that a list gave for its next page |
//!
//! A symbol may be followed by `|` and an edit, which changes one part of it: see [`Edit`] for those
//! of calls, and the runner for those of texts.

use crate::form::{Form, Tamper};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sharespec_model::call::{Arguments, Call};

/// The version of the form of case files.
pub const CASE_VERSION: u32 = 1;

/// A case: a base, at most one edit of it, and what it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The version of this form.
    pub version: u32,
    /// The semantic path, such as `alibaba/disassociate/targets/over-limit/6`.
    pub id: String,
    /// The steps of the base.
    pub base: Vec<Step>,
    /// The one thing that is different.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<Edit>,
    /// The call under test, by the position of its step.
    pub test: usize,
    /// The conditions that the call under test provokes. Without them the case is not judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provokes: Vec<String>,
    /// Further rules that the case is about, beyond those of the conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// What belongs to an account and is used while the case runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locks: Vec<Lock>,
    /// Whether all requests go over one connection.
    #[serde(default, skip_serializing_if = "is_false")]
    pub one_connection: bool,
    /// Whether a call is passed over of whose symbols nothing is known, as happens in sequences that
    /// were made up: what should have made a share may have been refused.
    #[serde(default, skip_serializing_if = "is_false")]
    pub made_up: bool,
    /// What was found with it, if it is a find.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Box<Found>>,
}

/// What was found with a case: what decides whether two finds are one, and how it came about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Found {
    /// The operation that was answered wrongly, or whose effect was not as it should be.
    pub operation: String,
    /// The conditions that held, or may have held, of the call.
    pub conditions: Vec<String>,
    /// The answers that were admissible, as status and code.
    pub admissible: Vec<String>,
    /// The check that failed.
    pub check: String,
    /// The rule that was broken.
    pub rule: String,
    /// What was observed.
    pub observed: String,
    /// The target, without secrets.
    pub target: String,
    /// The documents that it was held to.
    pub documents: Vec<String>,
    /// The seed of the run.
    pub seed: u64,
    /// The version of sharespec.
    pub version: String,
    /// How often it was played again at once.
    pub attempts: u32,
    /// How often that failed in the same way.
    pub successes: u32,
    /// Whether the time was up before it was as small as it gets.
    #[serde(skip_serializing_if = "is_false")]
    pub unfinished: bool,
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

/// One step of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// A call.
    Call(CallStep),
    /// A hook of the target.
    Hook(Hook),
    /// Reads everything back and judges it.
    Read,
    /// Waits until nothing is in transition.
    Settle,
    /// Waits for so many milliseconds, on any target.
    Wait(u64),
}

/// A call as a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallStep {
    /// The call, with symbols.
    #[serde(flatten)]
    pub call: Call,
    /// The name of the share that it makes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub makes: Option<String>,
    /// How the request is written; the run's own form if none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Whether what it started is left unsettled.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unsettled: bool,
    /// Whether it is made at the same time as the call before it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub beside: bool,
    /// How often the call is made.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_once(times: &u32) -> bool {
    *times == 1
}

/// Hooks that a target may offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hook {
    /// Transitions stop.
    Hold,
    /// Transitions go on.
    Release,
    /// The clock is put forward by this many milliseconds.
    Advance(i64),
}

/// The one thing that a case does differently from its base.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Edit {
    /// The step that is edited: the call under test, or one of set-up.
    pub step: usize,
    /// Arguments that are set, or taken away if null.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub arguments: Arguments,
    /// Another caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller: Option<String>,
    /// What is deliberately wrong with the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tamper: Option<Tamper>,
    /// Steps that are put in before it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Step>,
}

/// What belongs to an account and is used while a case runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// Shares of an account: how many.
    Shares(String, u32),
    /// Associated resources of an account: how many.
    Resources(String, u32),
    /// Open invitations sent by an account: how many.
    Invitations(String, u32),
    /// What an account shares with services.
    Services(String),
    /// Everything of an account: all that its quotas allow, and what it shares with services.
    Account(String),
    /// The hooks of the whole target: nothing else may run.
    Target,
}

impl CallStep {
    /// A call that is settled after.
    pub fn new(caller: &str, operation: &str, arguments: Value) -> Self {
        let arguments = match arguments {
            Value::Object(arguments) => arguments,
            _ => Map::new(),
        };
        let call = Call { operation: operation.to_owned(), caller: caller.to_owned(), arguments };
        Self { call, makes: None, form: None, unsettled: false, beside: false, times: 1 }
    }
}

impl Case {
    /// The steps as they are played: the base with the edit, and the position of the call under
    /// test among them.
    pub fn steps(&self) -> (Vec<Step>, usize) {
        let mut steps = self.base.clone();
        let Some(edit) = &self.edit else { return (steps, self.test) };
        if let Some(Step::Call(step)) = steps.get_mut(edit.step) {
            for (name, value) in &edit.arguments {
                match value {
                    Value::Null => drop(step.call.arguments.remove(name)),
                    value => drop(step.call.arguments.insert(name.clone(), value.clone())),
                }
            }
            if let Some(caller) = &edit.caller {
                step.call.caller.clone_from(caller);
            }
            if let Some(tamper) = edit.tamper {
                step.form = Some(tamper.put_into(step.form.take()));
            }
        }
        let at = edit.step.min(steps.len());
        steps.splice(at..at, edit.before.iter().cloned());
        let test = if edit.step <= self.test { self.test + edit.before.len() } else { self.test };
        (steps, test)
    }

    /// The operation under test.
    pub fn operation(&self) -> &str {
        match self.base.get(self.test) {
            Some(Step::Call(step)) => &step.call.operation,
            _ => "",
        }
    }
}
