//! A small player: plays the steps of a case against the reference implementation in process, and
//! follows them in the model. It judges no more than whether each answer is admissible.

use crate::symbols::{Minted, resolve};
use serde_json::{Map, Value};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::api::Api;
use sharespec_model::belief::{Belief, Window};
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::condition::ConditionSet;
use sharespec_model::observation::Observed;
use sharespec_model::prediction::{Admission, Wrong};
use sharespec_model::spec::MemberKind;
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::Entity;
use sharespec_reference::change::Change;
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_wire::alibaba::{
    Credentials, Form, Format, Keeper, Key, SignatureVersion, Stamp, Tamper, decode_reply, encode,
    format_asked, inspect, shape_xml,
};
use sharespec_wire::case::{CallStep, Case, Hook, Step};
use sharespec_wire::form::Form as Written;
use std::sync::Arc;

/// How one exchange was predicted and answered.
pub struct Played {
    pub operation: String,
    pub certain: Vec<&'static str>,
    pub possible: Vec<&'static str>,
    pub success: bool,
    pub open: bool,
    /// The codes that are admissible.
    pub codes: Vec<String>,
    pub code: Option<String>,
    pub admissible: bool,
}

/// A case that was played: what happened before the call under test, it, and what came after.
pub struct Outcome {
    pub setup: Vec<Played>,
    pub test: Played,
    pub after: Vec<Played>,
    pub requests: usize,
}

/// The API and the reference implementation, shared by all cases.
pub struct Stage {
    pub api: Arc<Alibaba>,
    blueprint: Arc<Blueprint>,
}

struct Player<'a> {
    stage: &'a Stage,
    pipeline: Pipeline,
    belief: Belief,
    minted: Minted,
    shares: Vec<(String, String)>,
    now: i64,
    requests: usize,
    /// The nonces that were used, each with the operation and the signature.
    nonces: Vec<((String, SignatureVersion), String)>,
    /// What is wrong with the last request.
    wrong: Wrong,
}

impl Keeper for Player<'_> {
    fn key(&self, access_key_id: &str) -> Option<Key<'_>> {
        let world = self.stage.api.world();
        let role = world.caller_of_key(access_key_id)?;
        match world.user(role) {
            Some(user) => {
                let token = user.security_token.as_deref();
                Some(Key { secret: &user.access_key_secret, token })
            }
            None => {
                let secret = &world.file.accounts[role].access_key_secret;
                Some(Key { secret, token: None })
            }
        }
    }

    fn is_operation(&self, action: &str) -> bool {
        self.stage.api.spec().operation(action).is_some()
    }

    fn was_used(&self, _: &str, nonce: &str) -> bool {
        self.nonces.iter().any(|(_, used)| used == nonce)
    }

    fn now(&self) -> Window {
        Window::new(self.now, self.now)
    }
}

impl Stage {
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// The stage of a reference implementation with these changes.
    pub fn with(changes: &[Change]) -> Self {
        let world =
            sharespec_model::world::World::from_json(sharespec_fixtures::ALIBABA_EXTENDED_WORLD);
        let api = Arc::new(Alibaba::new(world.unwrap()).unwrap());
        let blueprint = Blueprint::new(api.clone(), changes).checking_signatures(true);
        Self { api, blueprint: Arc::new(blueprint) }
    }

    /// Plays the base and the edit of a case.
    pub fn play(&self, case: &Case) -> Outcome {
        let (steps, test) = case.steps();
        self.play_steps(&steps, test)
    }

    /// Plays the base of a case alone.
    pub fn play_base(&self, case: &Case) -> Outcome {
        self.play_steps(&case.base, case.test)
    }

    fn play_steps(&self, steps: &[Step], test: usize) -> Outcome {
        let mut player = Player {
            stage: self,
            pipeline: Pipeline::new(Arc::clone(&self.blueprint), 7),
            belief: Belief::new(self.api.world()),
            minted: Minted::default(),
            shares: Vec::new(),
            now: 1_795_000_000_000,
            requests: 0,
            nonces: Vec::new(),
            wrong: Wrong::default(),
        };
        let mut played = Vec::new();
        let mut position = 0;
        for (number, step) in steps.iter().enumerate() {
            if number == test {
                position = played.len();
            }
            player.step(step, number == test, &mut played);
        }
        player.read_back();
        player.settle();
        player.read_back();
        let after = played.split_off(position + 1);
        let test = played.pop().unwrap();
        Outcome { setup: played, test, after, requests: player.requests }
    }
}

