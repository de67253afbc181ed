//! `corpus`: folders of cases, and the distilled corpus that sharespec has with it.

use crate::arguments::{ApiName, CorpusArguments, CorpusCommand};
use crate::failure::Failure;
use crate::run::workers;
use anyhow::{Context, anyhow};
use sharespec_events::exit;
use sharespec_generators::fuzz::{Grammar, Scope, repair, sequence_of, size};
use sharespec_generators::hash;
use sharespec_model::world::World;
use sharespec_reference::platform::Platform;
use sharespec_runner::fuzz::{
    Corpus, Distilled, Explorer, Goal, Loaded, Until, distil, reach, touched, write_whole,
};
use sharespec_runner::selftest::setup_for;
use sharespec_runner::setup::Setup;
use sharespec_wire::case::Case;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Works on corpora.
pub fn corpus(arguments: &CorpusArguments) -> Result<u8, Failure> {
    let bench = Bench::new(arguments.api.api)?;
    match &arguments.command {
        CorpusCommand::Stats { dir } => bench.stats(dir)?,
        CorpusCommand::Prune { dir, most } => bench.prune(dir, *most)?,
        CorpusCommand::Merge { from, into } => bench.merge(from, into)?,
        CorpusCommand::Migrate { dir } => bench.migrate(dir)?,
        CorpusCommand::Distil { to, cases, seed } => {
            let own = || PathBuf::from(format!("fixtures/corpus/{}.jsonl", bench.name.name()));
            bench.distil(&to.clone().unwrap_or_else(own), *cases, *seed)?;
        }
    }
    Ok(exit::CONFORMS)
}

/// The reference implementation, on which cases are measured.
struct Bench {
    name: ApiName,
    api: Arc<dyn Platform>,
    grammar: Box<dyn Grammar>,
}

impl Bench {
    fn new(name: ApiName) -> Result<Self, Failure> {
        let api = name.service(World::from_json(name.extended_world())?, &[])?;
        let grammar = name.grammar(&api.world().file);
        Ok(Self { name, api, grammar })
    }

    fn setup(&self) -> Setup {
        setup_for(&self.api, &[], 1)
    }

    /// The cases of a folder; that none can be read is a mistake, and so is an empty folder.
    fn load(dir: &Path) -> Result<Loaded, Failure> {
        if !dir.is_dir() {
            return Err(Failure::usage(anyhow!("there is no folder {}", dir.display())));
        }
        let (_, loaded) = Corpus::open(Some(dir)).map_err(Failure::usage)?;
        for why in &loaded.rejected {
            anstream::eprintln!("rejected: {why}");
        }
        match loaded.cases.is_empty() {
            true => Err(Failure::usage(anyhow!("there is no case in {}", dir.display()))),
            false => Ok(loaded),
        }
    }

    fn stats(&self, dir: &Path) -> Result<(), Failure> {
        let Loaded { cases, rejected, .. } = Self::load(dir)?;
        let reached = touched(&self.setup(), &cases, workers());
        let all: BTreeSet<&Goal> = reached.iter().flatten().collect();
        let reach = reach(all.iter().copied());
        let calls: usize = cases.iter().map(|case| size(case)[0]).sum();
        let needless = reached.iter().filter(|goals| goals.is_empty()).count();
        anstream::println!("{} cases loaded, {} rejected", cases.len(), rejected.len());
        anstream::println!("{calls} steps, {:.1} a case", calls as f64 / cases.len() as f64);
        anstream::println!(
            "{} conditions, {} pairs, {} transitions on the reference implementation; {needless} \
             cases do not pass there or reach nothing",
            reach.conditions,
            reach.pairs,
            reach.transitions
        );
        Ok(())
    }

    fn prune(&self, dir: &Path, most: usize) -> Result<(), Failure> {
        let Loaded { cases, paths, .. } = Self::load(dir)?;
        let reached = touched(&self.setup(), &cases, workers());
        // What brings nothing that others do not have goes first; of two alike the later one.
        let mut seen: BTreeSet<&Goal> = BTreeSet::new();
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (place, goals) in reached.iter().enumerate() {
            order.push((goals.iter().filter(|goal| seen.insert(goal)).count(), place));
        }
        order.sort_by_key(|(new, place)| (std::cmp::Reverse(*new), *place));
        let mut gone = 0;
        for (_, place) in order.into_iter().skip(most) {
            if let Some(path) = paths.get(place) {
                removed(path)?;
                gone += 1;
            }
        }
        anstream::println!("{} cases, {gone} of them removed", cases.len());
        Ok(())
    }

