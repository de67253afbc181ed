//! Readings seen in replies: what a success tells about the open points that are about replies and
//! about what remains. Points about calls are told by [`sharespec_model::explanation`].

mod lists;
mod rows;
mod told;

use crate::scene::Scene;
use serde_json::{Map, Value};
use sharespec_model::call::Call;
use sharespec_model::explanation::Explanations;
use sharespec_model::observation::Observed;
use sharespec_model::prediction::{Expected, Prediction};
use sharespec_model::spec::{MemberKind, OperationSpec};

pub use told::Told;

/// The readings that one reply shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Those that nothing else explains, by their positions in [`Told::NAMES`].
    bits: u64,
    /// What several readings explain.
    pub either: Vec<Explanations>,
}

/// A reply that is looked at.
#[derive(Clone)]
pub struct Reply<'a> {
    /// The call.
    pub call: &'a Call,
    /// What was predicted.
    pub prediction: &'a Prediction<'a>,
    /// How long the lists of this page, or of the whole answer, are; see [`lengths`].
    pub lists: Vec<Option<usize>>,
    /// The rows of the whole list so far, or of the whole answer.
    pub observed: &'a Observed,
    /// Whether all pages were read.
    pub whole: bool,
    /// Whether a next page is announced.
    pub more: bool,
    /// Whether the token of idempotency is shown that was made for a call without one.
    pub made_token: Option<bool>,
    /// Whether the answer tells an absent, a null and an empty member apart: JSON does, XML does not.
    pub exact: bool,
}

/// What a success shows that the documents leave open. What a call with odd values shows is no
/// reading of these points.
pub fn judge(scene: &Scene<'_>, reply: &Reply<'_>) -> Seen {
    let mut seen = Seen::default();
    if reply.prediction.open {
        return seen;
    }
    match (&reply.prediction.expected, reply.observed) {
        (Expected::Associations(wanted), Observed::Associations(found)) => {
            rows::answer(scene, reply, wanted, found, &mut seen);
        }
        (Expected::Share(wanted), Observed::Share(Some(row))) => {
            rows::share(scene, reply, wanted, row, &mut seen);
        }
        (expected, observed) if reply.whole => lists::list(scene, expected, observed, &mut seen),
        _ => {}
    }
    if let Some(shown) = reply.made_token {
        seen.tell(if shown { Told::MadeTokenShown } else { Told::MadeTokenHidden });
    }
    for length in &reply.lists {
        page(scene, reply, *length, &mut seen);
    }
    rows::members(scene, reply, &mut seen);
    seen
}

impl Seen {
    /// A reading that nothing else explains.
    fn tell(&mut self, told: Told) {
        self.bits |= 1 << told.position();
    }

    /// A reading, if it shows.
    fn tell_if(&mut self, shows: bool, told: Told) {
        if shows {
            self.tell(told);
        }
    }

    /// Readings each of which explains what was seen.
    fn tell_either(&mut self, several: &[Told]) {
        match several {
            [] => {}
            [only] => self.tell(*only),
            several => {
                self.either.push(several.iter().map(|told| vec![told.name().to_owned()]).collect());
            }
        }
    }

    /// What of it is one of these readings: see [`Told::of`].
    #[must_use]
    pub fn within(mut self, bits: u64) -> Self {
        self.bits &= bits;
        let known = |explanation: &Vec<String>| {
            let mut known = Told::all().filter(|told| bits & (1 << told.position()) != 0);
            known.any(|told| explanation.iter().any(|name| name == told.name()))
        };
        self.either.iter_mut().for_each(|answer| answer.retain(known));
        self.either.retain(|answer| !answer.is_empty());
        self
    }

    /// Those that nothing else explains, as bits by position.
    pub fn bits(&self) -> u64 {
        self.bits
    }

    /// Those that nothing else explains.
    pub fn alone(&self) -> impl Iterator<Item = Told> + '_ {
        Told::all().filter(|told| self.bits & (1 << told.position()) != 0)
    }
}

/// How long each list of rows is that the documents give the answer; none if it is absent.
pub fn lengths(operation: &OperationSpec, members: &Map<String, Value>) -> Vec<Option<usize>> {
    let lists = operation
        .members
        .iter()
        .filter(|member| member.kind == MemberKind::List && !member.path.contains(['.', '[']));
    lists.map(|member| Some(members.get(&member.path)?.as_array().map_or(0, Vec::len))).collect()
}

fn page(scene: &Scene<'_>, reply: &Reply<'_>, length: Option<usize>, seen: &mut Seen) {
    if reply.exact {
        seen.tell_if(length.is_none(), Told::ListAbsent);
        seen.tell_if(length == Some(0), Told::ListEmpty);
    }
    let Some(rows) = length.filter(|_| reply.more) else { return };
    let asked = scene.api.page_size(&reply.call.arguments).or(scene.names().default_page);
    let Some(asked) = asked else { return };
    seen.tell(if rows < asked { Told::PageShort } else { Told::PageFull });
}
