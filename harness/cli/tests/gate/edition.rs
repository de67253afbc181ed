//! An edition of the suite: later cases are played and decide nothing.

use crate::support::Scratch;
use serde_json::Value;

#[test]
fn what_is_later_than_the_edition_is_not_scored() {
    let scratch = Scratch::new();
    scratch.run("edition list").exits(0).says("2026.1");
    scratch.run("edition diff 2026.1").exits(0).says("from 2026.1 to this version");
    scratch.run("edition diff 2026.1 2026.1").exits(0).says("cases: the same");
    scratch.run("edition diff 1999.1").exits(2).says("sharespec edition list");
    let few = "run alibaba/disassociate/owner-mode/omitted/member";
    scratch.run(&format!("{few} --edition 2026.1 --report jsonl=r.jsonl")).exits(0);
    assert!(scratch.read("r.jsonl").contains("\"edition\":\"2026.1\""));
    scratch.run(&format!("{few} --edition 1999.1")).exits(2).says("no edition `1999.1`");
    // A case of a greater strength than that of the edition.
    let later = "alibaba/combined/list-shared/other-accounts/accepted/directory/targets/5/all-right/\
                 json/post-query/signed-by-header/fresh";
    let reports = "--report jsonl=r.jsonl --report junit=r.xml";
    let run = scratch.run(&format!("{few} {later} --edition 2026.1 {reports}")).exits(0);
    run.says("1 cases are not of the edition, and not scored");
    assert!(scratch.read("r.jsonl").contains("\"not_scored\":\"pass\""));
    assert!(scratch.read("r.xml").contains("not scored, as it is not of the edition: pass"));
    scratch.run(&format!("run {later} --edition 2026.1")).exits(4).says("nothing was judged");
}

#[test]
fn an_edition_of_ones_own_holds_against_an_upgrade() {
    let scratch = Scratch::new();
    let frozen = scratch.run("edition freeze 1").exits(0);
    let mut edition: Value = serde_json::from_str(&frozen.out).unwrap();
    let (group, rule) = (
        "alibaba/disassociate/owner-mode/omitted",
        "alibaba-disassociate-2026-03/error/EntityNotExists.ResourceShare",
    );
    let freeze = |edition: &Value| scratch.write("1.json", &edition.to_string());
    let run = |more: &str| {
        let fault = "--fault unknown-share-as-400 --edition 1.json --report jsonl=r.jsonl";
        scratch.run(&format!("run {group}{more} {fault}"))
    };
    // As it was frozen, nothing is different: what fails fails.
    freeze(&edition);
    scratch.run("edition diff 1.json").exits(0).says("cases: the same");
    run("").exits(1);
    // This version brings a case, and one that it has is another test.
    let cases = edition["cases"].as_object_mut().unwrap();
    assert!(cases.remove(&format!("{group}/member")).is_some());
    let other = cases.keys().find(|id| id.starts_with(group)).unwrap().clone();
    cases.insert(other.clone(), "another".into());
    freeze(&edition);
    let diff = scratch.run("edition diff 1.json").exits(0).says("cases: 2 changed");
    diff.says(&format!("  + {group}/member\n")).says(&format!("  ~ {other}\n"));
    run("").says("2 cases are not of the edition, and not scored");
    let lines = scratch.read("r.jsonl");
    let of = |id: &str| {
        let all = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        all.into_iter().find(|line| line["id"] == id).unwrap()
    };
    for id in [format!("{group}/member"), other] {
        assert_eq!(
            (&of(&id)["outcome"], &of(&id)["not_scored"]),
            (&"disabled".into(), &"fail".into())
        );
    }
    // It makes a rule firmer: where the edition holds, that warns as before.
    let mut edition: Value = serde_json::from_str(&frozen.out).unwrap();
    assert_eq!(edition["levels"][rule], "must");
    edition["levels"][rule] = "should".into();
    freeze(&edition);
    scratch.run("edition diff 1.json").exits(0).says(&format!("  ~ {rule} should -> must\n"));
    run("").exits(0);
    run(" --strict").exits(1);
    scratch.run(&format!("run {group} --edition none.json")).exits(2).says("edition freeze");
    scratch.run("run aws --api aws --edition 1.json").exits(2).says("of the API alibaba");
}
