//! Plays one case: sends its calls, judges every exchange, follows the belief, reads back what the
//! call under test did, and cleans up.

use crate::connection::{Connection, Sending};
use crate::footprint::Footprint;
use crate::gatekeeper::{self, Nonces};
use crate::record::Record;
use crate::seeds;
use crate::setup::Setup;
use crate::symbols::{self, Context, Made, Unresolved};
use crate::trace::Trace;
use serde_json::{Map, Value};
use sharespec_events::{Reason, ReasonKind};
use sharespec_model::belief::{Belief, Window};
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::explanation::explain;
use sharespec_model::observation::Observed;
use sharespec_model::prediction::{Expected, Prediction, Wrong};
use sharespec_model::world::{Entity, SeededShare};
use sharespec_oracles::canonical::canonical;
use sharespec_oracles::finding::{Check, Finding};
use sharespec_oracles::floor::{Floor, SeenRequestIds, Transient};
use sharespec_oracles::paging::{MOST_PAGES, Walk};
use sharespec_oracles::scene::{Scene, Subject};
use sharespec_oracles::{code, floor, lists, message, readings, rows, shape, times, token};
use sharespec_reference::platform::Platform;
use sharespec_wire::alibaba::{Stamp, format_of};
use sharespec_wire::case::{CallStep, Case, Hook, Step};
use sharespec_wire::exchange::Exchange;
use sharespec_wire::form::{Form, Format};
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
    /// The call as it was sent.
    pub call: Call,
    /// Whether it was accepted.
    pub accepted: bool,
    /// The entities that it named.
    pub named: Vec<Entity>,
    /// The rules that its prediction cites.
    pub rules: Vec<String>,
}

