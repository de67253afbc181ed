//! The page as text; what a browser makes of it is tried in `.ci/html`.

use super::*;
use crate::sample;

fn page(events: &[sharespec_events::Event]) -> String {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("report.html");
    sample::play(&mut Html::create(&path).unwrap(), events);
    std::fs::read_to_string(&path).unwrap()
}

/// The value of a JSON block of the page.
fn block(page: &str, id: &str) -> serde_json::Value {
    let start = format!("<script type=\"application/json\" id=\"{id}\">");
    let rest = page.split_once(&start).unwrap().1;
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn every_case_and_rule_is_in_the_page() {
    let page = page(&sample::all());
    let cases = block(&page, "case-data");
    assert_eq!(cases.as_array().unwrap().len(), 7);
    assert_eq!(cases[1]["f"]["diff"], "-400 InvalidParameter\n+200 OK");
    assert_eq!(cases[1]["f"]["exchanges"][0]["step"], "test");
    assert_eq!(block(&page, "rule-data")[0], format!("{}/effect/removed", sample::DOCUMENT));
    assert!(page.contains("known.toml:3") && page.contains("the target does not conform"));
    let broken = format!("{}/error/InvalidParameter: broken; 0 passed, 1 failed", sample::DOCUMENT);
    assert!(page.contains(&broken));
}

#[test]
fn nothing_that_a_target_sends_becomes_markup() {
    let mut case = sample::failed("a/hostile", sample::HOSTILE, sample::HOSTILE);
    case.rules.push(sample::HOSTILE.to_owned());
    let page = page(&sample::whole(vec![sample::run(), case.into()]));
    let cases = block(&page, "case-data");
    let response = cases[0]["f"]["exchanges"][0]["response"].as_str().unwrap();
    assert!(response.ends_with(sample::HOSTILE), "nothing is lost");
    // The scripts of the page: two blocks of data and its own.
    assert_eq!(page.matches("<script").count(), 3);
    assert_eq!(page.matches("</script>").count(), 3);
    assert!(!page.contains("<img"));
    assert!(page.contains("Content-Security-Policy"));
}

#[test]
fn a_page_needs_no_network() {
    let page = page(&sample::all());
    for attribute in ["src=\"", "href=\"http", "url(", "@import"] {
        assert!(!page.contains(attribute), "{attribute}");
    }
}

#[test]
fn of_many_cases_of_one_cause_the_first_ones_are_whole() {
    let mut events = vec![sample::run()];
    events.extend((0..50).map(|n| sample::failed(&format!("a/{n}"), "200 OK", "{}").into()));
    let cases = block(&page(&sample::whole(events)), "case-data");
    let whole = |case: &&serde_json::Value| !case["f"]["exchanges"].as_array().unwrap().is_empty();
    assert_eq!(cases.as_array().unwrap().iter().filter(whole).count(), 5);
    assert!(cases[49]["f"]["note"].as_str().unwrap().contains("JSON Lines"));
}
