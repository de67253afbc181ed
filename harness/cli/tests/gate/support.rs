//! A scratch folder in which the binary is run, a command line at a time.

pub use crate::scratch::{Outcome, Scratch, outcome};

impl Scratch {
    pub fn new() -> Self {
        Self::empty()
    }

    /// Runs the command line, whose parts have no blanks.
    pub fn run(&self, line: &str) -> Outcome {
        outcome(&mut self.command(&line.split(' ').collect::<Vec<_>>()))
    }
}
