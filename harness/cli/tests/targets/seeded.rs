//! Seeded shares: targets on which set-up is not possible are judged on shares that were there before.

use crate::support::{Outcome, Scratch, Served};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What the rules of the error codes of DisassociateResourceShare begin with.
const ERRORS: [&str; 2] = ["alibaba-disassociate-2026-03/error/", "aws-ram-disassociate/error/"];

/// What a server that has some operations alone is told, and the shares that its own hook makes.
struct Restricted {
    served: Served,
    scratch: Scratch,
}

impl Restricted {
    fn new(operations: &[&str], further: &[&str], lines: &str) -> Self {
        let list = operations.join(",");
        let served = Served::new(&[&["--operations", &list], further].concat());
        let present = serde_json::to_string(operations).unwrap();
        let url = served.url();
        let scratch = Scratch::new(&format!(
            "[target.mine]\nurl = \"{url}\"\noperations.present = {present}\n{lines}\n"
        ));
        Self { served, scratch }
    }

    fn run(&self, patterns: &[&str]) -> Outcome {
        let mut arguments = vec!["run"];
        arguments.extend(patterns);
        arguments.extend(["--target", "@mine", "--report", "jsonl=r.jsonl"]);
        self.scratch.run(&arguments)
    }

    fn cases(&self) -> Vec<Value> {
        let text = self.scratch.read("r.jsonl");
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["type"] == "case").collect()
    }

    /// The error codes of DisassociateResourceShare that some judged case is about.
    fn codes(&self) -> BTreeSet<String> {
        let judged = |case: &Value| matches!(case["outcome"].as_str(), Some("pass" | "fail"));
        let rules = |case: Value| case["rules"].as_array().cloned().unwrap_or_default();
        let rules = self.cases().into_iter().filter(judged).flat_map(rules);
        let rules = rules.filter_map(|rule| rule.as_str().map(str::to_owned));
        rules.filter(|rule| ERRORS.iter().any(|start| rule.starts_with(start))).collect()
    }
}

const HOOK: &str = "hooks.seed = { post = \"/_sharespec/seed\" }";
const DISASSOCIATE: &str = "DisassociateResourceShare";
const LISTS: [&str; 3] = [DISASSOCIATE, "ListResourceShares", "ListResourceShareAssociations"];

/// With nothing but the operation itself, nearly all of its codes are judged on day one.
#[test]
fn one_operation_alone_has_nearly_all_of_its_codes_judged() {
    let target = Restricted::new(&[DISASSOCIATE], &[], HOOK);
    let patterns = ["alibaba/disassociate/**", "alibaba/create/valid"];
    target.run(&patterns).exits(0).says("0 failed").says("cases need CreateResourceShare");
    let codes = target.codes();
    assert!(codes.len() >= 23, "{} of 24: {codes:?}", codes.len());
    // What cannot be read back is not said to be right.
    for case in target.cases().iter().filter(|case| case["outcome"] == "pass") {
        let checks = case["checks"].as_array().unwrap();
        let verdict = |name: &str| {
            checks.iter().find(|check| check["name"] == name).map(|check| check["verdict"].clone())
        };
        assert_eq!(verdict("effects").unwrap(), "not_judged", "{case}");
        assert_eq!(verdict("code").unwrap(), "pass", "{case}");
    }
    let target = Restricted::new(&[DISASSOCIATE], &["--fault", "unknown-share-accepted"], HOOK);
    target.run(&["alibaba/disassociate/share"]).exits(1).says("EntityNotExists.ResourceShare");
}

/// What there is for one API is there for the other.
#[test]
fn aws_is_judged_on_seeded_shares_too() {
    let lines = format!("api = \"aws\"\n{HOOK}");
    let lists = [DISASSOCIATE, "GetResourceShares", "GetResourceShareAssociations"];
    let target = Restricted::new(&lists, &["--api", "aws"], &lines);
    let patterns = ["aws/disassociate/principals", "aws/disassociate/share-arn"];
    target.run(&patterns).exits(0).says("0 failed");
    let effects = json!({"name": "effects", "verdict": "pass", "level": "must"});
    assert!(target.cases().iter().any(|case| {
        case["outcome"] == "pass" && case["checks"].as_array().unwrap().contains(&effects)
    }));
    let codes = target.codes();
    assert!(codes.len() >= 3, "{codes:?}");
    let further = ["--api", "aws", "--fault", "malformed-principal-accepted"];
    let target = Restricted::new(&lists, &further, &lines);
    target.run(&patterns).exits(1).says("InvalidParameterException");
}

