//! Made-up sequences, played against the reference implementation.
//!
//! An input is a case as JSON, so that what the engine keeps is what everything else keeps; other bytes are
//! a source of choice from which a case is built. The mutator changes the case, and mends it.

use arbitrary::Unstructured;
use sharespec_events::{CaseEvent, Outcome};
use sharespec_generators::fuzz::{Calls, Grammar, Scope, build, mutate, repair};
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
        let variants = api.variants().iter().map(|variant| setup_for(&api, &[*variant], 1));
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
        Ok(case) => {
            let stage = Stage::of(&case);
            let id = format!("{}/engine", stage.grammar.prefix());
            let mut mended = repair(&*stage.grammar, &scope(), &id, case.base);
            mended.one_connection = case.one_connection;
            Some(mended)
        }
        Err(_) => {
            let (first, rest) = data.split_first()?;
            let stage = if first % 2 == 0 { &ALIBABA } else { &AWS };
            let id = format!("{}/engine", stage.grammar.prefix());
            let choice = &mut Unstructured::new(rest);
            build(choice, &*stage.grammar, &scope(), &id).ok().map(|(case, _)| case)
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
    let mut state = u64::from(seed) << 1 | 1;
    let bytes: Vec<u8> = (0..2048)
        .map(|_| {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            (state >> 56) as u8
        })
        .collect();
    let choice = &mut Unstructured::new(&bytes);
    let mutated =
        mutate(choice, &*Stage::of(&case).grammar, &scope(), &case.id, &case, None).ok()?;
    serde_json::to_vec(&mutated).ok().filter(|bytes| bytes.len() <= most)
}
