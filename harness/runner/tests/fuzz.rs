//! Fuzzing in process: the generators are worth their time, lawful servers are let alone, and a fault is
//! found, made smaller, told from others and written as a case.

#![expect(clippy::unwrap_used, reason = "what cannot be played fails the test")]

use sharespec_events::Outcome;
use sharespec_generators::alibaba;
use sharespec_generators::fuzz::Calls;
use sharespec_model::alibaba::Alibaba;
use sharespec_model::world::World;
use sharespec_reference::change::Change;
use sharespec_reference::faults::fault;
use sharespec_reference::platform::Platform;
use sharespec_reference::variants::VARIANTS;
use sharespec_runner::fuzz::{
    Corpus, Explorer, Finds, Fuzzed, Interest, News, Status, Until, distil, key_of, reach,
    read_case, read_text, touched,
};
use sharespec_runner::run::play_all;
use sharespec_runner::selftest::setup_for;
use sharespec_wire::case::{Case, Found, Step};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

fn api() -> Arc<dyn Platform> {
    let world = World::from_json(sharespec_fixtures::ALIBABA_EXTENDED_WORLD).unwrap();
    Arc::new(Alibaba::new(world).unwrap())
}

/// Explores a changed reference implementation, and gives what was found.
fn explored(changes: &[Change], seed: u64, cases: u64) -> (Fuzzed, Vec<Case>) {
    explored_from(&alibaba(), changes, seed, cases)
}

/// Cases that are about principals: what is wrong with those is met soon, however large the suite is.
fn of_principals() -> Vec<Case> {
    let mut cases = alibaba();
    cases.retain(|case| case.id.starts_with("alibaba/disassociate/targets/"));
    cases
}

fn explored_from(
    library: &[Case],
    changes: &[Change],
    seed: u64,
    cases: u64,
) -> (Fuzzed, Vec<Case>) {
    explored_until(library, changes, seed, Until { cases: Some(cases), time: None })
}

fn explored_until(
    library: &[Case],
    changes: &[Change],
    seed: u64,
    until: Until,
) -> (Fuzzed, Vec<Case>) {
    let api = api();
    let setup = setup_for(&api, changes, seed);
    let grammar = Calls::alibaba(&api.world().file);
    let corpus = (Corpus::default(), Vec::new());
    let mut explorer = Explorer::new(&setup, &grammar, corpus, library, 2);
    let mut finds = Vec::new();
    explorer
        .explore(until, &mut |interest| {
            if let Interest::Find(case, ..) = interest {
                finds.push(*case);
            }
            true
        })
        .unwrap();
    (explorer.fuzzed, finds)
}

/// A folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("sharespec-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[test]
fn made_up_cases_are_worth_their_time() {
    let (fuzzed, finds) = explored(&[], 1, 600);
    assert!(finds.is_empty(), "{:#?}", finds[0]);
    let [calls, accepted] = fuzzed.calls;
    let share = accepted as f64 / calls as f64;
    assert!((0.5..0.9).contains(&share), "{accepted} of {calls} calls were accepted");
    let judged = fuzzed.outcomes[&Outcome::Pass] as f64 / fuzzed.cases as f64;
    assert!(judged > 0.97, "{:?}", fuzzed.outcomes);
    assert!(fuzzed.reach.conditions >= 90, "{:?}", fuzzed.reach);
    assert!(fuzzed.reach.pairs >= 150, "{:?}", fuzzed.reach);
    assert!(fuzzed.reach.transitions >= 350, "{:?}", fuzzed.reach);
    let requests = fuzzed.requests as f64 / fuzzed.cases as f64;
    assert!(requests < 20.0, "{requests} requests a case");
}

#[test]
fn the_same_seed_explores_the_same() {
    let (one, _) = explored(&[], 5, 300);
    let (other, _) = explored(&[], 5, 300);
    assert_eq!((one.reach, one.calls, one.corpus), (other.reach, other.calls, other.corpus));
}

/// A slice of the measurement of false alarms, which `sharespec fuzz --variant` does at length.
#[test]
fn lawful_servers_are_let_alone() {
    for (place, variant) in VARIANTS.iter().enumerate().step_by(6) {
        let (_, finds) = explored(&[*variant], 100 + place as u64, 60);
        assert!(finds.is_empty(), "{}: {:#?}", variant.name, finds[0]);
    }
}

