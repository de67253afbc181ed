//! Targets that are started: waited for, started again after a crash, and ended with their group.

use crate::support::{Outcome, REMOVAL, SHARESPEC, Scratch, listens, outcome};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::world::World;
use sharespec_reference::answer::Answer;
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_server::{Options, Service, bind, serve};
use sharespec_wire::http::Request;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The command that runs [`a_server_that_ends`] below as a server of its own.
fn ending(port: &str, on: &str) -> String {
    let own = std::env::current_exe().unwrap();
    format!(
        "ENDING_PORT={port} ENDING_ON='{on}' exec '{}' --ignored --exact process::a_server_that_ends --nocapture",
        own.display()
    )
}

/// The reference implementation, until a request holds a text. Not a test: a server for the others.
#[test]
#[ignore = "a server that other tests start"]
fn a_server_that_ends() {
    let Ok(port) = std::env::var("ENDING_PORT") else { return };
    struct Ending(Pipeline, String);
    impl Service for Ending {
        fn handle(&mut self, request: &Request, now: i64) -> Answer {
            let once = std::env::var("ENDING_ONCE").unwrap_or_default();
            let first = || once.is_empty() || std::fs::File::create_new(&once).is_ok();
            if request.target.contains(&self.1) && first() {
                let secret = std::env::var("ENDING_SECRET").unwrap_or_default();
                eprintln!("panicked at {}: {secret}", self.1);
                std::process::abort();
            }
            self.0.handle(request, now)
        }
        fn reset(&mut self) {
            self.0.reset();
        }
        fn hold(&mut self) {
            self.0.hold();
        }
        fn release(&mut self) {
            self.0.release();
        }
        fn needs_raw_connection(&self) -> bool {
            false
        }
    }
    let on = std::env::var("ENDING_ON").unwrap();
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    let api = Arc::new(Alibaba::new(world).unwrap());
    let blueprint = Arc::new(Blueprint::new(api, &[]).with_transition(10));
    let service = Box::new(Ending(Pipeline::new(blueprint, 1), on));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = bind(&format!("127.0.0.1:{port}")).await.unwrap();
        serve(listener, service, Options::default(), std::future::pending()).await.unwrap();
    });
}

fn wait_a_little() -> bool {
    std::thread::sleep(std::time::Duration::from_millis(100));
    false
}

#[track_caller]
fn not_running(port: &str) {
    let address = format!("127.0.0.1:{port}").parse().unwrap();
    // What was told to end may need a moment, and another test may be given its port for one.
    assert!((0..50).any(|_| !listens(address) || wait_a_little()), "something still listens");
}

#[test]
fn a_target_is_started_waited_for_and_ended() {
    // It starts late, and in a process of its own below the shell.
    let scratch = Scratch::new(&format!(
        "[target.mine]\nstart = \"echo {{port}} > port.txt; sleep 0.3; '{SHARESPEC}' serve --transition 10 --listen 127.0.0.1:{{port}} & wait\"\n"
    ));
    scratch.judge().exits(0);
    not_running(scratch.read("port.txt").trim());
}

#[test]
fn a_command_line_may_name_the_command() {
    let scratch = Scratch::new("");
    let target = format!(
        "exec:echo {{port}} > port.txt; '{SHARESPEC}' serve --transition 10 --listen 127.0.0.1:{{port}} & wait"
    );
    scratch.run(&["run", REMOVAL, "--target", &target]).exits(0);
    not_running(scratch.read("port.txt").trim());
}

#[test]
fn what_cannot_be_started_says_why() {
    let smoke = |lines: &str| {
        let scratch = Scratch::new(&format!("[target.mine]\n{lines}\n"));
        scratch.run(&["smoke", "--target", "@mine"])
    };
    smoke("start = \"echo no such luck >&2; exit 7\"")
        .exits(3)
        .says("ended (exit status: 7) before it listened")
        .says("no such luck");
    smoke("start = \"sleep 60\"\nwait = 200")
        .exits(3)
        .says("does not listen at 127.0.0.1:")
        .says("after 200 ms");
    smoke("start = [\"/no/such/program\"]").exits(3).says("cannot be run");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", taken.local_addr().unwrap());
    smoke(&format!("start = \"sleep 60\"\nurl = \"{url}\""))
        .exits(3)
        .says("listens at")
        .says("already");
}

