//! Plays one case: its set-up, the call under test, what is read back after it, and clean-up.

mod exchange;
mod together;

use crate::connection::Connection;
use crate::footprint::Footprint;
use crate::gatekeeper::Nonces;
use crate::record::Record;
use crate::seeds;
use crate::setup::Setup;
use crate::symbols::{self, Context, Made, Unresolved};
use crate::trace::Trace;
use serde_json::Value;
use sharespec_events::{Reason, ReasonKind};
use sharespec_model::belief::{Belief, Window};
use sharespec_model::call::Call;
use sharespec_model::observation::Observed;
use sharespec_model::world::{Entity, SeededShare};
use sharespec_oracles::finding::{Check, Finding};
use sharespec_oracles::request_ids::SeenRequestIds;
use sharespec_wire::case::{CallStep, Case, Hook, Step};
use std::collections::HashMap;

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
    /// Whether the request id of an exchange is new, by its position: it may be judged several times.
    fresh: HashMap<usize, bool>,
    nonce: u64,
    nonces: Nonces,
    /// The list that was walked last, and what it showed, if that may have changed on the way.
    walked: Option<(Call, Vec<String>)>,
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
            trace: Trace::new(setup.api.names()),
            footprint: Footprint::default(),
            connection,
            made: Made::new(format!("{}{tag}-", setup.prefix)),
            seen: SeenRequestIds::new(),
            fresh: HashMap::new(),
            nonce: 0,
            nonces: Nonces::default(),
            walked: None,
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
        let mut until = 0;
        for (position, step) in steps.iter().enumerate() {
            if position < until {
                continue;
            }
            let group = match self.case.one_connection {
                true => Vec::new(),
                false => together::group(steps, position),
            };
            if group.len() > 1 {
                until = position + group.len();
                self.label = match (position > test, until > test) {
                    (true, _) => "afterwards",
                    (_, true) => "test",
                    _ => "set-up",
                };
                self.together(&group).await?;
                continue;
            }
            match step {
                Step::Hook(hook) => self.hook(*hook).await?,
                Step::Read => self.read_back().await?,
                Step::Settle => self.settle().await?,
                Step::Wait(millis) => self.pass(*millis).await,
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
        let Some(mut call) = self.known(&step.call)? else { return Ok(()) };
        let form = step.form.clone().unwrap_or_else(|| self.setup.form.clone());
        if form.drops_arguments(&call.operation) {
            // Whoever takes it takes it as a call that says nothing.
            call.arguments.clear();
        }
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

    /// A call without symbols; none if nothing is known of what one stands for, and that is no matter.
    fn known(&self, call: &Call) -> Result<Option<Call>, Stop> {
        match self.resolve(call) {
            Err(Stop::Without(reason))
                if self.case.made_up && reason.kind == ReasonKind::Blocked =>
            {
                Ok(None)
            }
            resolved => resolved.map(Some),
        }
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

fn no_caller(call: &Call) -> Stop {
    let detail = format!("the world has no account or user `{}`", call.caller);
    without(ReasonKind::World, detail, &format!("a caller `{}`", call.caller))
}

/// A stop without a verdict.
pub fn without(kind: ReasonKind, detail: String, unlock: &str) -> Stop {
    Stop::Without(Reason { kind, detail, unlock: Some(unlock.to_owned()) })
}
