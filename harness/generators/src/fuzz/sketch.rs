//! A sketch of what the steps so far have led to, if every call was accepted that could be. It need not
//! be right: it makes calls likely to be in order, and nothing is judged by it.

use arbitrary::{Result, Unstructured};
use serde_json::Value;
use sharespec_wire::case::{CallStep, Hook, Step};

/// How an API calls what a sketch is made of.
#[derive(Debug)]
pub(crate) struct Called {
    /// The parameter that names a share.
    pub(crate) share: &'static str,
    /// The parameter that allows principals outside.
    pub(crate) external: &'static str,
    /// The parameter that names an invitation.
    pub(crate) invitation: &'static str,
    /// The list of principals; every other list of a call that puts something into a share is of resources.
    pub(crate) principals: &'static str,
    /// The operation that shows invitations.
    pub(crate) invitations: &'static str,
}

impl Called {
    /// The name of the share that a call is about, or of that whose invitation it answers.
    pub(crate) fn share_of(&self, call: &CallStep) -> Option<String> {
        let text = |name: &str| call.call.arguments.get(name).and_then(Value::as_str);
        let share = text(self.share).and_then(|id| id.strip_prefix("$share."));
        let invited = || text(self.invitation)?.strip_prefix("$invitation.")?.split('.').next();
        share.or_else(invited).map(str::to_owned)
    }
}

/// What the steps so far have led to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketch {
    /// The shares, in the order in which they were made.
    pub(crate) shares: Vec<SketchedShare>,
    /// Whether transitions are stopped.
    pub(crate) held: bool,
    /// The share that a call is about at the same time as which the next one is made.
    pub(crate) near: Option<String>,
}

/// A share as it may be by now.
#[derive(Clone, Debug, Default)]
pub(crate) struct SketchedShare {
    /// Its name in the case.
    pub(crate) name: String,
    /// Its owner.
    pub(crate) owner: String,
    /// Whether it is for principals outside as well.
    pub(crate) external: bool,
    /// Whether it was deleted.
    pub(crate) gone: bool,
    /// The resources in it, as symbols of ids or ARNs.
    pub(crate) resources: Vec<String>,
    /// The principals in it, as symbols.
    pub(crate) principals: Vec<String>,
    /// The roles that looked for their invitation: its id is known.
    pub(crate) told: Vec<String>,
    /// The roles that accepted their invitation.
    pub(crate) joined: Vec<String>,
    /// What was in it and is no more.
    pub(crate) ended: Vec<String>,
}

impl Sketch {
    /// The sketch of some steps.
    pub(crate) fn of(called: &Called, steps: &[Step]) -> Self {
        let mut sketch = Self::default();
        for step in steps {
            match step {
                Step::Call(call) => sketch.call(called, call),
                Step::Hook(Hook::Hold) => sketch.held = true,
                Step::Hook(Hook::Release) => sketch.held = false,
                Step::Hook(Hook::Advance(_)) | Step::Read | Step::Settle | Step::Wait(_) => {}
            }
        }
        sketch
    }

    /// The shares that are there.
    pub(crate) fn live(&self) -> Vec<&SketchedShare> {
        self.shares.iter().filter(|share| !share.gone).collect()
    }

    /// A step that is no call: transitions stop, go on or end, or time passes.
    pub(crate) fn hook(&self, choice: &mut Unstructured<'_>) -> Result<Step> {
        Ok(match choice.int_in_range(0..=3)? {
            0 | 1 if self.held => Step::Hook(Hook::Release),
            0 => Step::Hook(Hook::Hold),
            1 => Step::Settle,
            _ => {
                let hours = *choice.choose(&[1_i64, 47, 49, 167, 169])?;
                Step::Hook(Hook::Advance(hours * 3_600_000))
            }
        })
    }

