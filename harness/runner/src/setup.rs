//! What all cases of a run have in common: the API, the target, and how it is called.

use crate::builtin::Builtin;
use crate::connection::Connection;
use crate::footprint::Watch;
use crate::hold::Hold;
use crate::in_process::Maker;
use crate::known::KnownFailures;
use crate::life::Life;
use crate::manner::Manner;
use crate::seeds::Seeds;
use crate::url::{UrlConnection, UrlTarget};
use sharespec_events::Level;
use sharespec_oracles::request_ids::SeenRequestIds;
use sharespec_reference::pipeline::Blueprint;
use sharespec_reference::platform::Platform;
use sharespec_wire::form::Form;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// What a run's cases are played against.
#[derive(Clone)]
pub enum Target {
    /// The reference implementation in this process.
    Builtin(Arc<Blueprint>),
    /// An implementation in this process.
    InProcess(Maker),
    /// A server.
    Url(Arc<UrlTarget>),
}

/// What is known of a target before the first case.
#[derive(Clone, Debug, Default)]
pub struct Abilities {
    /// Operations that the target does not have.
    pub absent: BTreeSet<String>,
    /// Whether the hooks of the reference server are there.
    pub hooks: bool,
    /// Whether calls of different accounts are told apart.
    pub tells_accounts_apart: bool,
    /// Whether signatures are checked.
    pub checks_signatures: bool,
    /// How long a transition takes at most, as far as was seen, in milliseconds.
    pub settling: u64,
    /// Whether a transition was waited for in vain.
    pub never_settles: bool,
}

impl Abilities {
    /// What is known of the reference implementation in this process, which checks signatures.
    pub fn of_builtin() -> Self {
        Self {
            hooks: true,
            tells_accounts_apart: true,
            checks_signatures: true,
            settling: 250,
            ..Self::default()
        }
    }
}

/// How cases are played.
#[derive(Clone, Debug)]
pub struct Pace {
    /// How long to wait for transitions to end, in milliseconds.
    pub settle_deadline: u64,
    /// How often an answer that asks to be repeated is repeated.
    pub attempts: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { settle_deadline: 30_000, attempts: 12 }
    }
}

/// What all cases of a run have in common.
#[derive(Clone)]
pub struct Setup {
    /// The API.
    pub api: Arc<dyn Platform>,
    /// The target.
    pub target: Target,
    /// How requests are written unless a case says otherwise.
    pub form: Form,
    /// What the names of shares begin with.
    pub prefix: String,
    /// Whether warnings fail.
    pub strict: bool,
    /// The levels of rules in an edition of the suite, by id; a rule that it does not have warns.
    pub levels: Option<Arc<BTreeMap<String, Level>>>,
    /// What is known of the target.
    pub abilities: Abilities,
    /// How cases are played.
    pub pace: Pace,
    /// The seed of the run.
    pub seed: u64,
    /// How the target is named in a line that reproduces a case.
    pub target_name: String,
    /// The recorded behaviour that the target is held to.
    pub held: Option<Arc<Hold>>,
    /// What else was asked for that decides what cases come to, as a line that reproduces one has it: it
    /// begins with a blank, or is empty.
    pub given: String,
    /// The failures that are known.
    pub known: Option<Arc<KnownFailures>>,
    /// The request ids that were seen on a server, in a window.
    pub seen: Arc<Mutex<SeenRequestIds>>,
    /// How the target wants to be called.
    pub manner: Manner,
    /// When it ends, and what is still to be taken away.
    pub life: Arc<Life>,
    /// The readings about replies that the open points have: see `Told::of`.
    pub told: u64,
    /// The shares that are used instead of set-up.
    pub seeds: Arc<Seeds>,
    /// Where what the calls of each case touched is left, if anybody asks.
    pub watch: Option<Arc<Watch>>,
}

impl Setup {
    /// The same for another thread, whose connections to the target are its own.
    pub fn apart(&self) -> Self {
        let target = match &self.target {
            Target::Builtin(_) | Target::InProcess(_) => self.target.clone(),
            Target::Url(target) => Target::Url(Arc::new(target.apart())),
        };
        Self { target, ..self.clone() }
    }

    /// The same for a later round, counted from zero: with another seed, as a run of its own would have it.
    pub fn in_round(&self, round: usize) -> Self {
        let seed = self.seed.wrapping_add(u64::try_from(round).unwrap_or(u64::MAX));
        Self { seed, ..self.clone() }
    }

    /// Waits until a request could be sent, behind those that wait already.
    pub async fn turn(&self) {
        if let Target::Url(target) = &self.target {
            target.turn().await;
        }
    }

    /// A way to the target for one case.
    ///
    /// # Errors
    /// A text that says why there is none.
    pub fn connect(&self, one_connection: bool, seed: u64) -> Result<Connection, String> {
        match &self.target {
            Target::Builtin(blueprint) => {
                let builtin = Builtin::new(Arc::clone(blueprint), seed);
                Ok(Connection::Builtin(Box::new(builtin)))
            }
            Target::InProcess(maker) => Ok(Connection::InProcess(maker.make())),
            Target::Url(target) => {
                let hooks = self.abilities.hooks;
                let connection = UrlConnection::new(Arc::clone(target), one_connection, hooks);
                connection
                    .map(|url| Connection::Url(Box::new(url)))
                    .map_err(|error| error.to_string())
            }
        }
    }
}

impl Setup {
    /// Whether each case has a target of its own.
    pub fn is_private(&self) -> bool {
        matches!(self.target, Target::Builtin(_))
    }

    /// The URL of the target, for a line that repeats a request.
    pub fn base_url(&self) -> String {
        match &self.target {
            Target::Builtin(_) | Target::InProcess(_) => "http://127.0.0.1:8080".to_owned(),
            Target::Url(target) => target.base().to_owned(),
        }
    }

    /// The line that plays one case again.
    pub fn reproduce(&self, case: &str) -> String {
        let chosen = self.api.spec().documents.iter().map(|document| document.id.as_str());
        let newest = self.api.library().newest;
        let older = chosen.filter(|id| !newest.contains(id));
        let documents: String = older.map(|id| format!(" --document {id}")).collect();
        let held = self.held.as_ref().map(|held| format!(" --hold-to '{}'", held.name()));
        let held = held.unwrap_or_default();
        let (target, seed, given) = (&self.target_name, self.seed, &self.given);
        if let Target::InProcess(_) = &self.target {
            return format!("suite.judge({case:?}).conforms()");
        }
        let api = match self.api.spec().api.as_str() {
            "alibaba" => String::new(),
            other => format!(" --api {other}"),
        };
        format!(
            "sharespec run '{case}'{api} --target {target}{documents} --seed {seed}{held}{given}"
        )
    }
}
