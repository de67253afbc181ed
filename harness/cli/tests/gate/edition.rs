//! An edition of the suite: later cases are played and decide nothing.

use crate::support::Scratch;

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
