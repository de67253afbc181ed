//! Interrupts and requests to end. A run is told, so that its reports are whole and what it made is
//! taken away; whatever else is going on is ended at once. A process that was started is ended too.

use sharespec_events::exit::Interruption;
use sharespec_runner::life::{CLEAN_UP, End, Life};
use sharespec_runner::process::Process;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// The exit code of the signal that came; 0 if none did.
static CAME: AtomicU8 = AtomicU8::new(0);

/// What is to be ended.
static RUNNING: Mutex<(Weak<Process>, Weak<Life>)> = Mutex::new((Weak::new(), Weak::new()));

/// How long a run has to end by itself: for its reports and its clean-up.
const PATIENCE: Duration = Duration::from_secs(CLEAN_UP.as_secs() + 2);

/// The signal that came, if one did: what a run comes to then is of what was done until then.
pub fn came() -> Option<Interruption> {
    let all = [Interruption::Interrupt, Interruption::Terminate];
    let code = CAME.load(Ordering::SeqCst);
    all.into_iter().find(|interruption| interruption.code() == code)
}

/// From now on a signal ends this process of a target.
pub fn end_with(process: Weak<Process>) {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).0 = process;
    listen();
}

/// From now on a signal lets this run end by itself.
pub fn tell(life: &Arc<Life>) {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).1 = Arc::downgrade(life);
    listen();
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| drop(std::thread::spawn(wait)));
}

/// Waits for a signal. A second one, or a run that does not end, ends everything.
fn wait() {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return;
    };
    runtime.block_on(async {
        let (Ok(mut interrupt), Ok(mut terminate)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        else {
            return;
        };
        let mut next = async || {
            tokio::select! {
                _ = interrupt.recv() => Interruption::Interrupt,
                _ = terminate.recv() => Interruption::Terminate,
            }
        };
        let came = next().await;
        CAME.store(came.code(), Ordering::SeqCst);
        let (process, life) = RUNNING.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(life) = life.upgrade() {
            life.end(End::Interrupted);
            let _ = tokio::time::timeout(PATIENCE, next()).await;
        }
        if let Some(process) = process.upgrade() {
            process.end();
        }
        std::process::exit(i32::from(came.code()));
    });
}
