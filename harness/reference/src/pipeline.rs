//! The reference implementation: from the bytes of a request, a clock and a seed to an answer.

use crate::answer::{Answer, Delivery};
use crate::apply::{self, Place, Shown};
use crate::change::{Change, Effect, Moment};
use crate::choose::{Choice, choose};
use crate::numbers;
use crate::pages;
use crate::random::Random;
use crate::show::Display;
use crate::state::{Pace, State};
use serde_json::{Map, Value};
use sharespec_model::alibaba::arguments::View;
use sharespec_model::alibaba::evaluate_call;
use sharespec_model::api::Api;
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::condition::ConditionSet;
use sharespec_model::spec::{Row, Spec};
use sharespec_wire::alibaba::{GatewayError, Incoming, decode, encode_reply, format_asked, verify};
use sharespec_wire::http::{Request, Response, header};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use crate::blueprint::Blueprint;

/// How far the time of a request may be from the server's, in milliseconds.
const SIGNATURE_WINDOW: i64 = 15 * 60_000;

/// The reference implementation of one API over one world.
#[derive(Debug)]
pub struct Pipeline {
    blueprint: Arc<Blueprint>,
    seed: u64,
    state: State,
    random: Random,
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
                error.into_reply(request_id, host)
            }
        }
    }

    /// What happens before an operation is reached: decoding, the caller, the signature.
    fn gateway(&mut self, exchange: &mut Exchange<'_>) -> Result<Call, GatewayError> {
        exchange.incoming = Some(decode(exchange.request)?);
        let exchange = &*exchange;
        let Some(incoming) = &exchange.incoming else {
            return Err(GatewayError::action_not_found());
        };
        let world = self.blueprint.api.world();
        let account = world
            .account_of_key(&incoming.access_key_id)
            .ok_or_else(GatewayError::access_key_not_found)?;
        if self.blueprint.check_signatures {
            let secret = world.account_file(account).map(|file| file.access_key_secret.as_str());
            let now = exchange.now;
            let secret = secret.unwrap_or("");
            verify(exchange.request, incoming, secret, now, SIGNATURE_WINDOW)
                .or_else(|error| exchange.overlooked_or(error, &self.state))?;
            let nonce = incoming.nonce.clone().unwrap_or_default();
            if !self.nonces.insert(format!("{}/{nonce}", incoming.access_key_id)) {
                exchange.overlooked_or(GatewayError::nonce_used(), &self.state)?;
            }
        }
        let known = self.blueprint.spec().operation(&incoming.action);
        let Some(operation) = known.filter(|each| self.blueprint.has(&each.name)) else {
            return Err(GatewayError::action_not_found());
        };
        let mut arguments = incoming.arguments.clone();
        // That there is no region is said where the document has one.
        let region = incoming.region_id.clone().map(Value::String);
        if region.is_some() || operation.parameter("RegionId").is_some() {
            arguments.insert("RegionId".to_owned(), region.unwrap_or_default());
        }
        for key in numbers::fill(operation, exchange.request, incoming, &mut arguments) {
            let marked = if key.contains('.') { key.clone() } else { format!("{key}.again") };
            arguments.entry(marked).or_insert(Value::Null);
        }
        let caller = world.role_of(account).to_owned();
        Ok(Call { operation: incoming.action.clone(), caller, arguments })
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
        let (evaluation, outcome) = evaluate_call(spec, world, &self.state, &call)
            .map_err(|_| GatewayError::action_not_found())?;
        let overlooked = exchange.overlooked(spec, &self.state);
        let before = blueprint.places.state.then(|| self.state.clone());
        let reply = match choose(spec, &blueprint.policy, &evaluation, overlooked, exchange.luck) {
            Choice::Reject(row) => rejection(row, request_id, exchange),
            Choice::Accept => {
                exchange.accepted = true;
                let mut place = Place {
                    world,
                    policy: &blueprint.policy,
                    state: &mut self.state,
                    random: &mut self.random,
                    now: exchange.now,
                };
                let shown = apply::apply(&mut place, &call, outcome);
                let body = Body::Success(self.members(exchange, &call, &shown));
                Reply { status: 200, request_id: Some(request_id.to_owned()), body }
            }
        };
        if let Some(before) = before {
            exchange.change_state(&mut self.state, &before);
            self.state.look_again();
        }
        Ok(reply)
    }

    fn members(&self, exchange: &Exchange<'_>, call: &Call, shown: &Shown) -> Map<String, Value> {
        let luck = if matches!(shown, Shown::List(_)) { self.seed } else { exchange.luck };
        let display = Display {
            world: exchange.blueprint.api.world(),
            policy: &exchange.blueprint.policy,
            state: &self.state,
            luck,
        };
        let Shown::List(expected) = shown else {
            let mut members = display.members(shown);
            let operation = exchange.blueprint.spec().operation(&call.operation);
            let later = operation.into_iter().flat_map(|operation| &operation.later_members);
            later.for_each(|member| drop_later(&mut members, &member.what));
            return members;
        };
        let (name, rows) = display.rows(expected);
        let arguments = View(&call.arguments);
        let from = arguments.text("NextToken").and_then(pages::position).unwrap_or(0);
        let asked = arguments.text("MaxResults").and_then(|text| text.trim().parse().ok());
        let asked = asked.filter(|size| (1..=100).contains(size));
        let page = pages::cut(rows, from, asked, &exchange.blueprint.policy);
        let mut members = match display.list_member(name, page.rows) {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        if let Some(next) = page.next {
            members.insert("NextToken".into(), next.into());
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
struct Exchange<'a> {
    blueprint: &'a Blueprint,
    request: &'a Request,
    incoming: Option<Incoming>,
    call: Option<Call>,
    accepted: bool,
    number: u64,
    turn: u64,
    now: i64,
    luck: u64,
}

impl Exchange<'_> {
    fn moment<'b>(&'b self, state: &'b State) -> Moment<'b> {
        Moment {
            world: self.blueprint.api.world(),
            request: self.request,
            incoming: self.incoming.as_ref(),
            call: self.call.as_ref(),
            accepted: self.accepted,
            number: self.number,
            turn: self.turn,
            now: self.now,
            luck: self.luck,
            state,
        }
    }

    /// The effects of the changes that happen now.
    fn effects<'b>(&'b self, state: &'b State) -> impl Iterator<Item = &'b Effect> {
        let moment = self.moment(state);
        let firing = move |change: &&Change| change.trigger.fires(&moment);
        self.blueprint.changes.iter().filter(firing).flat_map(|change| change.effects)
    }

    fn overlooked(&self, spec: &Spec, state: &State) -> ConditionSet {
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

    /// Nothing if the gateway overlooks the condition behind an error, else the error.
    fn overlooked_or(&self, error: GatewayError, state: &State) -> Result<(), GatewayError> {
        let spec = self.blueprint.spec();
        let overlooked = self.overlooked(spec, state);
        let mut rows = spec.gateway().rows.iter().filter(|row| row.code == error.code);
        match rows.any(|row| !row.conditions.and(overlooked).is_empty()) {
            true => Ok(()),
            false => Err(error),
        }
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
            None => format_asked(self.request),
        };
        if self.blueprint.changes.is_empty() {
            let response = encode_reply(&reply, self.operation(), format);
            return Answer { response, delivery: Delivery::Whole };
        }
        let moment = self.moment(state);
        for effect in self.effects(state) {
            if let Effect::Reply(change) = effect {
                change(&mut reply, &moment);
            }
        }
        let mut response: Response = encode_reply(&reply, self.operation(), format);
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
    let code = match row.code.as_str() {
        // A code of the gateway's own, of its usual form.
        "*" => "InvalidParameter".to_owned(),
        code => code.to_owned(),
    };
    let message = row.message.clone().unwrap_or_else(|| gateway_message(&code));
    let host = header(&exchange.request.headers, "host").unwrap_or_default().to_owned();
    let error = GatewayError { status: row.status, code: code.into(), message: message.into() };
    error.into_reply(request_id, &host)
}

fn gateway_message(code: &str) -> String {
    match code.strip_prefix("Missing") {
        Some(parameter) => format!("{parameter} is mandatory for this action."),
        None => "The specified parameter is invalid.".to_owned(),
    }
}
