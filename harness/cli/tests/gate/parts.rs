//! Parts of a run: shards and their union, what failed played again, an end at the first failure; and
//! two runs compared.

use crate::support::Scratch;
use std::collections::BTreeMap;

const CASES: &str = "run alibaba/disassociate/owner-mode";
const FAULT: &str = "--fault unknown-share-as-400";

/// The outcomes of a report by case.
fn outcomes(report: &str) -> BTreeMap<String, String> {
    let lines = report.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let cases = lines.filter(|line| line["type"] == "case");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    cases.map(|case| (text(&case["id"]), text(&case["outcome"]))).collect()
}

#[test]
fn the_union_of_shards_is_the_whole() {
    let scratch = Scratch::new();
    scratch.run(&format!("{CASES} {FAULT} --report jsonl=whole.jsonl")).exits(1);
    let mut parts = String::new();
    for index in 1..=3 {
        scratch.run(&format!("{CASES} {FAULT} --shard {index}/3 --report jsonl={index}.jsonl"));
        parts.push_str(&format!(" {index}.jsonl"));
    }
    let reports = "--report jsonl=merged.jsonl --report junit=merged.xml";
    scratch.run(&format!("merge{parts} {reports}")).exits(1).says("failed");
    assert_eq!(outcomes(&scratch.read("merged.jsonl")), outcomes(&scratch.read("whole.jsonl")));
    scratch.run("compare whole.jsonl merged.jsonl").exits(0);
    for (wrong, why) in [
        ("merge 1.jsonl 3.jsonl", "shard 2/3 is missing"),
        ("merge 1.jsonl 1.jsonl 2.jsonl 3.jsonl", "are both shard 1/3"),
        ("merge whole.jsonl 1.jsonl", "different numbers of shards"),
    ] {
        scratch.run(wrong).exits(2).says(why);
    }
    scratch.run("run alibaba/connection --report jsonl=other.jsonl --shard 2/3");
    scratch.run("merge 1.jsonl other.jsonl 3.jsonl").exits(2).says("different selections");
    scratch.run(&format!("{CASES} --shard 4/3")).exits(2).says("I from 1 to N");
}

#[test]
fn what_failed_is_played_again_and_nothing_else() {
    let scratch = Scratch::new();
    scratch.run(&format!("{CASES} {FAULT} --report jsonl=all.jsonl")).exits(1);
    let again = "--rerun-failed all.jsonl --report jsonl=again.jsonl";
    scratch.run(&format!("{CASES} {FAULT} {again}")).exits(1);
    let mut failed = outcomes(&scratch.read("all.jsonl"));
    failed.retain(|_, outcome| outcome == "fail");
    assert_eq!(outcomes(&scratch.read("again.jsonl")), failed);
    scratch.run(&format!("{CASES} {again}")).exits(0);
    scratch.run(&format!("{CASES} --rerun-failed again.jsonl")).exits(2).says("nothing failed");
}

