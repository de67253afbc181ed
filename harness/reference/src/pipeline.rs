//! The reference implementation: from the bytes of a request, a clock and a seed to an answer.

use crate::answer::{Answer, Delivery};
use crate::apply::{self, Place, Shown};
use crate::change::{Change, Effect, Moment};
use crate::choose::{Choice, choose};
use crate::gate::{self, Gate};
use crate::pages;
use crate::platform::Platform;
use crate::random::Random;
use crate::show::Display;
use crate::state::{Pace, State};
use serde_json::{Map, Value};
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::condition::ConditionSet;
use sharespec_model::outcome::Outcome;
use sharespec_model::set::Set;
use sharespec_model::spec::{Row, Spec};
use sharespec_model::spent::Spent;
use sharespec_model::world::AccountIndex;
use sharespec_wire::alibaba::{GatewayError, Incoming};
use sharespec_wire::http::{Request, Response, header};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use crate::blueprint::Blueprint;

/// The reference implementation of one API over one world.
#[derive(Debug)]
pub struct Pipeline {
    pub(crate) blueprint: Arc<Blueprint>,
    seed: u64,
    pub(crate) state: State,
    pub(crate) random: Random,
    pace: Pace,
    nonces: HashSet<String>,
    number: u64,
    turns: HashMap<String, u64>,
    /// The answers that were given, for faults that repeat one.
    last_request_id: Option<String>,
}

impl Pipeline {
    /// A fresh instance; the same seed mints the same ids.
    pub fn new(blueprint: Arc<Blueprint>, seed: u64) -> Self {
        Self {
            state: State::new(blueprint.api.world(), blueprint.policy.ids),
            random: Random::new(seed),
            pace: blueprint.pace,
            nonces: HashSet::new(),
            number: 0,
            turns: HashMap::new(),
            last_request_id: None,
            seed,
            blueprint,
        }
    }

    /// Answers one request at `now` (milliseconds since the Unix epoch).
    pub fn handle(&mut self, request: &Request, now: i64) -> Answer {
        self.handle_since(request, now, None)
    }

    /// What is kept of the moment in which a request arrives; nothing unless some change is a race.
    pub fn arrive(&self) -> Option<State> {
        self.blueprint.places.races.then(|| self.state.clone())
    }

    /// Answers one request that arrived in another state.
    pub fn handle_since(&mut self, request: &Request, now: i64, since: Option<&State>) -> Answer {
        self.number += 1;
        self.state.advance(now, self.pace);
        let luck = self.random.luck();
        let request_id = self.random.request_id();
        let blueprint = Arc::clone(&self.blueprint);
        let mut exchange = Exchange {
            blueprint: &blueprint,
            request,
            incoming: None,
            call: None,
            accepted: false,
            number: self.number,
            turn: 0,
            now,
            luck,
            since,
        };
        let reply = self.reply(&mut exchange, &request_id);
        let answer = exchange.finish(&self.state, reply);
        self.last_request_id = Some(request_id);
        answer
    }

    fn reply(&mut self, exchange: &mut Exchange<'_>, request_id: &str) -> Reply {
        let result = self.gateway(exchange).and_then(|call| {
            exchange.turn = {
                let turn = self.turns.entry(call.operation.clone()).or_insert(0);
                *turn += 1;
                *turn
            };
            exchange.call = Some(call);
            self.answer(exchange, request_id)
        });
        match result {
            Ok(reply) => reply,
            Err(error) => {
                let host = header(&exchange.request.headers, "host").unwrap_or_default();
                self.blueprint.api.refusal(error, request_id, host)
            }
        }
    }

    /// What happens before an operation is reached: decoding, the caller, the signature.
    fn gateway(&mut self, exchange: &mut Exchange<'_>) -> Result<Call, GatewayError> {
        let blueprint = exchange.blueprint;
        let gate = Gate { blueprint, nonces: &self.nonces, now: exchange.now };
        let inspection = blueprint.api.inspect(exchange.request, &gate)?;
        let world = blueprint.api.world();
        let incoming = inspection.incoming;
        let caller = world.caller_of_key(&incoming.access_key_id);
        let caller = caller.unwrap_or_else(|| world.role_of(AccountIndex(0))).to_owned();
        let arguments = blueprint.api.arguments(blueprint.spec(), exchange.request, &incoming);
        let call = Call { operation: incoming.action.clone(), caller, arguments };
        let denied = blueprint.api.denied(blueprint.spec(), &call).certain;
        let nonce = incoming.nonce.clone().map(|nonce| gate::used(&incoming.access_key_id, &nonce));
        exchange.incoming = Some(incoming);
        let wrong = inspection.wrong.certain.or(denied);
        gate::pass(exchange, &self.state, wrong, inspection.string_to_sign)?;
        if let (true, Some(nonce)) = (blueprint.check_signatures, nonce) {
            self.nonces.insert(nonce);
        }
        Ok(call)
    }

