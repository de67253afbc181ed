//! What `sharespec init` writes and `sharespec config` prints.

use super::keys::{KEYS, Key};
use super::merge::Settings;
use std::fmt::Write;

/// What is in force: a line for each key that has a value, and where it comes from.
pub fn config(settings: &Settings) -> String {
    let mut text = match &settings.file {
        Some(path) => format!("# {}\n", path.display()),
        None => String::new(),
    };
    let _ = writeln!(text, "# target {}, from {}", settings.name, settings.source);
    let lines: Vec<(String, String)> = settings
        .all()
        .map(|(name, value, source)| (format!("{name} = {}", value.toml()), source.to_string()))
        .collect();
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0).min(60);
    for (line, source) in lines {
        let _ = writeln!(text, "{line:width$}  # {source}");
    }
    text
}

/// All keys, as the table of `docs/targets.md` has them.
pub fn table() -> String {
    let mut text =
        "| key | value | default | environment | meaning |\n|---|---|---|---|---|\n".to_owned();
    for key in KEYS {
        let default = key.default.map_or(String::new(), |default| format!("`{default}`"));
        let variable = key.variable().map_or(String::new(), |name| format!("`{name}`"));
        let takes = key.takes.describe();
        let _ =
            writeln!(text, "| `{}` | {takes} | {default} | {variable} | {} |", key.name, key.text);
    }
    text
}

/// The file that `sharespec init` writes: one target, every key explained.
pub fn example() -> String {
    let mut text = HEAD.to_owned();
    for key in KEYS {
        let mark = if key.name == "url" { "" } else { "# " };
        let _ = writeln!(text, "\n{}{mark}{} = {}", wrapped(key), named(key), key.example);
    }
    text
}

/// The name of a key with a role and a header of an example.
fn named(key: &Key) -> String {
    let part = |part| match part {
        "ROLE" => "owner",
        "NAME" => "x-account",
        part => part,
    };
    key.parts().map(part).collect::<Vec<_>>().join(".")
}

/// The meaning of a key as comments of at most a hundred characters.
fn wrapped(key: &Key) -> String {
    let default = key.default.map_or(String::new(), |default| format!(" Default: {default}."));
    let mut text = String::new();
    let mut line = "#".to_owned();
    for word in format!("{}{default}", key.text).split(' ') {
        if line.len() + 1 + word.len() > 100 {
            let _ = writeln!(text, "{line}");
            line = "#".to_owned();
        }
        let _ = write!(line, " {word}");
    }
    let _ = writeln!(text, "{line}");
    text
}

const HEAD: &str = "\
# The targets of sharespec. It is found from the working directory upwards.
#
#   sharespec smoke --target @mine      can it be judged?
#   sharespec run --target @mine        judge it
#   sharespec config --target @mine     what is in force, and where each value comes from
#
# The environment goes before this file, and flags go before both. Paths are relative to this file.
# Secrets are never written here: { env = \"NAME\" } or { file = \"PATH\" } say where they stand.

# The target to take if none is named.
default = \"mine\"

[target.mine]
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::file::parse;
    use std::path::Path;

    /// Every line of the example may be used as it stands.
    #[test]
    fn the_example_is_sound_with_every_key_in_force() {
        let example = example();
        let path = Path::new("/p/sharespec.toml");
        assert_eq!(parse(path, &example).unwrap().targets["mine"].values.len(), 1);
        let keys = example.lines().map(|line| match line.strip_prefix("# ") {
            Some(rest)
                if rest.contains(" = ") && KEYS.iter().any(|key| rest.starts_with(&named(key))) =>
            {
                rest
            }
            _ => line,
        });
        let all = keys.collect::<Vec<_>>().join("\n");
        assert_eq!(parse(path, &all).unwrap().targets["mine"].values.len(), KEYS.len());
    }

    /// `docs/targets.md` holds the table of the keys, word by word.
    #[test]
    fn the_documentation_has_the_table_of_the_keys() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/targets.md");
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.contains(&table()), "put the output of `sharespec config --keys` there");
    }
}
