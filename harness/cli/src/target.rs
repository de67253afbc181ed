//! From settings to a target that is ready: started if need be, reset, seeded, and found fit to be
//! judged.

use crate::arguments::{ApiName, Scope, TargetArguments};
use crate::failure::Failure;
use crate::given::signing_name;
use crate::scope;
use crate::seeding;
use crate::settings::{Asked, Hook, Settings};
use crate::signals;
use anyhow::{Context, anyhow};
use sharespec_events::exit;
use sharespec_model::world::{SeededShare, World};
use sharespec_oracles::readings::Told;
use sharespec_reference::change::Change;
use sharespec_reference::pipeline::Blueprint;
use sharespec_reference::platform::Platform;
use sharespec_runner::client::{Access, Secret};
use sharespec_runner::hooks::{HookCall, Hooks};
use sharespec_runner::ledger::{Heading, Ledger};
use sharespec_runner::life::Life;
use sharespec_runner::manner::{Identity, Keys, Manner};
use sharespec_runner::preflight::{Notes, preflight};
use sharespec_runner::process::{Process, free_port};
use sharespec_runner::seeds::Seeds;
use sharespec_runner::setup::{Abilities, Pace, Setup, Target};
use sharespec_runner::url::UrlTarget;
use sharespec_wire::case::Case;
use sharespec_wire::form;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What is in force for a command line.
pub fn settings(target: &TargetArguments, scope: &Scope) -> Result<Settings, Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    let mut asked =
        Asked { target: target.target.clone(), set: target.set.clone(), flags: Vec::new() };
    let mut flag = |flag, key, text: Option<String>| {
        asked.flags.extend(text.map(|text| (flag, key, text)));
    };
    flag("--jobs", "jobs", target.jobs.clone());
    flag("--timeout", "timeout", target.timeout.clone());
    flag("--settle", "settle", target.settle.clone());
    let signing = target.signing.map(signing_name);
    flag("--signing", "signing", signing.map(str::to_owned));
    let world = scope.world.as_ref().map(|path| path.display().to_string());
    // The command line takes this one from the environment too.
    flag(
        "--world",
        "world",
        world.filter(|path| variable("SHARESPEC_WORLD").as_ref() != Some(path)),
    );
    // A target of the file may say which API it is of.
    let api = Some(scope.api.name().to_owned()).filter(|_| scope.api != ApiName::default());
    flag("--api", "api", api);
    let documents = Some(scope.documents.join(",")).filter(|text| !text.is_empty());
    flag("--document", "documents", documents);
    let directory = std::env::current_dir()?;
    Settings::resolve(&asked, &variable, &directory).map_err(Failure::usage)
}

/// A target that is ready to be judged.
pub struct Prepared {
    /// What all cases have in common.
    pub setup: Setup,
    /// The name of the world.
    pub world: String,
    /// What a person should know.
    pub notes: Notes,
}

/// Starts, resets, seeds and probes the target.
pub fn prepared(
    settings: &Settings,
    changes: &[Change],
    seed: u64,
    limit: Option<Duration>,
    cases: &[Case],
) -> Result<Prepared, Failure> {
    if !settings.builtin && !changes.is_empty() {
        return Err(Failure::usage(anyhow!(
            "variants and faults are of the target `builtin` only"
        ))
        .hint("`sharespec serve --fault NAME` serves one over HTTP"));
    }
    let (name, world, scope) = surroundings(settings)?;
    let api = |world| scope.api.service(world, &scope.documents);
    if settings.builtin {
        let api = api(world)?;
        let blueprint = Blueprint::new(Arc::clone(&api), changes).checking_signatures(true);
        let target = Target::Builtin(Arc::new(blueprint));
        let mut setup = setup(settings, api, target, Manner::default(), seed);
        setup.abilities = Abilities::of_builtin();
        setup.life = Arc::new(Life::new(limit, Duration::MAX, None));
        return Ok(Prepared { setup, world: name, notes: Notes::new() });
    }
    let mut notes = Notes::new();
    let (url, manner) = way(settings, &world)?;
    reset(&url, &manner, &mut notes)?;
    let mut setup = setup(settings, api(world)?, Target::Url(url), manner, seed);
    let case = Duration::from_millis(settings.number("deadline").unwrap_or(600_000));
    setup.life = Arc::new(Life::new(limit, case, ledger(&setup, &mut notes)));
    let mut setup = probed(setup, &mut notes)?;
    setup.seeds = Arc::new(seeded(&setup, cases, &mut notes)?);
    if settings.flag("tls.insecure") {
        let text = "INSECURE: `tls.insecure` is set, so any certificate of the target will do";
        anstream::eprintln!("warning: {text}");
        notes.insert(0, text.to_owned());
    }
    Ok(Prepared { setup, world: name, notes })
}