/// The call under test and its answer, admissible or not.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The call with symbols, as the case has it.
    pub call: Call,
    /// The answer in canonical form, if one came.
    pub answer: Option<Value>,
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
    /// The call under test, once it is made.
    pub asked: Option<Asked>,
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
    /// Whether the case is played on shares that were there before.
    seeded: bool,
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
            asked: None,
            trace: Trace::default(),
            footprint: Footprint::default(),
            connection,
            made: Made::new(format!("{}{tag}-", setup.prefix)),
            seen: SeenRequestIds::new(),
            nonce: 0,
            nonces: Nonces::default(),
            label: "set-up",
            seeded: false,
        }
    }

    /// Plays the case, cleaning up included.
    ///
    /// # Errors
    /// [`Stop`] if the case ended early.
    pub async fn play(&mut self) -> Result<(), Stop> {
        if self.seeded {
            // What was there before is not taken away.
            self.as_declared().await?;
            return self.steps().await;
        }
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

    /// Plays the case on shares that exist already, by their names in the case.
    pub fn on_seeded(&mut self, shares: &[(String, SeededShare)]) {
        let world = self.setup.api.world();
        for (name, share) in shares {
            self.made.seeded(name, &share.id, &share.name);
            self.belief.shares.extend(seeds::believed(world, share));
        }
        self.seeded = true;
    }

    /// Reads seeded shares before anything is done to them. If one is not as was said of it, nothing
    /// is wrong with the target.
    async fn as_declared(&mut self) -> Result<(), Stop> {
        self.label = "seeded";
        let result = self.read_back().await;
        let found = self.findings.last().map(|(finding, _)| finding);
        match (&result, found.map(|finding| (finding.check, finding.observed.clone()))) {
            (Err(Stop::Failed), Some((Check::Effects | Check::Isolation, observed))) => {
                self.findings.clear();
                let detail = format!("a seeded share is not as was said of it: {observed}");
                Err(without(ReasonKind::Seed, detail, "seeded shares that are as is said of them"))
            }
            _ => result,
        }
    }

    /// Plays what comes before the call under test, and says whether that may change anything.
    ///
    /// # Errors
    /// [`Stop`] if the case ended early.
    pub async fn prepare(&mut self) -> Result<bool, Stop> {
        let (steps, test) = self.case.steps();
        self.play_steps(steps.get(..test).unwrap_or_default(), usize::MAX).await?;
        let Some(Step::Call(step)) = steps.get(test) else { return Ok(true) };
        let call = self.resolve(&step.call)?;
        let now = self.connection.now();
        self.belief.close(now);
        let prediction = self.setup.api.predict(&self.belief, &call, Window::new(now, now));
        let prediction = prediction.map_err(|error| {
            without(ReasonKind::Operation, error.to_string(), "a document that describes it")
        })?;
        let wrong = step.form.as_ref().is_some_and(|form| form.is_tampered());
        Ok(prediction.success || prediction.open || wrong)
    }

    /// Takes away what a case made that was ended in the middle of anything. Nothing is judged.
    pub async fn abandon(&mut self) {
        self.label = "clean-up";
        if self.belief.held {
            let _ = self.hook(Hook::Release).await;
        }
        self.take_away().await;
    }

    async fn steps(&mut self) -> Result<(), Stop> {
        let (steps, test) = self.case.steps();
        self.play_steps(&steps, test).await
    }

    async fn play_steps(&mut self, steps: &[Step], test: usize) -> Result<(), Stop> {
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
        if provokes.is_some() {
            self.asked = Some(Asked { call: step.call.clone(), answer: None });
        }
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
                    named: answer.about.named,
                    accepted: answer.accepted,
                    rules: answer.about.rules,
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
        let first_token = call.arguments.get(self.setup.api.names().page_token).cloned();
        let mut page = call.clone();
        let mut pages = 0;
        loop {
            let taken = self.attempts(&page, form, provokes, &mut walk).await?;
            pages += 1;
            match taken.next {
                Some(token) if first_token.is_none() && pages < MOST_PAGES => {
                    let name = self.setup.api.names().page_token;
                    page.arguments.insert(name.to_owned(), token.into());
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
        let reused = match form.reuses_nonce() {
            true => self.nonces.last(&credentials.access_key_id, &call.operation, form),
            false => None,
        };
        let (setup, prefix, number) = (self.setup, &self.made, &mut self.nonce);
        let tag = prefix.tag();
        let mut sent = String::new();
        let mut make = || {
            *number += 1;
            sent = reused.map_or_else(|| format!("{tag}{number}"), str::to_owned);
            let stamp = Stamp { now_millis: now, nonce: &sent, host: &host };
            setup.request(call, form, &credentials, &stamp)
        };
        let names = setup.api.names();
        if call.operation == names.operations.create {
            let name = call.arguments.get(names.own_name).and_then(Value::as_str);
            setup.life.making(&call.caller, name.unwrap_or_default());
        }
        let sending = Sending { no_content_length: form.omits_content_length() };
        let exchange = self.connection.send(sending, &mut make).await;
        if !form.is_tampered() {
            self.nonces.add(&credentials.access_key_id, &sent, &call.operation, form);
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
        let looks = form.is_tampered() || api.is_typed();
        if let (true, Some(sent)) = (looks, self.trace.last()) {
            let wrong =
                gatekeeper::wrong(self.setup, &self.belief, &self.nonces, window, &sent.request)
                    .map_err(|error| {
                        without(
                            ReasonKind::Harness,
                            error.to_string(),
                            "a request that can be read",
                        )
                    })?;
            // How a request is signed that nothing was done to is the target's own affair.
            let own = |wrong: Wrong| match form.is_tampered() {
                true => wrong,
                false => wrong.within(api.without_signatures()),
            };
            prediction.guard(own(wrong));
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
                // What the answer says is judged all the same, but a thing is said once.
                for finding in findings {
                    let said = |(known, _): &(Finding, usize)| known.observed == finding.observed;
                    if !self.findings.iter().any(said) {
                        _ = self.finding(finding);
                    }
                }
                let exact = form.is_exact();
                let about = self.about(call, &prediction, provokes.is_some());
                if let (Some(_), Some(asked)) = (provokes, &mut self.asked) {
                    let symbols = self.made.symbols(self.setup.api.world());
                    asked.answer = Some(canonical(&reply, &symbols));
                }
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
                        api.observe_error(&mut self.belief, call, &prediction, conditions);
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
    fn about(&self, call: &Call, prediction: &Prediction<'_>, wanted: bool) -> About {
        if !wanted {
            return About::default();
        }
        About {
            named: self.setup.api.named(&self.belief, call),
            rules: prediction.rules(self.setup.api.spec()).into_iter().collect(),
        }
    }

    fn floor(&mut self, prediction: &Prediction<'_>, form: &Form) -> Floor {
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
        floor::judge(&*self.setup.api, prediction.spec, exchange, format, is_new)
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
            Some(name) => {
                let detail = format!("set-up did not lead to the condition {name}");
                Err(match self.trace.refused() {
                    Some((operation, code)) => without(
                        ReasonKind::World,
                        format!("{detail}: {operation} was answered with {code}"),
                        &format!("a world in which set-up is not answered with {code}"),
                    ),
                    None => {
                        let unlock = "a target on which that state lasts long enough";
                        without(ReasonKind::Hook, detail, unlock)
                    }
                })
            }
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
        let api = &*setup.api;
        let names = api.names();
        let spec = api.spec();
        self.all(shape::judge(spec, api.world(), prediction.spec, &members))?;
        self.all(token::judge(api, prediction.spec, call, &members).into_iter().collect())?;
        let next = api.next_page(&members);
        self.belief.tokens.extend(next.clone());
        let lists = readings::lengths(prediction.spec, &members);
        let list = is_list(&prediction.expected);
        let shown = if list {
            let asked = api.page_size(&call.arguments);
            let asked = (asked, !prediction.open && prediction.expected.is_of_shares());
            let paging = walk.page(api, prediction.spec, &members, asked, next.as_deref());
            self.all(paging)?;
            walk.so_far(members, next.is_some())
        } else {
            members
        };
        let observed = api.read(&call.operation, shown);
        let whole =
            next.is_none() && (!call.arguments.contains_key(names.page_token) || walk.shows());
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
        let seen = seen.within(self.setup.told);
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
fn subject<'s>(tested: Option<&'s Tested>, api: &'s dyn Platform) -> Option<Subject<'s>> {
    let tested = tested?;
    Some(Subject {
        operation: api.spec().operation(&tested.call.operation)?,
        accepted: tested.accepted,
        named: &tested.named,
        share: tested.call.arguments.get(api.names().share_id).and_then(Value::as_str),
    })
}

fn is_list(expected: &Expected) -> bool {
    matches!(
        expected,
        Expected::AssociationList(_)
            | Expected::ShareList(_)
            | Expected::SharedList(_)
            | Expected::InvitationList(_)
            | Expected::PermissionList(_)
    )
}

/// The format that an answer must have. To a format that does not exist either is right.
fn expected_format(form: &Form, exchange: &Exchange) -> Format {
    if let Some(format) = form.expected_format() {
        return format;
    }
    let response = exchange.response.as_ref().ok();
    let named = response.and_then(|each| header(&each.headers, "content-type"));
    named.and_then(format_of).unwrap_or(Format::Xml)
}

fn no_caller(call: &Call) -> Stop {
    let detail = format!("the world has no account or user `{}`", call.caller);
    without(ReasonKind::World, detail, &format!("a caller `{}`", call.caller))
}

/// A stop without a verdict.
pub fn without(kind: ReasonKind, detail: String, unlock: &str) -> Stop {
    Stop::Without(Reason { kind, detail, unlock: Some(unlock.to_owned()) })
}
