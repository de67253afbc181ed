//! Files of reports: made with the directories above them, errors with the path.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::error::ReportError;

/// Creates the file at `path`, and the directories above it; an older one is overwritten.
pub fn create(path: &Path) -> Result<File, ReportError> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent)
            .map_err(|source| ReportError::Directory { path: parent.to_owned(), source })?;
    }
    File::create(path).map_err(|source| ReportError::Create { path: path.to_owned(), source })
}

/// The error of a write.
pub fn failed(path: &Path, source: io::Error) -> ReportError {
    ReportError::Write { name: path.display().to_string(), source }
}
