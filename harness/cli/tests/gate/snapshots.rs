//! Snapshots of a target, and what changed since.

use crate::support::Scratch;

const RUN: &str = "run alibaba/disassociate/owner-mode alibaba/list-shares --snapshots shots";

#[test]
fn taken_once_and_told_when_something_changes_that_no_rule_forbids() {
    let scratch = Scratch::new();
    scratch.run(RUN).exits(0).says(" taken");
    assert!(scratch.read("shots/alibaba/disassociate-owner-mode.json").contains("\"status\": 404"));
    // Another seed mints other ids, and is the same target.
    scratch.run(&format!("{RUN} --seed 2")).exits(0).says(" 0 different, 0 taken");
    let other = format!("{RUN} --variant message-absent");
    let other = scratch.run(&other).exits(1);
    other
        .says("Snapshots: ")
        .says("no rule is broken by that")
        .says("-        \"AssociationStatusMessage\": \"\"");
    scratch.run(&format!("{RUN} --variant message-absent --update-snapshots")).exits(0);
    scratch.run(&format!("{RUN} --variant message-absent --report jsonl=r.jsonl")).exits(0);
    scratch.run(&format!("{RUN} --report jsonl=r.jsonl --report junit=r.xml")).exits(1);
    assert!(scratch.read("r.jsonl").contains("\"type\":\"snapshot\""));
    scratch.run("merge r.jsonl").exits(1).says("Snapshots: ");
    scratch.write("shots/alibaba/disassociate-owner-mode.json", "{");
    scratch.run(RUN).exits(2).says("disassociate-owner-mode.json");
}
