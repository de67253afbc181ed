//! `run` and `smoke`: a target, the selected cases, and reports of what came of them.

use crate::arguments::{RunArguments, Signing, SmokeArguments, TargetArguments};
use crate::behaviour;
use crate::changes;
use crate::failure::Failure;
use crate::scope;
use anyhow::anyhow;
use sharespec_events::{
    CaseEvent, Event, NoteEvent, OpenPoint, Recorder, RunEvent, Strength, Summary, exit,
};
use sharespec_generators::{alibaba_at, combined, coverage, hash};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::api::Api;
use sharespec_reference::change::Change;
use sharespec_reference::pipeline::Blueprint;
use sharespec_report::{
    BehaviourFile, Console, Fanout, JsonLines, Progress, ReportError, Reporter, Styles,
};
use sharespec_runner::preflight::{Notes, preflight};
use sharespec_runner::run::{play_all, support};
use sharespec_runner::selection::select;
use sharespec_runner::setup::{Abilities, Pace, Setup, Target};
use sharespec_runner::url::UrlTarget;
use sharespec_wire::alibaba::{Form, SignatureVersion};
use sharespec_wire::case::Case;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Plays the selected cases.
pub fn run(arguments: &RunArguments) -> Result<u8, Failure> {
    let began = Instant::now();
    let (world, api) = scope::api(&arguments.scope)?;
    let changes = changes::named(&arguments.variant, &arguments.fault)?;
    let cases =
        select(suite(arguments), &arguments.patterns, &arguments.skip).map_err(Failure::usage)?;
    let mut reports = reports(arguments)?;
    let mut setup = setup(&api, &arguments.target, &changes, arguments.seed)?;
    setup.strict = arguments.strict;
    setup.held = behaviour::hold(&api, arguments.hold_to.as_deref())?;
    let notes = prepare(&mut setup)?;
    let missing = support(&setup, &cases);
    let planned = cases.len() + missing.len();
    let mut event = run_event(arguments, &setup, &world, &cases)?;
    event.cases = planned;
    let mut recorder = Recorder::default();
    let event = Event::from(event);
    recorder.event(&event);
    reports.event(&event)?;
    for text in notes {
        reports.event(&Event::from(NoteEvent { text }))?;
    }
    let mut summary = Summary::default();
    let (mut broken, mut judged) = (None, Vec::new());
    let mut line = |event: CaseEvent| {
        summary.add(&event);
        if event.outcome.is_judged() {
            judged.push(event.id.clone());
        }
        let event = Event::from(event);
        recorder.event(&event);
        if let Err(error) = reports.event(&event) {
            broken.get_or_insert(error);
        }
    };
    missing.into_iter().for_each(&mut line);
    play_all(&setup, &cases, workers(), &mut line);
    summary.conclude(u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX), None);
    summary.strength = reached(arguments, judged.iter().map(String::as_str));
    let code = summary.exit_code;
    for line in recorder.lines() {
        reports.event(&line.into())?;
    }
    reports.event(&summary.into())?;
    reports.finish()?;
    match broken {
        Some(error) => {
            let hint = error.hint().to_owned();
            Err(Failure::usage(error).hint(hint))
        }
        None => Ok(code),
    }
}

/// The suite at the strength that is asked for, with the combined cases that are named whole: a case
/// of a greater strength can be played again by its id.
fn suite(arguments: &RunArguments) -> Vec<Case> {
    let mut cases = alibaba_at(arguments.strength);
    for id in &arguments.patterns {
        if !cases.iter().any(|case| case.id == *id) {
            cases.extend(combined(id));
        }
    }
    cases
}

/// Finds out whether a target can be judged.
pub fn smoke(arguments: &SmokeArguments) -> Result<u8, Failure> {
    let (_, api) = scope::api(&arguments.scope)?;
    let mut setup = setup(&api, &arguments.target, &[], 1)?;
    for note in prepare(&mut setup)? {
        anstream::println!("{note}");
    }
    anstream::println!("the target can be judged");
    Ok(exit::CONFORMS)
}

