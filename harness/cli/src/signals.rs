//! Ends what was started if sharespec itself is told to end.

use sharespec_runner::process::Process;
use std::sync::Weak;
use std::sync::atomic::{AtomicU8, Ordering};
use tokio::signal::unix::{SignalKind, signal};

/// Exit code after SIGINT.
const INTERRUPTED: u8 = 130;

/// Exit code after SIGTERM.
const TERMINATED: u8 = 143;

/// The exit code of the signal that came; 0 if none did.
static CAME: AtomicU8 = AtomicU8::new(0);

/// The exit code of the signal that came, if one did: what a run comes to whose target was ended
/// underneath it means nothing.
pub fn came() -> Option<u8> {
    Some(CAME.load(Ordering::SeqCst)).filter(|code| *code != 0)
}

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
            CAME.store(code, Ordering::SeqCst);
            if let Some(process) = process.upgrade() {
                process.end();
            }
            std::process::exit(i32::from(code));
        }
    });
}

/// Takes down when an interrupt or a request to end comes, so that what is under way is finished and
/// cleaned up. The second one ends sharespec at once.
pub fn stop_in_order() {
    std::thread::spawn(|| {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
            return;
        };
        runtime.block_on(async {
            let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
            let (Ok(mut interrupt), Ok(mut terminate)) = signals else { return };
            loop {
                let code = tokio::select! {
                    _ = interrupt.recv() => INTERRUPTED,
                    _ = terminate.recv() => TERMINATED,
                };
                if CAME.swap(code, Ordering::SeqCst) != 0 {
                    std::process::exit(i32::from(code));
                }
                anstream::eprintln!("stopping: what is under way is finished and cleaned up");
            }
        });
    });
}
