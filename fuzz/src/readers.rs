//! Any bytes as one of the files that people hand to sharespec.

use sharespec_events::Behaviour;
use sharespec_model::world::World;
use sharespec_report::{Reader, Unfinished};
use sharespec_runner::fuzz::{Entry, read_text};
use std::path::Path;

/// Reads bytes as a world, a case, a line of the index of finds, a behaviour and a report. Nothing panics, and
/// what was read as a case is written and read again the same. Says whether anything was read.
pub fn readers(data: &[u8]) -> bool {
    let text = String::from_utf8_lossy(data);
    let world = World::from_json(&text).is_ok();
    let entry = serde_json::from_str::<Entry>(&text).is_ok();
    let behaviour = serde_json::from_str::<Behaviour>(&text).is_ok();
    let report = [Unfinished::Accept, Unfinished::Reject]
        .map(|unfinished| Reader::new(data, "bytes", unfinished).filter(Result::is_ok).count());
    let case = read_text(Path::new("bytes"), data);
    if let Ok(case) = &case {
        let again = serde_json::to_vec(case).map(|bytes| read_text(Path::new("bytes"), &bytes));
        assert!(matches!(again, Ok(Ok(again)) if again == *case), "{case:?}");
    }
    world || entry || behaviour || case.is_ok() || report != [0, 0]
}
