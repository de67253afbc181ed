//! Hostile text made fit for a terminal and for the logs of a CI service.

/// The longest single line, in bytes.
const LINE_LIMIT: usize = 1024;
/// The longest body, diff or other block, in bytes.
pub const BLOCK_LIMIT: usize = 4096;
/// The most lines of a block: a body of line ends alone would push all else off the screen.
const BLOCK_LINES: usize = 120;

/// The text in one line: line ends escaped too, cut if it is very long.
pub fn line(text: &str) -> String {
    let (kept, left) = cut(text, LINE_LIMIT);
    let mut line = escape(kept, false);
    if left > 0 {
        line.push_str(&format!(" … ({left} more bytes)"));
    }
    line
}

/// The lines of the text, tabs kept, cut if they are very many.
pub fn block(text: &str) -> Vec<String> {
    let (kept, left) = cut(text, BLOCK_LIMIT);
    let mut lines: Vec<_> = kept.lines().take(BLOCK_LINES).map(|line| escape(line, true)).collect();
    let further = kept.lines().count() - lines.len();
    if further > 0 {
        lines.push(format!("… ({} not shown)", count(further, "line")));
    }
    if left > 0 {
        lines.push(format!("… ({left} more bytes)"));
    }
    lines
}

/// A command line to copy: complete or absent, since a cut one would do something else.
pub fn command(text: &str) -> Option<String> {
    (text.len() <= BLOCK_LIMIT).then(|| escape(text, false))
}

/// The key under which texts are grouped, so that what a target sent cannot fill the memory.
pub fn key(text: &str) -> String {
    cut(text, LINE_LIMIT).0.to_owned()
}

/// A head and a body, split at the first empty line, which is part of neither.
pub fn split_message(text: &str) -> (&str, &str) {
    let crlf = text.split_once("\r\n\r\n");
    crlf.or_else(|| text.split_once("\n\n")).unwrap_or((text, ""))
}

/// `1 case`, `2 cases`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A duration as a person would say it.
pub fn duration(milliseconds: u64) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    match seconds {
        0 => format!("{rest} ms"),
        1..60 => format!("{seconds}.{} s", rest / 100),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

fn cut(text: &str, limit: usize) -> (&str, usize) {
    let (kept, left) = text.split_at_checked(text.floor_char_boundary(limit)).unwrap_or((text, ""));
    (kept, left.len())
}

fn escape(text: &str, keep_tabs: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut previous = '\0';
    for character in text.chars() {
        match character {
            '\t' if keep_tabs => escaped.push('\t'),
            '\n' | '\r' | '\t' => escaped.extend(character.escape_default()),
            _ if is_unsafe(previous, character) => escaped.extend(character.escape_unicode()),
            _ => escaped.push(character),
        }
        previous = character;
    }
    escaped
}

/// Control characters drive terminals; invisible ones and those that turn the direction of writing
/// make a text read as another; `##` begins the commands of some CI services, anywhere in a line.
fn is_unsafe(previous: char, character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
        || (previous == '#' && character == '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_never_sent() {
        let hostile = "a\u{1b}[31mb\u{7}c\rd\ne\tf\u{9b}g\u{7f}";
        assert_eq!(line(hostile), r"a\u{1b}[31mb\u{7}c\rd\ne\tf\u{9b}g\u{7f}");
        assert_eq!(block(hostile), [r"a\u{1b}[31mb\u{7}c\rd", "e\tf\\u{9b}g\\u{7f}"]);
    }

    #[test]
    fn nothing_turns_the_direction_or_hides() {
        assert_eq!(line("x\u{202e}y\u{200b}z\u{feff}"), r"x\u{202e}y\u{200b}z\u{feff}");
        assert_eq!(line("größer 大 é"), "größer 大 é");
    }

    #[test]
    fn commands_of_ci_services_are_broken() {
        assert_eq!(line("##vso[task.setvariable]"), r"#\u{23}vso[task.setvariable]");
        assert_eq!(line("###[error]"), r"#\u{23}\u{23}[error]");
    }

    #[test]
    fn long_texts_are_cut_at_characters_and_say_so() {
        let long = "é".repeat(BLOCK_LIMIT);
        let lines = block(&long);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].len(), BLOCK_LIMIT);
        assert_eq!(lines[1], "… (4096 more bytes)");
        let empty = block(&"\n".repeat(BLOCK_LIMIT + 1));
        assert_eq!(empty.len(), BLOCK_LINES + 2);
        assert_eq!(empty[BLOCK_LINES..], ["… (3976 lines not shown)", "… (1 more bytes)"]);
        assert!(line(&long).ends_with(" … (7168 more bytes)"));
        assert!(key(&format!("x{long}")).len() <= LINE_LIMIT);
    }

    #[test]
    fn a_command_is_whole_or_absent() {
        assert_eq!(command("curl -d 'a\u{1b}'").as_deref(), Some(r"curl -d 'a\u{1b}'"));
        assert_eq!(command(&"x".repeat(BLOCK_LIMIT + 1)), None);
    }

    #[test]
    fn messages_split_at_the_first_empty_line() {
        assert_eq!(split_message("A: b\r\n\r\nbody\r\n\r\nmore"), ("A: b", "body\r\n\r\nmore"));
        assert_eq!(split_message("A: b\n\nbody"), ("A: b", "body"));
        assert_eq!(split_message("connection reset"), ("connection reset", ""));
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!([count(0, "case"), count(1, "case")], ["0 cases", "1 case"]);
        let durations = [7, 1_250, 61_000, 7_260_000].map(duration);
        assert_eq!(durations, ["7 ms", "1.2 s", "1 min 1 s", "2 h 1 min"]);
    }
}