    fn merge(&self, from: &[PathBuf], into: &Path) -> Result<(), Failure> {
        let (mut corpus, there) = Corpus::open(Some(into)).map_err(Failure::usage)?;
        let before = there.cases.len();
        for dir in from {
            for case in Self::load(dir)?.cases {
                corpus.keep(&*self.grammar, case).map_err(Failure::usage)?;
            }
        }
        let after = Corpus::open(Some(into)).map_err(Failure::usage)?.1.cases.len();
        anstream::println!("{before} cases before, {after} after");
        Ok(())
    }

    /// Writes every case as this version does: what it no longer has is taken out, and what became alike
    /// is one.
    fn migrate(&self, dir: &Path) -> Result<(), Failure> {
        let Loaded { cases, paths, rejected } = Self::load(dir)?;
        let mut corpus = Corpus::empty(dir);
        for case in &cases {
            corpus.keep(&*self.grammar, case.clone()).map_err(Failure::usage)?;
        }
        let kept = corpus.names();
        let old = paths.iter().filter(|path| !kept.contains(&name_of(path)));
        let count = old.map(|path| removed(path)).collect::<Result<Vec<_>, _>>()?.len();
        anstream::println!(
            "{} cases read, {count} of them under another name now, {} files are no cases",
            cases.len(),
            rejected.len()
        );
        Ok(())
    }

    /// Explores the reference implementation and some variants of it, and writes the few cases that reach all
    /// that was reached.
    fn distil(&self, to: &Path, count: u64, seed: u64) -> Result<(), Failure> {
        let library: Vec<Case> = self.name.cases().iter().map(|case| self.sequence(case)).collect();
        let mut cases = library.clone();
        for (round, changes) in [&[][..]]
            .into_iter()
            .chain(self.api.catalogue().variants.chunks(1).step_by(10))
            .enumerate()
        {
            let setup = setup_for(&self.api, changes, seed + round as u64);
            let corpus = (Corpus::default(), Vec::new());
            let mut explorer = Explorer::new(&setup, &*self.grammar, corpus, &library, workers());
            let until =
                Until { cases: Some(if round == 0 { count } else { count / 10 }), time: None };
            explorer.explore(until, &mut |_| true).map_err(Failure::usage)?;
            cases.extend(explorer.into_corpus().cases);
        }
        let setup = self.setup();
        let mut distilled = distil(&setup, cases, workers());
        for case in &mut distilled.cases {
            *case = self.sequence(case);
        }
        distilled.cases.sort_by(|one, other| one.id.cmp(&other.id));
        let mut text = String::new();
        for case in &distilled.cases {
            text.push_str(&serde_json::to_string(case)?);
            text.push('\n');
        }
        write_whole(to, text.as_bytes()).map_err(Failure::usage)?;
        let Distilled { cases, reach, of } = distilled;
        let steps: usize = cases.iter().map(|case| size(case)[0]).sum();
        anstream::println!(
            "{} of {of} cases, {steps} steps: {} conditions, {} pairs, {} transitions",
            cases.len(),
            reach.conditions,
            reach.pairs,
            reach.transitions
        );
        Ok(())
    }

    /// A case as a made-up one, with the name of its content.
    fn sequence(&self, case: &Case) -> Case {
        let mut made = repair(&*self.grammar, &Scope::default(), "", sequence_of(case));
        made.one_connection = case.one_connection;
        made.id = format!("{}/{}", self.grammar.prefix(), hash(&made));
        made
    }
}

/// The name of a case in a folder.
fn name_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn removed(path: &Path) -> Result<(), Failure> {
    let removed = std::fs::remove_file(path);
    removed.with_context(|| format!("cannot remove {}", path.display())).map_err(Failure::usage)
}
