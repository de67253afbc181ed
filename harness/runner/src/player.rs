//! Plays one case: sends its calls, judges every exchange, follows the belief, reads back what the
//! call under test did, and cleans up.

use crate::connection::{Connection, Sending};
use crate::footprint::Footprint;
use crate::gatekeeper::{self, Nonces};
use crate::record::Record;
use crate::setup::Setup;
use crate::symbols::{self, Context, Made, Unresolved};
use crate::trace::Trace;
use serde_json::{Map, Value};
use sharespec_events::{Reason, ReasonKind};
use sharespec_model::api::Api;
use sharespec_model::belief::{Belief, Window};
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::explanation::explain;
use sharespec_model::observation::Observed;
use sharespec_model::prediction::{Expected, Prediction};
use sharespec_model::world::Entity;
use sharespec_oracles::canonical::canonical;
use sharespec_oracles::finding::Finding;
use sharespec_oracles::floor::{Floor, SeenRequestIds, Transient};
use sharespec_oracles::paging::{MOST_PAGES, Walk};
use sharespec_oracles::scene::{Scene, Subject};
use sharespec_oracles::{code, floor, lists, message, readings, rows, shape, times};
use sharespec_wire::alibaba::{Form, Format, Stamp, Tamper};
use sharespec_wire::case::{CallStep, Case, Hook, Step};
use sharespec_wire::exchange::Exchange;
use sharespec_wire::http::header;
use std::sync::PoisonError;

/// Why a case ended before its last step.
#[derive(Debug)]
pub enum Stop {
    /// Something is wrong, and it gates.
    Failed,
    /// There is no verdict.
    Without(Reason),
}

/// What came of the call under test.
#[derive(Clone, Debug)]
pub struct Tested {
    /// The call with symbols, as the case has it.
    pub symbolic: Call,
    /// The call as it was sent.
    pub call: Call,
    /// Whether it was accepted.
    pub accepted: bool,
    /// The entities that it named.
    pub named: Vec<Entity>,
    /// The rules that its prediction cites.
    pub rules: Vec<String>,
    /// The answer in canonical form.
    pub answer: Value,
}

/// A case being played.
pub struct Player<'a> {
    /// What all cases have in common.
    pub setup: &'a Setup,
    /// The case.
    pub case: &'a Case,
    /// What is believed of the target.
    pub belief: Belief,
    /// What oracles had to say.
    pub findings: Vec<(Finding, usize)>,
    /// What the answers said about open points.
    pub record: Record,
    /// The call under test, once it was answered.
    pub tested: Option<Tested>,
    /// Every exchange, for whoever has to understand a failure.
    pub trace: Trace,
    /// What every exchange touched.
    pub footprint: Footprint,
    /// The way to the target.
    pub connection: Connection,
    /// What the case has made.
    pub made: Made,
    seen: SeenRequestIds,
    nonce: u64,
    nonces: Nonces,
    label: &'static str,
}

impl<'a> Player<'a> {
    /// A player of a case over a connection.
    pub fn new(setup: &'a Setup, case: &'a Case, connection: Connection, tag: &str) -> Self {
        Self {
            setup,
            case,
            belief: Belief::new(setup.api.world()),
            findings: Vec::new(),
            record: Record::default(),
            tested: None,
            trace: Trace::default(),
            footprint: Footprint::default(),
            connection,
            made: Made::new(format!("{}{tag}-", setup.prefix)),
            seen: SeenRequestIds::new(),
            nonce: 0,
            nonces: Nonces::default(),
            label: "set-up",
        }
    }

    /// Plays the case, cleaning up included.
    ///
    /// # Errors
    /// [`Stop`] if the case ended early.
    pub async fn play(&mut self) -> Result<(), Stop> {
        let result = self.steps().await;
        if self.belief.held {
            let _ = self.hook(Hook::Release).await;
        }
        self.label = "clean-up";
        let before = (self.findings.len(), result.is_err().then(|| self.record.clone()));
        let cleaned = self.clean_up().await;
        if result.is_err() || cleaned.is_err() {
            // What is left behind is taken away as far as possible; it is not judged any more.
            self.take_away().await;
        }
        if let (found, Some(record)) = before {
            self.findings.truncate(found);
            self.record = record;
            return result;
        }
        cleaned
    }

