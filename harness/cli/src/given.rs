//! What a line that reproduces a case repeats of the command line: all that decides what the case comes
//! to, and nothing that may be a secret.

use crate::arguments::{RunArguments, Signing};
use crate::settings::{Takes, key};

/// The options, each after a blank.
pub fn written(arguments: &RunArguments) -> String {
    let mut line = String::new();
    let mut add = |option: &str, value: &str| {
        line.push_str(&format!(" {option} {}", quoted(value)));
    };
    arguments.variant.iter().for_each(|name| add("--variant", name));
    arguments.fault.iter().for_each(|name| add("--fault", name));
    if let Some(world) = &arguments.scope.world {
        add("--world", &world.display().to_string());
    }
    arguments.suite.iter().filter(|suite| *suite != "enumerated").for_each(|it| add("--suite", it));
    if let Some(edition) = &arguments.edition {
        add("--edition", edition);
    }
    let target = &arguments.target;
    for (option, value) in [("--timeout", &target.timeout), ("--settle", &target.settle)] {
        value.iter().for_each(|value| add(option, value));
    }
    if let Some(signing) = target.signing {
        add("--signing", signing_name(signing));
    }
    target.set.iter().filter(|set| is_open(set)).for_each(|set| add("--set", set));
    if arguments.strict {
        line.push_str(" --strict");
    }
    line
}

/// The name of a signature, as the command line has it.
pub const fn signing_name(signing: Signing) -> &'static str {
    match signing {
        Signing::V3 => "v3",
        Signing::V2 => "v2",
        Signing::None => "none",
    }
}

/// Whether a `KEY=VALUE` cannot hold a secret: keys that take a text, a command or a header may.
fn is_open(set: &str) -> bool {
    let name = set.split_once('=').map_or(set, |(name, _)| name);
    let path: Vec<String> = name.split('.').map(str::to_owned).collect();
    key(&path).is_some_and(|key| match key.takes {
        Takes::Number(..) | Takes::Flag | Takes::OneOf(_) | Takes::Path | Takes::Operations => true,
        Takes::Text
        | Takes::Texts
        | Takes::Command
        | Takes::TextOrSecret
        | Takes::Secret
        | Takes::Hook => false,
    })
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |each: char| each.is_ascii_alphanumeric() || "-_./:=,@%+".contains(each);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::{App, Command};
    use clap::Parser;

    fn of(line: &str) -> String {
        let Command::Run(arguments) = App::parse_from(line.split(' ')).command else {
            return String::new();
        };
        written(&arguments)
    }

    #[test]
    fn what_decides_is_repeated_and_secrets_are_not() {
        let line = of("sharespec run --variant message-absent --fault target-limit-six --strict \
                       --world my$world.json --set jobs=2 --set headers.x-token=hunter2 \
                       --set proxy=http://me:hunter2@10.0.0.1 --signing v2 --suite corpus");
        assert_eq!(
            line,
            " --variant message-absent --fault target-limit-six --world 'my$world.json' \
             --suite corpus --signing v2 --set jobs=2 --strict"
        );
        assert_eq!(of("sharespec run --jobs 3 --fail-fast"), "");
    }

    #[test]
    fn a_shell_reads_a_word_back() {
        assert_eq!(quoted("a/b.json"), "a/b.json");
        assert_eq!(quoted("it's"), "'it'\\''s'");
        assert_eq!(quoted(""), "''");
    }
}
