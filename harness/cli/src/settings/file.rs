//! `sharespec.toml`: finding it, reading it, and saying where it is wrong.

use super::keys::{KEYS, Takes, is_placeholder, key, nearest};
use super::problem::{Place, Problem, Problems, Source};
use super::toml_value;
use super::value::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// The name of the file.
pub const NAME: &str = "sharespec.toml";

/// The keys beside targets.
const TOP: [&str; 2] = ["default", "target"];

/// A file that was read and found sound.
#[derive(Debug)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// The name of the target to take if none is named, and where it stands.
    pub default: Option<(String, Source)>,
    /// The targets by name.
    pub targets: BTreeMap<String, Target>,
}

/// One target of a file.
#[derive(Debug)]
pub struct Target {
    /// Where it begins.
    pub source: Source,
    /// Values by dotted path, and where they stand.
    pub values: BTreeMap<String, (Value, Source)>,
}

/// The file of this directory, or of the nearest one above it.
pub fn find(directory: &Path) -> Option<PathBuf> {
    directory.ancestors().map(|each| each.join(NAME)).find(|path| path.is_file())
}

/// Reads a file.
///
/// # Errors
/// All that is wrong with it.
pub fn read(path: &Path) -> Result<File, Problems> {
    let place = Source::File(Place { path: path.to_owned(), line: 1, column: 1 });
    let text = std::fs::read_to_string(path)
        .map_err(|error| Problems::one(&place, format!("cannot be read: {error}")))?;
    parse(path, &text)
}

/// Reads the text of a file.
///
/// # Errors
/// All that is wrong with it.
pub fn parse(path: &Path, text: &str) -> Result<File, Problems> {
    let mut reading = Reading { path, text, problems: Vec::new() };
    let parsed = DeTable::parse(text).map_err(|error| {
        let at = reading.source(error.span().unwrap_or_default());
        // The message alone: the whole error shows the line, and a secret may stand in it.
        Problems::one(&at, error.message())
    })?;
    let file = reading.file(parsed.get_ref());
    match reading.problems.is_empty() {
        true => Ok(file),
        false => Err(Problems(reading.problems)),
    }
}

struct Reading<'a> {
    path: &'a Path,
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn source(&self, span: Range<usize>) -> Source {
        Source::File(Place::of(self.path, self.text, span.start))
    }

    fn problem(&mut self, span: Range<usize>, text: impl Into<String>) {
        let source = self.source(span);
        self.problems.push(Problem::new(&source, text));
    }

    fn file(&mut self, table: &DeTable<'_>) -> File {
        let mut file = File { path: self.path.to_owned(), default: None, targets: BTreeMap::new() };
        for (name, value) in table {
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("default", DeValue::String(text)) => {
                    file.default = Some((text.clone().into_owned(), self.source(value.span())));
                }
                ("default", _) => {
                    self.problem(value.span(), "write the name of a target in quotes")
                }
                ("target", DeValue::Table(targets)) => self.targets(targets, &mut file),
                ("target", _) => self.problem(value.span(), "write a table: [target.NAME]"),
                (unknown, _) => self.unknown(name.span(), unknown, "", &TOP),
            }
        }
        if let Some((name, source)) = &file.default
            && !file.targets.contains_key(name)
        {
            self.problems.push(Problem::new(source, file.without(name)));
        }
        file
    }

    fn targets(&mut self, targets: &DeTable<'_>, file: &mut File) {
        for (name, value) in targets {
            let DeValue::Table(table) = value.get_ref() else {
                self.problem(value.span(), "write a table: [target.NAME]");
                continue;
            };
            let mut target = Target { source: self.source(name.span()), values: BTreeMap::new() };
            self.table(table, &mut Vec::new(), &mut target);
            file.targets.insert(name.get_ref().clone().into_owned(), target);
        }
    }

    fn table(&mut self, table: &DeTable<'_>, path: &mut Vec<String>, target: &mut Target) {
        for (name, value) in table {
            path.push(name.get_ref().clone().into_owned());
            match (key(path), value.get_ref()) {
                (Some(key), found) => {
                    let directory = self.path.parent().unwrap_or(Path::new("."));
                    match toml_value::read(key.takes, found, directory) {
                        Ok(read) => {
                            let source = self.source(value.span());
                            target.values.insert(path.join("."), (read, source));
                        }
                        Err(text) => {
                            self.problem(value.span(), format!("`{}`: {text}", path.join(".")));
                        }
                    }
                }
                (None, DeValue::Table(inner)) if leads_on(path) => self.table(inner, path, target),
                (None, _) if leads_on(path) => {
                    let text = format!("`{}` is a table of {}", path.join("."), members(path));
                    self.problem(value.span(), text);
                }
                (None, _) => self.unknown_key(name.span(), path),
            }
            path.pop();
        }
    }

    fn unknown_key(&mut self, span: Range<usize>, path: &[String]) {
        let (last, before) = path.split_last().map_or(("", path), |(last, rest)| (last, rest));
        let known = next_parts(before);
        let place = match before {
            [] => String::new(),
            before => format!(" in `{}`", before.join(".")),
        };
        self.unknown(span, last, &place, &known);
    }

    fn unknown(&mut self, span: Range<usize>, name: &str, place: &str, known: &[&str]) {
        let text = match nearest(name, known.iter().copied()) {
            Some(near) => format!("there is no key `{name}`{place}; did you mean `{near}`?"),
            None => {
                format!("there is no key `{name}`{place}; there are `{}`", known.join("`, `"))
            }
        };
        self.problem(span, text);
    }
}

