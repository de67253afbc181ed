//! The ledger of a run: every share is written down before it is made, so that what a run that was
//! ended could not take away can be taken away later, by `sharespec cleanup`.
//!
//! It is a file of JSON lines: what the run was about, then one line for each share. A run that leaves
//! nothing behind removes it.

use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The name of the target.
    pub target: String,
    /// Where it listens.
    pub url: String,
    /// The API that it was judged by.
    pub api: String,
    /// What the names of all shares of the run begin with.
    pub prefix: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    caller: String,
    name: String,
}

/// The ledger of a run that goes on.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    file: Mutex<File>,
    open: AtomicUsize,
}

impl Ledger {
    /// A new ledger in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn create(folder: &Path, heading: &Heading) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(format!("{}.jsonl", heading.prefix.trim_end_matches('-')));
        let mut file = File::create(&path)?;
        writeln!(file, "{}", serde_json::to_string(heading)?)?;
        Ok(Self { path, file: Mutex::new(file), open: AtomicUsize::new(0) })
    }

    /// A share is about to be made.
    pub fn enter(&self, caller: &str, name: &str) {
        self.open.fetch_add(1, Ordering::SeqCst);
        let line = Line { caller: caller.to_owned(), name: name.to_owned() };
        let text = serde_json::to_string(&line).unwrap_or_default();
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // A disk that is full is no reason not to judge: names begin with the prefix all the same.
        let _ = file.write_all(format!("{text}\n").as_bytes());
    }

    /// So many shares were not made, or are gone.
    pub fn strike(&self, shares: usize) {
        self.open.fetch_sub(shares, Ordering::SeqCst);
    }

    /// How many shares may still be there.
    pub fn left(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        if self.left() == 0 {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// A ledger that a run left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where it is.
    pub path: PathBuf,
    /// What the run was about.
    pub heading: Heading,
    /// The roles that made shares, each once.
    pub callers: Vec<String>,
}

/// The ledgers in a folder. What is no ledger is passed over, a last line that was cut too.
pub fn left(folder: &Path) -> Vec<Left> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<Left> = entries.filter_map(|entry| read(entry.path())).collect();
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Whether a text can be what the names of a run on a server begin with. Nothing shorter is ever taken
/// for one: whatever begins with it is deleted.
pub fn is_prefix(text: &str) -> bool {
    let digits = text.strip_prefix("ss-").and_then(|rest| rest.strip_suffix('-'));
    digits.is_some_and(|digits| {
        digits.len() >= 8 && digits.bytes().all(|each| each.is_ascii_hexdigit())
    })
}

fn read(path: PathBuf) -> Option<Left> {
    let text = std::fs::read_to_string(&path).ok()?;
    let mut lines = text.lines();
    let heading: Heading = serde_json::from_str(lines.next()?).ok()?;
    if !is_prefix(&heading.prefix) {
        return None;
    }
    let mut callers: Vec<String> = lines
        .filter_map(|line| serde_json::from_str::<Line>(line).ok())
        .map(|each| each.caller)
        .collect();
    callers.sort();
    callers.dedup();
    Some(Left { path, heading, callers })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(prefix: &str) -> Heading {
        let (target, url) = ("@mine".to_owned(), "http://127.0.0.1:1".to_owned());
        Heading { target, url, api: "alibaba".to_owned(), prefix: prefix.to_owned() }
    }

    #[test]
    fn a_run_that_leaves_nothing_behind_leaves_no_ledger() {
        let folder = std::env::temp_dir().join(format!("sharespec-ledger-{}", std::process::id()));
        let ledger = Ledger::create(&folder, &heading("ss-0123456789-")).unwrap();
        ledger.enter("owner", "ss-0123456789-0-a");
        ledger.enter("member-a", "ss-0123456789-1-a");
        ledger.enter("owner", "ss-0123456789-2-a");
        let found = left(&folder);
        assert_eq!(found[0].heading, heading("ss-0123456789-"));
        assert_eq!(found[0].callers, ["member-a", "owner"]);
        ledger.strike(2);
        drop(ledger);
        assert_eq!(left(&folder), found, "one share may still be there");
        let ledger = Ledger::create(&folder, &heading("ss-0123456789-")).unwrap();
        ledger.enter("owner", "ss-0123456789-0-a");
        ledger.strike(1);
        drop(ledger);
        assert_eq!(left(&folder), []);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_ledger_that_would_delete_too_much_is_none() {
        for prefix in ["", "ss-", "ss-1-", "ss-0123456789", "my-0123456789-", "ss-shares-of-mine-"]
        {
            assert!(!is_prefix(prefix), "{prefix}");
        }
        assert!(is_prefix("ss-660d27223d9b7-"));
    }
}
