//! Calls of an API: what every API has of a grammar, over the dialect that is its own.

use super::grammar::{Built, Grammar, Tier};
use super::scene::Scene;
use super::sketch::{Called, Sketch};
use super::swarm::{Feature, Swarm};
use super::vocabulary::Vocabulary;
use crate::draft::{Draft, call};
use arbitrary::{Result, Unstructured};
use sharespec_wire::case::{CallStep, Case, Lock, Step};
use sharespec_wire::form::Form;
use std::fmt;

/// A mistake: spoils a call in one thing, and says to which condition that should lead; none if the call
/// cannot be wrong in this way.
pub(crate) type Mistake = fn(&mut Scene<'_, '_>, &mut CallStep) -> Result<Option<&'static str>>;

/// How calls of an API are made, and how they go wrong.
pub(crate) struct Dialect {
    /// What the ids of made-up cases begin with.
    pub(crate) prefix: &'static str,
    /// The operations that calls are made of.
    pub(crate) operations: &'static [&'static str],
    /// How often each of them is drawn.
    pub(crate) weights: &'static [u8],
    /// How the API calls what a sketch is made of.
    pub(crate) called: Called,
    /// A call of an operation that is in order, if what came before allows one.
    pub(crate) valid: fn(&mut Scene<'_, '_>, &str) -> Result<Option<Draft>>,
    /// A call that is in order whatever came before.
    pub(crate) otherwise: fn(&mut Scene<'_, '_>) -> Result<Draft>,
    /// Sets an argument of a call to anything.
    pub(crate) argument: fn(&mut Scene<'_, '_>, &mut CallStep) -> Result<()>,
    /// Every kind of mistake.
    pub(crate) mistakes: &'static [Mistake],
    /// A way of writing requests.
    pub(crate) form: fn(&mut Unstructured<'_>) -> Result<Form>,
    /// A form with something wrong in it, for an operation.
    pub(crate) tampered: fn(&mut Unstructured<'_>, Option<Form>, &str) -> Result<Form>,
    /// What belongs to an account and is used by a case, alone by some accounts.
    pub(crate) locks: fn(&Case, &[&str]) -> Vec<Lock>,
}

/// Calls of an API in a world.
#[derive(Clone)]
pub struct Calls {
    dialect: &'static Dialect,
    words: Vocabulary,
}

impl fmt::Debug for Calls {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_tuple("Calls").field(&self.dialect.prefix).finish()
    }
}

impl Calls {
    pub(crate) const fn new(dialect: &'static Dialect, words: Vocabulary) -> Self {
        Self { dialect, words }
    }

    /// A call of some operation of the swarm that is in order.
    fn valid(&self, scene: &mut Scene<'_, '_>) -> Result<CallStep> {
        let Dialect { operations, weights, .. } = self.dialect;
        for _ in 0..4 {
            // What meets is to be of all kinds.
            let operation = match scene.sketch.near {
                Some(_) => *scene.choice.choose(&scene.swarm.operations)?,
                None => scene.swarm.operation(scene.choice, operations, weights)?,
            };
            if let Some(draft) = (self.dialect.valid)(scene, operation)? {
                return Ok(draft.made());
            }
        }
        (self.dialect.otherwise)(scene).map(Draft::made)
    }

    /// A call of any values.
    fn raw(&self, scene: &mut Scene<'_, '_>) -> Result<CallStep> {
        let operation = scene.choice.choose(&scene.swarm.operations)?;
        let role = scene.swarm.pick(scene.choice, &scene.words.accounts)?;
        let mut step = call(scene.swarm.caller.as_ref().unwrap_or(role), operation).made();
        for _ in 0..scene.choice.int_in_range(0..=5)? {
            (self.dialect.argument)(scene, &mut step)?;
        }
        Ok(step)
    }

