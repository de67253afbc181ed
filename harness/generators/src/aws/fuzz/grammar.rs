//! AWS RAM as the builders need it.

use super::mistakes::{self, spoil};
use super::raw;
use super::valid::{OPERATIONS, Valid};
use crate::aws::finish::locks;
use crate::fuzz::sketch::{Called, Sketch};
use crate::fuzz::vocabulary::Vocabulary;
use crate::fuzz::{Built, Feature, Grammar, Swarm, Tier};
use arbitrary::{Result, Unstructured};
use sharespec_model::world::WorldFile;
use sharespec_wire::aws;
use sharespec_wire::case::{CallStep, Case, Lock, Step};
use sharespec_wire::form::Form;

/// How AWS RAM calls what a sketch is made of.
const CALLED: Called = Called {
    share: "resourceShareArn",
    external: "allowExternalPrincipals",
    invitation: "resourceShareInvitationArn",
    principals: "principals",
    invitations: "GetResourceShareInvitations",
};

/// Calls of AWS RAM in a world.
#[derive(Clone, Debug)]
pub struct AwsGrammar {
    words: Vocabulary,
}

impl AwsGrammar {
    /// Calls that name what this world holds.
    pub fn new(world: &WorldFile) -> Self {
        Self { words: Vocabulary::of(world) }
    }

    /// How a call is written, in swarms that vary it.
    fn write(choice: &mut Unstructured<'_>, swarm: &Swarm, call: &mut CallStep) -> Result<()> {
        if swarm.has(Feature::Unsettled) && choice.ratio(1_u8, 4)? {
            call.unsettled = true;
        }
        if swarm.has(Feature::Forms) && choice.ratio(1_u8, 3)? {
            call.form = Some(raw::form(choice)?.into());
        }
        if swarm.has(Feature::Tampers) && choice.ratio(1_u8, 8)? {
            let mut form = match call.form.take() {
                Some(Form::Aws { aws }) => *aws,
                _ => aws::Form::default(),
            };
            form.tamper = raw::tamper(choice, &form, &call.call.operation)?;
            call.form = Some(form.into());
        }
        Ok(())
    }
}

impl Grammar for AwsGrammar {
    fn prefix(&self) -> &'static str {
        "aws/fuzz"
    }

    fn operations(&self) -> &'static [&'static str] {
        OPERATIONS
    }

    fn step(&self, choice: &mut Unstructured<'_>, swarm: &Swarm, before: &[Step]) -> Result<Built> {
        let sketch = &Sketch::of(&CALLED, before);
        if swarm.has(Feature::Hooks) && !sketch.shares.is_empty() && choice.ratio(1_u8, 8)? {
            return sketch.hook(choice).map(Built::valid);
        }
        let words = &self.words;
        let drawn = choice.int_in_range(0_u8..=99)?;
        let mut call = match drawn < swarm.raw {
            true => raw::any(choice, words, swarm, sketch)?,
            false => Valid { choice: &mut *choice, words, swarm, sketch }.any()?,
        };
        let mut built = Built::valid(Step::Read);
        if drawn < swarm.raw {
            built.tier = Tier::Raw;
        } else if drawn < swarm.raw + swarm.near {
            let count = *choice.choose(&[1_usize, 1, 1, 2, 2, 3])?;
            for _ in 0..count {
                let mut scene = mistakes::Scene { choice: &mut *choice, words, swarm, sketch };
                built.mistakes.extend(spoil(&mut scene, &mut call)?);
            }
            built.tier = if built.mistakes.is_empty() { Tier::Valid } else { Tier::NearMiss };
        }
        Self::write(choice, swarm, &mut call)?;
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
        let (sketch, words) = (&Sketch::of(&CALLED, before), &self.words);
        match choice.int_in_range(0..=3)? {
            0 => raw::argument(choice, words, swarm, sketch, call)?,
            1 | 2 => {
                let mut scene = mistakes::Scene { choice: &mut *choice, words, swarm, sketch };
                spoil(&mut scene, call)?;
            }
            _ => {
                let same = Valid { choice: &mut *choice, words, swarm, sketch }
                    .of(&call.call.operation)?;
                if let Some(draft) = same {
                    *call = draft.made();
                }
            }
        }
        Self::write(choice, swarm, call)
    }

    fn locks(&self, case: &Case) -> Vec<Lock> {
        // Who has small quotas comes to their limits, and must not be disturbed.
        let used = locks(case, &[]);
        let uses = |role: &&str| {
            used.iter().any(|lock| {
                matches!(lock, Lock::Shares(each, _) | Lock::Invitations(each, _) if each == role)
            })
        };
        let alone: Vec<&str> = self.words.bounded.iter().map(String::as_str).filter(uses).collect();
        locks(case, &alone)
    }
}