#[test]
fn what_is_played_over_and_over_has_a_line_a_round() {
    let scratch = Scratch::new();
    let case = "run alibaba/disassociate/owner-mode/omitted/member";
    let reports = "--report jsonl=r.jsonl --report junit=r.xml";
    scratch.run(&format!("{case} --repeat 3 {FAULT} {reports}")).exits(1);
    let report = scratch.read("r.jsonl");
    for text in ["\"repeat\":3", "\"cases\":3", "--seed 3 --fault"] {
        assert!(report.contains(text), "{text}");
    }
    let found = outcomes(&report);
    let names: Vec<&str> = found.keys().map(|id| id.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["member", "member@2", "member@3"]);
    assert!(found.values().all(|outcome| outcome == "fail"));
    assert!(scratch.read("r.xml").contains("member@3"));
    // Each name of a line stands for its case, and so do known failures.
    scratch.run(&format!("{case}@2 --rerun-failed r.jsonl")).exits(0).says("1 of 1 case passed");
    scratch.run("known update known.toml --from r.jsonl").exits(0);
    assert!(!scratch.read("known.toml").contains('@'));
    let known = "--known-failures known.toml";
    scratch.run(&format!("{case} --repeat 2 {FAULT} {known}")).exits(0);
    scratch.run(&format!("{case} --repeat 2 {known}")).exits(1);
    // Each part of all rounds, merged, is all of them.
    for index in 1..=2 {
        let part = format!("--repeat 2 --shard {index}/2 --report jsonl={index}.jsonl");
        scratch.run(&format!("{CASES} {part}")).exits(0);
    }
    scratch.run("merge 1.jsonl 2.jsonl --report jsonl=m.jsonl").exits(0);
    scratch.run(&format!("{CASES} --repeat 2 --report jsonl=w.jsonl")).exits(0);
    assert_eq!(outcomes(&scratch.read("m.jsonl")), outcomes(&scratch.read("w.jsonl")));
    // It is soaked as long as there is time, and no longer.
    let soak = "--repeat 1000000000 --max-time 3s --report jsonl=s.jsonl";
    scratch.run(&format!("{case} {soak}")).exits(0).says("1 case over and over, until round ");
    assert!(outcomes(&scratch.read("s.jsonl")).values().all(|outcome| outcome == "pass"));
    // Of such a report the others are made, and of these again.
    scratch.run("merge s.jsonl --report jsonl=t.jsonl").exits(0);
    scratch.run("merge t.jsonl --report html=t.html").exits(0);
    assert_eq!(outcomes(&scratch.read("t.jsonl")), outcomes(&scratch.read("s.jsonl")));
}

#[test]
fn a_run_ends_at_its_first_failure_if_it_is_to() {
    let scratch = Scratch::new();
    let run =
        scratch.run(&format!("{CASES} {FAULT} --fail-fast --report jsonl=run.jsonl")).exits(1);
    run.says("were not played");
    let outcomes = outcomes(&scratch.read("run.jsonl"));
    let failed = outcomes.values().filter(|outcome| *outcome == "fail").count();
    // What was under way comes to its end.
    assert!(failed >= 1 && outcomes.len() < 40, "{outcomes:?}");
}

#[test]
fn a_regression_is_one_and_a_repair_is_none() {
    let scratch = Scratch::new();
    scratch.run(&format!("{CASES} --report jsonl=good.jsonl")).exits(0);
    scratch.run(&format!("{CASES} {FAULT} --report jsonl=bad.jsonl")).exits(1);
    let all = "--report markdown=c.md --report html=c.html --report json=c.json";
    scratch.run(&format!("compare good.jsonl bad.jsonl {all}")).exits(1).says("New failures");
    scratch.run("compare bad.jsonl good.jsonl").exits(0).says("Fixed");
    scratch.run("compare good.jsonl good.jsonl").exits(0).says("no regression");
    let json: serde_json::Value = serde_json::from_str(&scratch.read("c.json")).unwrap();
    assert_eq!(
        (&json["regressed"], &json["cases"][0]["change"]),
        (&true.into(), &"new_failure".into())
    );
    assert!(json["cases"][0]["diff"].as_str().unwrap().contains("+    \"status\": 400"));
    assert!(
        scratch.read("c.md").contains("New failures")
            && scratch.read("c.html").contains("New failures")
    );
    scratch.run("compare good.jsonl none.jsonl").exits(2);
}

#[test]
fn a_failure_says_what_was_not_reached_and_how_to_have_it_again() {
    let scratch = Scratch::new();
    let case = "run alibaba/disassociate/owner-mode/omitted/member";
    scratch.run(&format!("{case} {FAULT} --strict --report jsonl=r.jsonl")).exits(1);
    let report = scratch.read("r.jsonl");
    let mut lines =
        report.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let failed = lines.rfind(|line| line["outcome"] == "fail").unwrap();
    let verdict = |name: &str| {
        let checks = failed["checks"].as_array().unwrap();
        checks.iter().find(|check| check["name"] == name).unwrap()["verdict"].clone()
    };
    assert_eq!((verdict("floor"), verdict("code")), ("pass".into(), "fail".into()));
    for name in ["message", "shape", "effects", "isolation", "times", "paging", "behaviour"] {
        assert_eq!(verdict(name), "not_judged", "{name}");
    }
    let line = failed["failure"]["reproduce"].as_str().unwrap();
    assert!(line.ends_with(&format!("--seed 1 {FAULT} --strict")), "{line}");
}
