//! A sketch of what the steps so far have led to, if every call was accepted that could be. It need not
//! be right: it makes calls likely to be in order, and nothing is judged by it.

use serde_json::Value;
use sharespec_wire::case::{CallStep, Hook, Step};

/// What the steps so far have led to.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch {
    /// The shares, in the order in which they were made.
    pub(super) shares: Vec<SketchedShare>,
    /// Whether transitions are stopped.
    pub(super) held: bool,
}

/// A share as it may be by now.
#[derive(Clone, Debug, Default)]
pub(super) struct SketchedShare {
    /// Its name in the case.
    pub(super) name: String,
    /// Its owner.
    pub(super) owner: String,
    /// Whether it is for principals outside as well.
    pub(super) external: bool,
    /// Whether it was deleted.
    pub(super) gone: bool,
    /// The resources in it, as symbols of ids or ARNs.
    pub(super) resources: Vec<String>,
    /// The principals in it, as symbols.
    pub(super) principals: Vec<String>,
    /// The roles that looked for their invitation: its id is known.
    pub(super) told: Vec<String>,
    /// The roles that accepted their invitation.
    pub(super) joined: Vec<String>,
    /// What was in it and is no more.
    pub(super) ended: Vec<String>,
}

impl Sketch {
    /// The sketch of some steps.
    pub(super) fn of(steps: &[Step]) -> Self {
        let mut sketch = Self::default();
        for step in steps {
            match step {
                Step::Call(call) => sketch.call(call),
                Step::Hook(Hook::Hold) => sketch.held = true,
                Step::Hook(Hook::Release) => sketch.held = false,
                Step::Hook(Hook::Advance(_)) | Step::Read | Step::Settle => {}
            }
        }
        sketch
    }

    /// The shares that are there.
    pub(super) fn live(&self) -> Vec<&SketchedShare> {
        self.shares.iter().filter(|share| !share.gone).collect()
    }

    fn share(&mut self, call: &CallStep) -> Option<&mut SketchedShare> {
        let id = call.call.arguments.get("ResourceShareId")?.as_str()?;
        let name = id.strip_prefix("$share.")?;
        self.shares.iter_mut().find(|share| share.name == name)
    }

    fn call(&mut self, step: &CallStep) {
        let call = &step.call;
        match call.operation.as_str() {
            "CreateResourceShare" => {
                let Some(name) = &step.makes else { return };
                let flag = call.arguments.get("AllowExternalTargets");
                let mut share = SketchedShare {
                    name: name.clone(),
                    owner: call.caller.clone(),
                    external: flag == Some(&Value::Bool(true)),
                    ..SketchedShare::default()
                };
                share.add(step);
                self.shares.push(share);
            }
            "AssociateResourceShare" => {
                if let Some(share) = self.share(step) {
                    share.add(step);
                }
            }
            "DisassociateResourceShare" => {
                if let Some(share) = self.share(step) {
                    share.remove(step);
                }
            }
            "UpdateResourceShare" => {
                let flag = call.arguments.get("AllowExternalTargets").and_then(Value::as_bool);
                if let (Some(flag), Some(share)) = (flag, self.share(step)) {
                    share.external = flag;
                }
            }
            "DeleteResourceShare" => {
                if let Some(share) = self.share(step) {
                    share.gone = true;
                }
            }
            "ListResourceShareInvitations" => self.told(&call.caller),
            "AcceptResourceShareInvitation" | "RejectResourceShareInvitation" => {
                self.answered(step, call.operation.starts_with("Accept"));
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

    fn answered(&mut self, step: &CallStep, accepted: bool) {
        let id = step.call.arguments.get("ResourceShareInvitationId").and_then(Value::as_str);
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
    fn named(step: &CallStep) -> (Vec<String>, Vec<String>) {
        let list = |name: &str| {
            let list = step.call.arguments.get(name).and_then(Value::as_array);
            list.cloned().unwrap_or_default()
        };
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let ids = list("Resources");
        let ids = ids.iter().filter_map(|pair| text(pair.get("ResourceId")?));
        let arns = list("ResourceArns");
        let resources = ids.chain(arns.iter().filter_map(text)).collect();
        (resources, list("Targets").iter().filter_map(text).collect())
    }

    fn add(&mut self, step: &CallStep) {
        let (resources, principals) = Self::named(step);
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

    fn remove(&mut self, step: &CallStep) {
        let (resources, principals) = Self::named(step);
        let joined = |each: &String| format!("$account.{each}");
        self.resources.retain(|each| !resources.contains(each));
        self.principals.retain(|each| !principals.contains(each));
        self.joined.retain(|each| !principals.contains(&joined(each)));
        self.told.retain(|each| !principals.contains(&joined(each)));
        self.ended.extend(resources.into_iter().chain(principals));
    }
}