/// The world of settings, its name, and what is in force.
fn surroundings(settings: &Settings) -> Result<(String, World, Scope), Failure> {
    let scope = Scope {
        world: settings.path("world").map(Path::to_owned),
        documents: settings.texts("documents").to_vec(),
        api: ApiName::named(settings.text("api")),
    };
    let (name, world) = scope::world(&scope)?;
    Ok((name, world, scope))
}

/// The way to a server, which is started if need be.
fn way(settings: &Settings, world: &World) -> Result<(Arc<UrlTarget>, Manner), Failure> {
    roles_are_there(settings, world)?;
    let mut manner = manner(settings)?;
    let url = reached(settings, &mut manner)?;
    Ok((url, manner))
}

/// A server that is to be called, but not judged.
pub fn unprobed(settings: &Settings) -> Result<Setup, Failure> {
    let (_, world, scope) = surroundings(settings)?;
    let (url, manner) = way(settings, &world)?;
    let api = scope.api.service(world, &scope.documents)?;
    Ok(setup(settings, api, Target::Url(url), manner, 1))
}

/// The ledger of a run. Without one, names that begin with the prefix are all there is.
fn ledger(setup: &Setup, notes: &mut Notes) -> Option<Ledger> {
    let heading = Heading {
        target: setup.target_name.clone(),
        url: setup.base_url(),
        api: setup.api.world().file.api.clone(),
        prefix: setup.prefix.clone(),
    };
    let folder = ledgers();
    match Ledger::create(&folder, &heading) {
        Ok(ledger) => Some(ledger),
        Err(error) => {
            notes.push(format!(
                "no ledger can be kept in {} ({error}): what an interrupted run leaves behind has \
                 names that begin with {}",
                folder.display(),
                setup.prefix
            ));
            None
        }
    }
}

/// Where ledgers are kept: `sharespec` in the folder for the state of programs.
pub fn ledgers() -> PathBuf {
    let folder = |name: &str| std::env::var_os(name).filter(|path| !path.is_empty());
    let state = folder("XDG_STATE_HOME").map(PathBuf::from);
    let home = || folder("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    state.or_else(home).unwrap_or_else(std::env::temp_dir).join("sharespec")
}

fn setup(
    settings: &Settings,
    api: Arc<dyn Platform>,
    target: Target,
    manner: Manner,
    seed: u64,
) -> Setup {
    let signed = manner.identity == Identity::Keys;
    let signing = match settings.text("signing") {
        "v2" => form::Signing::Older,
        "none" => form::Signing::Unsigned,
        "" if !signed => form::Signing::Unsigned,
        _ => form::Signing::Newest,
    };
    let pace = Pace::default();
    Setup {
        form: api.plain_form(signing),
        told: Told::of(api.spec()),
        api,
        target,
        prefix: prefix(settings.builtin),
        strict: false,
        levels: None,
        abilities: Abilities::default(),
        pace: Pace {
            settle_deadline: settings.number("settle").unwrap_or(pace.settle_deadline),
            ..pace
        },
        seed,
        target_name: settings.name.clone(),
        held: None,
        known: None,
        given: String::new(),
        seen: Arc::new(Mutex::default()),
        manner,
        life: Arc::default(),
        seeds: Arc::default(),
        watch: None,
    }
}

/// What the names of shares and nonces begin with: on a server, another for each run.
fn prefix(builtin: bool) -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    match builtin {
        true => "ss-".to_owned(),
        false => format!("ss-{:x}-", since.as_micros()),
    }
}

/// The spellings of every secret of a target.
pub fn spellings(setup: &Setup) -> Vec<String> {
    spelled(&setup.secrets())
}

