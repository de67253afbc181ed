//! Clocks: times that are off by whole quarters of an hour, as those of another time zone are, on a
//! target whose own clock is right.

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

/// Judges what is known of the offset between the times of a target and our clock. `window` is when the
/// exchange happened, `date` is its header of that name, and `checked` says that requests with times of
/// our clock are taken because of their signatures.
///
/// Without a date only whole hours are told: the documents do not agree on how late a request may be.
pub fn judge(
    spec: &Spec,
    offset: Window,
    window: Window,
    date: Option<&str>,
    checked: bool,
) -> Option<Finding> {
    let shift = zone(offset)?;
    let right = match date {
        Some(date) => is_right(date, window),
        None => checked && shift.abs() >= 60 * MINUTE,
    };
    let rule = spec.floor("floor/clock").filter(|_| right)?;
    let observed = "times are those of another time zone";
    let finding = Finding::new(spec, Check::Times, Some(rule), observed);
    let minutes = shift / MINUTE;
    Some(finding.expected(["times in UTC".to_owned()]).actual(format!("{minutes} minutes off")))
}

/// What a zone differs by from UTC, if it is what times are off by.
fn zone(offset: Window) -> Option<i64> {
    let middle = offset.from / 2 + offset.to / 2;
    let shift = (middle + QUARTER / 2).div_euclid(QUARTER) * QUARTER;
    let near = |end: i64| (end - shift).abs() <= NEAR;
    let differs = (2 * QUARTER..=14 * 60 * MINUTE).contains(&shift.abs());
    (differs && near(offset.from) && near(offset.to)).then_some(shift)
}

/// Whether a header says the time that it is on our clock.
fn is_right(date: &str, window: Window) -> bool {
    let said = DateTimeParser::new().parse_timestamp(date).ok();
    let right = Window::new(window.from.saturating_sub(RIGHT), window.to.saturating_add(RIGHT));
    said.map(jiff::Timestamp::as_millisecond).is_some_and(|said| {
        let second = Window::new(said, said.saturating_add(999));
        !second.meet(right).is_empty()
    })
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
        assert!(is_right("Fri, 01 Jan 2027 00:00:03 GMT", window));
        assert!(!is_right("Fri, 01 Jan 2027 08:00:00 GMT", window));
        assert!(!is_right("today", window));
    }
}
