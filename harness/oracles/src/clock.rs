//! Clocks: times that are apart from the date of the answer that shows them; times that are off by whole
//! quarters of an hour, as those of another time zone are, on a target whose own clock is right.

use crate::finding::{Check, Finding};
use jiff::fmt::rfc2822::DateTimeParser;
use sharespec_model::belief::Window;
use sharespec_model::spec::Spec;

const MINUTE: i64 = 60_000;
/// What zones differ by.
const QUARTER: i64 = 15 * MINUTE;
/// How far a clock that is right may be off: it may be set by hand.
const RIGHT: i64 = 5 * MINUTE;
/// How far times may be off from what a zone differs by.
const NEAR: i64 = 2 * MINUTE;

/// How far times may be off from the date of the answer that shows them.
const APART: i64 = 10 * MINUTE;

/// What is known of a target's clock beside the times that it shows.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// When the exchange happened, on our clock.
    pub window: Window,
    /// The header `date` of the answer.
    pub date: Option<&'a str>,
    /// Whether requests with times of our clock are taken because of their signatures.
    pub checked: bool,
    /// Whether the target's clock can be put forward, which what dates its answers need not follow.
    pub forward: bool,
    /// Whether the call under test was made: what stands against everything that a target shows is no
    /// reason not to make it.
    pub tested: bool,
}

/// Judges what is known of the offset between the times of a target and our clock. Times that are apart
/// from the target's own date are wrong, whatever our clock says; without a date, or before the call
/// under test, times that are off by what a zone differs by are a warning.
///
/// Without a date only whole hours are told: the documents do not agree on how late a request may be.
pub fn judge(spec: &Spec, offset: Window, evidence: Evidence<'_>) -> Option<Finding> {
    let said = evidence.date.and_then(moment);
    let right = said.map(|said| is_right(said, evidence.window));
    if let Some(said) =
        said.filter(|_| evidence.tested && (right == Some(true) || !evidence.forward))
        && let Some(rule) = spec.floor("floor/own-clock")
        && let apart = apart(offset, said, evidence.window)
        && apart > APART
    {
        let finding = Finding::new(spec, Check::Times, Some(rule), "times are apart from the date");
        let apart = format!("at least {} minutes apart", apart / MINUTE);
        let date = evidence.date.unwrap_or_default();
        return Some(
            finding.expected([format!("times by the clock of date: {date}")]).actual(apart),
        );
    }
    let shift = zone(offset)?;
    let right = right.unwrap_or(evidence.checked && shift.abs() >= 60 * MINUTE);
    let rule = spec.floor("floor/clock").filter(|_| right)?;
    let observed = "times are those of another time zone";
    let finding = Finding::new(spec, Check::Times, Some(rule), observed);
    let minutes = shift / MINUTE;
    Some(finding.expected(["times in UTC".to_owned()]).actual(format!("{minutes} minutes off")))
}

/// How far the clock of the times is apart from that of the date, at least, in milliseconds.
fn apart(offset: Window, said: Window, window: Window) -> i64 {
    let date =
        Window::new(said.from.saturating_sub(window.to), said.to.saturating_sub(window.from));
    offset.from.saturating_sub(date.to).max(date.from.saturating_sub(offset.to))
}

/// What a zone differs by from UTC, if it is what times are off by.
fn zone(offset: Window) -> Option<i64> {
    let middle = offset.from / 2 + offset.to / 2;
    let shift = (middle + QUARTER / 2).div_euclid(QUARTER) * QUARTER;
    let near = |end: i64| (end - shift).abs() <= NEAR;
    let differs = (2 * QUARTER..=14 * 60 * MINUTE).contains(&shift.abs());
    (differs && near(offset.from) && near(offset.to)).then_some(shift)
}

/// The second that a header says.
fn moment(date: &str) -> Option<Window> {
    let said = DateTimeParser::new().parse_timestamp(date).ok()?.as_millisecond();
    Some(Window::new(said, said.saturating_add(999)))
}

/// Whether a header says the time that it is on our clock.
fn is_right(said: Window, window: Window) -> bool {
    let right = Window::new(window.from.saturating_sub(RIGHT), window.to.saturating_add(RIGHT));
    !said.meet(right).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_told_from_clocks_that_are_off() {
        let around = |minutes: i64| Window::new(minutes * MINUTE - 800, minutes * MINUTE + 900);
        for minutes in [480, -300, 330, 345, 60, 30, -30, 840] {
            assert_eq!(zone(around(minutes)), Some(minutes * MINUTE), "{minutes}");
        }
        for minutes in [0, 15, -15, 20, 47, 65, 483, 900, 24 * 60, 365 * 24 * 60] {
            assert_eq!(zone(around(minutes)), None, "{minutes}");
        }
        assert_eq!(zone(Window::ALWAYS), None);
        assert_eq!(zone(Window::new(0, 960 * MINUTE)), None);
    }

    #[test]
    fn a_date_is_held_against_our_clock() {
        let now = 1_798_761_600_000;
        let window = Window::new(now, now + 20);
        let right = |date: &str| moment(date).map(|said| is_right(said, window));
        assert_eq!(right("Fri, 01 Jan 2027 00:00:03 GMT"), Some(true));
        assert_eq!(right("Fri, 01 Jan 2027 08:00:00 GMT"), Some(false));
        assert_eq!(right("today"), None);
    }

    #[test]
    fn times_are_held_against_the_date_of_their_answer() {
        let now = 1_798_761_600_000;
        let window = Window::new(now, now + 20);
        let apart = |minutes: i64, date: &str| {
            let offset = Window::new(minutes * MINUTE - 500, minutes * MINUTE + 500);
            moment(date).map(|said| apart(offset, said, window) > APART)
        };
        assert_eq!(apart(480, "Fri, 01 Jan 2027 00:00:00 GMT"), Some(true));
        assert_eq!(apart(-30, "Fri, 01 Jan 2027 00:00:00 GMT"), Some(true));
        assert_eq!(apart(9, "Fri, 01 Jan 2027 00:00:00 GMT"), Some(false));
        assert_eq!(apart(480, "Fri, 01 Jan 2027 08:00:00 GMT"), Some(false), "one clock");
        let said = Window::new(now, now + 999);
        assert!(super::apart(Window::ALWAYS, said, window) < 0, "nothing is known");
    }
}
