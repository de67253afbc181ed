//! How requests reach a target: who calls, header and path, proxy, rate, hooks, operations.

use crate::support::{Scratch, Served, Tap};
use std::time::Instant;

/// Cases in which several accounts call.
const SEVERAL: &str = "alibaba/disassociate/leave";

fn file(url: &str, lines: &str) -> Scratch {
    Scratch::new(&format!("[target.mine]\nurl = \"{url}\"\n{lines}\n"))
}

#[test]
fn callers_are_told_by_headers_of_the_target() {
    let served = Served::new(&["--identity", "headers"]);
    let scratch = file(
        &served.url(),
        "identity = \"headers\"\nheaders.x-sharespec-account = \"{account}\"\n",
    );
    let run = ["run", SEVERAL, "--target", "@mine"];
    scratch.run(&run).exits(0).says("0 failed");
    // Keys mean nothing there.
    file(&served.url(), "").run(&["smoke", "--target", "@mine"]).exits(2).says("identity");
    // One role's own header goes before that of all.
    let scratch = file(
        &served.url(),
        "identity = \"headers\"\nheaders.x-sharespec-account = \"{account}\"\n\
         roles.owner.headers.x-sharespec-account = \"nobody\"\n",
    );
    scratch.run(&["smoke", "--target", "@mine"]).exits(2);
}

