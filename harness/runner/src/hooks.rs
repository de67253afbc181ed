//! Hooks of a target: commands and requests that do to it what no call of the API does.

use crate::process::Command;
use crate::url::UrlTarget;
use rustix::process::{Pid, Signal, kill_process_group};
use sharespec_wire::case::Hook;
use sharespec_wire::http::Request;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;

/// How long a command of a hook may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What one hook does.
#[derive(Clone, Debug)]
pub enum HookCall {
    /// Runs a command, which is given the body on stdin and answers on stdout.
    Command(Command),
    /// Sends a POST.
    Post {
        /// Where; the target itself without it.
        server: Option<Arc<UrlTarget>>,
        /// The path and the query.
        path: String,
    },
}

/// The hooks that a target is declared to have.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    /// Back to how the target was at its start.
    pub reset: Option<HookCall>,
    /// Makes shares that calls cannot make.
    pub seed: Option<HookCall>,
    /// Puts the clock forward by `{millis}`.
    pub clock: Option<HookCall>,
    /// Transitions stop.
    pub hold: Option<HookCall>,
    /// Transitions go on.
    pub release: Option<HookCall>,
}

impl Hooks {
    /// The hooks of the reference server.
    pub fn of_reference() -> Self {
        let post =
            |path: &str| Some(HookCall::Post { server: None, path: format!("/_sharespec/{path}") });
        Self {
            reset: post("reset"),
            seed: None,
            clock: post("advance-clock?millis={millis}"),
            hold: post("hold"),
            release: post("release"),
        }
    }

    /// What is to be done for a hook of a case.
    pub fn of(&self, hook: Hook) -> Option<&HookCall> {
        match hook {
            Hook::Hold => self.hold.as_ref(),
            Hook::Release => self.release.as_ref(),
            Hook::Advance(_) => self.clock.as_ref(),
        }
    }
}

impl HookCall {
    /// Does it, and gives what was answered.
    ///
    /// # Errors
    /// A text that says what went wrong.
    pub async fn call(
        &self,
        target: &UrlTarget,
        millis: i64,
        body: &str,
    ) -> Result<Vec<u8>, String> {
        let millis = millis.to_string();
        match self {
            Self::Command(command) => {
                let command = command.filled("{millis}", &millis).filled("{url}", target.base());
                match tokio::time::timeout(PATIENCE, run(&command, body)).await {
                    Ok(result) => result,
                    Err(_) => Err(format!("took more than {} s", PATIENCE.as_secs())),
                }
            }
            Self::Post { server, path } => {
                let json = ("content-type".to_owned(), "application/json".to_owned());
                let server = server.as_deref().unwrap_or(target);
                let request = Request {
                    method: "POST".into(),
                    target: path.replace("{millis}", &millis),
                    headers: if body.is_empty() { Vec::new() } else { vec![json] },
                    body: body.as_bytes().to_vec(),
                };
                match server.plainly(&request).await {
                    Ok(response) if (200..300).contains(&response.status) => Ok(response.body),
                    Ok(response) => Err(format!("answered {}", response.status)),
                    Err(silence) => Err(silence.to_string()),
                }
            }
        }
    }
}

/// Ends the group of a command that is not waited for any more.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        let _ = self.0.map(|group| kill_process_group(group, Signal::KILL));
    }
}

async fn run(command: &Command, body: &str) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| format!("cannot be run: {error}");
    let mut command = tokio::process::Command::from(command.to_std());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().map_err(failed)?;
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    let mut group = Group(pid);
    if let Some(mut stdin) = child.stdin.take() {
        // A command need not read what it does not want.
        let _ = stdin.write_all(body.as_bytes()).await;
    }
    let output = child.wait_with_output().await.map_err(failed)?;
    group.0 = None;
    match output.status.success() {
        true => Ok(output.stdout),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(format!("ended with {}: {}", output.status, said.trim()))
        }
    }
}