/// Whether some key's path goes on from here.
fn leads_on(path: &[String]) -> bool {
    KEYS.iter().any(|key| key.begins_with(path))
}

/// What may come after a path.
fn next_parts(path: &[String]) -> Vec<&'static str> {
    let mut parts: Vec<&str> = KEYS
        .iter()
        .filter(|key| key.begins_with(path))
        .filter_map(|key| key.parts().nth(path.len()))
        .collect();
    parts.dedup();
    parts
}

fn members(path: &[String]) -> String {
    let parts = next_parts(path);
    match parts.iter().any(|part| is_placeholder(part)) {
        true => format!("names: write {} = …", parts.join(", ")),
        false => format!("`{}`", parts.join("`, `")),
    }
}

impl File {
    /// What is said if a target is not there.
    pub fn without(&self, name: &str) -> String {
        let known = || self.targets.keys().map(String::as_str);
        let hint = match nearest(name, known()) {
            Some(near) => format!("; did you mean `{near}`?"),
            None if self.targets.is_empty() => "; there is no [target.NAME] at all".to_owned(),
            None => format!("; there are `{}`", known().collect::<Vec<_>>().join("`, `")),
        };
        format!("there is no target `{name}`{hint}")
    }
}

impl Takes {
    /// What it is, for a person.
    pub fn describe(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Path => "path".to_owned(),
            Self::Number(least, most) => format!("number, {least} to {most}"),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::OneOf(known) => format!("`{}`", known.join("`, `")),
            Self::Texts => "list of texts".to_owned(),
            Self::Operations => "list of operations".to_owned(),
            Self::Command => "command".to_owned(),
            Self::TextOrSecret => "text or secret".to_owned(),
            Self::Secret => "secret".to_owned(),
            Self::Hook => "hook".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        parse(Path::new("/p/sharespec.toml"), text).unwrap_err().to_string()
    }

    #[test]
    fn values_know_their_place_and_paths_their_directory() {
        let text = "default = \"a\"\n[target.a]\nurl = \"http://x\"\n  tls.ca = \"ca.pem\"\n";
        let file = parse(Path::new("/p/sharespec.toml"), text).unwrap();
        let target = &file.targets["a"];
        let (value, source) = &target.values["tls.ca"];
        assert_eq!(*value, Value::Path("/p/ca.pem".into()));
        assert_eq!(source.to_string(), "/p/sharespec.toml:4:12");
        assert_eq!(target.source.to_string(), "/p/sharespec.toml:2:9");
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let text = "[target.a]\ntiemout = 1\njobs = 0\ntls = 3\n\n[target.a.hooks]\nrest = 1\n\
                    [target.a.roles.owner]\nsecret = \"hunter2hunter2\"\n[targets.b]\n";
        let said = wrong(text);
        for line in [
            "sharespec.toml:2:1: there is no key `tiemout`; did you mean `timeout`?",
            "sharespec.toml:3:8: `jobs`: write a whole number from 1 to 1024",
            "sharespec.toml:4:7: `tls` is a table of `ca`, `certificate`, `key`, `insecure`",
            "sharespec.toml:7:1: there is no key `rest` in `hooks`; did you mean `reset`?",
            "sharespec.toml:9:10: `roles.owner.secret`: secrets are not written into this file",
            "sharespec.toml:10:2: there is no key `targets`; did you mean `target`?",
        ] {
            assert!(said.contains(line), "{line}\n{said}");
        }
        assert!(!said.contains("hunter2"), "{said}");
    }

    #[test]
    fn a_file_that_is_no_toml_is_not_repeated() {
        let said = wrong("[target.a]\nsecret = hunter2hunter2\n");
        assert!(said.starts_with("/p/sharespec.toml:2:10: "), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }

    #[test]
    fn a_default_must_be_there() {
        assert!(wrong("default = \"mien\"\n[target.mine]\n").contains("did you mean `mine`?"));
    }
}
