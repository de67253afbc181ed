//! The values of keys, and how they are read from a text, as environment and flags have them.

use super::keys::{Takes, nearest};
use super::toml_value;
use crate::apis::operations;
use sharespec_runner::process::Command;
use std::fmt;
use std::path::{Path, PathBuf};

/// A value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A file.
    Path(PathBuf),
    /// A number.
    Number(u64),
    /// Yes or no.
    Flag(bool),
    /// Texts.
    Texts(Vec<String>),
    /// A command.
    Command(Command),
    /// Where a secret stands.
    Secret(SecretSource),
    /// A hook.
    Hook(Hook),
}

/// Where a secret stands: never in a file of settings itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// In an environment variable.
    Environment(String),
    /// In a file; white space around it does not count.
    File(PathBuf),
}

impl SecretSource {
    /// The secret.
    ///
    /// # Errors
    /// A text that says why there is none.
    pub fn read(&self) -> Result<String, String> {
        let secret = match self {
            Self::Environment(name) => std::env::var(name)
                .map_err(|_| format!("the environment variable {name} is not set"))?,
            Self::File(path) => std::fs::read_to_string(path)
                .map_err(|error| format!("the file {} cannot be read: {error}", path.display()))?
                .trim()
                .to_owned(),
        };
        match secret.is_empty() {
            true => Err(format!("{self} is empty")),
            false => Ok(secret),
        }
    }
}

impl fmt::Display for SecretSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(name) => write!(formatter, "the environment variable {name}"),
            Self::File(path) => write!(formatter, "the file {}", path.display()),
        }
    }
}

/// What a hook does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hook {
    /// Runs a command.
    Command(Command),
    /// Sends a POST: to a path of the target, or to a URL.
    Post(String),
}

impl Value {
    /// The value as it would stand in the file.
    pub fn toml(&self) -> String {
        let text = |text: &str| toml::Value::from(text).to_string();
        let texts = |texts: &[String]| toml::Value::from(texts.to_vec()).to_string();
        let command = |command: &Command| match command {
            Command::Shell { text: line, .. } => text(line),
            Command::Words { words, .. } => texts(words),
        };
        match self {
            Self::Text(value) => text(value),
            Self::Path(path) => text(&path.display().to_string()),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Texts(values) => texts(values),
            Self::Command(value) => command(value),
            Self::Secret(SecretSource::Environment(name)) => format!("{{ env = {} }}", text(name)),
            Self::Secret(SecretSource::File(path)) => {
                format!("{{ file = {} }}", text(&path.display().to_string()))
            }
            Self::Hook(Hook::Command(value)) => format!("{{ command = {} }}", command(value)),
            Self::Hook(Hook::Post(url)) => format!("{{ post = {} }}", text(url)),
        }
    }

    /// The value of a key as a text of the environment or of a flag has it; paths are relative to
    /// `directory`.
    ///
    /// # Errors
    /// What is wrong, without the value.
    pub fn from_text(takes: Takes, text: &str, directory: &Path) -> Result<Self, String> {
        match takes {
            Takes::Text => Ok(Self::Text(text.to_owned())),
            Takes::Path => Ok(Self::Path(directory.join(text))),
            Takes::OneOf(known) => one_of(text, known).map(Self::Text),
            Takes::Number(least, most) => number(text.parse().ok(), least, most),
            Takes::Flag => text.parse().map(Self::Flag).map_err(|_| TRUE_OR_FALSE.to_owned()),
            Takes::Texts | Takes::Operations => {
                let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                let texts: Vec<String> = parts.map(str::to_owned).collect();
                all_of(texts, takes)
            }
            Takes::Command => Ok(Self::Command(Command::shell(text, directory))),
            Takes::TextOrSecret if !text.trim_start().starts_with('{') => {
                Ok(Self::Text(text.to_owned()))
            }
            Takes::TextOrSecret | Takes::Secret | Takes::Hook => {
                let parsed = toml::de::DeValue::parse(text);
                let parsed = parsed.map_err(|error| error.message().to_owned())?;
                toml_value::read(takes, parsed.get_ref(), directory)
            }
        }
    }
}

/// What is said to anything that is neither.
pub const TRUE_OR_FALSE: &str = "write true or false";

/// A number within bounds.
pub fn number(number: Option<u64>, least: u64, most: u64) -> Result<Value, String> {
    match number {
        Some(number) if (least..=most).contains(&number) => Ok(Value::Number(number)),
        _ => Err(format!("write a whole number from {least} to {most}")),
    }
}

/// One of the known texts.
pub fn one_of(text: &str, known: &[&str]) -> Result<String, String> {
    if known.contains(&text) {
        return Ok(text.to_owned());
    }
    let all = known.join("`, `");
    Err(match nearest(text, known.iter().copied()) {
        Some(near) => format!("`{text}` is not known; did you mean `{near}`?"),
        None => format!("`{text}` is not known; write one of `{all}`"),
    })
}

/// A list of texts, each of them known if the key takes only known ones.
pub fn all_of(texts: Vec<String>, takes: Takes) -> Result<Value, String> {
    if let Takes::Operations = takes {
        let known = operations();
        texts.iter().try_for_each(|text| one_of(text, &known).map(drop))?;
    }
    Ok(Value::Texts(texts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(takes: Takes, text: &str) -> Result<Value, String> {
        Value::from_text(takes, text, Path::new("/d"))
    }

    #[test]
    fn texts_of_the_environment_are_read_by_what_the_key_takes() {
        assert_eq!(read(Takes::Number(1, 9), "7"), Ok(Value::Number(7)));
        assert_eq!(
            read(Takes::Number(1, 9), "10").unwrap_err(),
            "write a whole number from 1 to 9"
        );
        assert_eq!(read(Takes::Path, "a").unwrap(), Value::Path("/d/a".into()));
        assert_eq!(
            read(Takes::Texts, "a, b,").unwrap(),
            Value::Texts(vec!["a".into(), "b".into()])
        );
        let wrong = read(Takes::Operations, "CreateResourceShares").unwrap_err();
        assert!(wrong.contains("did you mean `CreateResourceShare`?"), "{wrong}");
        let secret = read(Takes::Secret, "{ env = \"X\" }").unwrap();
        assert_eq!(secret, Value::Secret(SecretSource::Environment("X".into())));
        assert_eq!(secret.toml(), "{ env = \"X\" }");
        let hook = read(Takes::Hook, "{ post = \"/x\" }").unwrap();
        assert_eq!(hook.toml(), "{ post = \"/x\" }");
    }

    #[test]
    fn a_secret_in_plain_text_is_refused_without_being_repeated() {
        let wrong = read(Takes::Secret, "\"hunter2hunter2\"").unwrap_err();
        assert!(!wrong.contains("hunter2"), "{wrong}");
        let wrong = read(Takes::Secret, "hunter2hunter2").unwrap_err();
        assert!(!wrong.contains("hunter2"), "{wrong}");
    }
}