    async fn steps(&mut self) -> Result<(), Stop> {
        let (steps, test) = self.case.steps();
        for (position, step) in steps.iter().enumerate() {
            match step {
                Step::Hook(hook) => self.hook(*hook).await?,
                Step::Read => self.read_back().await?,
                Step::Settle => self.settle().await?,
                Step::Call(step) if position == test => self.test(step).await?,
                Step::Call(step) => {
                    self.label = if position < test { "set-up" } else { "afterwards" };
                    self.call_step(step, None).await?;
                    if !step.unsettled {
                        self.settle().await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn test(&mut self, step: &CallStep) -> Result<(), Stop> {
        self.label = "test";
        self.call_step(step, Some(&self.case.provokes)).await?;
        self.label = "read back";
        self.read_associations().await?;
        if step.unsettled || self.belief.held {
            return self.list_shares().await;
        }
        let waited = self.settle_and_tell().await?;
        if !waited && self.has_waiting() {
            // Nothing need happen to what waits for an answer: so see that nothing does.
            self.connection.wait(self.setup.abilities.settling.max(50)).await;
        }
        match waited || self.has_waiting() {
            true => self.read_back().await,
            false => self.list_shares().await,
        }
    }

    async fn hook(&mut self, hook: Hook) -> Result<(), Stop> {
        self.connection.hook(hook).await.map_err(|error| {
            without(ReasonKind::Hook, error.to_string(), "the hooks of the reference server")
        })?;
        match hook {
            Hook::Hold => self.belief.held = true,
            Hook::Release => self.belief.held = false,
            Hook::Advance(_) => {}
        }
        Ok(())
    }

    async fn call_step(
        &mut self,
        step: &CallStep,
        provokes: Option<&[String]>,
    ) -> Result<(), Stop> {
        let call = match self.resolve(&step.call) {
            Err(Stop::Without(reason))
                if self.case.made_up && reason.kind == ReasonKind::Blocked =>
            {
                return Ok(());
            }
            resolved => resolved?,
        };
        let form = step.form.clone().unwrap_or_else(|| self.setup.form.clone());
        for _ in 0..step.times {
            self.footprint.asked = true;
            let answer = self.exchange(&call, &form, provokes).await;
            self.footprint.asked = false;
            let answer = answer?;
            if let (Some(name), Some(Observed::Share(Some(row)))) = (&step.makes, &answer.observed)
            {
                self.made.share(name, &row.id);
            }
            if provokes.is_some() {
                self.tested = Some(Tested {
                    symbolic: step.call.clone(),
                    named: answer.about.named,
                    accepted: answer.accepted,
                    rules: answer.about.rules,
                    answer: answer.about.answer,
                    call: call.clone(),
                });
            }
        }
        Ok(())
    }

    fn resolve(&self, call: &Call) -> Result<Call, Stop> {
        let context =
            Context { world: self.setup.api.world(), belief: &self.belief, made: &self.made };
        if context.world.account(&call.caller).is_none() {
            return Err(no_caller(call));
        }
        let resolved = symbols::resolve(context, &Value::Object(call.arguments.clone()));
        let arguments = match resolved {
            Ok(Value::Object(arguments)) => arguments,
            Ok(_) => call.arguments.clone(),
            Err(error @ Unresolved::World(_)) => {
                let unlock = error.to_string().replace("the world has no ", "");
                return Err(without(ReasonKind::World, error.to_string(), &unlock));
            }
            Err(error @ Unresolved::Unknown(_)) => {
                return Err(without(
                    ReasonKind::Blocked,
                    error.to_string(),
                    "what set-up could not make",
                ));
            }
        };
        Ok(Call { arguments, ..call.clone() })
    }
}

/// What an exchange came to.
pub struct Answer {
    /// What a success showed; the whole list, if it was one.
    pub observed: Option<Observed>,
    /// Whether the call was accepted.
    pub accepted: bool,
    /// What the call is about, if it is the one under test.
    pub about: About,
}

/// What a call is about.
#[derive(Default)]
pub struct About {
    /// The entities that it names.
    pub named: Vec<Entity>,
    /// The rules that its prediction cites.
    pub rules: Vec<String>,
    /// The answer in canonical form.
    pub answer: Value,
}

/// One page, or a whole answer, as it was taken into the belief.
#[derive(Default)]
struct Taken {
    observed: Option<Observed>,
    accepted: bool,
    about: About,
    next: Option<String>,
}

impl Player<'_> {
    /// Makes a call, follows the pages of a list, and judges all of it.
    ///
    /// # Errors
    /// [`Stop`] if the answer is not admissible, or if there is none.
    pub async fn exchange(
        &mut self,
        call: &Call,
        form: &Form,
        provokes: Option<&[String]>,
    ) -> Result<Answer, Stop> {
        let mut walk = Walk::default();
        let first_token = call.arguments.get("NextToken").cloned();
        let mut page = call.clone();
        let mut pages = 0;
        loop {
            let taken = self.attempts(&page, form, provokes, &mut walk).await?;
            pages += 1;
            match taken.next {
                Some(token) if first_token.is_none() && pages < MOST_PAGES => {
                    page.arguments.insert("NextToken".to_owned(), token.into());
                }
                _ => {
                    let Taken { observed, accepted, about, .. } = taken;
                    return Ok(Answer { observed, accepted, about });
                }
            }
        }
    }

    /// Makes one call, again and again while the answer asks for it.
    async fn attempts(
        &mut self,
        call: &Call,
        form: &Form,
        provokes: Option<&[String]>,
        walk: &mut Walk,
    ) -> Result<Taken, Stop> {
        let mut attempt = 0;
        loop {
            self.send(call, form).await?;
            match self.judge(call, form, provokes, walk)? {
                Ok(taken) => return Ok(taken),
                Err(transient) => {
                    attempt += 1;
                    self.wait_for(&transient, attempt).await?;
                }
            }
        }
    }

    async fn wait_for(&mut self, transient: &Transient, attempt: u32) -> Result<(), Stop> {
        if transient.blames && attempt >= 3 {
            let finding = floor::server_error(self.setup.api.spec(), transient);
            return self.finding(finding);
        }
        if attempt >= self.setup.pace.attempts {
            let detail = format!("the target answers {} again and again", transient.reason);
            return Err(without(ReasonKind::Throttled, detail, "a target that does not throttle"));
        }
        let backoff = 50_u64.saturating_mul(1 << attempt.min(7));
        self.connection.wait(transient.retry_after.unwrap_or(backoff).min(5000)).await;
        Ok(())
    }

    /// Sends a call once, without judging what comes.
    ///
    /// # Errors
    /// [`Stop`] if the world has no such caller.
    pub async fn send(&mut self, call: &Call, form: &Form) -> Result<(), Stop> {
        let Some(credentials) = gatekeeper::credentials(self.setup, &call.caller, form) else {
            return Err(no_caller(call));
        };
        let host = self.connection.host().to_owned();
        let now = self.connection.now();
        let reused = match form.tamper {
            Some(Tamper::ReusedNonce) => {
                self.nonces.last(&credentials.access_key_id, &call.operation, form)
            }
            _ => None,
        };
        let (setup, prefix, number) = (self.setup, &self.made, &mut self.nonce);
        let tag = prefix.tag();
        let form = self.setup.with_region(call, form);
        let mut sent = String::new();
        let mut make = || {
            *number += 1;
            sent = reused.map_or_else(|| format!("{tag}{number}"), str::to_owned);
            let stamp = Stamp { now_millis: now, nonce: &sent, host: &host };
            setup.request(call, &form, &credentials, &stamp)
        };
        let sending = Sending { no_content_length: form.omits_content_length() };
        let exchange = self.connection.send(sending, &mut make).await;
        if form.tamper.is_none() {
            self.nonces.add(&credentials.access_key_id, &sent, &call.operation, &form);
        }
        self.trace.add(self.label, call, exchange);
        Ok(())
    }

    /// Judges the last exchange and follows it into the belief. The inner error is an answer that asks to
    /// be repeated.
    fn judge(
        &mut self,
        call: &Call,
        form: &Form,
        provokes: Option<&[String]>,
        walk: &mut Walk,
    ) -> Result<Result<Taken, Transient>, Stop> {
        let api = &*self.setup.api;
        let spec = api.spec();
        let window = self.trace.last_window();
        self.belief.close(window.to);
        let mut prediction = api.predict(&self.belief, call, window).map_err(|error| {
            without(ReasonKind::Operation, error.to_string(), "a document that describes it")
        })?;
        if let (Some(_), Some(sent)) = (form.tamper, self.trace.last()) {
            let wrong =
                gatekeeper::wrong(self.setup, &self.belief, &self.nonces, window, &sent.request)
                    .map_err(|error| {
                        without(
                            ReasonKind::Harness,
                            error.to_string(),
                            "a request that can be read",
                        )
                    })?;
            prediction.guard(wrong);
        }
        if let Some(provokes) = provokes {
            self.provoked(&prediction, provokes)?;
        }
        self.footprint.predicted(self.label, &prediction);
        match self.floor(&prediction, form) {
            Floor::Unreachable(reason) => {
                Err(without(ReasonKind::Unreachable, reason, "a target that can be reached"))
            }
            Floor::Transient(transient) => {
                api.observe_silence(&mut self.belief, call, &prediction, window);
                Ok(Err(transient))
            }
            Floor::Broken(finding) => {
                self.finding(finding)?;
                Err(Stop::Failed)
            }
            Floor::Reply(reply, findings) => {
                self.footprint.answered(&reply);
                self.all(findings)?;
                let exact = form.expected_format() == Format::Json;
                let about = self.about(call, &prediction, &reply, provokes.is_some());
                let outcome = code::judge(spec, &prediction, &reply);
                if !matches!(outcome, code::Outcome::Inadmissible(_)) {
                    self.all(code::warnings(spec, &prediction, &reply))?;
                    self.presumed(&prediction, &reply)?;
                }
                let taken = match (outcome, reply.body) {
                    (code::Outcome::Inadmissible(finding), _) => {
                        self.finding(finding)?;
                        None
                    }
                    (code::Outcome::Rejection(row, conditions), Body::Error { message, .. }) => {
                        self.all(message::judge(spec, row, &message).into_iter().collect())?;
                        api.observe_error(&mut self.belief, &prediction, conditions);
                        Some(Taken { about, ..Taken::default() })
                    }
                    (_, Body::Success(members)) => {
                        let taken =
                            self.success(call, &prediction, members, window, (walk, exact))?;
                        Some(Taken { about, ..taken })
                    }
                    (_, Body::Error { .. }) => Some(Taken { about, ..Taken::default() }),
                };
                taken.map(Ok).ok_or(Stop::Failed)
            }
        }
    }

    /// What a call is about, before the belief follows it; asked of the call under test alone.
    fn about(
        &self,
        call: &Call,
        prediction: &Prediction<'_>,
        reply: &Reply,
        wanted: bool,
    ) -> About {
        if !wanted {
            return About::default();
        }
        About {
            named: self.setup.api.named(&self.belief, call),
            rules: prediction.rules(self.setup.api.spec()).into_iter().collect(),
            answer: canonical(reply, &self.made.symbols(self.setup.api.world())),
        }
    }

    fn floor(&mut self, prediction: &Prediction<'_>, form: &Form) -> Floor {
        let spec = self.setup.api.spec();
        let Some(exchange) = self.trace.last() else {
            return Floor::Unreachable("nothing was sent".to_owned());
        };
        let format = expected_format(form, exchange);
        let is_new = |id: &str| match &self.connection {
            Connection::Builtin(_) => self.seen.insert(id.to_owned()),
            Connection::Url(_) => {
                let seen = self.setup.seen.lock();
                seen.unwrap_or_else(PoisonError::into_inner).insert(id.to_owned())
            }
        };
        floor::judge(spec, prediction.spec, exchange, format, is_new)
    }

    /// Whether the call under test provokes what the case is about; if not, it is not judged.
    fn provoked(&self, prediction: &Prediction<'_>, provokes: &[String]) -> Result<(), Stop> {
        let spec = self.setup.api.spec();
        if spec.condition("parameters/undescribed").is_some_and(|each| prediction.certain.has(each))
        {
            // What the document does not describe has no conditions: the call is a probe.
            return Ok(());
        }
        let missing = provokes.iter().find(|name| {
            let condition = spec.condition(name);
            !condition.is_some_and(|condition| {
                prediction.certain.has(condition)
                    || (prediction.possible.has(condition) && !prediction.success)
                    || (prediction.possible.has(condition) && prediction.open)
            })
        });
        match missing {
            None => Ok(()),
            Some(name) => Err(without(
                ReasonKind::Hook,
                format!("set-up did not lead to the condition {name}"),
                "a target on which that state lasts long enough",
            )),
        }
    }

    fn success(
        &mut self,
        call: &Call,
        prediction: &Prediction<'_>,
        members: Map<String, Value>,
        window: Window,
        (walk, exact): (&mut Walk, bool),
    ) -> Result<Taken, Stop> {
        let setup = self.setup;
        let api: &dyn Api = &*setup.api;
        let spec = api.spec();
        self.all(shape::judge(spec, api.world(), prediction.spec, &members))?;
        let next = api.next_page(&members);
        self.belief.tokens.extend(next.clone());
        let lists = readings::lengths(prediction.spec, &members);
        let list = is_list(&prediction.expected);
        let shown = if list {
            let asked = call.arguments.get("MaxResults").and_then(Value::as_str);
            let asked = asked.and_then(|text| text.trim().parse().ok());
            let asked = (asked, !prediction.open && prediction.expected.is_of_shares());
            let paging = walk.page(spec, prediction.spec, &members, asked, next.as_deref());
            self.all(paging)?;
            walk.so_far(members, next.is_some())
        } else {
            members
        };
        let observed = api.read(&call.operation, shown);
        let whole = next.is_none() && (!call.arguments.contains_key("NextToken") || walk.shows());
        let mut offset = self.belief.offset;
        let (findings, seen) = {
            let scene = Scene {
                api,
                belief: &self.belief,
                operation: prediction.spec,
                window,
                subject: subject(self.tested.as_ref(), api),
            };
            let mut findings = Vec::new();
            if prediction.open {
                findings.extend(lists::judge_open(&scene, &prediction.expected, &observed));
            } else {
                findings.extend(rows::judge(&scene, &prediction.expected, &observed));
                findings.extend(lists::judge(&scene, &prediction.expected, &observed, whole));
                findings.extend(times::judge(&scene, &prediction.expected, &observed, &mut offset));
            }
            let more = next.is_some();
            let observed = &observed;
            let reply = readings::Reply { call, prediction, lists, observed, whole, more, exact };
            (findings, readings::judge(&scene, &reply))
        };
        self.belief.offset = offset;
        self.all(findings)?;
        self.shown(seen)?;
        if whole || !list {
            api.observe_success(&mut self.belief, call, prediction, &observed, window);
        }
        Ok(Taken { observed: Some(observed), accepted: true, about: About::default(), next })
    }

    /// Takes down what an admissible answer presumes of open points.
    fn presumed(&mut self, prediction: &Prediction<'_>, reply: &Reply) -> Result<(), Stop> {
        let spec = self.setup.api.spec();
        let error = reply.code().map(|code| (reply.status, code));
        let explained = explain(spec, prediction, error);
        let held = self.setup.held.as_deref();
        let operation = prediction.spec.name.as_str();
        let breach = held.and_then(|held| held.judge_answer(spec, operation, &explained));
        self.record.explained(operation, explained);
        breach.map_or(Ok(()), |breach| self.finding(breach))
    }

    /// Takes down what a reply shows of open points.
    fn shown(&mut self, seen: readings::Seen) -> Result<(), Stop> {
        let held = self.setup.held.as_deref();
        let breach = held.and_then(|held| held.judge_reply(self.setup.api.spec(), &seen));
        self.record.seen(seen);
        breach.map_or(Ok(()), |breach| self.finding(breach))
    }

    fn all(&mut self, findings: Vec<Finding>) -> Result<(), Stop> {
        let exchange = self.trace.len().saturating_sub(1);
        let fails = findings.iter().any(|finding| finding.fails(self.setup.strict));
        self.findings.extend(findings.into_iter().map(|finding| (finding, exchange)));
        if fails { Err(Stop::Failed) } else { Ok(()) }
    }

    /// Takes a finding down.
    ///
    /// # Errors
    /// [`Stop::Failed`] if it gates.
    pub fn finding(&mut self, finding: Finding) -> Result<(), Stop> {
        self.all(vec![finding])
    }
}

/// The call under test as the oracles of a read see it.
fn subject<'s>(tested: Option<&'s Tested>, api: &'s dyn Api) -> Option<Subject<'s>> {
    let tested = tested?;
    Some(Subject {
        operation: api.spec().operation(&tested.call.operation)?,
        accepted: tested.accepted,
        named: &tested.named,
        share: tested.call.arguments.get("ResourceShareId").and_then(Value::as_str),
    })
}

fn is_list(expected: &Expected) -> bool {
    matches!(
        expected,
        Expected::AssociationList(_)
            | Expected::ShareList(_)
            | Expected::SharedList(_)
            | Expected::InvitationList(_)
    )
}

/// The format that an answer must have. To a format that does not exist either is right.
fn expected_format(form: &Form, exchange: &Exchange) -> Format {
    let named =
        exchange.response.as_ref().ok().and_then(|each| header(&each.headers, "content-type"));
    let named = named.map(str::to_ascii_lowercase);
    match (form.tamper, named) {
        (Some(Tamper::UnsupportedFormat), Some(named)) if named.contains("json") => Format::Json,
        (Some(Tamper::UnsupportedFormat), _) => Format::Xml,
        _ => form.expected_format(),
    }
}

fn no_caller(call: &Call) -> Stop {
    let detail = format!("the world has no account or user `{}`", call.caller);
    without(ReasonKind::World, detail, &format!("a caller `{}`", call.caller))
}

/// A stop without a verdict.
pub fn without(kind: ReasonKind, detail: String, unlock: &str) -> Stop {
    Stop::Without(Reason { kind, detail, unlock: Some(unlock.to_owned()) })
}
