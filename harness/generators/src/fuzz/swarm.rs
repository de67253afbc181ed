//! Swarm: each case uses a random subset of operations and of features, so that what hides what is
//! absent from some of them.

use super::{Grammar, LONGEST};
use arbitrary::{Result, Unstructured};
use std::collections::BTreeSet;

/// What a target lets be done. Nothing else is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Operations that the target does not have.
    pub absent: BTreeSet<String>,
    /// The only account that can call, if there is only one.
    pub caller: Option<String>,
    /// Whether transitions can be stopped and the clock be put forward.
    pub hooks: bool,
    /// Whether requests may be wrong: a target that checks no signatures cannot be asked.
    pub tampering: bool,
    /// The most calls of a case.
    pub longest: usize,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            absent: BTreeSet::new(),
            caller: None,
            hooks: true,
            tampering: true,
            longest: LONGEST,
        }
    }
}

/// Something that the cases of a swarm may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// Principals outside the directory, and their invitations.
    Outside,
    /// Shares of several accounts.
    Owners,
    /// What a call starts is left unsettled.
    Unsettled,
    /// Transitions are stopped, and time passes.
    Hooks,
    /// Requests are written in many ways.
    Forms,
    /// Requests are wrong.
    Tampers,
    /// What is gone is named again.
    Gone,
    /// Everything is read back in between.
    Reads,
    /// All requests go over one connection.
    OneConnection,
    /// Services, directories and folders are principals.
    Wide,
    /// Several calls are made at the same time.
    Together,
}

impl Feature {
    /// Every feature, with how many of a hundred swarms have it.
    const ALL: [(Self, u8); 11] = [
        (Self::Outside, 40),
        (Self::Owners, 30),
        (Self::Unsettled, 25),
        (Self::Hooks, 15),
        (Self::Forms, 25),
        (Self::Tampers, 10),
        (Self::Gone, 40),
        (Self::Reads, 40),
        (Self::OneConnection, 20),
        (Self::Wide, 25),
        (Self::Together, 20),
    ];
}

/// What the calls of one case are drawn from.
#[derive(Clone, Debug)]
pub struct Swarm {
    /// The operations.
    pub operations: Vec<&'static str>,
    /// How many of a hundred calls have mistakes.
    pub near: u8,
    /// How many of a hundred calls have any values.
    pub raw: u8,
    /// Where in each list of names this case begins, so that its calls meet the same few.
    pub offset: usize,
    /// How many of each list of names it uses.
    pub few: usize,
    /// The only account that can call, if there is only one.
    pub caller: Option<String>,
    features: u16,
}

impl Swarm {
    /// Draws a swarm.
    ///
    /// # Errors
    /// Whatever the source of choice says.
    pub fn draw(
        choice: &mut Unstructured<'_>,
        grammar: &dyn Grammar,
        scope: &Scope,
    ) -> Result<Self> {
        let there: Vec<&'static str> = grammar
            .operations()
            .iter()
            .copied()
            .filter(|operation| !scope.absent.contains(*operation))
            .collect();
        let mut operations = Vec::new();
        for operation in &there {
            if choice.ratio(3_u8, 5)? {
                operations.push(*operation);
            }
        }
        if operations.len() < 4 {
            operations = there;
        }
        let mut features = 0;
        for (position, (feature, percent)) in Feature::ALL.into_iter().enumerate() {
            let lawful = match feature {
                Feature::Hooks => scope.hooks,
                Feature::Tampers => scope.tampering,
                Feature::Owners | Feature::Outside => scope.caller.is_none(),
                _ => true,
            };
            // Drawn in any case: what is left out changes nothing that is drawn later.
            if choice.ratio(percent, 100)? && lawful {
                features |= 1 << position;
            }
        }
        let tiers = [(0, 0), (10, 0), (25, 2), (40, 5), (20, 30)];
        let (near, raw) = *choice.choose(&tiers)?;
        Ok(Self {
            operations,
            near,
            raw,
            offset: choice.int_in_range(0..=63)?,
            few: choice.int_in_range(2..=6)?,
            caller: scope.caller.clone(),
            features,
        })
    }

    /// Whether the case may do this.
    pub fn has(&self, feature: Feature) -> bool {
        let position = Feature::ALL.iter().position(|(each, _)| *each == feature);
        position.is_some_and(|position| self.features & (1 << position) != 0)
    }

    /// Whether the case uses the operation.
    pub fn uses(&self, operation: &str) -> bool {
        self.operations.contains(&operation)
    }

    /// One of the operations that this case uses, by weight; the last one where there is none.
    ///
    /// # Errors
    /// Whatever the source of choice says.
    pub fn operation(
        &self,
        choice: &mut Unstructured<'_>,
        operations: &[&'static str],
        weights: &[u8],
    ) -> Result<&'static str> {
        let there = || operations.iter().zip(weights).filter(|(name, _)| self.uses(name));
        let total: u32 = there().map(|(_, weight)| u32::from(*weight)).sum();
        let mut drawn = choice.int_in_range(0..=total.max(1) - 1)?;
        for (name, weight) in there() {
            match drawn.checked_sub(u32::from(*weight)) {
                Some(rest) => drawn = rest,
                None => return Ok(name),
            }
        }
        operations.last().copied().ok_or(arbitrary::Error::EmptyChoose)
    }

    /// One of the few names of a list that this case uses.
    ///
    /// # Errors
    /// If the list is empty, or whatever the source of choice says.
    pub fn pick<'t, T>(&self, choice: &mut Unstructured<'_>, from: &'t [T]) -> Result<&'t T> {
        let number = choice.int_in_range(0..=self.few.saturating_sub(1))?;
        let place = (self.offset + number).checked_rem(from.len()).unwrap_or(0);
        from.get(place).ok_or(arbitrary::Error::EmptyChoose)
    }
}
