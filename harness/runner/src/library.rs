//! The suite as a library: who implements the API in Rust judges it from their own `cargo test`,
//! without a port.
//!
//! ```no_run
//! use sharespec_runner::library::{Implementation, Request, Response, Suite};
//!
//! struct Mine;
//!
//! impl Implementation for Mine {
//!     fn answer(&mut self, _request: &Request) -> Response {
//!         Response { status: 404, ..Response::default() }
//!     }
//! }
//!
//! Suite::alibaba(|| Mine).judge("alibaba/disassociate").conforms();
//! ```
//!
//! [`conformance!`](crate::conformance) makes a test of each group of cases, [`Suite::fuzz`] the body of a fuzz
//! target.

pub use crate::fuzzing::Fuzz;
pub use crate::in_process::Implementation;
use crate::in_process::Maker;
use crate::manner::{Identity, Manner};
use crate::preflight::preflight;
use crate::run;
use crate::selection::{matches, select};
use crate::selftest::{in_parallel, setup_for};
use crate::setup::{Abilities, Setup, Target};
use futures::FutureExt;
use sharespec_events::{CaseEvent, Cause, Failure, Outcome, ReasonKind};
use sharespec_generators::fuzz::{Calls, Grammar};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::aws::Aws;
use sharespec_model::world::{World, WorldFile};
use sharespec_reference::platform::Platform;
use sharespec_wire::case::Case;
use sharespec_wire::form::Signing;
pub use sharespec_wire::http::{Request, Response};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Which API is implemented.
#[derive(Clone, Copy, Debug)]
enum Which {
    Alibaba,
    Aws,
}

/// The suite of an API, and an implementation that it judges.
#[derive(Clone, Debug)]
pub struct Suite {
    which: Which,
    maker: Maker,
    world: String,
    documents: Vec<String>,
    role: Option<String>,
    absent: Vec<String>,
}

