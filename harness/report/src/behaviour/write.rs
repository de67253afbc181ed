//! The behaviour report: a file that is written when the run has come to its end.

use std::fs::{File, OpenOptions};
use std::io::{Seek, Write};
use std::path::Path;

use sharespec_events::{Event, Recorder};

use crate::error::ReportError;
use crate::reporter::Reporter;

/// Writes the behaviour of a run as JSON.
#[derive(Debug)]
pub struct BehaviourFile {
    recorder: Recorder,
    out: File,
    name: String,
}

impl BehaviourFile {
    /// Opens the file at `path`, and makes the directories above it; what it holds is kept until
    /// the run is over.
    pub fn create(path: &Path) -> Result<Self, ReportError> {
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            std::fs::create_dir_all(parent)
                .map_err(|source| ReportError::Directory { path: parent.to_owned(), source })?;
        }
        let options = OpenOptions::new().create(true).write(true).truncate(false).open(path);
        let out =
            options.map_err(|source| ReportError::Create { path: path.to_owned(), source })?;
        Ok(Self { recorder: Recorder::default(), out, name: path.display().to_string() })
    }
}

impl Reporter for BehaviourFile {
    fn event(&mut self, event: &Event) -> Result<(), ReportError> {
        self.recorder.event(event);
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        let mut text = serde_json::to_string_pretty(&self.recorder.behaviour())
            .map_err(ReportError::Encode)?;
        text.push('\n');
        let out = &mut self.out;
        let written = out
            .set_len(0)
            .and_then(|()| out.rewind())
            .and_then(|()| out.write_all(text.as_bytes()))
            .and_then(|()| out.flush());
        written.map_err(|source| ReportError::Write { name: self.name.clone(), source })
    }
}
