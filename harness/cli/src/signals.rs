//! Ends what was started if sharespec itself is told to end.

use sharespec_runner::process::Process;
use std::sync::Weak;
use tokio::signal::unix::{SignalKind, signal};

/// Exit code after SIGINT.
const INTERRUPTED: i32 = 130;

/// Exit code after SIGTERM.
const TERMINATED: i32 = 143;

/// Ends the process, and then sharespec, when an interrupt or a request to end comes.
pub fn end_with(process: Weak<Process>) {
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
            return;
        };
        let code = runtime.block_on(async {
            let mut interrupt = signal(SignalKind::interrupt()).ok()?;
            let mut terminate = signal(SignalKind::terminate()).ok()?;
            Some(tokio::select! {
                _ = interrupt.recv() => INTERRUPTED,
                _ = terminate.recv() => TERMINATED,
            })
        });
        if let Some(code) = code {
            if let Some(process) = process.upgrade() {
                process.end();
            }
            std::process::exit(code);
        }
    });
}