    fn share(&mut self, called: &Called, call: &CallStep) -> Option<&mut SketchedShare> {
        let id = call.call.arguments.get(called.share)?.as_str()?;
        let name = id.strip_prefix("$share.")?;
        self.shares.iter_mut().find(|share| share.name == name)
    }

    fn call(&mut self, called: &Called, step: &CallStep) {
        let call = &step.call;
        match call.operation.as_str() {
            "CreateResourceShare" => {
                let Some(name) = &step.makes else { return };
                let flag = call.arguments.get(called.external);
                let mut share = SketchedShare {
                    name: name.clone(),
                    owner: call.caller.clone(),
                    external: flag == Some(&Value::Bool(true)),
                    ..SketchedShare::default()
                };
                share.add(called, step);
                self.shares.push(share);
            }
            "AssociateResourceShare" => {
                if let Some(share) = self.share(called, step) {
                    share.add(called, step);
                }
            }
            "DisassociateResourceShare" => {
                if let Some(share) = self.share(called, step) {
                    share.remove(called, step);
                }
            }
            "UpdateResourceShare" => {
                let flag = call.arguments.get(called.external).and_then(Value::as_bool);
                if let (Some(flag), Some(share)) = (flag, self.share(called, step)) {
                    share.external = flag;
                }
            }
            "DeleteResourceShare" => {
                if let Some(share) = self.share(called, step) {
                    share.gone = true;
                }
            }
            operation if operation == called.invitations => self.told(&call.caller),
            "AcceptResourceShareInvitation" | "RejectResourceShareInvitation" => {
                self.answered(called, step, call.operation.starts_with("Accept"));
            }
            _ => {}
        }
    }

    /// Who lists invitations is told the ids of all of them.
    fn told(&mut self, role: &str) {
        let own = format!("$account.{role}");
        for share in &mut self.shares {
            if share.principals.contains(&own) && !share.told.iter().any(|each| each == role) {
                share.told.push(role.to_owned());
            }
        }
    }

    fn answered(&mut self, called: &Called, step: &CallStep, accepted: bool) {
        let id = step.call.arguments.get(called.invitation).and_then(Value::as_str);
        let parts = id.and_then(|id| id.strip_prefix("$invitation.")?.split_once('.'));
        let Some((name, role)) = parts else { return };
        let Some(share) = self.shares.iter_mut().find(|share| share.name == name) else { return };
        share.told.retain(|each| each != role);
        if accepted {
            share.joined.push(role.to_owned());
        } else {
            let own = format!("$account.{role}");
            share.principals.retain(|each| *each != own);
        }
    }
}

impl SketchedShare {
    /// The resources and the principals that a call names.
    fn named(called: &Called, step: &CallStep) -> (Vec<String>, Vec<String>) {
        let (mut resources, mut principals) = (Vec::new(), Vec::new());
        for (name, value) in &step.call.arguments {
            let to = if name == called.principals { &mut principals } else { &mut resources };
            let text = |entry: &Value| {
                let id = entry.get("ResourceId").unwrap_or(entry);
                id.as_str().map(str::to_owned)
            };
            to.extend(value.as_array().into_iter().flatten().filter_map(text));
        }
        (resources, principals)
    }

    fn add(&mut self, called: &Called, step: &CallStep) {
        let (resources, principals) = Self::named(called, step);
        for each in resources {
            if !self.resources.contains(&each) {
                self.resources.push(each);
            }
        }
        for each in principals {
            if !self.principals.contains(&each) {
                self.principals.push(each);
            }
        }
    }

    fn remove(&mut self, called: &Called, step: &CallStep) {
        let (resources, principals) = Self::named(called, step);
        let joined = |each: &String| format!("$account.{each}");
        self.resources.retain(|each| !resources.contains(each));
        self.principals.retain(|each| !principals.contains(each));
        self.joined.retain(|each| !principals.contains(&joined(each)));
        self.told.retain(|each| !principals.contains(&joined(each)));
        self.ended.extend(resources.into_iter().chain(principals));
    }
}
