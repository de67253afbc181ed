//! The corpus on disk: a folder of cases, each named by a hash of its content. Several workers may share
//! one: a file appears whole, and two that find the same case write the same file.

use sharespec_generators::fuzz::{Grammar, Scope, repair, sequence_of};
use sharespec_generators::hash;
use sharespec_wire::case::{CASE_VERSION, Case};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Why a corpus cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A folder or a file cannot be read or written.
    #[error("cannot use {path}: {source}")]
    File {
        /// The path.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A file is no case.
    #[error("{path} is no case: {source}")]
    NoCase {
        /// The path.
        path: PathBuf,
        /// Why not.
        source: serde_json::Error,
    },
    /// A case is of another version.
    #[error("{path} is a case of version {version}; this is version {CASE_VERSION}")]
    Version {
        /// The path.
        path: PathBuf,
        /// Its version.
        version: u32,
    },
    /// There are files, and none of them is a case.
    #[error("none of the {rejected} files in {path} is a case: {first}")]
    Nothing {
        /// The folder.
        path: PathBuf,
        /// How many files there are.
        rejected: usize,
        /// What is wrong with one of them.
        first: String,
    },
}

/// What was read of a folder.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The cases.
    pub cases: Vec<Case>,
    /// Where each of them is.
    pub paths: Vec<PathBuf>,
    /// The files that are no cases, with the reason.
    pub rejected: Vec<String>,
}

/// Reads a case from a file.
///
/// # Errors
/// [`CorpusError`] if it cannot be read, or is no case of this version.
pub fn read_case(path: &Path) -> Result<Case, CorpusError> {
    let text = std::fs::read(path).map_err(|source| file(path, source))?;
    read_text(path, &text)
}

/// Reads a case from a text that came from `path`.
///
/// # Errors
/// [`CorpusError`] if it is no case of this version.
pub fn read_text(path: &Path, text: &[u8]) -> Result<Case, CorpusError> {
    let no_case = |source| CorpusError::NoCase { path: path.to_owned(), source };
    let case: Case = serde_json::from_slice(text).map_err(no_case)?;
    match case.version {
        CASE_VERSION => Ok(case),
        version => Err(CorpusError::Version { path: path.to_owned(), version }),
    }
}

/// Writes a file so that nobody ever sees half of it.
///
/// # Errors
/// [`CorpusError`] if it cannot be written.
pub fn write_whole(path: &Path, text: &[u8]) -> Result<(), CorpusError> {
    let process = std::process::id();
    let draft = path.with_extension(format!("{process}.tmp"));
    let written = std::fs::File::create(&draft).and_then(|mut to| to.write_all(text));
    let moved = written.and_then(|()| std::fs::rename(&draft, path));
    moved.map_err(|source| {
        let _ = std::fs::remove_file(&draft);
        file(path, source)
    })
}

fn file(path: &Path, source: std::io::Error) -> CorpusError {
    CorpusError::File { path: path.to_owned(), source }
}

/// The cases that are worth being changed further, in memory and, if there is a folder, on disk.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The cases, in the order in which they came.
    pub cases: Vec<Case>,
    folder: Option<PathBuf>,
    known: BTreeSet<String>,
}

impl Corpus {
    /// A corpus in a folder, which is made if it is not there, or in memory alone.
    ///
    /// # Errors
    /// [`CorpusError`] if the folder cannot be used, or holds files and no case.
    pub fn open(folder: Option<&Path>) -> Result<(Self, Loaded), CorpusError> {
        let mut corpus = Self { folder: folder.map(Path::to_owned), ..Self::default() };
        let Some(folder) = folder else { return Ok((corpus, Loaded::default())) };
        std::fs::create_dir_all(folder).map_err(|source| file(folder, source))?;
        let loaded = corpus.look()?;
        if let (true, Some(first)) = (loaded.cases.is_empty(), loaded.rejected.first()) {
            let (path, rejected) = (folder.to_owned(), loaded.rejected.len());
            return Err(CorpusError::Nothing { path, rejected, first: first.clone() });
        }
        Ok((corpus, loaded))
    }

    /// A corpus that will be kept in a folder, whatever is there already.
    pub fn empty(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), ..Self::default() }
    }

    /// The names of the cases that were kept or read.
    pub fn names(&self) -> &BTreeSet<String> {
        &self.known
    }

    /// Reads what is new in the folder, in the order of the names.
    ///
    /// # Errors
    /// [`CorpusError`] if the folder cannot be read.
    pub fn look(&mut self) -> Result<Loaded, CorpusError> {
        let mut loaded = Loaded::default();
        let Some(folder) = &self.folder else { return Ok(loaded) };
        let entries = std::fs::read_dir(folder).map_err(|source| file(folder, source))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        for path in paths {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if !self.known.insert(name) {
                continue;
            }
            match read_case(&path) {
                Ok(case) => {
                    loaded.cases.push(case);
                    loaded.paths.push(path);
                }
                // Another worker may have pruned it in the meantime.
                Err(_) if !path.exists() => {}
                Err(error) => loaded.rejected.push(error.to_string()),
            }
        }
        Ok(loaded)
    }

    /// Keeps a case. On disk it is as it can be played anywhere, whatever this target lets be done.
    ///
    /// # Errors
    /// [`CorpusError`] if it cannot be written.
    pub fn keep(&mut self, grammar: &dyn Grammar, case: Case) -> Result<(), CorpusError> {
        let mut kept = repair(grammar, &Scope::default(), &case.id, sequence_of(&case));
        kept.one_connection = case.one_connection;
        kept.id = String::new();
        let name = hash(&kept);
        kept.id = format!("{}/{name}", grammar.prefix());
        if let Some(folder) = &self.folder
            && self.known.insert(name.clone())
        {
            let text = serde_json::to_vec_pretty(&kept).unwrap_or_default();
            write_whole(&folder.join(format!("{name}.json")), &text)?;
        }
        self.cases.push(case);
        Ok(())
    }
}
