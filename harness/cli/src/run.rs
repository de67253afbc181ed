//! `run` and `smoke`: a target, the selected cases, and reports of what came of them.

use crate::arguments::{ApiName, RunArguments, Shard, SmokeArguments};
use crate::behaviour;
use crate::changes;
use crate::edition::Edition;
use crate::failure::Failure;
use crate::given;
use crate::known;
use crate::reports::opened;
use crate::rerun;
use crate::signals;
use crate::suites;
use crate::target::{self, Prepared};
use anyhow::anyhow;
use sharespec_events::{
    CaseEvent, Event, NoteEvent, OpenPoint, Outcome, Recorder, RunEvent, Strength, Summary,
    case_id, exit, in_round,
};
use sharespec_generators::{DEFAULT_STRENGTH, coverage, hash};
use sharespec_report::console::REFERENCE;
use sharespec_runner::known::Judge;
use sharespec_runner::life::End;
use sharespec_runner::run::{play_rounds, support};
use sharespec_runner::selection::{select, shard_of};
use sharespec_runner::setup::{Setup, Target};
use sharespec_runner::snapshots::{Counts, Snapshots};
use sharespec_wire::case::Case;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// What to do about snapshots that cannot be used.
const SNAPSHOTS: &str = "--snapshots names a folder of its own; a file in it that was damaged can be deleted: \
                         its snapshots are taken anew";