impl Suite {
    /// Alibaba Cloud ResourceSharing. `make` makes a fresh instance that holds the world: each case is
    /// played on one of its own, and cases on several threads.
    pub fn alibaba<I: Implementation + 'static>(
        make: impl Fn() -> I + Send + Sync + 'static,
    ) -> Self {
        Self::of(Which::Alibaba, Maker::new(make), sharespec_fixtures::ALIBABA_WORLD)
    }

    /// AWS Resource Access Manager; see [`Suite::alibaba`].
    pub fn aws<I: Implementation + 'static>(make: impl Fn() -> I + Send + Sync + 'static) -> Self {
        Self::of(Which::Aws, Maker::new(make), sharespec_fixtures::AWS_WORLD)
    }

    fn of(which: Which, maker: Maker, world: &str) -> Self {
        let world = world.to_owned();
        Self { which, maker, world, documents: Vec::new(), role: None, absent: Vec::new() }
    }

    /// In another world than the one that `sharespec world init` prints, as JSON.
    #[must_use]
    pub fn in_world(self, world: &str) -> Self {
        Self { world: world.to_owned(), ..self }
    }

    /// Following these documents instead of the newest.
    #[must_use]
    pub fn following(self, documents: &[&str]) -> Self {
        Self { documents: documents.iter().map(|id| (*id).to_owned()).collect(), ..self }
    }

    /// The implementation has one account, of this role, and does not look who calls.
    #[must_use]
    pub fn with_one_account(self, role: &str) -> Self {
        Self { role: Some(role.to_owned()), ..self }
    }

    /// The implementation is not meant to have these operations.
    #[must_use]
    pub fn without(self, operations: &[&str]) -> Self {
        Self { absent: operations.iter().map(|name| (*name).to_owned()).collect(), ..self }
    }

    /// All cases.
    pub fn cases(&self) -> Vec<Case> {
        match self.which {
            Which::Alibaba => sharespec_generators::alibaba(),
            Which::Aws => sharespec_generators::aws(),
        }
    }

    /// How sequences are made up in a world.
    pub(crate) fn grammar(&self, world: &WorldFile) -> Box<dyn Grammar> {
        match self.which {
            Which::Alibaba => Box::new(Calls::alibaba(world)),
            Which::Aws => Box::new(Calls::aws(world)),
        }
    }

    /// What is common to all cases.
    ///
    /// # Errors
    /// Why the implementation cannot be judged at all.
    pub fn setup(&self) -> Result<Setup, String> {
        let world = World::from_json(&self.world).map_err(|error| error.to_string())?;
        let ids: Vec<&str> = self.documents.iter().map(String::as_str).collect();
        let api: Arc<dyn Platform> = match self.which {
            Which::Alibaba => {
                Arc::new(Alibaba::with_documents(world, &ids).map_err(|error| error.to_string())?)
            }
            Which::Aws => {
                Arc::new(Aws::with_documents(world, &ids).map_err(|error| error.to_string())?)
            }
        };
        let identity = self.role.clone().map_or(Identity::Keys, Identity::Single);
        let mut setup = Setup {
            target: Target::InProcess(self.maker.clone()),
            prefix: "ss-".to_owned(),
            abilities: Abilities::default(),
            target_name: "in-process".to_owned(),
            manner: Manner::of(identity, self.absent.iter().cloned().collect()),
            ..setup_for(&api, &[], 1)
        };
        if self.role.is_some() {
            setup.form = api.plain_form(Signing::Unsigned);
        }
        let found = preflight(&setup).now_or_never();
        let (abilities, _) =
            found.ok_or("preflight waits for something")?.map_err(|error| error.to_string())?;
        setup.abilities = abilities;
        Ok(setup)
    }

    /// Plays a case, such as one of [`Suite::cases`] or one that was made up.
    ///
    /// # Errors
    /// Why the implementation cannot be judged at all.
    pub fn play(&self, case: &Case) -> Result<CaseEvent, String> {
        played(&self.setup()?, case)
    }

    /// Judges the cases that a pattern selects, as on the command line.
    pub fn judge(&self, pattern: &str) -> Judged {
        let cases = select(self.cases(), &[pattern.to_owned()], &[]);
        self.judged(cases.map_err(|error| error.to_string()))
    }

    /// Judges a group of cases, which is the second part of their ids. Underscores stand for hyphens.
    pub fn judge_group(&self, group: &str) -> Judged {
        self.judge(&format!("*/{}", group.replace('_', "-")))
    }

    /// Judges all cases but those of these groups.
    pub fn judge_others(&self, groups: &[&str]) -> Judged {
        let others = |case: &Case| {
            !groups.iter().any(|each| matches(&format!("*/{}", each.replace('_', "-")), &case.id))
        };
        self.judged(Ok(self.cases().into_iter().filter(others).collect()))
    }

    fn judged(&self, cases: Result<Vec<Case>, String>) -> Judged {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let lines = cases.and_then(|cases| {
            let setup = self.setup()?;
            let mut lines = run::support(&setup, &cases);
            for line in in_parallel(&cases, workers, |case| played(&setup, case)) {
                lines.push(line?);
            }
            Ok(lines)
        });
        Judged { lines }
    }
}

pub(crate) fn played(setup: &Setup, case: &Case) -> Result<CaseEvent, String> {
    // Nothing in this process is waited for, so that a test may have a runtime of its own.
    run::play(setup, case, 0).now_or_never().ok_or_else(|| format!("{} does not end", case.id))
}

/// What cases came to.
#[derive(Clone, Debug)]
pub struct Judged {
    /// A line for each case; or why nothing could be judged.
    pub lines: Result<Vec<CaseEvent>, String>,
}

impl Judged {
    /// Fails the test unless every case that can be judged passes, and one can. Where nothing can, for the
    /// sole reason that an operation is not meant to be there or the world lacks something, there is no
    /// failure.
    ///
    /// # Panics
    /// With every cause of failure, and one full example each.
    #[track_caller]
    pub fn conforms(&self) {
        assert!(self.is_conforming(), "{self}");
    }