impl Player<'_> {
    fn step(&mut self, step: &Step, test: bool, played: &mut Vec<Played>) {
        match step {
            Step::Call(call) => {
                for _ in 0..call.times {
                    played.push(self.call_step(call));
                }
                let reads = ["List", "Check", "Describe"];
                let reads = reads.iter().any(|prefix| call.call.operation.starts_with(prefix));
                if test {
                    self.read_back();
                }
                if !call.unsettled && !reads && !self.belief.held {
                    self.settle();
                }
            }
            Step::Hook(Hook::Hold) => {
                self.pipeline.hold();
                self.belief.held = true;
            }
            Step::Hook(Hook::Release) => {
                self.pipeline.release();
                self.belief.held = false;
                self.settle();
            }
            Step::Hook(Hook::Advance(millis)) => self.now += millis,
            Step::Read => {
                self.read_back();
            }
            Step::Settle => self.settle(),
            Step::Wait(millis) => self.now += millis.cast_signed(),
        }
    }

    fn call_step(&mut self, step: &CallStep) -> Played {
        let mut call = step.call.clone();
        for value in call.arguments.values_mut() {
            *value = resolve(self.stage.api.world(), &self.minted, value);
        }
        let form = match step.form.clone() {
            Some(Written::Alibaba(form)) => *form,
            _ => sharespec_wire::alibaba::Form::default(),
        };
        let (played, reply) = self.exchange(&call, &form);
        self.learn(step, &reply);
        played
    }

    fn learn(&mut self, step: &CallStep, reply: &Reply) {
        let Body::Success(members) = &reply.body else { return };
        if let (Some(name), Some(id)) = (
            &step.makes,
            members.get("ResourceShare").and_then(|share| share["ResourceShareId"].as_str()),
        ) {
            self.minted.0.insert(format!("$share.{name}"), id.to_owned());
            self.shares.push((id.to_owned(), step.call.caller.clone()));
        }
        let invitations = members.get("ResourceShareInvitations").and_then(Value::as_array);
        for row in invitations.into_iter().flatten() {
            let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let share = text("ResourceShareId");
            let known =
                self.minted.0.iter().find(|(key, id)| key.starts_with("$share.") && **id == share);
            let Some(name) = known.map(|(key, _)| key.trim_start_matches("$share.").to_owned())
            else {
                continue;
            };
            let world = self.stage.api.world();
            let receiver = text("ReceiverAccountId");
            let role = world.file.accounts.iter().find(|(_, each)| each.id == receiver).unwrap().0;
            let symbol = format!("$invitation.{name}.{role}");
            // Of several invitations, the open one is meant.
            if text("Status") == "Pending" || !self.minted.0.contains_key(&symbol) {
                self.minted.0.insert(symbol, text("ResourceShareInvitationId"));
            }
        }
    }

    /// One call; of a list, the walk over all its pages, which is one observation.
    fn exchange(&mut self, call: &Call, form: &Form) -> (Played, Reply) {
        let (sent, mut reply) = self.send(call, form);
        while let Some(token) = self.next_page(&reply) {
            self.minted.0.entry("$token".to_owned()).or_insert_with(|| token.clone());
            self.belief.tokens.push(token.clone());
            let mut next = call.clone();
            next.arguments.insert("NextToken".into(), token.into());
            let (_, page) = self.send(&next, form);
            append(&mut reply, page);
        }
        let played = self.follow(&sent, &reply);
        (played, reply)
    }

    fn next_page(&self, reply: &Reply) -> Option<String> {
        let Body::Success(members) = &reply.body else { return None };
        self.stage.api.next_page(members)
    }

    fn send(&mut self, call: &Call, form: &Form) -> (Call, Reply) {
        self.requests += 1;
        self.now += 5;
        let stage = self.stage;
        let file = &stage.api.world().file;
        let credentials = match file.users.get(&call.caller) {
            Some(user) => Credentials {
                access_key_id: user.access_key_id.clone(),
                access_key_secret: user.access_key_secret.clone(),
                security_token: user.security_token.clone(),
            },
            None => {
                let account = &file.accounts[&call.caller];
                Credentials {
                    access_key_id: account.access_key_id.clone(),
                    access_key_secret: account.access_key_secret.clone(),
                    security_token: None,
                }
            }
        };
        let reused = form.tamper == Some(Tamper::ReusedNonce);
        let foreign = form.tamper == Some(Tamper::ForeignSecret);
        let credentials = match foreign {
            true => Credentials { access_key_secret: "another".to_owned(), ..credentials },
            false => credentials,
        };
        let alike = (call.operation.clone(), form.signature);
        let before = self.nonces.iter().rev().find(|(each, _)| *each == alike);
        let nonce = match before.filter(|_| reused) {
            Some((_, nonce)) => nonce.clone(),
            None => format!("nonce-{}", self.requests),
        };
        let stamp = Stamp { now_millis: self.now, nonce: &nonce, host: "127.0.0.1" };
        let request = encode(call, form, &credentials, &stamp);
        let inspection = inspect(&request, self).unwrap();
        self.wrong = inspection.wrong;
        self.nonces.push((alike, nonce));
        let incoming = inspection.incoming;
        let mut sent = Call { arguments: incoming.arguments, ..call.clone() };
        if let Some(region) = incoming.region_id {
            sent.arguments.insert("RegionId".to_owned(), region.into());
        }
        for key in incoming.irregular {
            let marked = if key.contains('.') { key } else { format!("{key}.again") };
            sent.arguments.entry(marked).or_insert(Value::Null);
        }
        self.belief.close(self.now);
        let response = self.pipeline.handle(&request, self.now).response;
        let format = match form.tamper {
            Some(Tamper::UnsupportedFormat) => format_asked(&request),
            _ => form.expected_format(),
        };
        let mut reply = decode_reply(&response, &call.operation, format).unwrap();
        if format == Format::Xml
            && let Body::Success(members) = &mut reply.body
        {
            let spec = stage.api.spec().operation(&call.operation).unwrap();
            let of_kind = |kind: MemberKind| -> Vec<&str> {
                let members = spec.members.iter().filter(|member| member.kind == kind);
                members.map(|member| member.path.trim_end_matches("[]")).collect()
            };
            shape_xml(members, &of_kind(MemberKind::List), &of_kind(MemberKind::Boolean));
        }
        (sent, reply)
    }

    fn follow(&mut self, call: &Call, reply: &Reply) -> Played {
        let api = &self.stage.api;
        let window = Window::new(self.now, self.now);
        let mut prediction = api.predict(&self.belief, call, window).unwrap();
        prediction.guard(self.wrong);
        let names = |set: ConditionSet| -> Vec<&'static str> {
            set.iter().map(|condition| api.spec().condition_name(condition)).collect()
        };
        let mut played = Played {
            operation: call.operation.clone(),
            certain: names(prediction.certain),
            possible: names(prediction.possible),
            success: prediction.success,
            open: prediction.open,
            codes: prediction.rows().map(|row| row.code.clone()).collect(),
            code: reply.code().map(str::to_owned),
            admissible: true,
        };
        match &reply.body {
            Body::Success(members) => {
                played.admissible = prediction.success;
                let observed = api.read(&call.operation, members.clone());
                api.observe_success(&mut self.belief, call, &prediction, &observed, window);
            }
            Body::Error { code, .. } => match prediction.admission(reply.status, code) {
                Admission::Row(_, conditions) | Admission::Later(_, conditions) => {
                    api.observe_error(&mut self.belief, call, &prediction, conditions);
                }
                Admission::Open => {}
                _ => played.admissible = false,
            },
        }
        played
    }

    /// Lists everything of every share of the case, as its owner. Returns whether something is in
    /// transition.
    fn read_back(&mut self) -> bool {
        let mut moving = false;
        for (id, owner) in self.shares.clone() {
            for kind in ["Resource", "Target"] {
                let list = self.list(
                    &owner,
                    "ListResourceShareAssociations",
                    "AssociationType",
                    kind,
                    &id,
                );
                if let Observed::Associations(rows) = list {
                    moving |= rows.iter().any(|row| {
                        let invited = row.status == Some(AssociationStatus::Associating)
                            && self.is_invited(&id, &row.entity);
                        row.status.is_some_and(AssociationStatus::in_transition) && !invited
                    });
                }
            }
            let list = self.list(&owner, "ListResourceShares", "ResourceOwner", "Self", &id);
            if let Observed::Shares(rows) = list {
                let deleting = sharespec_model::status::ShareStatus::Deleting;
                moving |= rows.iter().any(|row| row.status == Some(deleting));
            }
        }
        moving
    }

    /// Whether the association waits for, or waited in vain for, an answer to an invitation.
    fn is_invited(&self, id: &str, entity: &Entity) -> bool {
        let share = self.belief.position(id).unwrap();
        self.belief.unanswered(share).contains(entity)
    }

    fn list(
        &mut self,
        owner: &str,
        operation: &str,
        name: &str,
        value: &str,
        id: &str,
    ) -> Observed {
        let mut arguments = Map::new();
        arguments.insert(name.into(), value.into());
        arguments.insert("ResourceShareIds".into(), vec![Value::from(id)].into());
        arguments.insert("MaxResults".into(), "100".into());
        let call = Call { operation: operation.into(), caller: owner.into(), arguments };
        let (played, reply) = self.exchange(&call, &Form::default());
        assert!(played.admissible && played.certain.is_empty(), "{operation}: {:?}", reply.code());
        let Body::Success(members) = &reply.body else { panic!("{operation} is rejected") };
        self.stage.api.read(operation, members.clone())
    }

    fn settle(&mut self) {
        for _ in 0..5 {
            if !self.read_back() {
                return;
            }
            self.now += 251;
        }
        panic!("it never settles");
    }
}

/// Adds the rows of a further page.
fn append(reply: &mut Reply, page: Reply) {
    let (Body::Success(members), Body::Success(more)) = (&mut reply.body, page.body) else {
        panic!("a page of a list is rejected");
    };
    members.remove("NextToken");
    for (name, value) in more {
        match (members.get_mut(&name), value) {
            (Some(Value::Array(rows)), Value::Array(more)) => rows.extend(more),
            (_, value) => drop(members.insert(name, value)),
        }
    }
}
