//! What other programs read from a JUnit report.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event as Xml;

use super::*;
use crate::sample;

/// The test cases of a file by name, each with its class and the elements in it, read by a parser
/// that knows nothing of what wrote it.
fn read(path: &Path) -> BTreeMap<String, (String, Vec<String>)> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = Reader::from_str(&text);
    let (mut found, mut inside) = (BTreeMap::new(), None);
    loop {
        match reader.read_event().unwrap() {
            Xml::Eof => return found,
            Xml::Start(tag) | Xml::Empty(tag) if tag.name().as_ref() == "testcase" => {
                let value = |name: &str| {
                    let attribute = tag.try_get_attribute(name).unwrap().unwrap();
                    attribute.value.into_owned()
                };
                let name = value("name");
                let twice = found.insert(name.clone(), (value("classname"), Vec::new()));
                assert!(twice.is_none(), "{name} comes twice");
                inside = Some(name);
            }
            Xml::Start(tag) | Xml::Empty(tag) => {
                let element = tag.name().as_ref().to_owned();
                if let Some(case) = inside.as_ref().and_then(|name| found.get_mut(name)) {
                    case.1.push(element);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn each_outcome_is_what_services_take_it_for() {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("a/report.xml");
    sample::play(&mut JUnit::create(&path).unwrap(), &sample::all());
    let found = read(&path);
    let element = |name: &str| found[name].1.first().map(String::as_str);
    assert_eq!(element("a/pass"), None);
    assert_eq!(element("a/fail"), Some("failure"));
    assert_eq!(element("a/better"), Some("failure"));
    assert_eq!(element("a/unreachable"), Some("error"));
    for name in ["a/known", "a/skipped", "a/unsupported"] {
        assert_eq!(element(name), Some("skipped"), "{name}");
    }
    assert_eq!(found["a/pass"].0, sample::DOCUMENT);
    let change = &found["known.toml:3 passes_now a/*"];
    assert_eq!((change.0.as_str(), change.1[0].as_str()), ("known-failures", "failure"));
    assert_eq!(found.len(), 8);
}

#[test]
fn what_a_target_sends_neither_breaks_the_file_nor_fills_it() {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("report.xml");
    let long = sample::HOSTILE.repeat(10_000);
    let case = sample::failed("a/hostile", sample::HOSTILE, &long);
    sample::play(&mut JUnit::create(&path).unwrap(), &[sample::run(), case.into()]);
    assert_eq!(read(&path)["a/hostile"].1, ["failure"]);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains(['\u{1b}', '\0']));
    assert!(text.contains("(cut: the first 16 KiB of"));
    assert!(text.len() < 100_000, "{}", text.len());
}

#[test]
fn a_large_report_is_split_and_loses_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("report.xml");
    let mut events = vec![sample::run()];
    let body = "x&".repeat(1_000);
    events.extend((0..40).map(|n| sample::failed(&format!("a/{n}"), "200 OK", &body).into()));
    sample::play(&mut JUnit::create(&path).unwrap().split_at(60_000), &events);
    let mut names = BTreeMap::new();
    let mut parts = 0;
    for part in 1.. {
        let path = part_path(&path, part);
        let Ok(metadata) = std::fs::metadata(&path) else { break };
        assert!(metadata.len() < 60_000, "{}", metadata.len());
        names.extend(read(&path));
        parts = part;
    }
    assert_eq!(names.len(), 40);
    assert!(parts > 2, "{parts}");
    assert!(scratch.path().join("report-2.xml").exists());
}
