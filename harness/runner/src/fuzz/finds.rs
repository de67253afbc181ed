//! Finds over many nights: a line for each, by what was found rather than by what was sent.

use super::corpus::{CorpusError, read_case, write_whole};
use serde::{Deserialize, Serialize};
use sharespec_generators::fuzz::size;
use sharespec_wire::case::{Case, Found};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The version of the form of the index.
const INDEX_VERSION: u32 = 1;

/// What is known of a find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Somebody should look at it.
    #[default]
    Open,
    /// Somebody did; it is seen again each night and gates nothing.
    Known,
    /// It is gone. If it is seen again, it has returned.
    Fixed,
    /// It did not fail again when it was played again.
    Flaky,
}

/// A line of the index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// The version of this form.
    pub version: u32,
    /// The key: a hash over what was found.
    pub key: String,
    /// When it was first seen.
    pub first_seen: String,
    /// When it was last seen.
    pub last_seen: String,
    /// How often it was seen.
    pub count: u64,
    /// How often it was played again, at first.
    pub attempts: u32,
    /// How often that failed in the same way.
    pub successes: u32,
    /// What is known of it.
    pub status: Status,
    /// The issue, as whoever keeps the index wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// Who looks after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The file of the case, beside the index.
    pub file: String,
    /// The operation.
    pub operation: String,
    /// The check.
    pub check: String,
    /// The rule.
    pub rule: String,
    /// What was observed.
    pub observed: String,
}

/// What a sighting means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It was never seen before.
    New,
    /// It was fixed, and is back.
    Returned,
    /// It is as it was.
    Old,
    /// It was never seen before, and not again when it was played again.
    Flaky,
}

impl News {
    /// Whether somebody has to look.
    pub fn gates(self) -> bool {
        matches!(self, Self::New | Self::Returned)
    }
}

/// Why finds cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum FindsError {
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] CorpusError),
    /// A line of the index is none.
    #[error("line {line} of {path} is no find: {source}")]
    Line {
        /// The index.
        path: PathBuf,
        /// The line, counted from one.
        line: usize,
        /// Why not.
        source: serde_json::Error,
    },
    /// The folder cannot be used.
    #[error("cannot use {path}: {source}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

/// The key of a find: the operation, the conditions, the admissible answers, and what was observed.
pub fn key_of(found: &Found) -> String {
    let parts = [
        found.operation.as_str(),
        &found.conditions.join(","),
        &found.admissible.join(","),
        &found.check,
        &found.rule,
        &found.observed,
    ];
    let hash = parts.join("\n").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// A folder of finds with its index.
#[derive(Clone, Debug)]
pub struct Finds {
    folder: PathBuf,
}

impl Finds {
    /// The finds in a folder, which is made when something is found.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn index(&self) -> PathBuf {
        self.folder.join("index.jsonl")
    }

    /// Where the case of a key is.
    pub fn path(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{key}.json"))
    }

    /// The lines of the index, by key.
    ///
    /// # Errors
    /// [`FindsError`] if the index is there and cannot be read.
    pub fn entries(&self) -> Result<BTreeMap<String, Entry>, FindsError> {
        let path = self.index();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(BTreeMap::new());
            }
            Err(source) => return Err(FindsError::Folder { path, source }),
        };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let entries =
            lines.map(|(number, line)| {
                let entry: Entry = serde_json::from_str(line).map_err(|source| {
                    FindsError::Line { path: path.clone(), line: number + 1, source }
                })?;
                Ok((entry.key.clone(), entry))
            });
        entries.collect()
    }

    /// The cases of open finds that nobody had the time to make as small as they get.
    ///
    /// # Errors
    /// [`FindsError`] if the index is there and cannot be read.
    pub fn unfinished(&self) -> Result<Vec<Case>, FindsError> {
        let open = |entry: &Entry| entry.status == Status::Open;
        let entries = self.entries()?.into_values().filter(open);
        let cases = entries.filter_map(|entry| self.case(&entry.key));
        Ok(cases.filter(|case| case.found.as_ref().is_some_and(|found| found.unfinished)).collect())
    }

    /// The case of a key, if it is there and can be read.
    fn case(&self, key: &str) -> Option<Case> {
        read_case(&self.path(key)).ok()
    }

    /// Takes down that a case was found, and writes it unless a smaller one is there.
    ///
    /// # Errors
    /// [`FindsError`] if the folder cannot be used.
    pub fn saw(&self, case: &Case, found: &Found, now: &str) -> Result<News, FindsError> {
        let unusable = |source| FindsError::Folder { path: self.folder.clone(), source };
        std::fs::create_dir_all(&self.folder).map_err(unusable)?;
        // Other workers write here too: one at a time.
        let lock = std::fs::File::create(self.folder.join(".lock")).map_err(unusable)?;
        lock.lock().map_err(unusable)?;
        let (key, mut entries) = (key_of(found), self.entries()?);
        let fresh = || Entry {
            version: INDEX_VERSION,
            key: key.clone(),
            first_seen: now.to_owned(),
            attempts: found.attempts,
            successes: found.successes,
            file: format!("{key}.json"),
            operation: found.operation.clone(),
            check: found.check.clone(),
            rule: found.rule.clone(),
            observed: found.observed.clone(),
            ..Entry::default()
        };
        let known = entries.contains_key(&key);
        let entry = entries.entry(key.clone()).or_insert_with(fresh);
        entry.last_seen = now.to_owned();
        entry.count += 1;
        let again = found.successes > 0;
        let news = match (known, entry.status, again) {
            (false, _, false) => News::Flaky,
            (false, _, true) => News::New,
            (true, Status::Fixed, _) => News::Returned,
            // What was thought to be luck fails whenever it is played.
            (true, Status::Flaky, true) => News::New,
            (true, ..) => News::Old,
        };
        match news {
            News::New | News::Returned => entry.status = Status::Open,
            News::Flaky => entry.status = Status::Flaky,
            News::Old => {}
        }
        let smaller = |kept: Case| {
            let unfinished = kept.found.as_ref().is_some_and(|found| found.unfinished);
            size(case) < size(&kept) || unfinished && !found.unfinished
        };
        if news != News::Old || self.case(&key).is_none_or(smaller) {
            let text = serde_json::to_vec_pretty(case).unwrap_or_default();
            write_whole(&self.path(&key), &text)?;
        }
        self.write(&entries)?;
        Ok(news)
    }

    /// Writes the index.
    ///
    /// # Errors
    /// [`FindsError`] if it cannot be written.
    pub fn write(&self, entries: &BTreeMap<String, Entry>) -> Result<(), FindsError> {
        let mut text = String::new();
        for entry in entries.values() {
            text.push_str(&serde_json::to_string(entry).unwrap_or_default());
            text.push('\n');
        }
        write_whole(&self.index(), text.as_bytes())?;
        Ok(())
    }
}
