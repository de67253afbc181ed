//! Values that nobody expects, for parameters that are texts.

/// The length of a text that is longer than anything that makes sense, and still fits a request
/// line that common servers take.
pub(crate) const LONG: usize = 3000;

/// Odd texts with their names. None of them is close to a value that means something: neither case
/// nor surrounding space tells them apart from one.
pub(crate) fn odd_texts() -> Vec<(&'static str, String)> {
    [
        ("chinese", "共享单元"),
        ("emoji", "🦀🦀🦀"),
        ("control-characters", "a\u{1}\u{7f}b"),
        ("nul", "a\u{0}b"),
        ("line-break", "a\r\nb: c"),
        ("plus-and-percent", "a+b%20c%2"),
        ("ampersand", "a&Action=DeleteResourceShare"),
        ("markup", "<a>&amp;]]></a>"),
    ]
    .map(|(name, text)| (name, text.to_owned()))
    .to_vec()
}