/// Plays the selected cases.
pub fn run(arguments: &RunArguments) -> Result<u8, Failure> {
    let began = Instant::now();
    let mut settings = target::settings(&arguments.target, &arguments.scope)?;
    let api = ApiName::named(settings.text("api"));
    let edition = arguments.edition.clone().unwrap_or_else(|| settings.text("edition").to_owned());
    let edition = (!edition.is_empty()).then(|| Edition::named(&edition, api)).transpose()?;
    edition.iter().for_each(|edition| settings.default_to(edition.keys()));
    let frozen = edition.as_ref().and_then(Edition::strength);
    let strength = arguments.strength.or(frozen).unwrap_or(DEFAULT_STRENGTH);
    let changes = changes::named(&*api.embedded()?, &arguments.variant, &arguments.fault)?;
    let suite = suite(api, arguments, strength)?;
    let suite_hash = suite_hash(&suite);
    let cases = select(suite, &arguments.patterns, &arguments.skip).map_err(Failure::usage)?;
    let mut cases = rerun::failed(cases, arguments.rerun_failed.as_deref())?;
    let selected = cases.len();
    if let Some(Shard { index, of }) = arguments.shard {
        cases.retain(|case| shard_of(case, of) + 1 == index);
    }
    let mut reports = opened(&arguments.reports, &settings.file_name())?;
    let target = target::prepared(&settings, &changes, arguments.seed, arguments.max_time, &cases)?;
    let Prepared { mut setup, world, notes } = target;
    signals::tell(&setup.life);
    setup.strict = arguments.strict;
    setup.given = given::written(arguments);
    setup.levels = edition.as_ref().map(|edition| Arc::new(edition.levels.clone()));
    // Cases of other suites are of no edition.
    let scoring = edition.as_ref().filter(|_| arguments.suite == ["enumerated"]);
    setup.known = known::load(arguments.known_failures.as_deref())?;
    let mut known = setup.known.clone().map(Judge::new);
    setup.held = behaviour::hold(&*setup.api, arguments.hold_to.as_deref())?;
    if !settings.builtin {
        reports.hide(target::spellings(&setup));
    }
    let snapshots = arguments.snapshots.as_deref().map(|directory| {
        Snapshots::open(directory, arguments.update_snapshots, &cases, &*setup.api)
    });
    let mut snapshots =
        snapshots.transpose().map_err(|error| Failure::usage(error).hint(SNAPSHOTS))?;
    let missing = support(&setup, &cases);
    let (cases, rounds): (Arc<[Case]>, usize) = (cases.into(), arguments.repeat.get());
    let planned = cases.len().saturating_mul(rounds).saturating_add(missing.len());
    let mut event = run_event(arguments, &setup, &world)?;
    event.strength = reached(strength, cases.iter().map(|case| case.id.as_str()));
    event.edition = edition.as_ref().map(|edition| edition.edition.clone());
    event.jobs = settings.number("jobs").and_then(|jobs| usize::try_from(jobs).ok()).unwrap_or(1);
    event.cases = planned;
    event.selected = Some(selected.saturating_mul(rounds));
    event.repeat = Some(rounds).filter(|rounds| *rounds > 1);
    event.suite_hash = suite_hash;
    let mut recorder = Recorder::default();
    let event = Event::from(event);
    recorder.event(&event);
    reports.event(&event);
    for text in notes {
        reports.event(&NoteEvent { text }.into());
    }
    let mut summary = Summary::default();
    let (mut different, mut judged) = (BTreeMap::new(), BTreeSet::new());
    let life = Arc::clone(&setup.life);
    // What an edition does not score is known by its line alone.
    if arguments.fail_fast && scoring.is_none() {
        life.fail_fast();
    }
    let mut line = |round: usize, event: CaseEvent| {
        let event = match scoring {
            Some(edition) => edition.score(event),
            None => event,
        };
        let event = match &mut known {
            Some(known) if event.not_scored.is_none() => known.judge(event),
            _ => event,
        };
        summary.add(&event);
        if arguments.fail_fast && matches!(event.outcome, Outcome::Fail | Outcome::UnexpectedPass) {
            life.end(End::Enough);
        }
        if event.outcome.is_judged() && !judged.contains(&event.id) {
            judged.insert(event.id.clone());
        }
        let shown = snapshots.as_mut().filter(|_| event.not_scored.is_none());
        let difference = shown.and_then(|snapshots| snapshots.take(&event));
        different.extend(difference.map(|new| (new.case.clone(), new)));
        let event = Event::from(CaseEvent { id: in_round(&event.id, round), ..event });
        recorder.event(&event);
        reports.event(&event);
    };
    missing.into_iter().for_each(|event| line(1, event));
    let crew = play_rounds(&setup, &cases, rounds, workers(), &mut line);
    for difference in different.into_values() {
        summary.snapshots_changed += 1;
        reports.event(&difference.into());
    }
    let mut unwritten = None;
    match snapshots.map(|snapshots| snapshots.write()) {
        Some(Ok(counts)) => reports.event(&snapshots_note(counts).into()),
        // What the run came to is told all the same.
        Some(Err(error)) => unwritten = Some(Failure::usage(error).hint(SNAPSHOTS)),
        None => {}
    }
    if let Some(known) = known {
        let part = arguments.shard.is_some() || arguments.rerun_failed.is_some();
        let part = part || arguments.suite != ["enumerated"];
        let whole = arguments.patterns.is_empty() && arguments.skip.is_empty() && !part;
        let exists = known::exists(strength)?;
        for problem in known.problems(exists, whole && summary.total() == planned) {
            summary.known_problems += 1;
            reports.event(&problem.into());
        }
    }
    let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    summary.conclude(took, signals::came());
    if summary.not_scored > 0 {
        let text = format!("{} cases are not of the edition, and not scored", summary.not_scored);
        reports.event(&NoteEvent { text }.into());
    }
    summary.strength = reached(strength, judged.iter().map(String::as_str));
    let code = summary.exit_code;
    for line in recorder.lines() {
        reports.event(&line.into());
    }
    reports.event(&summary.into());
    let written = reports.finish();
    // After an interruption clean-up still goes on, once the reports are whole.
    drop(crew);
    left_behind(&setup);
    unwritten.map_or(written, Err).map(|()| code)
}

