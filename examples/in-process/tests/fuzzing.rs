//! The body of the fuzz target without the engine, on fixed seeds: a sound implementation is let alone, and
//! a bug is told with its rule and a sequence that shows it.

mod mine;

use mine::mine;
use sharespec_runner::library::{Fuzz, Suite};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// As many bytes as the engine gives.
const MOST: usize = 65_536;

fn fuzz(bugs: &'static [&str]) -> Fuzz {
    Suite::alibaba(move || mine(bugs)).fuzz()
}

/// Inputs as the engine would make them: a few kept ones, of which one is changed at a time.
fn inputs(fuzz: &Fuzz, count: u32) -> impl Iterator<Item = Vec<u8>> {
    let mut kept = VecDeque::from(vec![Vec::new(); 8]);
    (0..count).map(move |seed| {
        let mut input = kept.pop_front().unwrap_or_default();
        let size = input.len();
        input.resize(MOST, 0);
        let size = fuzz.mutate(&mut input, size, MOST, seed);
        input.truncate(size);
        kept.push_back(input.clone());
        input
    })
}

/// What is said of the first input that fails.
fn said(bugs: &'static [&str], count: u32) -> Option<String> {
    let fuzz = fuzz(bugs);
    inputs(&fuzz, count).find_map(|input| {
        let judged = catch_unwind(AssertUnwindSafe(|| fuzz.judge(&input)));
        judged.err().and_then(|panic| panic.downcast::<String>().ok()).map(|text| *text)
    })
}

#[test]
fn a_sound_implementation_is_let_alone() {
    assert_eq!(said(&[], 300), None);
    let fuzz = fuzz(&[]);
    let judged = inputs(&fuzz, 100).filter(|input| fuzz.play(input).is_ok_and(|it| it.is_some()));
    assert_eq!(judged.count(), 100, "each input is a sequence");
}

#[test]
fn a_bug_is_told_with_its_rule_and_a_sequence_that_shows_it() {
    let bugs: &[&str] = &["unknown-share-as-400"];
    let said = said(bugs, 2_000).unwrap();
    assert!(said.contains("/error/EntityNotExists.ResourceShare"), "{said}");
    let (_, sequence) = said.rsplit_once("\n{\n").unwrap();
    let played = fuzz(bugs).play(format!("{{{sequence}").as_bytes()).unwrap();
    assert!(played.is_some_and(|event| event.failure.is_some()), "{said}");
}

/// One that no single call shows.
#[test]
fn a_bug_in_what_calls_leave_behind_is_told() {
    let said = said(&["last-principal-takes-a-resource"], 4_000).unwrap();
    let (_, sequence) = said.rsplit_once("\n{\n").unwrap();
    assert!(sequence.matches("\"operation\"").count() >= 2, "{said}");
}
