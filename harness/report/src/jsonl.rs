//! The JSON Lines report: one event a line, written as the run goes.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use sharespec_events::Event;

use crate::error::ReportError;
use crate::file;
use crate::reporter::Reporter;

/// Writes each event as a line of its own and flushes it.
///
/// A line leaves in one write, so a run that is killed leaves whole lines, but for at most a last
/// one without its end, which [`crate::read`] tells from a broken report.
#[derive(Debug)]
pub struct JsonLines<W> {
    out: W,
    name: String,
    line: Vec<u8>,
}

impl JsonLines<File> {
    /// Creates the file at `path`, and the directories above it; an older report is overwritten.
    pub fn create(path: &Path) -> Result<Self, ReportError> {
        Ok(Self::new(file::create(path)?, path.display().to_string()))
    }
}

impl<W: Write> JsonLines<W> {
    /// Writes to `out`, which errors call `name`. It should not be buffered.
    pub fn new(out: W, name: impl Into<String>) -> Self {
        Self { out, name: name.into(), line: Vec::new() }
    }

    /// What was written to.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn failed(&self, source: io::Error) -> ReportError {
        ReportError::Write { name: self.name.clone(), source }
    }
}

impl<W: Write> Reporter for JsonLines<W> {
    fn event(&mut self, event: &Event) -> Result<(), ReportError> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, event).map_err(ReportError::Encode)?;
        self.line.push(b'\n');
        let written = self.out.write_all(&self.line).and_then(|()| self.out.flush());
        written.map_err(|source| self.failed(source))
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        self.out.flush().map_err(|source| self.failed(source))
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use sharespec_events::{NoteEvent, RunEvent};

    use super::*;

    /// Takes whole writes only and remembers what was flushed.
    #[derive(Default)]
    struct Pipe {
        writes: Vec<Vec<u8>>,
        flushed: usize,
    }

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.writes.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            self.flushed = self.writes.len();
            Ok(())
        }
    }

    #[test]
    fn each_event_is_one_whole_flushed_write() {
        let mut report = JsonLines::new(Pipe::default(), "a pipe");
        for text in ["one\ntwo", "three\r\n\u{1b}"] {
            report.event(&NoteEvent { text: text.into() }.into()).unwrap();
        }
        let pipe = report.into_inner();
        assert_eq!((pipe.writes.len(), pipe.flushed), (2, 2));
        for write in &pipe.writes {
            assert!(write.ends_with(b"}\n"));
            assert_eq!(write.iter().filter(|byte| **byte == b'\n').count(), 1);
        }
    }

    #[test]
    fn directories_are_made_and_an_older_report_is_overwritten() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a/b/report.jsonl");
        for _ in 0..2 {
            let mut report = JsonLines::create(&path).unwrap();
            report.event(&RunEvent::default().into()).unwrap();
            report.finish().unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(r#"{"type":"run","#), "{text}");
        assert_eq!(text.lines().count(), 1);
    }

    #[test]
    fn errors_name_the_path_and_say_what_to_do() {
        let directory = tempfile::tempdir().unwrap();
        let error = JsonLines::create(directory.path()).unwrap_err();
        assert!(error.to_string().contains(&directory.path().display().to_string()));
        assert!(error.hint().contains("this is a directory"));
        assert!(error.source().is_some());

        let file = directory.path().join("file");
        std::fs::write(&file, "").unwrap();
        let error = JsonLines::create(&file.join("report.jsonl")).unwrap_err();
        assert!(error.to_string().contains("cannot create the directory"));
        assert!(error.hint().contains("--report FORMAT=PATH"));
    }

    #[test]
    fn a_broken_pipe_is_told_from_a_full_disk() {
        struct Failing(io::ErrorKind);
        impl Write for Failing {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for (kind, broken) in
            [(io::ErrorKind::BrokenPipe, true), (io::ErrorKind::StorageFull, false)]
        {
            let mut report = JsonLines::new(Failing(kind), "stdout");
            let error = report.event(&RunEvent::default().into()).unwrap_err();
            assert_eq!(error.to_string(), "cannot write to stdout");
            assert_eq!(error.is_broken_pipe(), broken);
        }
    }
}