/// Says what could not be taken away.
fn left_behind(setup: &Setup) {
    let left = setup.life.left();
    if left > 0 {
        let (target, prefix) = (&setup.target_name, &setup.prefix);
        anstream::eprintln!(
            "note: {left} shares whose names begin with {prefix} may be left behind: \
             `sharespec cleanup --target {target}` deletes them"
        );
    }
}

/// The suite at the strength that is asked for, with the combined cases that are named whole: a case
/// of a greater strength can be played again by its id.
fn suite(
    api: ApiName,
    arguments: &RunArguments,
    strength: sharespec_generators::Strength,
) -> Result<Vec<Case>, Failure> {
    let mut cases = suites::cases(api, &arguments.suite, strength)?;
    for id in arguments.patterns.iter().map(|pattern| case_id(pattern)) {
        if !cases.iter().any(|case| case.id == id) {
            cases.extend(api.combined(id));
        }
    }
    Ok(cases)
}

/// Finds out whether a target can be judged.
pub fn smoke(arguments: &SmokeArguments) -> Result<u8, Failure> {
    let settings = target::settings(&arguments.target, &arguments.scope)?;
    for note in target::prepared(&settings, &[], 1, None, &[])?.notes {
        anstream::println!("{note}");
    }
    if settings.builtin {
        anstream::println!("{REFERENCE}");
    }
    anstream::println!("the target can be judged");
    Ok(exit::CONFORMS)
}

/// How many threads play cases against `builtin`.
pub fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn run_event(arguments: &RunArguments, setup: &Setup, world: &str) -> Result<RunEvent, Failure> {
    let mut labels = BTreeMap::new();
    for label in &arguments.labels {
        let (name, value) = label
            .split_once('=')
            .ok_or_else(|| Failure::usage(anyhow!("`{label}` is no label; write NAME=VALUE")))?;
        labels.insert(name.to_owned(), value.to_owned());
    }
    let documents = setup.api.spec().documents.iter().map(|each| each.id.clone());
    Ok(RunEvent {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: setup.seed,
        target: setup.target_name.clone(),
        target_is_reference: matches!(setup.target, Target::Builtin(_)),
        api: setup.api.spec().api.clone(),
        documents: documents.collect(),
        selection: arguments.patterns.clone(),
        skipped: arguments.skip.clone(),
        strict: setup.strict,
        shard: arguments.shard.map(|Shard { index, of }| format!("{index}/{of}")),
        labels,
        started: started(),
        world: world.to_owned(),
        points: open_points(setup),
        held_to: arguments.hold_to.as_ref().map(|path| path.display().to_string()),
        ..RunEvent::default()
    })
}

/// How far these cases combine the axes of requests.
pub fn reached<'a>(
    strength: sharespec_generators::Strength,
    ids: impl Iterator<Item = &'a str>,
) -> Option<Strength> {
    let (axes, found) = coverage(ids, strength)?;
    Some(Strength { strength: axes, coverable: found.coverable, covered: found.covered })
}

/// The open points, so that a report can say of which of them nothing was seen.
fn open_points(setup: &Setup) -> Vec<OpenPoint> {
    let points = setup.api.spec().points.iter();
    points.map(|point| OpenPoint { id: point.id.clone(), closed: point.is_closed() }).collect()
}

fn snapshots_note(counts: Counts) -> NoteEvent {
    let Counts { recorded, same, different } = counts;
    NoteEvent {
        text: format!("snapshots: {same} the same, {different} different, {recorded} taken"),
    }
}

fn started() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let millis = i64::try_from(since.as_millis()).unwrap_or(0);
    jiff::Timestamp::from_millisecond(millis)
        .map_or_else(|_| String::new(), |moment| moment.to_string())
}

/// A hash of all cases: two reports with one suite hash are about the same cases.
fn suite_hash(cases: &[Case]) -> String {
    let hashes = cases.iter().map(hash);
    let joined = hashes.fold(0xcbf2_9ce4_8422_2325_u64, |all, each| {
        each.bytes().fold(all, |all, byte| (all ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    });
    format!("{joined:016x}")
}
