//! Merging: defaults, file, environment, flags, each before the one after it.

use super::file::{self, File};
use super::keys::{KEYS, key, nearest};
use super::problem::{Problem, Problems, Source};
use super::value::{Hook, SecretSource, Value};
use crate::apis::operations_of;
use sharespec_runner::process::Command;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the command line asks for.
#[derive(Debug, Default)]
pub struct Asked {
    /// `builtin`, a URL, `@NAME` or `exec:CMD`.
    pub target: Option<String>,
    /// Keys with a flag of their own: flag, key and text.
    pub flags: Vec<(&'static str, &'static str, String)>,
    /// `--set KEY=VALUE`.
    pub set: Vec<String>,
}

/// What is in force, and where each value comes from.
#[derive(Debug)]
pub struct Settings {
    /// The target as it is named in reports and in lines that reproduce a case.
    pub name: String,
    /// The file that was read.
    pub file: Option<PathBuf>,
    /// Where the target was named.
    pub source: Source,
    /// Whether the target is the reference implementation in this process.
    pub builtin: bool,
    values: BTreeMap<String, (Value, Source)>,
}

impl Settings {
    /// What is in force for a command line, in an environment and a working directory.
    ///
    /// # Errors
    /// All that is wrong with the first of file, environment and flags that is wrong.
    pub fn resolve(
        asked: &Asked,
        environment: &dyn Fn(&str) -> Option<String>,
        directory: &Path,
    ) -> Result<Self, Problems> {
        let (name, source, file) = named(asked, environment, directory)?;
        let mut settings = Self {
            builtin: name == "builtin",
            file: file.as_ref().map(|file| file.path.clone()),
            values: BTreeMap::new(),
            name,
            source,
        };
        settings.defaults(directory);
        if let (Some(file), Some(own)) = (file, settings.name.strip_prefix('@')) {
            let without = || Problems::one(&settings.source, file.without(own));
            let target = file.targets.get(own).ok_or_else(without)?;
            settings.source = target.source.clone();
            settings.values.extend(target.values.clone());
        }
        settings.environment(environment, directory)?;
        settings.flags(asked, directory)?;
        settings.check()?;
        Ok(settings)
    }

    fn defaults(&mut self, directory: &Path) {
        for key in KEYS {
            let value =
                key.default.and_then(|text| Value::from_text(key.takes, text, directory).ok());
            if let Some(value) = value {
                self.values.insert(key.name.to_owned(), (value, Source::Default));
            }
        }
    }

