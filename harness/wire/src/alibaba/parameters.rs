//! Form-encoded parameters: reading them strictly and writing them as clients do.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

use super::form::{Form, Spaces};
use super::gateway::GatewayError;
use crate::http::{Request, header};

/// What signatures escape: all but letters, digits and `-_.~`.
pub(crate) const STRICT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What clients that leave `*()!` alone escape. They leave `'` alone too, but the URL of the
/// platform below them does not.
const LOOSE: &AsciiSet = &STRICT.remove(b'*').remove(b'(').remove(b')').remove(b'!');

/// The content type of form bodies.
pub(super) const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// A decoded key with its decoded value.
pub(super) type Parameter<'a> = (Cow<'a, str>, Cow<'a, str>);

/// How keys and values are escaped on the wire.
#[derive(Clone, Copy)]
pub(super) struct Escapes {
    set: &'static AsciiSet,
    plus: bool,
}

impl Escapes {
    /// The escapes of signatures.
    pub(super) const CANONICAL: Escapes = Escapes { set: STRICT, plus: false };

    /// The escapes that `form` uses on the wire.
    pub(super) fn of(form: &Form) -> Self {
        let set = if form.raw_punctuation { LOOSE } else { STRICT };
        Self { set, plus: form.spaces == Spaces::Plus }
    }

    fn append(self, out: &mut String, text: &str) {
        for piece in utf8_percent_encode(text, self.set) {
            out.push_str(if self.plus && piece == "%20" { "+" } else { piece });
        }
    }

    /// Writes `parameters` as `key=value&key=value`.
    pub(super) fn write<'a>(
        self,
        out: &mut String,
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) {
        for (position, (key, value)) in parameters.into_iter().enumerate() {
            if position > 0 {
                out.push('&');
            }
            self.append(out, key);
            out.push('=');
            self.append(out, value);
        }
    }
}

/// The path and the query of a request target.
pub(super) fn split_target(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

/// Reads the parameters of the query and then those of a form body.
///
/// # Errors
/// `InvalidParameter` if an escape is broken or a text is not UTF-8.
pub(super) fn read(request: &Request) -> Result<Vec<Parameter<'_>>, GatewayError> {
    let mut parameters = read_query(request)?;
    let form = header(&request.headers, "content-type").is_some_and(is_form);
    if form {
        append(&mut parameters, &request.body)?;
    }
    Ok(parameters)
}

/// Reads the parameters of the query alone.
///
/// # Errors
/// As [`read`].
pub(super) fn read_query(request: &Request) -> Result<Vec<Parameter<'_>>, GatewayError> {
    let mut parameters = Vec::with_capacity(24);
    append(&mut parameters, split_target(&request.target).1.as_bytes())?;
    Ok(parameters)
}

/// The first value of `key`.
pub(super) fn find<'a>(parameters: &'a [Parameter<'_>], key: &str) -> Option<&'a str> {
    parameters.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_ref())
}

/// Whether a content type is that of form bodies.
pub(crate) fn is_form(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case(FORM_TYPE)
}

fn append<'a>(into: &mut Vec<Parameter<'a>>, encoded: &'a [u8]) -> Result<(), GatewayError> {
    for pair in encoded.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let raw_key = halves.next().unwrap_or_default();
        let refuse = || GatewayError::undecodable(&String::from_utf8_lossy(raw_key));
        let key = decode(raw_key).ok_or_else(refuse)?;
        let value = decode(halves.next().unwrap_or_default()).ok_or_else(refuse)?;
        into.push((key, value));
    }
    Ok(())
}

/// Decodes one key or value, borrowing if nothing is escaped.
fn decode(raw: &[u8]) -> Option<Cow<'_, str>> {
    let mut escaped = false;
    let mut plus = false;
    for (position, byte) in raw.iter().enumerate() {
        match byte {
            b'%' => {
                let digits = raw.get(position + 1..position + 3)?;
                if !digits.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                escaped = true;
            }
            b'+' => plus = true,
            _ => {}
        }
    }
    if !plus {
        return match escaped {
            true => percent_decode(raw).decode_utf8().ok(),
            false => std::str::from_utf8(raw).ok().map(Cow::Borrowed),
        };
    }
    let spaced: Vec<u8> = raw.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).decode_utf8().ok().map(|text| Cow::Owned(text.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str) -> Option<String> {
        decode(raw.as_bytes()).map(Cow::into_owned)
    }

    #[test]
    fn decodes_escapes_and_plus() {
        assert_eq!(text("a+b%2Bc%20d").as_deref(), Some("a b+c d"));
        assert_eq!(text("%e9%98%BF").as_deref(), Some("阿"));
        assert!(matches!(decode(b"plain"), Some(Cow::Borrowed("plain"))));
    }

    #[test]
    fn refuses_broken_escapes_and_encodings() {
        for raw in ["%", "%4", "%zz", "a%2", "%+1", "%FF", "+%C3"] {
            assert_eq!(text(raw), None, "{raw}");
        }
        assert_eq!(decode(&[0xff]), None);
    }

    #[test]
    fn writes_each_way() {
        let mut out = String::new();
        let parameters = [("a b", "*'()!"), ("~", "")];
        Escapes::CANONICAL.write(&mut out, parameters);
        assert_eq!(out, "a%20b=%2A%27%28%29%21&~=");
        out.clear();
        Escapes { set: LOOSE, plus: true }.write(&mut out, parameters);
        assert_eq!(out, "a+b=*%27()!&~=");
    }

    #[test]
    fn skips_empty_pairs_and_keeps_later_equal_signs() {
        let request = Request { target: "/?&&a=b=c&d&=e".to_owned(), ..Request::default() };
        let read: Vec<(String, String)> = read(&request)
            .unwrap()
            .into_iter()
            .map(|(key, value)| (key.into_owned(), value.into_owned()))
            .collect();
        let expected = [("a", "b=c"), ("d", ""), ("", "e")];
        assert_eq!(read, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }
}
