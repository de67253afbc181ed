//! What can go wrong while a report is written, with what to do about it.

use std::io;
use std::path::PathBuf;

/// A report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The directory of the report could not be made.
    #[error("cannot create the directory {} for the report", .path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file could not be made.
    #[error("cannot create the report {}", .path.display())]
    Create {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The report could not be written on.
    #[error("cannot write to {name}")]
    Write {
        /// The file, or the name of the stream.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// An event has no JSON form: a bug in sharespec.
    #[error("cannot encode an event of the report as JSON")]
    Encode(#[source] serde_json::Error),
}

impl ReportError {
    /// What the user can do, as the end of a `hint:` line.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Directory { .. } => {
                "name a file below a directory that you may write to: --report FORMAT=PATH"
            }
            Self::Create { source, .. } if source.kind() == io::ErrorKind::IsADirectory => {
                "this is a directory; name a file in it: --report FORMAT=PATH"
            }
            Self::Create { .. } => "name a file that you may write to: --report FORMAT=PATH",
            Self::Write { .. } => {
                "what was written so far is kept; make room and run again, or use --report with \
                 another path"
            }
            Self::Encode(_) => "this is a bug in sharespec; please report it",
        }
    }

    /// Whether the reader of a pipe has gone, as in `sharespec run | head`: no reason to complain.
    pub fn is_broken_pipe(&self) -> bool {
        match self {
            Self::Write { source, .. } => source.kind() == io::ErrorKind::BrokenPipe,
            Self::Directory { .. } | Self::Create { .. } | Self::Encode(_) => false,
        }
    }
}