    /// Spoils a call in one thing.
    fn spoil(
        &self,
        scene: &mut Scene<'_, '_>,
        call: &mut CallStep,
    ) -> Result<Option<&'static str>> {
        for _ in 0..6 {
            let mistake = *scene.choice.choose(self.dialect.mistakes)?;
            if let Some(condition) = mistake(scene, call)? {
                return Ok(Some(condition));
            }
        }
        Ok(None)
    }

    /// How a call is written, in swarms that vary it.
    fn write(&self, scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<()> {
        let Scene { choice, swarm, .. } = scene;
        if swarm.has(Feature::Unsettled) && choice.ratio(1_u8, 4)? {
            call.unsettled = true;
        }
        if swarm.has(Feature::Forms) && choice.ratio(1_u8, 3)? {
            call.form = Some((self.dialect.form)(choice)?);
        }
        if swarm.has(Feature::Tampers) && choice.ratio(1_u8, 8)? {
            let form = call.form.take();
            call.form = Some((self.dialect.tampered)(choice, form, &call.call.operation)?);
        }
        Ok(())
    }
}

impl Grammar for Calls {
    fn prefix(&self) -> &'static str {
        self.dialect.prefix
    }

    fn operations(&self) -> &'static [&'static str] {
        self.dialect.operations
    }

    fn step(
        &self,
        choice: &mut Unstructured<'_>,
        swarm: &Swarm,
        before: &[Step],
        beside: Option<&CallStep>,
    ) -> Result<Built> {
        let mut sketch = Sketch::of(&self.dialect.called, before);
        sketch.near = beside.and_then(|call| self.dialect.called.share_of(call));
        let sketch = &sketch;
        if swarm.has(Feature::Hooks) && !sketch.shares.is_empty() && choice.ratio(1_u8, 8)? {
            return sketch.hook(choice).map(Built::valid);
        }
        let scene = &mut Scene { choice, words: &self.words, swarm, sketch };
        let drawn = scene.choice.int_in_range(0_u8..=99)?;
        let mut call = if drawn < swarm.raw { self.raw(scene)? } else { self.valid(scene)? };
        let mut built = Built::valid(Step::Read);
        if drawn < swarm.raw {
            built.tier = Tier::Raw;
        } else if drawn < swarm.raw + swarm.near {
            let count = *scene.choice.choose(&[1_usize, 1, 1, 2, 2, 3])?;
            for _ in 0..count {
                built.mistakes.extend(self.spoil(scene, &mut call)?);
            }
            built.tier = if built.mistakes.is_empty() { Tier::Valid } else { Tier::NearMiss };
        }
        self.write(scene, &mut call)?;
        built.step = Step::Call(call);
        Ok(built)
    }

    fn change(
        &self,
        choice: &mut Unstructured<'_>,
        swarm: &Swarm,
        before: &[Step],
        call: &mut CallStep,
    ) -> Result<()> {
        let sketch = &Sketch::of(&self.dialect.called, before);
        let scene = &mut Scene { choice, words: &self.words, swarm, sketch };
        match scene.choice.int_in_range(0..=3)? {
            0 => (self.dialect.argument)(scene, call)?,
            1 | 2 => _ = self.spoil(scene, call)?,
            _ => {
                if let Some(draft) = (self.dialect.valid)(scene, &call.call.operation)? {
                    *call = draft.made();
                }
            }
        }
        self.write(scene, call)
    }

    fn locks(&self, case: &Case) -> Vec<Lock> {
        let used = (self.dialect.locks)(case, &[]);
        let uses = |role: &&str| {
            used.iter().any(|lock| {
                matches!(lock, Lock::Shares(each, _) | Lock::Resources(each, _)
                    | Lock::Invitations(each, _) | Lock::Services(each) if each == role)
            })
        };
        // Who has small quotas comes to their limits, and must not be disturbed.
        let alone: Vec<&str> = self.words.bounded.iter().map(String::as_str).filter(uses).collect();
        (self.dialect.locks)(case, &alone)
    }
}