    fn answer(
        &mut self,
        exchange: &mut Exchange<'_>,
        request_id: &str,
    ) -> Result<Reply, GatewayError> {
        if let Some(error) = exchange.refusal(&self.state) {
            return Err(error);
        }
        exchange.change_call(&self.state);
        let blueprint = exchange.blueprint;
        let (spec, world) = (blueprint.spec(), blueprint.api.world());
        let Some(call) = exchange.call.clone() else {
            return Err(GatewayError::action_not_found());
        };
        let (evaluation, outcome) = blueprint
            .api
            .evaluate(spec, &self.state, &call)
            .map_err(|_| GatewayError::action_not_found())?;
        let overlooked = exchange.overlooked(spec, &self.state);
        let before = blueprint.places.state.then(|| self.state.clone());
        let reply = match choose(spec, &blueprint.policy, &evaluation, overlooked, exchange.luck) {
            Choice::Reject(row) => {
                if let Some(spent) = self.spent(&*blueprint.api, (&call, exchange.now), &outcome) {
                    self.state.spent.push(Spent { accepted: Set::only(false), ..spent });
                    self.state.answers.push(Map::new());
                }
                rejection(row, request_id, exchange)
            }
            Choice::Accept => {
                exchange.accepted = true;
                let spent = self.spent(&*blueprint.api, (&call, exchange.now), &outcome);
                let mut place = Place {
                    platform: &*blueprint.api,
                    world,
                    policy: &blueprint.policy,
                    state: &mut self.state,
                    random: &mut self.random,
                    now: exchange.now,
                };
                let shown = apply::apply(&mut place, &call, outcome);
                let mut members = self.members(exchange, &call, &shown);
                blueprint.api.finish(&mut members, &call, request_id);
                if let Some(mut spent) = spent {
                    if let Shown::Share(position) = shown {
                        spent.share = Some(position);
                    }
                    self.state.spent.push(spent);
                    self.state.answers.push(members.clone());
                }
                let body = Body::Success(members);
                Reply { status: 200, request_id: Some(request_id.to_owned()), body }
            }
        };
        if let Some(before) = before {
            exchange.change_state(&mut self.state, &before);
            self.state.look_again();
        }
        Ok(reply)
    }

    /// What is remembered of a call that is made with a token of idempotency.
    fn spent(
        &self,
        api: &dyn Platform,
        (call, now): (&Call, i64),
        outcome: &Outcome,
    ) -> Option<Spent> {
        let name = api.names().client_token?;
        let token = call.arguments.get(name)?.as_str()?.to_owned();
        let (share, entities) = match outcome {
            Outcome::Remove(removal) => (removal.share, removal.entities.clone()),
            Outcome::Add(addition) => (addition.share, addition.entities.clone()),
            Outcome::Update(change) => (change.share, Vec::new()),
            Outcome::Delete(share) => (*share, Vec::new()),
            Outcome::Create(_) | Outcome::Accept(_) | Outcome::Reject(_) => (None, Vec::new()),
            Outcome::Show(_) | Outcome::Enable(_) | Outcome::Repeat(..) => return None,
        };
        let mut arguments = call.arguments.clone();
        arguments.remove(name);
        Some(Spent {
            token,
            caller: api.world().account(&call.caller)?,
            operation: call.operation.clone(),
            at: now,
            arguments,
            accepted: Set::only(true),
            share: share.map(|share| share.handle),
            entities,
        })
    }

    fn members(&self, exchange: &Exchange<'_>, call: &Call, shown: &Shown) -> Map<String, Value> {
        let luck = if matches!(shown, Shown::List(_)) { self.seed } else { exchange.luck };
        let platform = &*exchange.blueprint.api;
        let display = Display {
            platform,
            world: exchange.blueprint.api.world(),
            policy: &exchange.blueprint.policy,
            state: &self.state,
            luck,
            now: exchange.now,
        };
        let Shown::List(expected) = shown else {
            let mut members = display.members(shown);
            let operation = exchange.blueprint.spec().operation(&call.operation);
            let later = operation.into_iter().flat_map(|operation| &operation.later_members);
            later.for_each(|member| drop_later(&mut members, &member.what));
            return members;
        };
        let (name, rows) = display.rows(expected);
        let names = platform.names();
        let token = call.arguments.get(names.page_token).and_then(Value::as_str);
        let from = token.and_then(pages::position).unwrap_or(0);
        let most = if names.default_page.is_some() { 100 } else { 500 };
        let asked = platform.page_size(&call.arguments).filter(|size| (1..=most).contains(size));
        let page = pages::cut(rows, from, asked, &exchange.blueprint.policy);
        let mut members = match display.list_member(name, page.rows) {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        if let Some(next) = page.next {
            members.insert(names.page_token.into(), next.into());
        }
        members
    }

    /// Back to the state right after the start: shares, invitations and counters are gone.
    pub fn reset(&mut self) {
        let fresh = Self::new(Arc::clone(&self.blueprint), self.seed);
        // Ids go on, so that nothing that was minted before comes again.
        let random = std::mem::replace(&mut self.random, Random::new(self.seed));
        *self = Self { random, ..fresh };
    }

    /// Stops every transition (associating, disassociating, deleting) until `release`.
    pub fn hold(&mut self) {
        self.pace.held = true;
    }

    /// Lets transitions go on.
    pub fn release(&mut self) {
        self.pace.held = false;
        self.state.look_again();
    }

    /// Whether some change in force needs more of the connection than `Delivery::Whole`.
    pub fn needs_raw_connection(&self) -> bool {
        let effects = self.blueprint.changes.iter().flat_map(|change| change.effects);
        effects.into_iter().any(|effect| matches!(effect, Effect::Connection(_)))
    }
}

/// One request on its way through the pipeline.
pub(crate) struct Exchange<'a> {
    pub(crate) blueprint: &'a Blueprint,
    request: &'a Request,
    incoming: Option<Incoming>,
    call: Option<Call>,
    accepted: bool,
    number: u64,
    turn: u64,
    now: i64,
    pub(crate) luck: u64,
    since: Option<&'a State>,
}

