//! What a step is made with: the source of choice, the words of the world, the swarm, and the sketch of what
//! came before. What is drawn in the same way whatever the API calls it is drawn here.

use super::sketch::{Sketch, SketchedShare};
use super::swarm::{Feature, Swarm};
use super::vocabulary::Vocabulary;
use arbitrary::{Result, Unstructured};
use serde_json::Value;

/// What a step is made with.
pub(crate) struct Scene<'a, 'd> {
    /// Where every choice comes from.
    pub(crate) choice: &'a mut Unstructured<'d>,
    /// What the world holds.
    pub(crate) words: &'a Vocabulary,
    /// What is varied in this case.
    pub(crate) swarm: &'a Swarm,
    /// What came before.
    pub(crate) sketch: &'a Sketch,
}

impl Scene<'_, '_> {
    /// A share that is there, or now and then one that is gone; mostly that of a call at the same time.
    pub(crate) fn share(&mut self) -> Result<Option<SketchedShare>> {
        if let Some(near) = &self.sketch.near
            && let Some(share) = self.sketch.shares.iter().find(|share| share.name == *near)
            && self.choice.ratio(3_u8, 4)?
        {
            return Ok(Some(share.clone()));
        }
        let gone = self.swarm.has(Feature::Gone) && self.choice.ratio(1_u8, 12)?;
        let shares: Vec<&SketchedShare> =
            self.sketch.shares.iter().filter(|share| share.gone == gone).collect();
        if shares.is_empty() {
            return Ok(self.sketch.live().last().map(|share| (*share).clone()));
        }
        Ok(Some((*self.choice.choose(&shares)?).clone()))
    }

    /// Who calls.
    pub(crate) fn caller(&mut self) -> Result<String> {
        let role = self.swarm.pick(self.choice, &self.words.accounts)?;
        Ok(self.swarm.caller.as_ref().unwrap_or(role).clone())
    }

    /// Who is to own a new share.
    pub(crate) fn owner(&mut self) -> Result<String> {
        if let Some(only) = &self.swarm.caller {
            return Ok(only.clone());
        }
        let first = self.words.owners.first().map(|owner| &owner.role);
        let other = match self.swarm.has(Feature::Owners) && self.choice.ratio(1_u8, 3)? {
            true => Some(match self.choice.ratio(2_u8, 3)? {
                true => &self.swarm.pick(self.choice, &self.words.owners)?.role,
                false => self.swarm.pick(self.choice, &self.words.accounts)?,
            }),
            false => None,
        };
        Ok(other.or(first).or(self.words.accounts.first()).cloned().unwrap_or_default())
    }

    /// A share and an account that was invited to it and has not joined; if there is none, some share and
    /// some caller.
    pub(crate) fn invited(&mut self) -> Result<Option<(String, String)>> {
        let mut waiting = Vec::new();
        for share in self.sketch.live() {
            let outside = self.words.outside(&share.owner);
            let invited = share.principals.iter().filter_map(|each| each.strip_prefix("$account."));
            for role in invited.filter(|role| outside.iter().any(|each| each == role)) {
                if !share.joined.iter().any(|each| each == role) {
                    waiting.push((share.name.clone(), role.to_owned()));
                }
            }
        }
        if waiting.is_empty() {
            let Some(share) = self.share()? else { return Ok(None) };
            return Ok(Some((share.name, self.caller()?)));
        }
        self.choice.choose(&waiting).cloned().map(Some)
    }

    /// A share and an account that knows the id of its invitation to it.
    pub(crate) fn told(&mut self) -> Result<Option<(&str, &str)>> {
        let shares = self.sketch.shares.iter();
        let told: Vec<(&str, &str)> = shares
            .flat_map(|share| share.told.iter().map(|role| (share.name.as_str(), role.as_str())))
            .collect();
        if told.is_empty() {
            return Ok(None);
        }
        self.choice.choose(&told).copied().map(Some)
    }

    /// An account that has joined a share and is to leave it.
    pub(crate) fn leaver<'s>(&mut self, share: &'s SketchedShare) -> Result<Option<&'s String>> {
        let may = !share.joined.is_empty() && self.swarm.caller.is_none();
        match may && self.choice.ratio(1_u8, 3)? {
            true => self.choice.choose(&share.joined).map(Some),
            false => Ok(None),
        }
    }

    /// One of what is in a share, or of what was in it.
    pub(crate) fn member<'s>(
        &mut self,
        share: &'s SketchedShare,
        gone: bool,
    ) -> Result<Option<&'s String>> {
        let there = share.resources.iter().chain(&share.principals);
        let from: Vec<&String> = if gone { share.ended.iter().collect() } else { there.collect() };
        match from.is_empty() {
            true => Ok(None),
            false => self.choice.choose(&from).map(|each| Some(*each)),
        }
    }

    /// Whether a list is filtered in one more way: filters come alone and together.
    pub(crate) fn filters(&mut self) -> Result<bool> {
        self.choice.ratio(1_u8, 5)
    }

    /// Up to twelve letters of any kind that mean nothing to the case itself.
    pub(crate) fn nonsense(&mut self) -> Result<String> {
        let mut text = String::new();
        for _ in 0..self.choice.int_in_range(0..=12)? {
            let letter: char = self.choice.arbitrary()?;
            text.push(if letter == '$' { '_' } else { letter });
        }
        Ok(text)
    }

    /// Puts an entry somewhere into a list.
    pub(crate) fn insert(&mut self, entries: &mut Vec<Value>, entry: Value) -> Result<()> {
        let place = self.choice.int_in_range(0..=entries.len())?;
        entries.insert(place, entry);
        Ok(())
    }

    /// Spells some entry of a list otherwise, if it is a symbol.
    pub(crate) fn respell(&mut self, entries: &mut [Value]) -> Result<Option<&'static str>> {
        let place = self.choice.int_in_range(0..=entries.len().saturating_sub(1))?;
        let Some(Value::String(text)) = entries.get_mut(place) else { return Ok(None) };
        if !text.starts_with('$') || text.contains('|') {
            return Ok(None);
        }
        *text = format!("{text}|{}", self.choice.choose(&["upper", "space"])?);
        Ok(Some("values/spelling"))
    }
}
