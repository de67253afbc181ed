//! The command lines of fuzzing: `fuzz`, `replay` and `promote`.

use super::{ApiArguments, Scope, TargetArguments};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// `fuzz`.
#[derive(Debug, Args)]
pub struct FuzzArguments {
    /// The target.
    #[command(flatten)]
    pub target: TargetArguments,
    /// The scope.
    #[command(flatten)]
    pub scope: Scope,
    /// How long: a number with s, m or h. [default: 1m]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub time: Option<Duration>,
    /// How many cases; instead of --time, or whichever comes first.
    #[arg(long, value_name = "N")]
    pub cases: Option<u64>,
    /// The seed; a fresh one by default, which is printed.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The folder of cases to begin with; what reaches something new is added. Several workers may
    /// share it.
    #[arg(long, value_name = "DIR")]
    pub corpus: Option<PathBuf>,
    /// The folder of finds and of their index.
    #[arg(long, value_name = "DIR", default_value = "finds")]
    pub finds: PathBuf,
    /// A lawful variant of `builtin`, by name.
    #[arg(long, value_name = "NAME", help_heading = "Builtin target")]
    pub variant: Vec<String>,
    /// A fault of `builtin`, by name.
    #[arg(long, value_name = "NAME", help_heading = "Builtin target")]
    pub fault: Vec<String>,
}

/// `replay`.
#[derive(Debug, Args)]
pub struct ReplayArguments {
    /// The case.
    pub file: PathBuf,
    /// The target.
    #[command(flatten)]
    pub target: TargetArguments,
    /// The scope.
    #[command(flatten)]
    pub scope: Scope,
    /// Exit codes for `git bisect run`: 0 good, 1 bad, 125 cannot tell.
    #[arg(long)]
    pub bisect: bool,
    /// How often it is played: it is fixed if it never fails.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub times: u32,
    /// A lawful variant of `builtin`, by name.
    #[arg(long, value_name = "NAME", help_heading = "Builtin target")]
    pub variant: Vec<String>,
    /// A fault of `builtin`, by name.
    #[arg(long, value_name = "NAME", help_heading = "Builtin target")]
    pub fault: Vec<String>,
}

/// `promote`.
#[derive(Debug, Args)]
pub struct PromoteArguments {
    /// The case.
    pub file: PathBuf,
    /// The name of the fixture; by default that of the file.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The folder that it is put into.
    #[arg(long, value_name = "DIR", default_value = "fixtures/regressions")]
    pub to: PathBuf,
}

/// `finds`.
#[derive(Debug, Args)]
pub struct FindsArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: FindsCommand,
}

/// The commands about finds.
#[derive(Debug, Subcommand)]
pub enum FindsCommand {
    /// Print the finds that are open as JSON: one object for each, with a title and a text, from which an
    /// issue can be opened or updated by its key.
    Export {
        /// The folder of finds.
        #[arg(long, value_name = "DIR", default_value = "finds")]
        finds: PathBuf,
    },
    /// Say what became of a find.
    Set {
        /// Its key.
        key: String,
        /// What is known of it.
        #[arg(long, value_enum)]
        status: FindStatus,
        /// The issue about it.
        #[arg(long, value_name = "TEXT")]
        issue: Option<String>,
        /// Who looks after it.
        #[arg(long, value_name = "NAME")]
        owner: Option<String>,
        /// The folder of finds.
        #[arg(long, value_name = "DIR", default_value = "finds")]
        finds: PathBuf,
    },
}

/// What is known of a find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindStatus {
    /// Somebody should look at it.
    Open,
    /// Somebody did: it gates nothing.
    Known,
    /// It is gone: if it is seen again, it gates.
    Fixed,
    /// It does not always fail.
    Flaky,
}

/// `corpus`.
#[derive(Debug, Args)]
pub struct CorpusArguments {
    /// The API.
    #[command(flatten)]
    pub api: ApiArguments,
    /// What to do.
    #[command(subcommand)]
    pub command: CorpusCommand,
}

/// The commands about corpora.
#[derive(Debug, Subcommand)]
pub enum CorpusCommand {
    /// Count the cases of a folder, and what they reach on the reference implementation.
    Stats {
        /// The folder.
        dir: PathBuf,
    },
    /// Keep at most so many cases; what adds least to what the others reach goes first.
    Prune {
        /// The folder.
        dir: PathBuf,
        /// How many are kept.
        #[arg(long, value_name = "N")]
        most: usize,
    },
    /// Put the cases of folders into one; what is in several of them is there once.
    Merge {
        /// The folders.
        #[arg(required = true)]
        from: Vec<PathBuf>,
        /// Where they are put.
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
    },
    /// Write every case as this version writes it.
    Migrate {
        /// The folder.
        dir: PathBuf,
    },
    /// Make the distilled corpus: the suite and made-up cases, reduced to few that reach the same.
    Distil {
        /// The file that is written, a case a line. [default: fixtures/corpus/API.jsonl]
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// How many cases are made up on the default variant; on others a tenth.
        #[arg(long, value_name = "N", default_value_t = 20000)]
        cases: u64,
        /// The seed.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
}

fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "write a number with s, m or h, such as 30m".to_owned();
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        _ => return Err(wrong()),
    };
    let number: u64 = text.trim_end_matches(unit).parse().map_err(|_| wrong())?;
    number.checked_mul(seconds).filter(|each| *each > 0).map(Duration::from_secs).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("30m"), Ok(Duration::from_secs(1800)));
        assert_eq!(duration("2h"), Ok(Duration::from_secs(7200)));
        for wrong in
            ["", "m", "30", "0s", "-1m", "1d", "99999999999999999999h", "18446744073709551615h"]
        {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
