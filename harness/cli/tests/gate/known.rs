//! The life of a file of known failures.

use crate::support::Scratch;

/// A few cases, of which the fault breaks some.
const CASES: &str = "run alibaba/disassociate/owner-mode/omitted/member";
const FAULT: &str = "--fault unknown-share-as-400";
const KNOWN: &str = "--known-failures known.toml";

#[test]
fn recorded_green_fixed_red_updated_green() {
    let scratch = Scratch::new();
    let report = "--report jsonl=run.jsonl";
    scratch.run(&format!("{CASES} {FAULT} {report}")).exits(1);
    scratch.run("known update known.toml --from run.jsonl").exits(0).says("#code");
    let run = scratch.run(&format!("{CASES} {FAULT} {report} {KNOWN}")).exits(0);
    run.says("failed as known").says("the target conforms");
    assert!(scratch.read("run.jsonl").contains("\"outcome\":\"known\""));

    let fixed = scratch.run(&format!("{CASES} {report} {KNOWN}")).exits(1);
    let line =
        scratch.read("known.toml").lines().position(|line| line.contains("#code")).unwrap() + 1;
    fixed
        .says("passed unexpectedly")
        .says(&format!("known.toml:{line}: alibaba/disassociate/owner-mode/omitted/member#code"));
    scratch.run("known update known.toml --from run.jsonl").exits(0).says("taken out");
    scratch.run(&format!("{CASES} {KNOWN}")).exits(0);
    scratch.run("known update known.toml --from run.jsonl").exits(0).says("nothing to change");
}

#[test]
fn what_is_not_selected_is_not_complained_about_and_what_is_not_there_is() {
    let scratch = Scratch::new();
    let file = |case: &str| format!("[[failure]]\nreason = \"slow\"\ncases = [\"{case}\"]\n");
    scratch.write("known.toml", &file("alibaba/associate/again/account/twice"));
    scratch.run(&format!("{CASES} {KNOWN}")).exits(0);
    scratch.write("known.toml", &file("alibaba/no/such/case"));
    scratch.run(&format!("{CASES} {KNOWN}")).exits(1).says("matches no case of this suite");
    scratch.write("known.toml", &file("alibaba/no#such-check"));
    scratch.run(&format!("{CASES} {KNOWN}")).exits(2).says("there is no check `such-check`");
    scratch.run(&format!("{CASES} --known-failures none.toml")).exits(2).says("none.toml");
}

#[test]
fn coverage_that_was_recorded_is_not_lost_in_silence() {
    let scratch = Scratch::new();
    let cases = "run alibaba/associate/services";
    scratch.run(&format!("{cases} --report jsonl=run.jsonl")).exits(0);
    scratch.run("known update known.toml --from run.jsonl").exits(0);
    scratch.run(&format!("{cases} {KNOWN}")).exits(0);
    let mut world: serde_json::Value =
        serde_json::from_str(&scratch.run("world init").exits(0).out).unwrap();
    world["services"] = serde_json::json!([]);
    scratch.write("world.json", &world.to_string());
    let poorer = format!("{cases} {KNOWN} --world world.json --report jsonl=run.jsonl");
    scratch.run(&poorer).exits(1).says("coverage is lost: alibaba/associate/services/");
    scratch.run("known update known.toml --from run.jsonl").exits(0).says("added");
    scratch.run(&poorer).exits(4).says("nothing was judged");
    scratch.run(&format!("{cases} {KNOWN}")).exits(1).says("it has a verdict now");
}
