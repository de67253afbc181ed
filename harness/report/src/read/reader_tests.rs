//! What the reader accepts, and how precisely it says what it does not.

use sharespec_events::{CaseEvent, NoteEvent, RunEvent};

use super::*;
use crate::jsonl::JsonLines;
use crate::reporter::Reporter;

fn case(id: &str) -> Event {
    CaseEvent::new(id, "Operation", Outcome::Pass).into()
}

fn summary(passed: usize) -> Event {
    Summary { passed, ..Summary::default() }.into()
}

fn run() -> Event {
    RunEvent { cases: 2, ..RunEvent::default() }.into()
}

fn note() -> Event {
    NoteEvent { text: "hello".into() }.into()
}

fn written(events: &[Event]) -> Vec<u8> {
    let mut report = JsonLines::new(Vec::new(), "memory");
    for event in events {
        report.event(event).unwrap();
    }
    report.into_inner()
}

fn read(bytes: &[u8], unfinished: Unfinished) -> Result<Vec<Event>, ReadError> {
    Reader::new(bytes, "r.jsonl", unfinished).collect()
}

/// The message and the hint of the error that strict reading gives.
fn complaint(bytes: &[u8]) -> String {
    let error = read(bytes, Unfinished::Reject).unwrap_err();
    assert!(!error.hint().is_empty());
    error.to_string()
}

#[test]
fn what_was_written_reads_back() {
    let events = [run(), note(), case("a"), case("b"), summary(2)];
    assert_eq!(read(&written(&events), Unfinished::Reject).unwrap(), events);
}

#[test]
fn a_report_is_read_from_a_path() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("r.jsonl");
    let error = read_jsonl(&path).unwrap_err();
    assert!(error.to_string().contains("r.jsonl"), "{error}");
    std::fs::write(&path, written(&[run(), summary(0)])).unwrap();
    assert_eq!(read_jsonl(&path).unwrap().len(), 2);
}

#[test]
fn a_line_that_is_no_event_is_named_with_its_number() {
    let mut bytes = written(&[run()]);
    bytes.extend(b"{\"type\":}\n");
    assert_eq!(complaint(&bytes), "r.jsonl, line 2: not JSON at column 9: expected value");
    let mut bytes = written(&[run(), case("a")]);
    bytes.extend(b"{\"type\":\"surprise\"}\n");
    let text = complaint(&bytes);
    assert!(text.starts_with("r.jsonl, line 3: not a line of a report: unknown variant"), "{text}");
    assert_eq!(complaint(b"\xff\n").split(" at ").next(), Some("r.jsonl, line 1: not JSON"));
}

#[test]
fn run_is_first_and_once_and_summary_last() {
    assert_eq!(
        complaint(&written(&[case("a"), summary(1)])),
        "r.jsonl, line 1: the first line is of type `case`; it must be `run`"
    );
    assert_eq!(
        complaint(&written(&[run(), run(), summary(0)])),
        "r.jsonl, line 2: a second line of type `run`"
    );
    assert_eq!(
        complaint(&written(&[run(), summary(0), note()])),
        "r.jsonl, line 3: a line of type `note` after the summary, which must be the last line"
    );
}

#[test]
fn a_case_comes_once() {
    assert_eq!(
        complaint(&written(&[run(), case("a"), case("b"), case("a"), summary(3)])),
        "r.jsonl, line 4: case a is already on line 2"
    );
}

#[test]
fn a_lost_line_shows_in_the_counts() {
    assert_eq!(
        complaint(&written(&[run(), case("a"), summary(2)])),
        "r.jsonl, line 3: the summary counts 2 of `pass`, the lines before it 1"
    );
}

#[test]
fn a_later_format_is_not_guessed_at() {
    let text = complaint(b"{\"type\":\"run\",\"schema\":2}\n");
    assert_eq!(text, "r.jsonl, line 1: format version 2; this sharespec reads up to 1");
}

#[test]
fn a_killed_run_is_unfinished_wherever_it_was_cut() {
    let bytes = written(&[run(), case("a"), case("b")]);
    let before = written(&[run(), case("a")]).len();
    for cut in before..bytes.len() {
        let text = complaint(&bytes[..cut]);
        // The last line may be whole but for its end.
        let line = if cut + 1 == bytes.len() { 3 } else { 2 };
        assert_eq!(text, format!("the report r.jsonl ends after line {line} without a summary"));
        assert_eq!(read(&bytes[..cut], Unfinished::Accept).unwrap().len(), line);
    }
}

#[test]
fn an_empty_report_is_an_error_either_way() {
    assert_eq!(complaint(b""), "the report r.jsonl is empty");
    assert!(read(b"", Unfinished::Accept).is_err());
}

#[test]
fn nothing_follows_an_error() {
    let bytes = written(&[case("a"), run()]);
    let mut reader = Reader::new(bytes.as_slice(), "r.jsonl", Unfinished::Reject);
    assert!(reader.next().is_some_and(|event| event.is_err()));
    assert!(reader.next().is_none());
}