#[test]
fn a_fault_is_found_and_made_small() {
    let fault_six = [*fault("target-limit-six").unwrap()];
    let (_, finds) = explored_from(&of_principals(), &fault_six, 1, 600);
    let found = finds.iter().find(|case| {
        let found = case.found.as_deref().unwrap();
        found.rule.ends_with("/error/InvalidParameter.Targets.Length")
    });
    let case = found.unwrap();
    let found = case.found.as_deref().unwrap();
    assert_eq!((found.attempts, found.successes), (5, 5));
    assert_eq!(found.conditions, ["targets/over-limit"]);
    let calls = case.base.iter().filter(|step| matches!(step, Step::Call(_))).count();
    assert!(calls <= 4, "{:#?}", case.base);
    // Whoever plays it sees it fail, and pass without the fault.
    let outcome = |changes: &[Change]| {
        let mut outcome = None;
        let setup = setup_for(&api(), changes, found.seed);
        play_all(&setup, std::slice::from_ref(case), 1, &mut |event| outcome = Some(event.outcome));
        outcome
    };
    assert_eq!(outcome(&fault_six), Some(Outcome::Fail));
    assert_eq!(outcome(&[]), Some(Outcome::Pass));
}

#[test]
fn a_find_is_told_from_what_was_found_before() {
    let folder = folder("finds");
    let finds = Finds::new(&folder);
    let fault_six = [*fault("target-limit-six").unwrap()];
    let (_, found) = explored_from(&of_principals(), &fault_six, 1, 400);
    let case = &found[0];
    let found = case.found.as_deref().unwrap();
    let key = key_of(found);
    assert_eq!(finds.saw(case, found, "2026-01-01").unwrap(), News::New);
    assert_eq!(finds.saw(case, found, "2026-01-02").unwrap(), News::Old);
    assert_eq!(read_case(&finds.path(&key)).unwrap(), *case);
    let mut entries = finds.entries().unwrap();
    let entry = entries.get_mut(&key).unwrap();
    assert_eq!(
        (entry.count, entry.first_seen.as_str(), entry.last_seen.as_str()),
        (2, "2026-01-01", "2026-01-02")
    );
    entry.status = Status::Fixed;
    finds.write(&entries).unwrap();
    assert_eq!(finds.saw(case, found, "2026-01-03").unwrap(), News::Returned);
    assert_eq!(finds.entries().unwrap()[&key].status, Status::Open);
    // What never fails again does not gate, until it does.
    let mut luck = found.clone();
    (luck.observed, luck.successes) = ("something else".to_owned(), 0);
    assert_eq!(finds.saw(case, &luck, "2026-01-03").unwrap(), News::Flaky);
    luck.successes = 2;
    assert_eq!(finds.saw(case, &luck, "2026-01-04").unwrap(), News::New);
    std::fs::remove_dir_all(folder).unwrap();
}

