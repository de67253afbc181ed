//! One call of a case: it is sent, again if the answer asks for it, judged by every oracle, and
//! followed into the belief.

use super::{Player, Stop, Tested, no_caller, without};
use crate::connection::{Connection, Sending};
use crate::gatekeeper;
use serde_json::{Map, Value};
use sharespec_events::ReasonKind;
use sharespec_model::belief::Window;
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::explanation::explain;
use sharespec_model::observation::Observed;
use sharespec_model::prediction::{Expected, Prediction, Wrong};
use sharespec_model::world::Entity;
use sharespec_oracles::canonical::canonical;
use sharespec_oracles::finding::Finding;
use sharespec_oracles::floor::{Floor, Transient};
use sharespec_oracles::paging::{MOST_PAGES, Walk};
use sharespec_oracles::scene::{Scene, Subject};
use sharespec_oracles::{clock, code, floor, lists, message, readings, rows, shape, times, token};
use sharespec_reference::platform::Platform;
use sharespec_wire::alibaba::{Stamp, format_of};
use sharespec_wire::exchange::Exchange;
use sharespec_wire::form::{Form, Format};
use sharespec_wire::http::{Request, header};
use std::sync::PoisonError;

/// How long to wait until a list is asked for again, in milliseconds.
const AGAIN: u64 = 100;

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
pub(super) struct Taken {
    observed: Option<Observed>,
    accepted: bool,
    about: About,
    next: Option<String>,
    /// Whether something that belongs to the list may only be on its way.
    waits: bool,
}

