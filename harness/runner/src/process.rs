//! A target that is started by a command: in a process group of its own, waited for until it
//! listens, started again after it ended, and ended as a whole at the end, errors included.

use rustix::process::{Pid, Signal, kill_process_group};
use std::collections::VecDeque;
use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// How much of what a process says on stderr is kept, in bytes.
const KEPT: usize = 8 * 1024;

/// How long a process may take to end before it is killed.
const GRACE: Duration = Duration::from_secs(2);

/// A connection may be closed a moment before its process can be seen to have ended.
const REAPING: Duration = Duration::from_millis(300);

/// A command, and where it is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A text for the shell.
    Shell {
        /// The text.
        text: String,
        /// Where it is run.
        directory: PathBuf,
    },
    /// A program and its arguments.
    Words {
        /// The program first.
        words: Vec<String>,
        /// Where it is run.
        directory: PathBuf,
    },
}

impl Command {
    /// A text for the shell.
    pub fn shell(text: &str, directory: &Path) -> Self {
        Self::Shell { text: text.to_owned(), directory: directory.to_owned() }
    }

    /// The command with `{name}` replaced.
    #[must_use]
    pub fn filled(&self, name: &str, value: &str) -> Self {
        let fill = |text: &String| text.replace(name, value);
        match self {
            Self::Shell { text, directory } => {
                Self::Shell { text: fill(text), directory: directory.clone() }
            }
            Self::Words { words, directory } => Self::Words {
                words: words.iter().map(fill).collect(),
                directory: directory.clone(),
            },
        }
    }

    /// Whether `{name}` stands in the command.
    pub fn mentions(&self, name: &str) -> bool {
        match self {
            Self::Shell { text, .. } => text.contains(name),
            Self::Words { words, .. } => words.iter().any(|word| word.contains(name)),
        }
    }

    /// The command as the system takes it, in a process group of its own.
    pub(crate) fn to_std(&self) -> std::process::Command {
        let (mut command, directory) = match self {
            Self::Shell { text, directory } => {
                let mut command = std::process::Command::new("/bin/sh");
                command.arg("-c").arg(text);
                (command, directory)
            }
            Self::Words { words, directory } => {
                let (program, arguments) = words
                    .split_first()
                    .map_or(("", words.as_slice()), |(first, rest)| (first, rest));
                let mut command = std::process::Command::new(program);
                command.args(arguments);
                (command, directory)
            }
        };
        if directory.is_dir() {
            command.current_dir(directory);
        }
        command.process_group(0);
        command
    }
}

/// Why a target could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The command cannot be run.
    #[error("the command of `start` cannot be run: {0}")]
    Spawn(#[from] std::io::Error),
    /// Something else is there.
    #[error("something listens at {0} already, before `start` was run")]
    Taken(SocketAddr),
    /// It ended before it listened.
    #[error("the command of `start` ended ({status}) before it listened at {address}{said}")]
    Ended {
        /// How it ended.
        status: ExitStatus,
        /// Where it should have listened.
        address: String,
        /// What it said on stderr.
        said: String,
    },
    /// It does not listen.
    #[error("the command of `start` does not listen at {address} after {waited} ms{said}")]
    Deaf {
        /// Where it should have listened.
        address: String,
        /// How long was waited, in milliseconds.
        waited: u128,
        /// What it said on stderr.
        said: String,
    },
}

/// A free port of this machine.
///
/// # Errors
/// If the system gives none.
pub fn free_port() -> std::io::Result<u16> {
    TcpListener::bind(("127.0.0.1", 0))?.local_addr().map(|address| address.port())
}

/// A target that was started.
#[derive(Debug)]
pub struct Process {
    command: Command,
    addresses: Vec<SocketAddr>,
    wait: Duration,
    state: Mutex<State>,
    /// Cases hold it shared; whoever starts the process again, or needs it alone, holds it alone.
    gate: RwLock<()>,
}

#[derive(Debug, Default)]
struct State {
    child: Option<Child>,
    ended: Option<ExitStatus>,
    said: Arc<Mutex<VecDeque<u8>>>,
    /// Why it cannot be started again.
    dead: Option<String>,
}

impl Process {
    /// Starts a command and waits until one of the addresses accepts connections.
    ///
    /// # Errors
    /// [`StartError`]; nothing is left running then.
    pub async fn start(
        command: Command,
        addresses: Vec<SocketAddr>,
        wait: Duration,
    ) -> Result<Arc<Self>, StartError> {
        for address in &addresses {
            if listens(&[*address]).await {
                return Err(StartError::Taken(*address));
            }
        }
        let (state, gate) = (Mutex::default(), RwLock::new(()));
        let process = Self { command, addresses, wait, state, gate };
        process.spawn().await?;
        Ok(Arc::new(process))
    }

