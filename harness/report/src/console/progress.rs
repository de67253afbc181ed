//! Progress while a run goes: a bar on a terminal, else a plain line now and then.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::text::count;

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A bar on the standard error, which must be a terminal.
    Bar,
    /// A plain line every tenth of the cases, but never two within seconds.
    Lines,
    /// Not at all.
    Off,
}

/// No two lines come closer together than this.
const CLOSEST: Duration = Duration::from_secs(2);
/// A line comes at least this often as long as cases end.
const FARTHEST: Duration = Duration::from_secs(30);

/// What is done so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Done {
    /// Cases that are over.
    pub cases: usize,
    /// Cases planned.
    pub total: usize,
    /// Cases that failed.
    pub failed: usize,
}

/// Shows progress in one of the ways.
#[derive(Debug)]
pub enum Meter {
    /// A bar.
    Bar(ProgressBar),
    /// Lines.
    Lines(Pacer),
    /// Nothing.
    Off,
}

impl Meter {
    /// Starts to show the progress of `total` cases.
    pub fn start(progress: Progress, total: usize) -> Self {
        match progress {
            Progress::Bar => Self::Bar(bar(total)),
            Progress::Lines => Self::Lines(Pacer::new(Instant::now())),
            Progress::Off => Self::Off,
        }
    }

    /// Takes note of a case; returns the line to print, if one is due.
    pub fn update(&mut self, done: Done) -> Option<String> {
        match self {
            Self::Bar(bar) => {
                bar.set_message(format!("{} failed", done.failed));
                bar.set_position(u64::try_from(done.cases).unwrap_or(u64::MAX));
                None
            }
            Self::Lines(pacer) => pacer.line(done, Instant::now()),
            Self::Off => None,
        }
    }

    /// Prints something while no bar is in the way.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        match self {
            Self::Bar(bar) => bar.suspend(print),
            Self::Lines(_) | Self::Off => print(),
        }
    }

    /// Leaves nothing of the bar behind.
    pub fn clear(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
        *self = Self::Off;
    }
}

fn bar(total: usize) -> ProgressBar {
    let total = u64::try_from(total).unwrap_or(u64::MAX);
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let template = "[{bar:30}] {pos} of {len} cases, {msg}, {per_sec}, {elapsed}";
    let style = ProgressStyle::with_template(template)
        .map_or_else(|_| ProgressStyle::default_bar(), |style| style.progress_chars("=> "));
    bar.set_style(style);
    bar.set_message("0 failed");
    // A target that answers nothing must not look like a sharespec that does nothing.
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

/// Decides when a line is due.
#[derive(Debug)]
pub struct Pacer {
    started: Instant,
    last: Instant,
    tenths: usize,
}

impl Pacer {
    /// Starts at `now`.
    pub const fn new(now: Instant) -> Self {
        Self { started: now, last: now, tenths: 0 }
    }

    /// The line about `done`, if one is due `now`.
    pub fn line(&mut self, done: Done, now: Instant) -> Option<String> {
        let since = now.saturating_duration_since(self.last);
        let tenths = done.cases.saturating_mul(10) / done.total.max(1);
        let due = (tenths > self.tenths && since >= CLOSEST) || since >= FARTHEST;
        // At the end the summary says more.
        if !due || done.cases >= done.total {
            return None;
        }
        (self.last, self.tenths) = (now, tenths);
        let Done { cases, total, failed } = done;
        let seconds = now.saturating_duration_since(self.started).as_secs().max(1);
        let rate = u64::try_from(cases).unwrap_or(u64::MAX) / seconds;
        let total = count(total, "case");
        Some(format!("progress: {cases} of {total}, {failed} failed, {rate} a second"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(cases: usize) -> Done {
        Done { cases, total: 1000, failed: 3 }
    }

    #[test]
    fn a_fast_run_is_silent() {
        let start = Instant::now();
        let mut pacer = Pacer::new(start);
        let now = start + Duration::from_millis(1_900);
        assert!((0..=1000).all(|cases| pacer.line(done(cases), now).is_none()));
    }

    #[test]
    fn lines_keep_apart_in_time_and_in_cases() {
        let start = Instant::now();
        let mut pacer = Pacer::new(start);
        let lines: Vec<_> = (1..=1000_u32)
            .filter_map(|cases| {
                let now = start + Duration::from_millis(50) * cases;
                pacer.line(done(cases as usize), now)
            })
            .collect();
        assert_eq!(lines.len(), 9, "{lines:#?}");
        assert_eq!(lines[0], "progress: 100 of 1000 cases, 3 failed, 20 a second");
    }

    #[test]
    fn a_slow_run_shows_that_it_lives() {
        let start = Instant::now();
        let mut pacer = Pacer::new(start);
        assert!(pacer.line(done(1), start + Duration::from_secs(29)).is_none());
        assert!(pacer.line(done(2), start + Duration::from_secs(30)).is_some());
        assert!(pacer.line(done(3), start + Duration::from_secs(31)).is_none());
    }

    #[test]
    fn a_run_of_no_cases_has_no_progress() {
        let start = Instant::now();
        let done = Done::default();
        assert!(Pacer::new(start).line(done, start + Duration::from_secs(60)).is_none());
    }
}