impl<'s> Player<'s> {
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
        let before = self.walked.take().filter(|(same, _)| same == call);
        let mut walk = Walk::again(before.map(|(_, shown)| shown));
        let one_page = call.arguments.contains_key(self.setup.api.names().page_token)
            || form.drops_arguments(&call.operation);
        let mut page = call.clone();
        let mut pages = 0;
        loop {
            let taken = self.attempts(&page, form, provokes, &mut walk).await?;
            pages += 1;
            if taken.waits {
                self.connection.wait(AGAIN).await;
                (page, walk, pages) = (call.clone(), Walk::default(), 0);
                continue;
            }
            match taken.next {
                Some(token) if !one_page && pages < MOST_PAGES => {
                    let name = self.setup.api.names().page_token;
                    page.arguments.insert(name.to_owned(), token.into());
                    self.trace.page_over(pages);
                }
                _ => {
                    self.walked = walk.shown().map(|shown| (call.clone(), shown));
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

    /// A request for a call, with a nonce of its own.
    ///
    /// # Errors
    /// [`Stop`] if the world has no such caller.
    pub(super) fn request(&mut self, call: &Call, form: &Form) -> Result<Request, Stop> {
        let Some(credentials) = gatekeeper::credentials(self.setup, &call.caller, form) else {
            return Err(no_caller(call));
        };
        self.nonce += 1;
        let nonce = format!("{}{}", self.made.tag(), self.nonce);
        let (now_millis, host) = (self.connection.now(), self.connection.host());
        let stamp = Stamp { now_millis, nonce: &nonce, host };
        let request = self.setup.request(call, form, &credentials, &stamp);
        self.nonces.add(&credentials.access_key_id, &nonce, &call.operation, form);
        Ok(request)
    }

    /// Judges the exchange that is looked at and follows it into the belief. The inner error is an answer that asks to
    /// be repeated.
    pub(super) fn judge(
        &mut self,
        call: &Call,
        form: &Form,
        provokes: Option<&[String]>,
        walk: &mut Walk,
    ) -> Result<Result<Taken, Transient>, Stop> {
        let api = &*self.setup.api;
        let window = self.trace.last_window();
        self.belief.close(window.to);
        let resent = self.trace.last().is_some_and(|last| last.resent);
        if resent {
            let first = self.predict(call, window)?;
            if let Some(provokes) = provokes {
                // What it provokes is what it provoked when it was sent first.
                self.provoked(&first, provokes)?;
            }
            // It was done or not done, and comes again.
            api.observe_silence(&mut self.belief, call, &first, window);
            self.belief.close(window.to);
        }
        let mut prediction = self.predict(call, window)?;
        prediction.guard(self.wrong(form, window)?);
        if let Some(provokes) = provokes.filter(|_| !resent) {
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
                if let (Some(_), Some(asked)) = (provokes, &mut self.asked) {
                    let symbols = self.made.symbols(self.setup.api.world());
                    asked.answer = Some(canonical(api.names(), prediction.spec, &reply, &symbols));
                }
                let about = self.about(call, &prediction, provokes.is_some());
                let taken =
                    self.answer(call, &prediction, reply, window, (walk, form.is_exact()))?;
                Ok(Ok(Taken { about, ..taken }))
            }
        }
    }

    /// What the documents admit of a call that was sent in this window, by what is believed.
    fn predict(&self, call: &Call, window: Window) -> Result<Prediction<'s>, Stop> {
        self.setup.api.predict(&self.belief, call, window).map_err(|error| {
            without(ReasonKind::Operation, error.to_string(), "a document that describes it")
        })
    }

    /// What is wrong with the request that was sent, rather than with its call.
    fn wrong(&self, form: &Form, window: Window) -> Result<Wrong, Stop> {
        let api = &*self.setup.api;
        let (true, Some(sent)) = (form.is_tampered() || api.is_typed(), self.trace.last()) else {
            return Ok(Wrong::default());
        };
        let wrong =
            gatekeeper::wrong(self.setup, &self.belief, &self.nonces, window, &sent.request)
                .map_err(|error| {
                    without(ReasonKind::Harness, error.to_string(), "a request that can be read")
                })?;
        // How a request is signed that nothing was done to is the target's own affair.
        Ok(if form.is_tampered() { wrong } else { wrong.within(api.without_signatures()) })
    }

    /// Judges an answer that stands on the floor, and follows it into the belief.
    fn answer(
        &mut self,
        call: &Call,
        prediction: &Prediction<'_>,
        reply: Reply,
        window: Window,
        walked: (&mut Walk, bool),
    ) -> Result<Taken, Stop> {
        let api = &*self.setup.api;
        let spec = api.spec();
        let outcome = code::judge(spec, prediction, &reply);
        if !matches!(outcome, code::Outcome::Inadmissible(_)) {
            self.all(code::warnings(spec, prediction, &reply))?;
            self.presumed(prediction, &reply)?;
        }
        match (outcome, reply.body) {
            (code::Outcome::Inadmissible(finding), _) => {
                self.finding(finding)?;
                Err(Stop::Failed)
            }
            (code::Outcome::Rejection(row, conditions), Body::Error { message, .. }) => {
                self.all(message::judge(spec, row, &message).into_iter().collect())?;
                api.observe_error(&mut self.belief, call, prediction, conditions);
                Ok(Taken::default())
            }
            (_, Body::Success(members)) => self.success(call, prediction, members, window, walked),
            (_, Body::Error { .. }) => Ok(Taken::default()),
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
        let is_new = |id: &str| {
            let take_down = || match &self.connection {
                Connection::Builtin(_) | Connection::InProcess(_) => self.seen.insert(id),
                Connection::Url(_) => {
                    let seen = self.setup.seen.lock();
                    seen.unwrap_or_else(PoisonError::into_inner).insert(id)
                }
            };
            *self.fresh.entry(self.trace.position()).or_insert_with(take_down)
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
                Err(match self.trace.refused(&*self.setup.api) {
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
        let token = token::judge(api, prediction.spec, call, &members, &mut self.belief.made);
        self.all(token.into_iter().collect())?;
        let made_token = token::shows_made(api, prediction.spec, call, &members);
        let next = api.next_page(&members);
        self.belief.tokens.extend(next.clone());
        let lists = readings::lengths(prediction.spec, &members);
        let list = is_list(&prediction.expected);
        // Between two pages of all that an account has, others change what stands on which of them.
        let still = prediction.expected.is_of_shares() || setup.is_private();
        let shown = if list {
            let asked = api.page_size(&call.arguments);
            let still = !prediction.open && prediction.expected.is_of_shares();
            // Invitations and shares do not come and go by themselves.
            let moves = !matches!(
                prediction.expected,
                Expected::InvitationList(_) | Expected::ShareList(_) | Expected::PermissionList(_)
            ) && self.belief.is_in_transition();
            let asked = (asked, still, moves);
            let paging = walk.page(api, prediction.spec, &members, asked, next.as_deref());
            self.all(paging)?;
            let own: Vec<&str> = self.belief.shares.iter().map(|share| share.id.as_str()).collect();
            walk.so_far(members, next.is_some(), (!still).then_some(&own))
        } else {
            members
        };
        let observed = walk.without_moved(api.read(&call.operation, shown));
        let of_pages = call.arguments.contains_key(names.page_token);
        let whole = next.is_none() && (!of_pages || (still && walk.is_whole()));
        let mut offset = self.belief.offset;
        let (findings, seen, waits) = {
            let scene = Scene {
                api,
                belief: &self.belief,
                operation: prediction.spec,
                window,
                subject: subject(self.tested.as_ref(), api),
            };
            let waits =
                whole && !prediction.open && lists::waits(&scene, &prediction.expected, &observed);
            let mut findings = Vec::new();
            if prediction.open {
                findings.extend(lists::judge_open(&scene, &prediction.expected, &observed));
            } else {
                findings.extend(rows::judge(&scene, &prediction.expected, &observed));
                findings.extend(lists::judge(&scene, &prediction.expected, &observed, whole));
                findings.extend(times::judge(&scene, &prediction.expected, &observed, &mut offset));
                findings.extend(self.clock(offset, window));
            }
            let more = next.is_some();
            let observed = &observed;
            let reply = readings::Reply {
                call,
                prediction,
                lists,
                observed,
                whole,
                more,
                made_token,
                exact,
            };
            (findings, readings::judge(&scene, &reply), waits)
        };
        self.belief.offset = offset;
        self.all(findings)?;
        self.shown(seen)?;
        if (whole && !waits) || !list {
            api.observe_success(&mut self.belief, call, prediction, &observed, window);
        }
        Ok(Taken { observed: Some(observed), accepted: true, about: About::default(), next, waits })
    }

    /// What is wrong with the clock that times are shown by, said once.
    fn clock(&self, offset: Window, window: Window) -> Option<Finding> {
        let response = self.trace.last()?.response.as_ref().ok()?;
        let evidence = clock::Evidence {
            window,
            date: header(&response.headers, "date"),
            checked: self.setup.abilities.checks_signatures,
            forward: self.setup.abilities.hooks,
            tested: self.tested.is_some(),
        };
        let found = clock::judge(self.setup.api.spec(), offset, evidence)?;
        let said = |(known, _): &(Finding, usize)| known.observed == found.observed;
        (!self.findings.iter().any(said)).then_some(found)
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
        let exchange = self.trace.position();
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