    async fn spawn(&self) -> Result<(), StartError> {
        let mut command = self.command.to_std();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let said = Arc::new(Mutex::default());
        if let Some(stderr) = child.stderr.take() {
            let said = Arc::clone(&said);
            std::thread::spawn(move || keep(stderr, &said));
        }
        *self.state() = State { child: Some(child), ended: None, said, dead: None };
        self.until_it_listens().await
    }

    async fn until_it_listens(&self) -> Result<(), StartError> {
        let began = Instant::now();
        let address = || self.addresses.first().map_or_else(String::new, ToString::to_string);
        while !listens(&self.addresses).await {
            // One that ended well may have left a server behind.
            if let Some(status) = self.ended().filter(|status| !status.success()) {
                tokio::time::sleep(REAPING).await;
                return Err(StartError::Ended {
                    status,
                    address: address(),
                    said: self.said_after(),
                });
            }
            if began.elapsed() > self.wait {
                let waited = self.wait.as_millis();
                let said = self.said_after();
                self.end();
                return Err(StartError::Deaf { address: address(), waited, said });
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How it ended, if it has.
    pub fn ended(&self) -> Option<ExitStatus> {
        let mut state = self.state();
        if state.ended.is_none() {
            state.ended = state.child.as_mut().and_then(|child| child.try_wait().ok().flatten());
        }
        state.ended
    }

    /// How it ended, if it has or is about to.
    pub async fn ended_soon(&self) -> Option<ExitStatus> {
        let began = Instant::now();
        loop {
            let ended = self.ended();
            // Also when it has: what it said last is still to be read.
            tokio::time::sleep(Duration::from_millis(20)).await;
            if ended.is_some() || began.elapsed() > REAPING {
                return ended;
            }
        }
    }

    /// The last that it said on stderr.
    pub fn said(&self) -> String {
        let said = Arc::clone(&self.state().said);
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(said.make_contiguous()).into_owned()
    }

    fn said_after(&self) -> String {
        let said = self.said();
        match said.trim() {
            "" => "; it said nothing on stderr".to_owned(),
            said => format!("; it said:\n{said}"),
        }
    }

    /// Lets a case in, once the process runs.
    ///
    /// # Errors
    /// Why it does not run any more.
    pub async fn visit(&self) -> Result<RwLockReadGuard<'_, ()>, String> {
        loop {
            let guard = self.gate.read().await;
            if self.ended().is_none() {
                return Ok(guard);
            }
            drop(guard);
            drop(self.alone().await?);
        }
    }

    /// Waits until no case is in, and starts the process again if it ended.
    ///
    /// # Errors
    /// Why it does not run any more.
    pub async fn alone(&self) -> Result<RwLockWriteGuard<'_, ()>, String> {
        let guard = self.gate.write().await;
        self.revive().await?;
        Ok(guard)
    }

    /// Starts the process again if it ended. Only for who is alone.
    ///
    /// # Errors
    /// Why it does not run any more; asked again, the same.
    pub async fn revive(&self) -> Result<(), String> {
        if self.ended().is_none() {
            return Ok(());
        }
        if let Some(dead) = self.state().dead.clone() {
            return Err(dead);
        }
        self.end();
        let revived = self.spawn().await.map_err(|error| format!("started again: {error}"));
        if let Err(dead) = &revived {
            self.end();
            self.state().dead = Some(dead.clone());
        }
        revived
    }

    /// Ends the process and its whole group: asks first, then kills.
    pub fn end(&self) {
        let Some(mut child) = self.state().child.take() else { return };
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let signal = |signal| {
            // A group that is gone already is what is wanted.
            let _ = group.map(|group| kill_process_group(group, signal));
        };
        signal(Signal::TERM);
        let began = Instant::now();
        while began.elapsed() < GRACE && !matches!(child.try_wait(), Ok(Some(_))) {
            std::thread::sleep(Duration::from_millis(10));
        }
        signal(Signal::KILL);
        let status = child.wait().ok();
        let mut state = self.state();
        state.ended = state.ended.or(status);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

async fn listens(addresses: &[SocketAddr]) -> bool {
    tokio::net::TcpStream::connect(addresses).await.is_ok()
}

/// Keeps the end of what a process says.
fn keep(mut from: impl Read, said: &Mutex<VecDeque<u8>>) {
    let mut bytes = [0; 4096];
    while let Ok(read) = from.read(&mut bytes) {
        if read == 0 {
            return;
        }
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        said.extend(bytes.get(..read).unwrap_or_default());
        let excess = said.len().saturating_sub(KEPT);
        said.drain(..excess);
    }
}