#[test]
fn a_target_is_ended_too_when_preflight_fails_and_when_sharespec_is_told_to_end() {
    // What listens there has nothing at `/`.
    let scratch = Scratch::new(&format!(
        "[target.mine]\nstart = \"echo {{port}} > port.txt; '{SHARESPEC}' serve --path /other --listen 127.0.0.1:{{port}} & wait\"\n"
    ));
    scratch.run(&["smoke", "--target", "@mine"]).exits(2);
    not_running(scratch.read("port.txt").trim());

    let scratch = Scratch::new(&format!(
        "[target.mine]\nstart = \"echo {{port}} > port.txt; '{SHARESPEC}' serve --transition 60000 --listen 127.0.0.1:{{port}} & wait\"\n"
    ));
    let mut run = scratch.command(&["run", REMOVAL, "--target", "@mine"]);
    let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    let port = loop {
        assert!(began.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(50));
        let port = std::fs::read_to_string(scratch.path().join("port.txt")).unwrap_or_default();
        if !port.trim().is_empty() && listens(format!("127.0.0.1:{}", port.trim()).parse().unwrap())
        {
            break port.trim().to_owned();
        }
    };
    // It may be a moment before sharespec has seen that it listens.
    std::thread::sleep(Duration::from_millis(300));
    let kill = std::process::Command::new("kill").arg(run.id().to_string()).status().unwrap();
    assert!(kill.success());
    assert_eq!(run.wait().unwrap().code(), Some(143));
    not_running(&port);
}

fn crash(on: &str, cases: &[&str], once: bool) -> (Scratch, Outcome) {
    let scratch = Scratch::new(&format!(
        "[target.mine]\nstart = {:?}\nheaders.x-secret = {{ env = \"ENDING_SECRET\" }}\n",
        ending("{port}", on)
    ));
    let mut arguments = vec!["run"];
    arguments.extend(cases);
    arguments.extend(["--target", "@mine", "--report", "jsonl=report.jsonl"]);
    let mut command = scratch.command(&arguments);
    let once = if once { scratch.path().join("once").display().to_string() } else { String::new() };
    command.env("ENDING_SECRET", "a-word-in-confidence").env("ENDING_ONCE", once);
    let outcome = outcome(&mut command);
    (scratch, outcome)
}

/// The case that ends the target is blamed, with what the target said; those that it took with it
/// are played again and pass.
#[test]
fn after_a_crash_the_target_is_started_again_and_the_case_is_blamed() {
    // What only one case sends.
    let (scratch, run) = crash(
        "MaxResults=101",
        &["alibaba/list-associations/max-results", REMOVAL, "alibaba/disassociate/leave"],
        false,
    );
    let run = run
        .exits(1)
        .says("the process of the target ended (signal: 6")
        .says("panicked at MaxResults=101");
    let report = scratch.read("report.jsonl");
    let failed: Vec<serde_json::Value> = report
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &serde_json::Value| line["outcome"] == "fail")
        .collect();
    assert!(!failed.is_empty(), "{}", run.out);
    for line in &failed {
        assert!(line["id"].as_str().unwrap().contains("max-results"), "{line}");
        // What the process repeated of a secret is not shown.
        let said = line["failure"]["stderr"].as_str().unwrap();
        assert!(said.contains("panicked at MaxResults=101: ***"), "{line}");
        assert_eq!(line["failure"]["cause"]["observed"], "the process of the target ended");
    }
    assert!(!report.contains(r#""outcome":"inconclusive""#), "{}", run.out);
    assert!(!format!("{report}{}{}", run.out, run.err).contains("a-word-in-confidence"));
}

/// A crash that no case repeats alone still fails, for each request that it left unanswered.
#[test]
fn a_crash_that_does_not_happen_again_is_said_and_still_fails() {
    let (scratch, run) =
        crash("MaxResults=101", &["alibaba/list-associations/max-results", REMOVAL], true);
    run.exits(1)
        .says("(signal: 6 (SIGABRT)) while this case was played; played alone, it does not");
    let report = scratch.read("report.jsonl");
    assert!(
        report.contains(
            r#""id":"alibaba/list-associations/max-results/invalid/101","outcome":"fail""#
        )
    );
}

/// A target that does not come back is no reason to wait for each of the cases.
#[test]
fn a_target_that_stays_away_is_unreachable() {
    let scratch = Scratch::new(&format!(
        "[target.mine]\nstart = {:?}\nwait = 20000\n",
        format!("test ! -e once || exit 9; touch once; {}", ending("{port}", "MaxResults=101"))
    ));
    let cases = ["alibaba/list-associations/max-results", REMOVAL];
    let run = scratch.run(&["run", cases[0], cases[1], "--target", "@mine"]);
    assert_ne!(run.code, 0, "{}", run.out);
    run.says("the process of the target ended");
}