/// The time ends with the first batch: what is found is left as it is, and the next night goes on with it.
#[test]
fn what_there_was_no_time_for_is_left_to_the_next_night() {
    let folder = folder("unfinished");
    let finds = Finds::new(&folder);
    let fault_six = [*fault("target-limit-six").unwrap()];
    let until = Until { cases: None, time: Some(Duration::from_millis(1)) };
    let (fuzzed, found) = explored_until(&of_principals(), &fault_six, 1, until);
    assert_eq!(fuzzed.cases, 200, "one batch");
    let case = &found[0];
    let left = case.found.as_deref().unwrap();
    assert!(left.unfinished && left.successes > 0, "{left:?}");
    finds.saw(case, left, "2026-01-01").unwrap();
    assert_eq!(finds.unfinished().unwrap(), std::slice::from_ref(case));
    // Seen again with the time that it takes.
    let whole = Found { unfinished: false, ..left.clone() };
    let smallest = Case { found: Some(Box::new(whole.clone())), ..case.clone() };
    assert_eq!(finds.saw(&smallest, &whole, "2026-01-02").unwrap(), News::Old);
    assert_eq!(finds.unfinished().unwrap(), []);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_corpus_is_kept_and_read_again() {
    let folder = folder("corpus");
    let api = api();
    let grammar = Calls::alibaba(&api.world().file);
    let setup = setup_for(&api, &[], 3);
    let explore = |cases| {
        let (corpus, loaded) = Corpus::open(Some(&folder)).unwrap();
        let count = loaded.cases.len();
        let corpus = (corpus, loaded.cases);
        let mut explorer = Explorer::new(&setup, &grammar, corpus, &[], 2);
        let until = Until { cases: Some(cases), time: None };
        explorer.explore(until, &mut |_| true).unwrap();
        (count, explorer.fuzzed)
    };
    let (none, first) = explore(100);
    let (some, _) = explore(30);
    assert_eq!(none, 0);
    assert!(first.corpus > 20 && some <= first.corpus && some > 20, "{some} of {}", first.corpus);
    // A file that is no case is counted; where there is nothing else, nobody explores.
    std::fs::write(folder.join("broken.json"), "{").unwrap();
    assert_eq!(Corpus::open(Some(&folder)).unwrap().1.rejected.len(), 1);
    for entry in std::fs::read_dir(&folder).unwrap().flatten() {
        if entry.file_name() != "broken.json" {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    assert!(Corpus::open(Some(&folder)).is_err());
    std::fs::remove_dir_all(folder).unwrap();
}

/// What a case comes to.
fn outcome(case: &Case, changes: &[Change]) -> Outcome {
    let mut outcome = Outcome::Inconclusive;
    let setup = setup_for(&api(), changes, case.found.as_ref().map_or(1, |found| found.seed));
    play_all(&setup, std::slice::from_ref(case), 1, &mut |event| outcome = event.outcome);
    outcome
}

#[test]
fn a_race_is_found_by_calls_that_are_made_together() {
    for name in ["racing-additions-lose-one", "racing-removal-not-done"] {
        let racing = [*fault(name).unwrap()];
        // Which seed finds it depends on what the suite is today.
        let found = (1..=8).find_map(|seed| explored(&racing, seed, 1500).1.first().cloned());
        let case = &found.unwrap();
        let mut apart = case.clone();
        for step in &mut apart.base {
            if let Step::Call(call) = step {
                call.beside = false;
            }
        }
        assert_ne!(apart.base, case.base, "{name}: some are made together");
        assert_eq!(outcome(case, &racing), Outcome::Fail, "{name}");
        assert_eq!(outcome(&apart, &racing), Outcome::Pass, "{name}: one after another");
        assert_eq!(outcome(case, &[]), Outcome::Pass, "{name}: on a sound server");
    }
}

/// What once was a false alarm, or a miss, is neither any more.
#[test]
fn promoted_cases_pass() {
    let read = |(name, text): &(&str, &str)| read_text(Path::new(name), text.as_bytes()).unwrap();
    let mut cases: Vec<Case> = sharespec_fixtures::REGRESSIONS.iter().map(read).collect();
    cases.retain(|case| case.id.starts_with("alibaba/"));
    assert!(!cases.is_empty());
    for changes in std::iter::once(&[][..]).chain(VARIANTS.chunks(1)) {
        play_all(&setup_for(&api(), changes, 1), &cases, 1, &mut |event| {
            assert_eq!(event.outcome, Outcome::Pass, "{changes:?}: {:?}", event.failure);
        });
    }
}

/// `sharespec corpus distil` writes it anew.
#[test]
fn the_distilled_corpus_passes_and_reaches_far() {
    let lines = sharespec_fixtures::ALIBABA_CORPUS.lines();
    let cases: Vec<Case> =
        lines.map(|line| read_text(Path::new("corpus"), line.as_bytes()).unwrap()).collect();
    let reached = touched(&setup_for(&api(), &[], 1), &cases, 2);
    let idle = cases.iter().zip(&reached).find(|(_, goals)| goals.is_empty());
    assert!(idle.is_none(), "it passes, and reaches something: {idle:?}");
    let all: BTreeSet<_> = reached.iter().flatten().collect();
    let reach = reach(all.iter().copied());
    assert!(reach.conditions >= 150, "{reach:?}");
    assert!(reach.pairs >= 780, "{reach:?}");
    assert!(reach.transitions >= 580, "{reach:?}");
}

#[test]
fn what_is_distilled_reaches_what_all_did() {
    let setup = setup_for(&api(), &[], 1);
    let cases: Vec<Case> = alibaba().into_iter().step_by(25).collect();
    let all: BTreeSet<_> = touched(&setup, &cases, 2).into_iter().flatten().collect();
    let distilled = distil(&setup, cases.clone(), 2);
    let few: BTreeSet<_> = touched(&setup, &distilled.cases, 2).into_iter().flatten().collect();
    assert_eq!(few, all);
    assert!(distilled.cases.len() < cases.len(), "{} of {}", distilled.cases.len(), cases.len());
}