fn spelled(secrets: &[String]) -> Vec<String> {
    sharespec_wire::spellings(&secrets.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Every role that settings speak of must be one of the world.
fn roles_are_there(settings: &Settings, world: &World) -> Result<(), Failure> {
    for role in settings.names_after("roles.") {
        if world.account(role).is_none() {
            return Err(Failure::usage(settings.problem(
                &format!("roles.{role}."),
                &format!("the world has no account `{role}`"),
            )));
        }
    }
    let single = settings.text("identity") == "single";
    match single && world.account(settings.text("role")).is_none() {
        true => {
            let text = format!("the world has no account `{}`", settings.text("role"));
            Err(Failure::usage(settings.problem("role", &text)))
        }
        false => Ok(()),
    }
}

fn manner(settings: &Settings) -> Result<Manner, Failure> {
    let identity = match settings.text("identity") {
        "headers" => Identity::Headers,
        "single" => Identity::Single(settings.text("role").to_owned()),
        _ => Identity::Keys,
    };
    let mut manner = Manner::of(identity, settings.absent().into_iter().collect());
    manner.checks_signatures = match settings.text("signatures") {
        "checked" => Some(true),
        "unchecked" => Some(false),
        _ => None,
    };
    manner.present = settings.texts("operations.present").iter().cloned().collect();
    let mut secrets = Vec::new();
    let mut headers = |prefix: &str| -> Result<Vec<(String, String)>, Failure> {
        let mut headers = Vec::new();
        for name in settings.names_after(prefix) {
            let found = settings.text_or_secret(&format!("{prefix}{name}"));
            let (value, secret) = found.map_err(Failure::usage)?;
            secrets.extend(secret.then(|| value.clone()));
            headers.push((name.to_owned(), value));
        }
        Ok(headers)
    };
    manner.headers = headers("headers.")?;
    for role in settings.names_after("roles.") {
        let own = headers(&format!("roles.{role}.headers."))?;
        manner.role_headers.insert(role.to_owned(), own);
        let key = format!("roles.{role}.key");
        let secret =
            |part| settings.secret(&format!("roles.{role}.{part}")).map_err(Failure::usage);
        let keys = Keys {
            id: settings.has(&key).then(|| settings.text(&key).to_owned()),
            secret: secret("secret")?,
            token: secret("token")?,
        };
        manner.keys.insert(role.to_owned(), keys);
    }
    manner.secrets = secrets;
    Ok(manner)
}

/// The way to the target, which is started if it has a command.
fn reached(settings: &Settings, manner: &mut Manner) -> Result<Arc<UrlTarget>, Failure> {
    let start = settings.command("start");
    let url = match settings.text("url") {
        "" => "http://127.0.0.1:{port}",
        url => url,
    };
    let free = url.contains("{port}") || start.is_some_and(|start| start.mentions("{port}"));
    let port = if free { free_port()?.to_string() } else { String::new() };
    let url = url.replace("{port}", &port);
    let (base, path) = split(&url);
    manner.path = match (path, settings.text("path")) {
        ("" | "/", "/") => String::new(),
        ("" | "/", path) => path.to_owned(),
        (path, "/") => path.to_owned(),
        (_, _) => {
            let text = "`url` has a path already: write it once";
            return Err(Failure::usage(settings.problem("path", text)));
        }
    };
    manner.hooks = hooks(settings, base, &port)?;
    let target = UrlTarget::with(base, access(settings)?, manner.hooks.clone());
    let target = Arc::new(target.map_err(Failure::usage)?);
    if let Some(start) = start {
        let command = start.filled("{port}", &port).filled("{url}", base);
        let wait = Duration::from_millis(settings.number("wait").unwrap_or(30_000));
        let process = block_on(Process::start(command, target.addresses().to_vec(), wait))?;
        let process = process.map_err(|error| {
            let text = hidden(&error.to_string(), &spelled(&manner.own_secrets()));
            Failure::usage(anyhow!(text)).code(exit::INCONCLUSIVE)
        })?;
        signals::end_with(Arc::downgrade(&process));
        manner.process = Some(process);
    }
    Ok(target)
}

/// A URL as what comes before the path, and the path.
fn split(url: &str) -> (&str, &str) {
    let authority = url.find("://").filter(|_| !url.starts_with('/')).map_or(0, |at| at + 3);
    let slash = url.get(authority..).and_then(|rest| rest.find('/'));
    slash.and_then(|at| url.split_at_checked(authority + at)).unwrap_or((url, ""))
}

fn access(settings: &Settings) -> Result<Access, Failure> {
    let file = |name: &str| -> Result<Option<Vec<u8>>, Failure> {
        let Some(path) = settings.path(name) else { return Ok(None) };
        let read = std::fs::read(path)
            .with_context(|| format!("{} of `{name}` cannot be read", path.display()));
        read.map(Some).map_err(Failure::usage)
    };
    let certificate = match (file("tls.certificate")?, file("tls.key")?) {
        (Some(mut pem), key) => {
            pem.push(b'\n');
            pem.extend(key.unwrap_or_default());
            Some(Secret(pem))
        }
        (None, _) => None,
    };
    Ok(Access {
        timeout: Duration::from_millis(settings.number("timeout").unwrap_or(5000)),
        jobs: settings.number("jobs").and_then(|jobs| usize::try_from(jobs).ok()).unwrap_or(32),
        host: Some(settings.text("host").to_owned()).filter(|host| !host.is_empty()),
        authorities: file("tls.ca")?,
        certificate,
        insecure: settings.flag("tls.insecure"),
        proxy: Some(settings.text("proxy").to_owned()).filter(|proxy| !proxy.is_empty()),
        rate: settings.number("rate").and_then(|rate| u32::try_from(rate).ok()),
    })
}

fn hooks(settings: &Settings, base: &str, port: &str) -> Result<Hooks, Failure> {
    let call = |name: &str| -> Result<Option<HookCall>, Failure> {
        Ok(match settings.hook(&format!("hooks.{name}")) {
            None => None,
            Some(Hook::Command(command)) => {
                Some(HookCall::Command(command.filled("{port}", port).filled("{url}", base)))
            }
            Some(Hook::Post(url)) => {
                let url = url.replace("{port}", port);
                let (server, path) = split(&url);
                let timeout = Duration::from_secs(30);
                let server = match server.is_empty() {
                    true => None,
                    false => {
                        let server = UrlTarget::new(server, timeout, 1).map_err(Failure::usage)?;
                        Some(Arc::new(server))
                    }
                };
                Some(HookCall::Post { server, path: path.to_owned() })
            }
        })
    };
    Ok(Hooks {
        reset: call("reset")?,
        seed: call("seed")?,
        clock: call("clock")?,
        hold: call("hold")?,
        release: call("release")?,
    })
}

/// Takes the target back to how it was, if it has a hook for that.
fn reset(target: &UrlTarget, manner: &Manner, notes: &mut Notes) -> Result<(), Failure> {
    if let Some(reset) = &manner.hooks.reset {
        let done = block_on(reset.call(target, 0, ""))?;
        done.map_err(|error| hook_failed("reset", &error, manner))?;
        notes.push("the target was reset".to_owned());
    }
    Ok(())
}

fn hook_failed(hook: &str, error: &str, manner: &Manner) -> Failure {
    let error = hidden(error, &spelled(&manner.own_secrets()));
    Failure::usage(anyhow!("`hooks.{hook}`: {error}")).code(exit::INCONCLUSIVE)
}

/// The shares that cases are played on that cannot be set up by calls: those of the world, and those
/// that the seed hook makes.
fn seeded(setup: &Setup, cases: &[Case], notes: &mut Notes) -> Result<Seeds, Failure> {
    let world = setup.api.world();
    let hook = setup.manner.hooks.seed.as_ref();
    let mut seeds = Seeds::new(setup, cases, hook.is_some());
    let there = world.file.shares.iter().filter(|share| !share.id.is_empty());
    let mut there: Vec<SeededShare> = there.cloned().collect();
    seeds.give(world, &there);
    let mut wishes = seeding::of_world(&world.file);
    let (Some(hook), Target::Url(target)) = (hook, &setup.target) else {
        if !wishes.is_empty() {
            let (lacking, all) = (wishes.len(), world.file.shares.len());
            notes.push(format!(
                "there is no `hooks.seed` for {lacking} of the {all} shares of the world"
            ));
        }
        return Ok(seeds);
    };
    wishes.extend(seeds.wishes(&setup.prefix));
    let wanted = seeding::written(&world.file, target.base(), &wishes);
    let answer = block_on(hook.call(target, 0, &wanted))?;
    let answer = answer.map_err(|error| hook_failed("seed", &error, &setup.manner))?;
    let made = seeding::granted(&wishes, &answer, notes).map_err(|error| {
        Failure::usage(anyhow!("`hooks.seed`: {error}"))
            .hint("it answers {\"shares\": [{\"name\": NAME, \"id\": ID}]}")
    })?;
    there.extend(made);
    seeds.give(world, &there);
    Ok(seeds)
}

/// Preflight.
fn probed(mut setup: Setup, notes: &mut Notes) -> Result<Setup, Failure> {
    match block_on(preflight(&setup))? {
        Ok((abilities, found)) => {
            setup.abilities = abilities;
            notes.extend(found);
            Ok(setup)
        }
        Err(error) => {
            let code = if error.is_unreachable() { exit::INCONCLUSIVE } else { exit::USAGE };
            let hint = error.hint();
            let mut text = error.to_string();
            let process = setup.manner.process.as_ref();
            if let Some((process, status)) = process.and_then(|each| Some((each, each.ended()?))) {
                let said = process.said();
                text.push_str(&format!(
                    "; its process ended ({status}) and said:\n{}",
                    said.trim()
                ));
            }
            let text = hidden(&text, &spellings(&setup));
            Err(Failure::usage(anyhow!(text)).hint(hint).code(code))
        }
    }
}

fn hidden(text: &str, secrets: &[String]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "***"))
}

/// Waits for something on this thread.
pub fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(future))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_url_is_split_before_its_path() {
        assert_eq!(split("http://h:1/a/b"), ("http://h:1", "/a/b"));
        assert_eq!(split("http://h:1"), ("http://h:1", ""));
        assert_eq!(split("/a?b=http://x/"), ("", "/a?b=http://x/"));
    }
}