    /// Puts other defaults in force where nothing else was said; a default of a key that is not there any
    /// more means nothing.
    pub fn default_to<'a>(&mut self, defaults: impl Iterator<Item = (&'a str, &'a str)>) {
        for (name, text) in defaults {
            let is_said =
                self.origin(name).is_some_and(|source| !matches!(source, Source::Default));
            let found = KEYS.iter().find(|key| key.name == name).filter(|_| !is_said);
            let value = found.and_then(|key| Value::from_text(key.takes, text, Path::new("")).ok());
            if let Some(value) = value {
                self.values.insert(name.to_owned(), (value, Source::Default));
            }
        }
    }

    fn environment(
        &mut self,
        environment: &dyn Fn(&str) -> Option<String>,
        directory: &Path,
    ) -> Result<(), Problems> {
        for key in KEYS {
            let Some(variable) = key.variable() else { continue };
            let Some(text) = environment(&variable) else { continue };
            self.put(key.name, &text, Source::Environment(variable), directory)?;
        }
        Ok(())
    }

    fn flags(&mut self, asked: &Asked, directory: &Path) -> Result<(), Problems> {
        let target = self.name.clone();
        if let Some(command) = target.strip_prefix("exec:") {
            self.put("start", command, self.source.clone(), directory)?;
        } else if !target.starts_with('@') && !self.builtin {
            self.put("url", &target, self.source.clone(), directory)?;
        }
        for (flag, name, text) in &asked.flags {
            self.put(name, text, Source::Flag((*flag).to_owned()), directory)?;
        }
        for text in &asked.set {
            let source = Source::Flag("--set".to_owned());
            let (name, text) = text
                .split_once('=')
                .ok_or_else(|| Problems::one(&source, "write --set KEY=VALUE"))?;
            self.put(name.trim(), text.trim(), source, directory)?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        name: &str,
        text: &str,
        source: Source,
        directory: &Path,
    ) -> Result<(), Problems> {
        let path: Vec<String> = name.split('.').map(str::to_owned).collect();
        let Some(key) = key(&path) else {
            let near = nearest(name, KEYS.iter().map(|key| key.name));
            let hint = near.map_or_else(
                || "; `sharespec config --keys` shows all of them".to_owned(),
                |near| format!("; did you mean `{near}`?"),
            );
            return Err(Problems::one(&source, format!("there is no key `{name}`{hint}")));
        };
        let value = Value::from_text(key.takes, text, directory)
            .map_err(|text| Problems::one(&source, format!("`{name}`: {text}")))?;
        self.values.insert(name.to_owned(), (value, source));
        Ok(())
    }

    /// What no key says alone.
    fn check(&self) -> Result<(), Problems> {
        let mut problems = Vec::new();
        let mut wrong = |source: &Source, text: &str| problems.push(Problem::new(source, text));
        if !self.builtin && !self.has("url") && !self.has("start") {
            wrong(&self.source, "the target has neither `url` nor `start`: write one of them");
        }
        if let (Some(_), Some(source)) =
            (self.get("operations.present"), self.origin("operations.absent"))
        {
            wrong(source, "write `operations.absent` or `operations.present`, not both");
        }
        if self.text("identity") == "headers"
            && let Some(source) = self.origin("identity")
            && !self.tells_callers_apart()
        {
            wrong(
                source,
                "no header says who calls: write `headers` with {role}, {account} or {key}, or `roles.ROLE.headers`",
            );
        }
        if let (Some(source), None) = (self.origin("tls.key"), self.get("tls.certificate")) {
            wrong(source, "write `tls.certificate` too");
        }
        if let Some(source) = self.origin("path")
            && !self.text("path").starts_with('/')
        {
            wrong(source, "`path` begins with a slash");
        }
        for name in ["url", "proxy"] {
            if let Some(source) = self.origin(name)
                && has_user(self.text(name))
            {
                let text = format!("`{name}`: no user and no password here; use `headers`");
                problems.push(Problem::new(source, text));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }

    fn tells_callers_apart(&self) -> bool {
        let varies = |value: &Value| match value {
            Value::Text(text) => {
                ["{role}", "{account}", "{key}"].iter().any(|each| text.contains(each))
            }
            _ => false,
        };
        self.values.iter().any(|(name, (value, _))| {
            (name.starts_with("headers.") && varies(value))
                || (name.starts_with("roles.") && name.contains(".headers."))
        })
    }

    /// A problem with the first value whose name begins so.
    pub fn problem(&self, name: &str, text: &str) -> Problems {
        let found = self.values.iter().find(|(each, _)| each.starts_with(name));
        Problems::one(found.map_or(&self.source, |(_, (_, source))| source), text)
    }

    /// All values in the order of the keys: dotted path, value, source.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Value, &Source)> {
        KEYS.iter().flat_map(|each| {
            self.values.iter().filter_map(move |(name, (value, source))| {
                let path: Vec<String> = name.split('.').map(str::to_owned).collect();
                each.is(&path).then_some((name.as_str(), value, source))
            })
        })
    }

    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name).map(|(value, _)| value)
    }

    /// Whether a key has a value.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Where the value of a key comes from, if it has one.
    pub fn origin(&self, name: &str) -> Option<&Source> {
        self.values.get(name).map(|(_, source)| source)
    }

    /// The text of a key; empty if it has none.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The file of a key.
    pub fn path(&self, name: &str) -> Option<&Path> {
        match self.get(name) {
            Some(Value::Path(path)) => Some(path),
            _ => None,
        }
    }

    /// The number of a key, if it has one.
    pub fn number(&self, name: &str) -> Option<u64> {
        match self.get(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Whether a key is `true`.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Flag(true)))
    }

    /// The texts of a key.
    pub fn texts(&self, name: &str) -> &[String] {
        match self.get(name) {
            Some(Value::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// The command of a key.
    pub fn command(&self, name: &str) -> Option<&Command> {
        match self.get(name) {
            Some(Value::Command(command)) => Some(command),
            _ => None,
        }
    }

    /// The hook of a key.
    pub fn hook(&self, name: &str) -> Option<&Hook> {
        match self.get(name) {
            Some(Value::Hook(hook)) => Some(hook),
            _ => None,
        }
    }

    /// The secret that a key tells the place of.
    ///
    /// # Errors
    /// If it is not there.
    pub fn secret(&self, name: &str) -> Result<Option<String>, Problems> {
        match self.values.get(name) {
            Some((Value::Secret(secret), source)) => self.read(name, secret, source).map(Some),
            _ => Ok(None),
        }
    }

    /// A text, or the secret that a key tells the place of, and whether it is one.
    ///
    /// # Errors
    /// If the secret is not there.
    pub fn text_or_secret(&self, name: &str) -> Result<(String, bool), Problems> {
        Ok(match self.secret(name)? {
            Some(secret) => (secret, true),
            None => (self.text(name).to_owned(), false),
        })
    }

    fn read(&self, name: &str, secret: &SecretSource, source: &Source) -> Result<String, Problems> {
        secret.read().map_err(|text| Problems::one(source, format!("`{name}`: {text}")))
    }

    /// The names that follow a prefix: `roles.` gives the roles.
    pub fn names_after<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        let mut last = "";
        self.values.keys().filter_map(move |name| {
            let part = name.strip_prefix(prefix)?.split('.').next()?;
            (std::mem::replace(&mut last, part) != part).then_some(part)
        })
    }

    /// The operations that are declared absent.
    pub fn absent(&self) -> Vec<String> {
        let known = operations_of(self.text("api"));
        let all = || known.iter().map(|each| (*each).to_owned());
        match self.has("operations.present") {
            true => all().filter(|each| !self.texts("operations.present").contains(each)).collect(),
            false => self.texts("operations.absent").to_vec(),
        }
    }

    /// The name of the target, fit for a path.
    pub fn file_name(&self) -> String {
        let name = self.name.trim_start_matches('@');
        let name = name.split_once("://").map_or(name, |(_, rest)| rest);
        let fit = |letter: char| letter.is_alphanumeric() || ".-_".contains(letter);
        let name: String =
            name.chars().map(|letter| if fit(letter) { letter } else { '-' }).collect();
        name.trim_matches(['-', '.']).to_owned()
    }
}

fn has_user(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().is_some_and(|authority| authority.contains('@'))
}

/// The target's name, where it was named, and the file, if it had to be looked into.
fn named(
    asked: &Asked,
    environment: &dyn Fn(&str) -> Option<String>,
    directory: &Path,
) -> Result<(String, Source, Option<File>), Problems> {
    let by_flag = asked.target.clone().map(|name| (name, Source::Flag("--target".to_owned())));
    let by_environment = || {
        let name = environment("SHARESPEC_TARGET")?;
        Some((name, Source::Environment("SHARESPEC_TARGET".to_owned())))
    };
    let given = by_flag.or_else(by_environment);
    if let Some((name, source)) = &given
        && !name.starts_with('@')
    {
        return Ok((name.clone(), source.clone(), None));
    }
    let file = file::find(directory).map(|path| file::read(&path)).transpose()?;
    match (given, file) {
        (Some((_, source)), None) => {
            let text =
                format!("there is no {} here or above; `sharespec init` writes one", file::NAME);
            Err(Problems::one(&source, text))
        }
        (Some((name, source)), file) => Ok((name, source, file)),
        (None, Some(file)) => match file.default.clone() {
            Some((name, source)) => Ok((format!("@{name}"), source, Some(file))),
            None => Ok(("builtin".to_owned(), Source::Default, Some(file))),
        },
        (None, None) => Ok(("builtin".to_owned(), Source::Default, None)),
    }
}