#[test]
fn one_account_plays_what_one_account_can() {
    let served = Served::new(&["--identity", "single"]);
    let scratch = file(&served.url(), "identity = \"single\"\n");
    scratch.judge().exits(0);
    let run = scratch.run(&["run", SEVERAL, "--target", "@mine", "--report", "jsonl=r.jsonl"]);
    run.exits(4).says("cases need a second account (identity)").says("0 failed");
    assert!(scratch.read("r.jsonl").contains(r#""kind":"identity""#));
    // Not said, it is found out, and the line to write is named.
    let scratch = file(&served.url(), "");
    scratch.run(&["smoke", "--target", "@mine"]).exits(0).says("identity = \"single\"");
}

#[test]
fn signing_is_as_asked_for() {
    let served = Served::new(&["--check-signatures"]);
    for signing in ["v2", "v3"] {
        file(&served.url(), &format!("signing = \"{signing}\"\n")).judge().exits(0);
    }
    file(&served.url(), "signing = \"none\"\n").judge().exits(2).says("roles.ROLE.key");
}

#[test]
fn keys_of_the_file_go_before_those_of_the_world() {
    let served = Served::new(&["--check-signatures"]);
    let scratch = file(&served.url(), "roles.owner.key = \"LTAIWRONG\"\n");
    scratch
        .run(&["smoke", "--target", "@mine"])
        .exits(2)
        .says("does not know the access key of `owner`");
}

#[test]
fn host_path_and_proxy_are_as_asked_for() {
    let served = Served::new(&["--path", "/ram/v1"]);
    let tap = Tap::new(served.address);
    let lines =
        format!("host = \"shares.example.com\"\npath = \"/ram/v1\"\nproxy = \"{}\"\n", tap.url());
    let scratch = file(&served.url(), &lines);
    scratch.judge().exits(0);
    let sent = tap.sent();
    assert!(sent.contains(&format!("POST {}/ram/v1?", served.url())), "{sent}");
    assert!(sent.to_lowercase().contains("host: shares.example.com\r\n"), "{sent}");
    // A path may stand in the URL; then the environment's proxy is none of ours.
    let scratch = file(&format!("{}/ram/v1", served.url()), "");
    let mut command = scratch.command(&["smoke", "--target", "@mine"]);
    let smoke =
        command.env("http_proxy", "http://127.0.0.1:9").env("HTTP_PROXY", "http://127.0.0.1:9");
    crate::support::outcome(smoke).exits(0);
    file(&served.url(), "").run(&["smoke", "--target", "@mine"]).exits(2).says("path = ");
    let public = file(&served.url(), "proxy = \"http://203.0.113.9:3128\"\n");
    public.run(&["smoke", "--target", "@mine"]).exits(2).says("public address");
}

#[test]
fn no_more_requests_are_sent_in_a_second_than_asked_for() {
    let served = Served::new(&[]);
    let tap = Tap::new(served.address);
    let began = Instant::now();
    file(&tap.url(), "rate = 20\n").run(&["smoke", "--target", "@mine"]).exits(0);
    let (took, requests) = (began.elapsed().as_secs_f64(), tap.requests());
    assert!(requests > 15, "{requests}");
    // The probe for hooks is not counted.
    assert!(took >= (requests as f64 - 2.0) / 20.0, "{requests} in {took} s");
}

#[test]
fn operations_declared_absent_fail_nothing_and_are_not_called() {
    let served = Served::new(&["--operations", "DisassociateResourceShare,ListResourceShares"]);
    let tap = Tap::new(served.address);
    let cases =
        ["run", "alibaba/disassociate/share-id", "alibaba/create/valid", "--target", "@mine"];
    let scratch = file(
        &tap.url(),
        "operations.present = [\"DisassociateResourceShare\", \"ListResourceShares\"]\n",
    );
    scratch.run(&cases).exits(4).says("need CreateResourceShare (operation)").says("0 failed");
    scratch.run(&cases).says("seeded shares: write `hooks.seed`");
    assert!(!tap.sent().contains("CreateResourceShare"));
    // Neither declared nor there is a failure.
    let scratch = file(&tap.url(), "");
    scratch.run(&cases).exits(1).says("CreateResourceShare is not answered as this API answers");
}

#[test]
fn hooks_are_commands_or_requests() {
    // Behind a path that the reference server's hooks do not have, so that only those declared count.
    let served = Served::new(&[]);
    let other = Served::new(&[]);
    let tap = Tap::new(other.address);
    let lines = format!(
        "hooks.reset = {{ post = \"{}/_sharespec/reset\" }}\n\
         hooks.seed = {{ command = \"cat > wishes.json; echo '{{\\\"shares\\\": []}}'\" }}\n\
         hooks.clock = {{ command = [\"sh\", \"-c\", \"echo {{millis}} {{url}} >> clock.txt; exit 3\"] }}\n",
        tap.url(),
    );
    let scratch = file(&served.url(), &lines);
    // A case that puts the clock forward: the hook refuses, so it has no verdict.
    let run =
        scratch.run(&["run", "alibaba/disassociate/record/kept-then-gone", "--target", "@mine"]);
    run.says("the target was reset");
    assert!(tap.sent().starts_with("POST /_sharespec/reset HTTP/1.1\r\n"), "{}", tap.sent());
    let wishes: serde_json::Value = serde_json::from_str(&scratch.read("wishes.json")).unwrap();
    assert_eq!(wishes["accounts"]["owner"], "1720505253000001");
    let clock = scratch.read("clock.txt");
    assert!(clock.lines().all(|line| line.ends_with(&served.url())), "{clock}");
    // Hooks that work: the clock is put forward, transitions are held.
    let tap = Tap::new(served.address);
    let lines = format!(
        "hooks.clock = {{ post = \"{0}/_sharespec/advance-clock?millis={{millis}}\" }}\n\
         hooks.hold = {{ post = \"{0}/_sharespec/hold\" }}\n\
         hooks.release = {{ post = \"{0}/_sharespec/release\" }}\n",
        tap.url(),
    );
    let cases =
        ["alibaba/disassociate/record/kept-then-gone", "alibaba/disassociate/entities/associating"];
    file(&served.url(), &lines).run(&["run", cases[0], cases[1], "--target", "@mine"]).exits(0);
    for hook in ["advance-clock?millis=", "hold", "release"] {
        assert!(tap.sent().contains(&format!("POST /_sharespec/{hook}")), "{}", tap.sent());
    }
    let scratch = file(&served.url(), "hooks.reset = { command = \"echo no >&2; exit 1\" }\n");
    scratch
        .run(&["smoke", "--target", "@mine"])
        .exits(3)
        .says("`hooks.reset`: ended with exit status: 1: no");
    let scratch = file(&served.url(), "hooks.seed = { command = \"echo nothing\" }\n");
    scratch.run(&["smoke", "--target", "@mine"]).exits(2).says("it answers {\"shares\"");
}
