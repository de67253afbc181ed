//! What an API adds to the builders.

use super::swarm::Swarm;
use arbitrary::{Result, Unstructured};
use sharespec_wire::case::{CallStep, Case, Lock, Step};

/// How a call was made. It says nothing of how the call is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// As the documents want it, as far as is known of what came before.
    Valid,
    /// The same with one to three mistakes.
    NearMiss,
    /// Any values.
    Raw,
}

/// A step that was built.
#[derive(Clone, Debug)]
pub struct Built {
    /// The step.
    pub step: Step,
    /// How it was made.
    pub tier: Tier,
    /// The conditions that its mistakes should lead to.
    pub mistakes: Vec<&'static str>,
}

impl Built {
    /// A step without a mistake.
    pub fn valid(step: impl Into<Step>) -> Self {
        Self { step: step.into(), tier: Tier::Valid, mistakes: Vec::new() }
    }
}

/// An API, as the builders need it.
pub trait Grammar: Send + Sync {
    /// What the ids of made-up cases begin with.
    fn prefix(&self) -> &'static str;

    /// The operations that calls are made of.
    fn operations(&self) -> &'static [&'static str];

    /// One more step behind these; if a call is given, one that is made at the same time as it.
    ///
    /// # Errors
    /// Whatever the source of choice says.
    fn step(
        &self,
        choice: &mut Unstructured<'_>,
        swarm: &Swarm,
        before: &[Step],
        beside: Option<&CallStep>,
    ) -> Result<Built>;

    /// Changes one call behind these steps: a value, an argument, the caller or how it is written.
    ///
    /// # Errors
    /// Whatever the source of choice says.
    fn change(
        &self,
        choice: &mut Unstructured<'_>,
        swarm: &Swarm,
        before: &[Step],
        call: &mut CallStep,
    ) -> Result<()>;

    /// What belongs to an account and is used by a case.
    fn locks(&self, case: &Case) -> Vec<Lock>;
}
