//! The part of XML that replies use: elements and texts, no attributes that mean anything, no
//! entities but the five predefined ones, no document type.

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use serde_json::{Map, Value};

use super::malformed::Malformed;
use super::reply::NESTING_LIMIT;

/// Appends `text` so that a reader finds it unchanged; what XML cannot hold becomes U+FFFD.
pub(super) fn push_text(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\r' => out.push_str("&#13;"),
            _ if is_legal(character) => out.push(character),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// Appends an element's name; what a name cannot hold becomes `_`.
pub(super) fn push_name(out: &mut String, name: &str) {
    for (position, character) in name.chars().enumerate() {
        out.push(if in_name(position, character) { character } else { '_' });
    }
    if name.is_empty() {
        out.push('_');
    }
}

fn in_name(position: usize, character: char) -> bool {
    let letter = character.is_ascii_alphabetic() || character == '_';
    letter || (position > 0 && (character.is_ascii_digit() || "-.:".contains(character)))
}

/// Whether XML 1.0 can hold a character.
fn is_legal(character: char) -> bool {
    let control = character < ' ' && !matches!(character, '\t' | '\n' | '\r');
    !control && !matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// Reads a document as the name and the value of its root.
///
/// An element with elements becomes an object, every other one a text. An element that comes more
/// than once in its parent becomes a list. White space between elements is dropped.
///
/// # Errors
/// `NotXml`, `NestedTooDeep`, or `TrailingData` if something follows the root.
pub(super) fn read(text: &str) -> Result<(String, Value), Malformed> {
    if !text.chars().all(is_legal) {
        return Err(refuse("a character that XML cannot hold"));
    }
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    reader.config_mut().check_comments = true;
    let mut tree = Tree::default();
    let mut first = true;
    loop {
        let event = reader.read_event().map_err(|error| refuse(&error.to_string()))?;
        match event {
            Event::Eof => return tree.finish(),
            Event::Decl(declaration) if first => check_declaration(&declaration)?,
            Event::Decl(_) => return Err(refuse("a declaration that is not at the beginning")),
            Event::DocType(_) => return Err(refuse("a document type")),
            Event::Comment(_) => {}
            Event::PI(instruction) => check_instruction(instruction.target())?,
            event => tree.take(event)?,
        }
        first = false;
    }
}

fn check_declaration(declaration: &BytesDecl<'_>) -> Result<(), Malformed> {
    let refused = |_| refuse("a broken declaration");
    if declaration.version().map_err(|_| refuse("a broken declaration"))? != "1.0" {
        return Err(refuse("a version other than 1.0"));
    }
    match declaration.encoding().transpose().map_err(refused)? {
        Some(encoding) if !encoding.eq_ignore_ascii_case("utf-8") => {
            Err(refuse("an encoding other than UTF-8"))
        }
        _ => Ok(()),
    }
}

fn check_instruction(target: &str) -> Result<(), Malformed> {
    match target.is_empty() || target.eq_ignore_ascii_case("xml") {
        true => Err(refuse("a broken processing instruction")),
        false => Ok(()),
    }
}

fn refuse(detail: &str) -> Malformed {
    Malformed::NotXml { detail: detail.to_owned() }
}

/// What has been read: the open elements and the root once it is closed.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<(String, Value)>,
}

struct Element {
    name: String,
    text: String,
    members: Map<String, Value>,
}

impl Tree {
    fn take(&mut self, event: Event<'_>) -> Result<(), Malformed> {
        match event {
            Event::Start(start) => self.open(&start),
            Event::Empty(start) => {
                self.open(&start)?;
                self.close()
            }
            Event::End(_) => self.close(),
            Event::Text(text) => {
                let text = text.xml10_content();
                match text.contains("]]>") {
                    true => Err(refuse("the end of a section that was not begun")),
                    false => self.append(&text),
                }
            }
            Event::CData(text) => self.append_reference(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = resolve(&reference)?;
                self.append_reference(character.encode_utf8(&mut [0; 4]))
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), Malformed> {
        if self.root.is_some() {
            return Err(Malformed::TrailingData);
        }
        if self.open.len() >= NESTING_LIMIT {
            return Err(Malformed::NestedTooDeep);
        }
        let qualified = start.name();
        let name: &str = qualified.as_ref();
        let valid = name.chars().enumerate().all(|(position, character)| {
            in_name(position, character) || (!character.is_ascii() && character.is_alphanumeric())
        });
        if name.is_empty() || !valid {
            return Err(refuse("a broken name of an element"));
        }
        if start.attributes().any(|attribute| attribute.is_err()) {
            return Err(refuse("a broken attribute"));
        }
        let (text, members) = (String::new(), Map::new());
        self.open.push(Element { name: name.to_owned(), text, members });
        Ok(())
    }

    /// Appends text that may stand outside the root if it is white space.
    fn append(&mut self, text: &str) -> Result<(), Malformed> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim_ascii().is_empty() => {}
            None if self.root.is_some() => return Err(Malformed::TrailingData),
            None => return Err(refuse("a text outside of elements")),
        }
        Ok(())
    }

    /// Appends text that may not stand outside the root.
    fn append_reference(&mut self, text: &str) -> Result<(), Malformed> {
        match self.open.is_empty() {
            true if self.root.is_some() => Err(Malformed::TrailingData),
            true => Err(refuse("a text outside of elements")),
            false => self.append(text),
        }
    }

    fn close(&mut self) -> Result<(), Malformed> {
        let Some(element) = self.open.pop() else { return Err(refuse("an end without a start")) };
        let Element { name, text, members } = element;
        let value = match members.is_empty() {
            true => Value::String(text),
            false if text.trim_ascii().is_empty() => Value::Object(members),
            false => return Err(refuse("a text between elements")),
        };
        match self.open.last_mut() {
            Some(parent) => parent.add(name, value),
            None => self.root = Some((name, value)),
        }
        Ok(())
    }

    fn finish(self) -> Result<(String, Value), Malformed> {
        match self.root {
            Some(root) => Ok(root),
            None if self.open.is_empty() => Err(refuse("no element")),
            None => Err(refuse("an element that is not closed")),
        }
    }
}

impl Element {
    fn add(&mut self, name: String, value: Value) {
        match self.members.get_mut(&name) {
            None => {
                self.members.insert(name, value);
            }
            Some(Value::Array(entries)) => entries.push(value),
            Some(single) => {
                let before = single.take();
                *single = Value::Array(vec![before, value]);
            }
        }
    }
}

fn resolve(reference: &BytesRef<'_>) -> Result<char, Malformed> {
    let broken = |_| refuse("a broken character reference");
    if let Some(character) = reference.resolve_char_ref().map_err(broken)? {
        return match is_legal(character) {
            true => Ok(character),
            false => Err(refuse("a reference to a character that XML cannot hold")),
        };
    }
    match reference.borrow().into_inner().as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(refuse("an entity that is not predefined")),
    }
}
