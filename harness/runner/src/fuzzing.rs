//! Fuzzing an implementation in this process: made-up sequences, judged like any others, driven by an engine
//! that sees which code they reach.
//!
//! ```ignore
//! static FUZZ: LazyLock<Fuzz> = LazyLock::new(|| Suite::alibaba(Mine::new).fuzz());
//! libfuzzer_sys::fuzz_target!(|data: &[u8]| FUZZ.judge(data));
//! libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
//!     FUZZ.mutate(data, size, most, seed)
//! });
//! ```

use crate::fuzz::shrink;
use crate::library::{Judged, Suite, played};
use crate::setup::Setup;
use sharespec_events::{CaseEvent, Outcome};
use sharespec_generators::fuzz::{Grammar, Scope, input};
use sharespec_wire::case::Case;
use std::fmt;
use std::time::Duration;

/// The most calls of a sequence: the engine prefers short ones anyway.
const LONGEST: usize = 8;

/// How long a failing sequence is made smaller: engines end a run that takes long.
const SHRINKING: Duration = Duration::from_secs(5);

/// An implementation, and how sequences are made up for it: see [`Suite::fuzz`].
#[derive(Debug)]
pub struct Fuzz {
    /// Or why nothing can be judged.
    stage: Result<Stage, String>,
}

struct Stage {
    setup: Setup,
    grammar: Box<dyn Grammar>,
    scope: Scope,
}

impl Suite {
    /// The body of a fuzz target for this implementation.
    pub fn fuzz(&self) -> Fuzz {
        let stage = self.setup().map(|setup| Stage {
            grammar: self.grammar(&setup.api.world().file),
            scope: Scope { longest: LONGEST, ..setup.fuzz_scope() },
            setup,
        });
        Fuzz { stage }
    }
}

impl Fuzz {
    /// The sequence of an input: a case as JSON, or any bytes as a source of choice.
    pub fn case(&self, data: &[u8]) -> Option<Case> {
        self.stage.as_ref().ok()?.case(data)
    }

    /// Plays the sequence of an input, and says what it came to.
    ///
    /// # Errors
    /// Why the implementation cannot be judged at all.
    pub fn play(&self, data: &[u8]) -> Result<Option<CaseEvent>, String> {
        let stage = self.stage.as_ref()?;
        stage.case(data).map(|case| played(&stage.setup, &case)).transpose()
    }

    /// Plays the sequence of an input.
    ///
    /// # Panics
    /// If it fails, with the rule, the exchange, and the smallest sequence that fails alike, which
    /// `sharespec replay` reads; and if the implementation cannot be judged at all.
    pub fn judge(&self, data: &[u8]) {
        let lawful = self.stage.as_ref().map_err(String::clone).and_then(|stage| stage.judge(data));
        assert!(lawful.is_ok(), "{}", lawful.err().unwrap_or_default());
    }

    /// Changes the sequence of an input in place, and says how many bytes it takes then: what `fuzz_mutator!`
    /// asks for.
    pub fn mutate(&self, data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
        let most = most.min(data.len());
        let input = data.get(..size).unwrap_or_default();
        let stage = self.stage.as_ref().ok();
        let Some(changed) = stage.and_then(|stage| stage.changed(input, most, seed)) else {
            return size;
        };
        data.iter_mut().zip(&changed).for_each(|(to, from)| *to = *from);
        changed.len()
    }
}

impl Stage {
    fn case(&self, data: &[u8]) -> Option<Case> {
        input::read(&*self.grammar, &self.scope, data)
    }

    fn changed(&self, data: &[u8], most: usize, seed: u32) -> Option<Vec<u8>> {
        input::changed(&*self.grammar, &self.scope, &self.case(data)?, most, seed)
    }

    fn judge(&self, data: &[u8]) -> Result<(), String> {
        let Some(case) = self.case(data) else { return Ok(()) };
        let event = played(&self.setup, &case)?;
        if event.outcome != Outcome::Fail {
            return Ok(());
        }
        let how = (&*self.grammar, &self.scope);
        let smallest = shrink(&self.setup, how, &case, &event, 1, SHRINKING).case;
        let judged = Judged { lines: played(&self.setup, &smallest).map(|event| vec![event]) };
        Err(format!("{judged}\n{}", serde_json::to_string_pretty(&smallest).unwrap_or_default()))
    }
}

impl fmt::Debug for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.grammar.prefix())
    }
}
