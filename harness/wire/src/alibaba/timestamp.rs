//! Times as requests carry them.

use jiff::Timestamp;

use super::form::TimestampPrecision;

/// Writes a time in milliseconds since 1970; times beyond the calendar become its end.
pub(super) fn write(millis: i64, precision: TimestampPrecision) -> String {
    let end = if millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    match precision {
        TimestampPrecision::Seconds => {
            let seconds = millis.div_euclid(1000);
            format!("{:.0}", Timestamp::from_second(seconds).unwrap_or(end))
        }
        TimestampPrecision::Nanoseconds => {
            format!("{:.9}", Timestamp::from_millisecond(millis).unwrap_or(end))
        }
    }
}

/// Reads `2026-11-21T16:07:43Z`, with or without a fraction, as milliseconds since 1970.
pub(super) fn read(text: &str) -> Option<i64> {
    let rest = text.strip_suffix('Z')?;
    let (date, time) = rest.split_once('T')?;
    let plain = |part: &str, mark: char| {
        part.bytes().all(|byte| byte.is_ascii_digit() || char::from(byte) == mark)
    };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let shaped = date.len() == 10
        && clock.len() == 8
        && plain(date, '-')
        && plain(clock, ':')
        && (1..=9).contains(&fraction.len())
        && plain(fraction, '0');
    shaped.then(|| text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_795_277_263_223;

    #[test]
    fn writes_both_precisions() {
        assert_eq!(write(NOON, TimestampPrecision::Seconds), "2026-11-21T16:07:43Z");
        assert_eq!(write(NOON, TimestampPrecision::Nanoseconds), "2026-11-21T16:07:43.223000000Z");
        assert_eq!(write(-1, TimestampPrecision::Seconds), "1969-12-31T23:59:59Z");
        assert_eq!(write(0, TimestampPrecision::Nanoseconds), "1970-01-01T00:00:00.000000000Z");
    }

    #[test]
    fn reads_what_it_writes() {
        assert_eq!(read("2026-11-21T16:07:43.223746839Z"), Some(NOON));
        assert_eq!(read("2026-11-21T16:07:43Z"), Some(NOON - 223));
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "",
            "Z",
            "2026-11-21",
            "2026-11-21 16:07:43Z",
            "2026-11-21T16:07:43",
            "2026-11-21T16:07:43+00:00",
            "2026-11-21T16:07Z",
            "2026-13-21T16:07:43Z",
            "2026-11-21t16:07:43z",
            "2026-11-21T16:07:43.Z",
            "2026-11-21T16:07:43.1234567890Z",
            "20261121T160743Z",
            "+002026-11-21T16:07:43Z",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn clamps_the_extremes() {
        assert!(write(i64::MAX, TimestampPrecision::Seconds).starts_with("9999-"));
        assert!(write(i64::MIN, TimestampPrecision::Nanoseconds).starts_with("-009999-"));
    }
}
