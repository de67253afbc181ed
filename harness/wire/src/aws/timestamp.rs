//! Times as requests and replies carry them.

use jiff::{Timestamp, Zoned, fmt::rfc2822, tz::TimeZone};
use serde_json::{Number, Value};

/// Writes a time in milliseconds since 1970 as `20150830T123600Z`; times beyond the calendar become
/// its end.
pub(super) fn write(millis: i64) -> String {
    let end = if millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let time = Timestamp::from_second(millis.div_euclid(1000)).unwrap_or(end);
    let zoned = Zoned::new(time, TimeZone::UTC);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        zoned.year(),
        zoned.month(),
        zoned.day(),
        zoned.hour(),
        zoned.minute(),
        zoned.second()
    )
}

/// Reads `20150830T123600Z`, as milliseconds since 1970.
pub(super) fn read(text: &str) -> Option<i64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    if (text.len(), date.len(), time.len(), digits) != (16, 8, 6, 14) {
        return None;
    }
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// Reads the header `date`: as [`read`], or as HTTP has it.
pub(super) fn read_date(text: &str) -> Option<i64> {
    read(text).or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp().as_millisecond()))
}

/// A time of a reply, in seconds since 1970, as milliseconds since 1970; none for what is no
/// number or lies beyond the calendar.
///
/// Every way to write one number is lawful: `1`, `1.0`, `1.000`, `1E0`.
pub fn epoch_millis(value: &Value) -> Option<i64> {
    let millis = match value.as_i64() {
        Some(seconds) => seconds.checked_mul(1000)?,
        None => {
            let millis = (value.as_f64()? * 1000.0).round();
            // Beyond this, the calendar is long over.
            (millis.abs() < 1e15).then_some(millis as i64)?
        }
    };
    Timestamp::from_millisecond(millis).ok().map(|_| millis)
}

/// A time as a member of a reply: in seconds since 1970, with a fraction if there is one.
pub fn epoch_value(millis: i64) -> Value {
    match millis % 1000 {
        0 => Value::from(millis / 1000),
        _ => Number::from_f64(millis as f64 / 1000.0).map_or(Value::Null, Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn stamps_are_written_and_read() {
        assert_eq!(write(1_440_938_160_999), "20150830T123600Z");
        assert_eq!(read("20150830T123600Z"), Some(1_440_938_160_000));
        for text in ["", "20150830T123600", "2015-08-30T12:36:00Z", "20150230T123600Z", "T12360Z"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read_date("Sun, 30 Aug 2015 12:36:00 GMT"), Some(1_440_938_160_000));
        assert!(write(i64::MAX).starts_with("9999") && write(i64::MIN).contains('T'));
    }

    #[test]
    fn seconds_are_numbers_of_any_form() {
        for text in ["1440938160.999", "1440938160.9990", "1.440938160999E9", "14409381609.99e-1"] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(epoch_millis(&value), Some(1_440_938_160_999), "{text}");
        }
        assert_eq!(epoch_millis(&json!(1_440_938_160)), Some(1_440_938_160_000));
        for value in [json!("1440938160"), json!(null), json!(1e300), json!(i64::MAX), json!(true)]
        {
            assert_eq!(epoch_millis(&value), None, "{value}");
        }
        for millis in [0, 1_440_938_160_000, 1_440_938_160_999, -1] {
            assert_eq!(epoch_millis(&epoch_value(millis)), Some(millis));
        }
    }
}