    /// Whether every case that can be judged passes, and one can.
    pub fn is_conforming(&self) -> bool {
        let Ok(lines) = &self.lines else { return false };
        let passed = lines.iter().any(|line| line.outcome == Outcome::Pass);
        let fine = |line: &CaseEvent| match line.outcome {
            Outcome::Pass => true,
            Outcome::Unsupported => passed || is_declared(line),
            _ => false,
        };
        lines.iter().all(fine)
    }
}

/// Whether a case is not judged because of what was said: an operation is not meant to be there, the world
/// has no such account or resource, or it takes a hook, which nothing in this process has.
fn is_declared(line: &CaseEvent) -> bool {
    let declared = [ReasonKind::Operation, ReasonKind::World, ReasonKind::Hook];
    line.reason.as_ref().is_some_and(|reason| declared.contains(&reason.kind))
}

impl fmt::Display for Judged {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = match &self.lines {
            Ok(lines) => lines,
            Err(problem) => return writeln!(formatter, "nothing can be judged: {problem}"),
        };
        let count = |outcome| lines.iter().filter(|line| line.outcome == outcome).count();
        writeln!(
            formatter,
            "{} passed, {} failed, {} unsupported, {} inconclusive",
            count(Outcome::Pass),
            count(Outcome::Fail),
            count(Outcome::Unsupported),
            count(Outcome::Inconclusive),
        )?;
        let mut causes: BTreeMap<&Cause, (&CaseEvent, &Failure, usize)> = BTreeMap::new();
        for (line, failure) in
            lines.iter().filter_map(|line| Some((line, line.failure.as_deref()?)))
        {
            causes.entry(&failure.cause).or_insert((line, failure, 0)).2 += 1;
        }
        for (line, failure, cases) in causes.into_values() {
            writeln!(formatter, "\n{cases} cases, such as {}", line.id)?;
            writeln!(formatter, "  {}: {}", failure.check, failure.cause.observed)?;
            writeln!(formatter, "  rule {}", failure.rule.id)?;
            writeln!(formatter, "       {}", failure.rule.text)?;
            writeln!(formatter, "       {}", failure.rule.citation)?;
            writeln!(formatter, "{}", failure.diff)?;
            let shown = failure.exchanges.iter().filter(|each| each.step == failure.step);
            for exchange in shown {
                let (caller, operation) = (&exchange.caller, &exchange.operation);
                writeln!(formatter, "\n--- {} {operation} as {caller}", exchange.step)?;
                writeln!(formatter, "{}\n\n{}", exchange.request, exchange.response)?;
            }
        }
        let why = |line: &CaseEvent| {
            let reason = line.reason.as_ref()?;
            Some((reason.unlock.clone().unwrap_or_default(), reason.detail.clone()))
        };
        let mut unjudged: BTreeMap<(String, String), usize> = BTreeMap::new();
        for reason in lines.iter().filter_map(why) {
            *unjudged.entry(reason).or_default() += 1;
        }
        for ((unlock, detail), cases) in unjudged {
            writeln!(formatter, "\n{cases} cases need {unlock}: {detail}")?;
        }
        Ok(())
    }
}

/// A test for each group of cases of a [`Suite`](crate::library::Suite): for all groups of Alibaba's, or
/// for those that are named.
///
/// ```ignore
/// sharespec_runner::conformance!(Suite::alibaba(Mine::new));
/// sharespec_runner::conformance!(Suite::aws(Mine::new); disassociate);
/// ```
#[macro_export]
macro_rules! conformance {
    ($suite:expr) => {
        $crate::conformance!(@all $suite;
            accept, associate, authorization, check, combined, connection, create, delete,
            disassociate, enable, form, gateway, list_associations, list_invitations,
            list_shared_resources, list_shared_targets, list_shares, records, regions, reject,
            sequence, update, xml);
    };
    (@all $suite:expr; $($group:ident),+) => {
        $crate::conformance!($suite; $($group),+);

        #[test]
        fn every_other_group() {
            $suite.judge_others(&[$(stringify!($group)),+]).conforms();
        }
    };
    ($suite:expr; $($group:ident),+ $(,)?) => {
        $(
            #[test]
            fn $group() {
                $suite.judge_group(stringify!($group)).conforms();
            }
        )+
    };
}
