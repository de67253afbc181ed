//! The seam between a run and its reports, and the way from one run to several reports.

use std::collections::VecDeque;

use sharespec_events::Event;

use crate::error::ReportError;
use crate::secrets::hidden;

/// A consumer of events.
pub trait Reporter {
    /// Takes one event. After an error a reporter is not given another.
    fn event(&mut self, event: &Event) -> Result<(), ReportError>;

    /// Ends the report, also of a run that sent no summary.
    fn finish(&mut self) -> Result<(), ReportError>;
}

/// Several reporters as one. A reporter that fails is retired and its error returned once; the
/// others go on, so that a closed terminal does not cost the file.
#[derive(Default)]
pub struct Fanout {
    reporters: Vec<Box<dyn Reporter + Send>>,
    errors: VecDeque<ReportError>,
    secrets: Vec<String>,
}

impl Fanout {
    /// No reporter yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a reporter; events reach the reporters in the order in which they were added.
    pub fn push(&mut self, reporter: impl Reporter + Send + 'static) {
        self.reporters.push(Box::new(reporter));
    }

    /// From now on none of these texts reaches a reporter. Longer ones come first.
    pub fn hide(&mut self, secrets: Vec<String>) {
        self.secrets = secrets;
    }

    fn each(&mut self, mut act: impl FnMut(&mut dyn Reporter) -> Result<(), ReportError>) {
        let errors = &mut self.errors;
        self.reporters.retain_mut(|reporter| match act(reporter.as_mut()) {
            Ok(()) => true,
            Err(error) => {
                errors.push_back(error);
                false
            }
        });
    }

    /// Returns the oldest error not yet returned.
    fn settle(&mut self) -> Result<(), ReportError> {
        self.errors.pop_front().map_or(Ok(()), Err)
    }
}

impl Reporter for Fanout {
    fn event(&mut self, event: &Event) -> Result<(), ReportError> {
        let hidden = hidden(event, &self.secrets);
        let event = hidden.as_ref().unwrap_or(event);
        self.each(|reporter| reporter.event(event));
        self.settle()
    }

    fn finish(&mut self) -> Result<(), ReportError> {
        self.each(|reporter| reporter.finish());
        self.settle()
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use sharespec_events::NoteEvent;

    use super::*;

    /// Counts what it is given, and fails from the event numbered `fails_at` on.
    struct Counter {
        seen: Arc<Mutex<Vec<&'static str>>>,
        fails_at: usize,
    }

    impl Reporter for Counter {
        fn event(&mut self, event: &Event) -> Result<(), ReportError> {
            let mut seen = self.seen.lock().unwrap();
            seen.push(event.kind());
            if seen.len() > self.fails_at {
                let source = io::Error::other("full");
                return Err(ReportError::Write { name: "a disk".into(), source });
            }
            Ok(())
        }

        fn finish(&mut self) -> Result<(), ReportError> {
            self.seen.lock().unwrap().push("finish");
            Ok(())
        }
    }

    #[test]
    fn one_that_fails_is_retired_and_the_others_go_on() {
        let (failing, sound) = (Arc::default(), Arc::default());
        let mut fanout = Fanout::new();
        fanout.push(Counter { seen: Arc::clone(&failing), fails_at: 1 });
        fanout.push(Counter { seen: Arc::clone(&sound), fails_at: usize::MAX });
        let note = NoteEvent { text: "hello".into() }.into();
        assert!(fanout.event(&note).is_ok());
        assert!(fanout.event(&note).is_err());
        assert!(fanout.event(&note).is_ok(), "an error is returned once");
        assert!(fanout.finish().is_ok());
        assert_eq!(*failing.lock().unwrap(), ["note", "note"]);
        assert_eq!(*sound.lock().unwrap(), ["note", "note", "note", "finish"]);
    }

    #[test]
    fn two_that_fail_at_once_are_both_told_of() {
        let mut fanout = Fanout::new();
        fanout.push(Counter { seen: Arc::default(), fails_at: 0 });
        fanout.push(Counter { seen: Arc::default(), fails_at: 0 });
        assert!(fanout.event(&NoteEvent { text: "hello".into() }.into()).is_err());
        assert!(fanout.finish().is_err());
        assert!(fanout.finish().is_ok());
    }
}
