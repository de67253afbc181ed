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

/// Judges what is known of the offset between the times of a target and our clock: one that is off by what
/// a zone differs by is wrong where the date of the answer is right. Without a date, of a clock that can be
/// put forward, or before the call under test, it is a warning.
///
/// Without a date only whole hours are told: the documents do not agree on how late a request may be.
pub fn judge(spec: &Spec, offset: Window, evidence: Evidence<'_>) -> Option<Finding> {
    let shift = zone(offset)?;
    let dated = evidence.date.map(|date| is_right(date, evidence.window));
    let right = dated.unwrap_or(evidence.checked && shift.abs() >= 60 * MINUTE);
    let certain = dated.is_some() && evidence.tested && !evidence.forward;
    let rule = if certain { "floor/own-clock" } else { "floor/clock" };
    let rule = spec.floor(rule).or(spec.floor("floor/clock")).filter(|_| right)?;
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
    use sharespec_model::alibaba::{Alibaba, NEWEST};
    use sharespec_model::spec::Level;

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

    #[test]
    fn times_of_another_zone_beside_the_right_date_are_wrong() {
        let spec = Alibaba::spec_of(NEWEST).unwrap();
        let now = 1_798_761_600_000;
        let offset = Window::new(480 * MINUTE - 500, 480 * MINUTE + 500);
        let evidence = Evidence {
            window: Window::new(now, now + 20),
            date: Some("Fri, 01 Jan 2027 00:00:00 GMT"),
            checked: true,
            forward: false,
            tested: true,
        };
        let level = |offset, evidence| judge(&spec, offset, evidence).map(|each| each.level);
        assert_eq!(level(offset, evidence), Some(Level::Must));
        let doubted = [
            Evidence { forward: true, ..evidence },
            Evidence { tested: false, ..evidence },
            Evidence { date: None, ..evidence },
        ];
        for evidence in doubted {
            assert_eq!(level(offset, evidence), Some(Level::Should), "{evidence:?}");
        }
        let other = Evidence { date: Some("Fri, 01 Jan 2027 08:00:00 GMT"), ..evidence };
        assert_eq!(level(offset, other), None, "its clock is off");
        let anyhow = Window::new(3000 * MINUTE + 170_000, 3000 * MINUTE + 171_000);
        assert_eq!(level(anyhow, evidence), None, "its clock is its own");
    }
}