/// How many threads play cases against `builtin`.
pub fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn setup(
    api: &Arc<Alibaba>,
    arguments: &TargetArguments,
    changes: &[Change],
    seed: u64,
) -> Result<Setup, Failure> {
    let builtin = arguments.target == "builtin";
    if !builtin && !changes.is_empty() {
        return Err(Failure::usage(anyhow!(
            "variants and faults are of the target `builtin` only"
        ))
        .hint("`sharespec serve --fault NAME` serves one over HTTP"));
    }
    let target = match builtin {
        true => {
            let blueprint = Blueprint::new(Arc::clone(api), changes).checking_signatures(true);
            Target::Builtin(Arc::new(blueprint))
        }
        false => {
            let timeout = Duration::from_millis(arguments.timeout);
            let target = UrlTarget::new(&arguments.target, timeout, usize::from(arguments.jobs));
            Target::Url(Arc::new(target.map_err(Failure::usage)?))
        }
    };
    let signature = match arguments.signing {
        Signing::V3 => SignatureVersion::V3,
        Signing::V2 => SignatureVersion::V2,
        Signing::None => SignatureVersion::None,
    };
    Ok(Setup {
        api: Arc::clone(api),
        target,
        form: Form { signature, ..Setup::plain_form() },
        prefix: prefix(builtin),
        strict: false,
        abilities: if builtin { Abilities::of_builtin() } else { Abilities::default() },
        pace: Pace { settle_deadline: arguments.settle, ..Pace::default() },
        seed,
        target_name: arguments.target.clone(),
        held: None,
        seen: Arc::new(Mutex::default()),
    })
}

/// What the names of shares and nonces begin with: on a server, another for each run.
fn prefix(builtin: bool) -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    match builtin {
        true => "ss-".to_owned(),
        false => format!("ss-{:x}-", since.as_micros()),
    }
}

/// Preflight, on a server.
fn prepare(setup: &mut Setup) -> Result<Notes, Failure> {
    if matches!(setup.target, Target::Builtin(_)) {
        return Ok(Notes::new());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match runtime.block_on(preflight(setup)) {
        Ok((abilities, notes)) => {
            setup.abilities = abilities;
            Ok(notes)
        }
        Err(error) => {
            let code = if error.is_unreachable() { exit::INCONCLUSIVE } else { exit::USAGE };
            let hint = error.hint();
            Err(Failure::usage(error).hint(hint).code(code))
        }
    }
}

fn reports(arguments: &RunArguments) -> Result<Fanout, Failure> {
    let mut reports = Fanout::new();
    let terminal = std::io::stderr().is_terminal();
    let progress = if terminal { Progress::Bar } else { Progress::Lines };
    reports.push(Console::new(anstream::stdout(), styles(), progress));
    let unwritable = |error: ReportError| {
        let hint = error.hint().to_owned();
        Failure::usage(error).hint(hint)
    };
    for report in &arguments.reports {
        match report.split_once('=').filter(|(_, path)| !path.is_empty()) {
            Some(("jsonl", path)) => {
                reports.push(JsonLines::create(Path::new(path)).map_err(unwritable)?);
            }
            Some(("behaviour", path)) => {
                reports.push(BehaviourFile::create(Path::new(path)).map_err(unwritable)?);
            }
            _ => {
                return Err(Failure::usage(anyhow!("`{report}` is no report that can be written"))
                    .hint("write --report jsonl=PATH or --report behaviour=PATH"));
            }
        }
    }
    Ok(reports)
}

/// The styles of the standard output.
pub fn styles() -> Styles {
    let coloured = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    if coloured { Styles::coloured() } else { Styles::default() }
}

fn run_event(
    arguments: &RunArguments,
    setup: &Setup,
    world: &str,
    cases: &[Case],
) -> Result<RunEvent, Failure> {
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
        api: "alibaba".to_owned(),
        documents: documents.collect(),
        selection: arguments.patterns.clone(),
        skipped: arguments.skip.clone(),
        strict: setup.strict,
        jobs: usize::from(arguments.target.jobs),
        suite_hash: suite_hash(cases),
        cases: cases.len(),
        labels,
        started: started(),
        world: world.to_owned(),
        points: open_points(setup),
        strength: reached(arguments, cases.iter().map(|case| case.id.as_str())),
        held_to: arguments.hold_to.as_ref().map(|path| path.display().to_string()),
        ..RunEvent::default()
    })
}

/// How far these cases combine the axes of requests.
fn reached<'a>(arguments: &RunArguments, ids: impl Iterator<Item = &'a str>) -> Option<Strength> {
    let strength = arguments.strength;
    let found = coverage(ids, strength)?;
    let axes = strength.axes();
    Some(Strength { strength: axes, coverable: found.coverable, covered: found.covered })
}

/// The open points, so that a report can say of which of them nothing was seen.
fn open_points(setup: &Setup) -> Vec<OpenPoint> {
    let points = setup.api.spec().points.iter();
    points.map(|point| OpenPoint { id: point.id.clone(), closed: point.is_closed() }).collect()
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