/// With the lists, what a call did is read back too.
#[test]
fn with_lists_effects_are_judged_on_seeded_shares() {
    let patterns = ["alibaba/disassociate/targets", "alibaba/disassociate/share-id"];
    let target = Restricted::new(&LISTS, &[], HOOK);
    target.run(&patterns).exits(0).says("0 failed");
    assert!(target.cases().iter().any(|case| {
        let effects = json!({"name": "effects", "verdict": "pass", "level": "must"});
        case["outcome"] == "pass" && case["checks"].as_array().unwrap().contains(&effects)
    }));
    let target = Restricted::new(&LISTS, &["--fault", "last-target-stays"], HOOK);
    target.run(&patterns).exits(1).says("effects");
}

#[test]
fn without_a_hook_the_summary_says_what_would_unlock_the_most() {
    let target = Restricted::new(&[DISASSOCIATE], &[], "");
    let run = target.run(&["alibaba/disassociate/targets", "alibaba/create/valid/empty"]);
    let run =
        run.exits(4).says("seeded shares: write `hooks.seed`, or `shares` in the world (seed)");
    let (seeds, create) = (run.out.find("seeded shares:"), run.out.find("CreateResourceShare (op"));
    assert!(seeds.unwrap() < create.unwrap(), "the most valuable comes first: {}", run.out);
}

/// What a run would say is said before one, and no case is played for it.
#[test]
fn what_would_unlock_the_rest_is_said_without_a_run() {
    let explain = ["world", "explain", "--target", "@mine"];
    let without = Restricted::new(&[DISASSOCIATE], &[], "").scratch.run(&explain).exits(0);
    let without = without
        .says("cases need seeded shares: write `hooks.seed`, or `shares` in the world")
        .says("cases need CreateResourceShare");
    let with = Restricted::new(&[DISASSOCIATE], &[], HOOK).scratch.run(&explain).exits(0);
    let playable = |said: &Outcome| -> usize {
        let (_, number) = said.out.split_once("@mine: ").unwrap();
        number.split(' ').next().unwrap().parse().unwrap()
    };
    assert!(playable(&with) > playable(&without) + 300, "{}{}", without.out, with.out);
    let single = "identity = \"single\"\nrole = \"owner\"";
    let single = Restricted::new(&LISTS, &["--identity", "single"], single);
    single.scratch.run(&explain).exits(0).says("cases need a second account");
}

/// A hook need not make all that is wished for.
#[test]
fn cases_whose_share_was_not_made_say_which_it_is() {
    let first = "import json,sys,urllib.request\nwishes = json.load(sys.stdin)\n\
        wishes['shares'] = wishes['shares'][:1]\n\
        body = json.dumps(wishes).encode()\n\
        print(urllib.request.urlopen(urllib.request.Request(sys.argv[1], body)).read().decode())\n";
    let hook = "hooks.seed = { command = \"python3 seed.py {url}/_sharespec/seed\" }";
    let target = Restricted::new(&[DISASSOCIATE], &[], hook);
    target.scratch.write("seed.py", first);
    let run = target.run(&["alibaba/disassociate/targets"]).exits(0);
    run.says("`hooks.seed` made 1 of the ").says("share of owner, Active, with");
    let count =
        |outcome: &str| target.cases().iter().filter(|case| case["outcome"] == outcome).count();
    assert!(count("pass") > 0 && count("unsupported") > 0);
}

/// Shares can be written into the world by hand; one that is not as was written fails nothing.
#[test]
fn a_world_may_name_shares_that_are_there() {
    let target = Restricted::new(&LISTS, &[], "world = \"world.json\"");
    let mut world: Value = serde_json::from_str(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    let association = |kind: &str, entity: &Value| json!({"type": kind, "entity": entity, "status": "Associated"});
    let own = |resource: &&Value| resource["owner"] == "owner" && resource["type"] == "VSwitch";
    let resources = world["resources"].as_array().unwrap().iter().filter(own).take(2);
    let mut associations: Vec<Value> =
        resources.map(|resource| association("Resource", &resource["id"])).collect();
    for role in ["member-a", "member-b"] {
        associations.push(association("Target", &world["accounts"][role]["id"]));
    }
    let mut share = json!({"name": "standing", "owner": "owner", "status": "Active",
        "use": "read_only", "associations": associations});
    let made = target.served.seed(&json!({"shares": [share]}));
    share["id"] = made["shares"][0]["id"].clone();
    world["shares"] = json!([share]);
    target.scratch.write("world.json", &world.to_string());
    let patterns = ["alibaba/disassociate/share-id"];
    target.run(&patterns).exits(0).says("0 failed");
    // The file says of it what is not so.
    let other = association("Target", &world["accounts"]["member-c"]["id"]);
    world["shares"][0]["associations"].as_array_mut().unwrap().push(other);
    target.scratch.write("world.json", &world.to_string());
    target.run(&patterns).exits(4).says("seeded shares that are as is said of them (seed)");
}
