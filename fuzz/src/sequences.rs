//! Made-up sequences, played against the reference implementation.
//!
//! What an input is: see [`sharespec_generators::fuzz::input`]. The mutator changes the case, and mends it.

use sharespec_events::{CaseEvent, Outcome};
use sharespec_generators::fuzz::{Calls, Grammar, Scope, input};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::aws::Aws;
use sharespec_model::world::World;
use sharespec_reference::platform::Platform;
use sharespec_runner::run::play;
use sharespec_runner::selftest::setup_for;
use sharespec_runner::setup::Setup;
use sharespec_wire::case::Case;
use std::sync::{Arc, LazyLock};

/// The most calls of a sequence: the engine prefers short ones anyway.
const LONGEST: usize = 8;

/// What every sequence of an API is played with.
struct Stage {
    grammar: Box<dyn Grammar>,
    /// The default reference implementation, and each lawful variant of it.
    setups: Vec<Setup>,
}

impl Stage {
    fn new(api: Arc<dyn Platform>, grammar: Box<dyn Grammar>) -> Self {
        let variants =
            api.catalogue().variants.iter().map(|variant| setup_for(&api, &[*variant], 1));
        let setups = std::iter::once(setup_for(&api, &[], 1)).chain(variants).collect();
        Self { grammar, setups }
    }

    /// The stage of a case.
    fn of(case: &Case) -> &'static Self {
        if case.id.starts_with("aws/") { &AWS } else { &ALIBABA }
    }
}

// Without the embedded worlds there is nothing to fuzz.
#[expect(clippy::expect_used, reason = "the embedded world and tables are tested elsewhere")]
static ALIBABA: LazyLock<Stage> = LazyLock::new(|| {
    let world = World::from_json(sharespec_fixtures::ALIBABA_EXTENDED_WORLD).expect("a world");
    let api: Arc<dyn Platform> = Arc::new(Alibaba::new(world).expect("tables"));
    let grammar = Box::new(Calls::alibaba(&api.world().file));
    Stage::new(api, grammar)
});

#[expect(clippy::expect_used, reason = "the embedded world and tables are tested elsewhere")]
static AWS: LazyLock<Stage> = LazyLock::new(|| {
    let world = World::from_json(sharespec_fixtures::AWS_WORLD).expect("a world");
    let api: Arc<dyn Platform> = Arc::new(Aws::new(world).expect("tables"));
    let grammar = Box::new(Calls::aws(&api.world().file));
    Stage::new(api, grammar)
});

fn scope() -> Scope {
    Scope { longest: LONGEST, ..Scope::default() }
}

/// The case of an input. Of bytes that are no case the first tells the API.
pub fn case_of(data: &[u8]) -> Option<Case> {
    match serde_json::from_slice::<Case>(data) {
        Ok(case) => Some(input::mended(&*Stage::of(&case).grammar, &scope(), case)),
        Err(_) => {
            let (first, rest) = data.split_first()?;
            let stage = if first % 2 == 0 { &ALIBABA } else { &AWS };
            input::built(&*stage.grammar, &scope(), rest)
        }
    }
}

/// Plays the sequence of an input against one lawful variant, which the input chooses, with every oracle
/// after each step: nothing is found.
pub fn sequences(data: &[u8]) -> Option<CaseEvent> {
    let case = case_of(data)?;
    let number = data.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31) ^ usize::from(*byte));
    let setups = &Stage::of(&case).setups;
    let setup = setups.get(number % setups.len())?;
    let event = futures::executor::block_on(play(setup, &case, 0));
    assert!(event.outcome != Outcome::Fail, "{:?}\n{case:?}", event.failure);
    Some(event)
}

/// Changes the case of an input in one to four things, and writes it; none if it does not fit.
pub fn changed(data: &[u8], most: usize, seed: u32) -> Option<Vec<u8>> {
    let case = case_of(data).or_else(|| case_of(&[u8::from(seed % 2 == 1)]))?;
    input::changed(&*Stage::of(&case).grammar, &scope(), &case, most, seed)
}