impl Exchange<'_> {
    fn moment<'b>(&'b self, state: &'b State) -> Moment<'b> {
        Moment {
            world: self.blueprint.api.world(),
            names: self.blueprint.api.names(),
            request: self.request,
            incoming: self.incoming.as_ref(),
            call: self.call.as_ref(),
            accepted: self.accepted,
            number: self.number,
            turn: self.turn,
            now: self.now,
            luck: self.luck,
            since: self.since,
            state,
        }
    }

    /// The effects of the changes that happen now.
    fn effects<'b>(&'b self, state: &'b State) -> impl Iterator<Item = &'b Effect> {
        let moment = self.moment(state);
        let firing = move |change: &&Change| change.trigger.fires(&moment);
        self.blueprint.changes.iter().filter(firing).flat_map(|change| change.effects)
    }

    pub(crate) fn overlooked(&self, spec: &Spec, state: &State) -> ConditionSet {
        let mut set = ConditionSet::EMPTY;
        if !self.blueprint.places.conditions {
            return set;
        }
        for effect in self.effects(state) {
            let Effect::Overlook(names) = effect else { continue };
            for condition in names.iter().filter_map(|name| spec.condition(name)) {
                set.insert(condition);
            }
        }
        set
    }

    /// The error that some change gives instead of an answer.
    fn refusal(&self, state: &State) -> Option<GatewayError> {
        if !self.blueprint.places.refusal {
            return None;
        }
        self.effects(state).find_map(|effect| match effect {
            Effect::Refuse(error) => Some(error()),
            _ => None,
        })
    }

    fn change_call(&mut self, state: &State) {
        if !self.blueprint.places.call {
            return;
        }
        let Some(mut call) = self.call.clone() else { return };
        let mut changed = false;
        for effect in self.effects(state) {
            if let Effect::Call(change) = effect {
                change(&mut call, &self.moment(state));
                changed = true;
            }
        }
        if changed {
            self.call = Some(call);
        }
    }

    fn change_state(&self, state: &mut State, before: &State) {
        for effect in self.effects(before) {
            if let Effect::After(change) = effect {
                change(state, &self.moment(before));
            }
        }
    }

    /// The reply as an answer: typed changes, bytes, connection.
    fn finish(&self, state: &State, mut reply: Reply) -> Answer {
        let format = match &self.incoming {
            Some(incoming) => incoming.format,
            None => self.blueprint.api.format_asked(self.request),
        };
        if self.blueprint.changes.is_empty() {
            let response = self.blueprint.api.encode_reply(&reply, self.operation(), format);
            return Answer { response, delivery: Delivery::Whole };
        }
        let moment = self.moment(state);
        for effect in self.effects(state) {
            if let Effect::Reply(change) = effect {
                change(&mut reply, &moment);
            }
        }
        let mut response: Response =
            self.blueprint.api.encode_reply(&reply, self.operation(), format);
        let mut delivery = Delivery::Whole;
        for effect in self.effects(state) {
            match effect {
                Effect::Bytes(change) => change(&mut response, &moment),
                Effect::Connection(wanted) => delivery = *wanted,
                _ => {}
            }
        }
        Answer { response, delivery }
    }

    fn operation(&self) -> &str {
        self.call.as_ref().map_or("Error", |call| call.operation.as_str())
    }
}

/// Drops a member of rows that the document in force does not have.
fn drop_later(members: &mut Map<String, Value>, path: &str) {
    let Some((list, name)) = path.rsplit_once("[].") else { return };
    let rows = members.get_mut(list).and_then(Value::as_array_mut);
    for row in rows.into_iter().flatten().filter_map(Value::as_object_mut) {
        row.remove(name);
    }
}

fn rejection(row: &Row, request_id: &str, exchange: &Exchange<'_>) -> Reply {
    let host = header(&exchange.request.headers, "host").unwrap_or_default().to_owned();
    exchange.blueprint.api.refusal(gate::error(row), request_id, &host)
}
