//! The history of a target over three nights.

use crate::support::Scratch;

#[test]
fn three_nights_are_a_trend() {
    let scratch = Scratch::new();
    let cases = "run alibaba/disassociate/owner-mode";
    let night = |number: u32, faults: &str| {
        scratch
            .run(&format!("{cases}{faults} --label night={number} --report jsonl={number}.jsonl"));
        scratch.run(&format!("history add {number}.jsonl --file kept/h.jsonl")).exits(0)
    };
    night(1, "").says("0 fail at present");
    night(2, " --fault unknown-share-as-400");
    let all = night(3, " --fault unknown-share-as-400").out;
    let since = all.split_once("fail at present").unwrap().1;
    assert!(since.contains("2.jsonl night=2\n  alibaba/disassociate/owner-mode/"), "{all}");
    assert!(!since.contains("3.jsonl"), "{all}");
    scratch.run("history show --file kept/h.jsonl").exits(0).says("1.jsonl night=1");
    scratch.run("history add 2.jsonl --file kept/h.jsonl").exits(2).says("oldest first");
    scratch.run("history check --max-age 48h --file kept/h.jsonl").exits(0).says("0 h old");
    scratch
        .run("history check --max-age 48h --file kept/h.jsonl --now 2099-01-01T00:00:00Z")
        .exits(1)
        .says("the nights have stopped");
    scratch.run("history show --file none.jsonl").exits(2);
    // It is small: nothing of the cases that pass.
    assert!(scratch.read("kept/h.jsonl").len() < scratch.read("3.jsonl").len() / 10);
}
