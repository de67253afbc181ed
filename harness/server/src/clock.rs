//! The server's clock: real time plus what the hook `advance-clock` has added.
//!
//! It is read from the monotone clock of the system and anchored once in its calendar, so a
//! correction of the machine's time during a run cannot make a share older or younger. It only
//! goes forward: a reset of the service does not take an advance back.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The last millisecond of the year 9999: what comes after it has no four-digit year and could
/// not be written as the documents write times.
const LATEST: i64 = 253_402_300_799_999;

/// A clock that can be put forward.
#[derive(Debug)]
pub(crate) struct Clock {
    anchor: Instant,
    /// Milliseconds since the Unix epoch at the anchor, plus every advance.
    base: AtomicI64,
}

impl Clock {
    /// A clock that shows the time of the system.
    pub(crate) fn of_the_system() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::starting_at(i64::try_from(now.as_millis()).unwrap_or(LATEST))
    }

    /// A clock that shows `now` and goes on from there.
    pub(crate) fn starting_at(now: i64) -> Self {
        Self { anchor: Instant::now(), base: AtomicI64::new(now) }
    }

    /// Milliseconds since the Unix epoch.
    pub(crate) fn now(&self) -> i64 {
        self.base.load(Ordering::Acquire).saturating_add(self.elapsed())
    }

    /// Puts the clock forward. `None` if that leads beyond the year 9999; nothing happens then.
    pub(crate) fn advance(&self, millis: u64) -> Option<i64> {
        let millis = i64::try_from(millis).ok()?;
        let elapsed = self.elapsed();
        let forward = |base: i64| {
            let next = base.checked_add(millis)?;
            (next.checked_add(elapsed)? <= LATEST).then_some(next)
        };
        self.base.fetch_update(Ordering::AcqRel, Ordering::Acquire, forward).ok()?;
        Some(self.now())
    }

    fn elapsed(&self) -> i64 {
        i64::try_from(self.anchor.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_starts_where_it_is_put_and_goes_forward() {
        let clock = Clock::starting_at(1_000);
        let first = clock.now();
        assert!((1_000..61_000).contains(&first));
        let second = clock.advance(3_600_000).unwrap();
        assert!(second >= first + 3_600_000);
        assert!(clock.now() >= second);
    }

    #[test]
    fn it_shows_the_time_of_the_system() {
        let system = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
        let shown = u128::try_from(Clock::of_the_system().now()).unwrap();
        assert!(shown.abs_diff(system) < 60_000);
    }

    #[test]
    fn it_refuses_to_leave_the_calendar() {
        let clock = Clock::starting_at(LATEST - 100_000);
        assert_eq!(clock.advance(100_001), None);
        assert_eq!(clock.advance(u64::MAX), None);
        assert!(clock.now() < LATEST);
        assert!(clock.advance(1).is_some());
    }
}
