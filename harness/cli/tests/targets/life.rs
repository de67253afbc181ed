//! The life of a run: it ends in time, when told to, and when the target is gone; it takes away what it
//! made; and a case that fails only in parallel says so.

use crate::support::{REMOVAL, Scratch, Served, outcome, signal};
use serde_json::Value;
use sharespec_model::alibaba::Alibaba;
use sharespec_model::world::World;
use sharespec_reference::answer::Answer;
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_server::{Options, Service, bind, serve};
use sharespec_wire::http::Request;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Cases that make shares and remove something.
const MANY: &str = "alibaba/disassociate/**";

fn lines(scratch: &Scratch, report: &str) -> Vec<Value> {
    scratch.read(report).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A run that is under way: it has made shares.
fn under_way(scratch: &Scratch, served: &Served, cases: &str) -> Child {
    let url = served.url();
    let arguments = ["run", cases, "--target", &url, "--report", "jsonl=report.jsonl"];
    let mut run = scratch.command(&arguments);
    let run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    while !shares(served).contains("-a\"") {
        assert!(began.elapsed() < Duration::from_secs(60), "nothing was made");
        std::thread::sleep(Duration::from_millis(20));
    }
    run
}

fn shares(served: &Served) -> String {
    served.ask(
        "Action=ListResourceShares&ResourceOwner=Self&ResourceShareStatus=Active&MaxResults=100",
    )
}

fn ledgers(scratch: &Scratch) -> usize {
    std::fs::read_dir(scratch.path().join("state/sharespec")).map_or(0, Iterator::count)
}

#[test]
fn what_was_not_played_in_time_is_said_and_is_not_green() {
    let served = Served::new(&["--transition", "1500"]);
    let scratch = Scratch::new("");
    let url = served.url();
    let run = ["run", MANY, "--target", &url, "--report", "jsonl=r.jsonl", "--max-time", "4500ms"];
    let began = Instant::now();
    scratch.run(&run).exits(3).says("the time of the run was over").says("`--max-time`");
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
    let lines = lines(&scratch, "r.jsonl");
    let cases = lines.iter().filter(|line| line["type"] == "case").count();
    assert_eq!(lines[0]["cases"], cases, "each case has a line");
    assert!(lines.last().unwrap()["inconclusive"].as_u64().unwrap() > 0);
}

#[test]
fn a_case_that_takes_too_long_has_no_verdict() {
    let served = Served::new(&["--transition", "300"]);
    let scratch = Scratch::new("");
    let url = served.url();
    let run = ["run", REMOVAL, "--target", &url, "--set", "deadline=400"];
    scratch.run(&run).exits(3).says("the case was not over after 400 ms");
    assert_eq!(ledgers(&scratch), 0, "what it made is taken away");
}

/// After a signal the report is whole within a second, and what the run made is taken away.
#[test]
fn a_run_that_is_interrupted_reports_and_cleans_up() {
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let served = Served::new(&["--transition", "700"]);
        let foreign = served.ask("Action=CreateResourceShare&ResourceShareName=ss-mine");
        assert!(foreign.contains("ResourceShareId"), "{foreign}");
        let scratch = Scratch::new("");
        let mut run = under_way(&scratch, &served, MANY);
        signal(run.id(), name);
        std::thread::sleep(Duration::from_secs(1));
        let report = lines(&scratch, "report.jsonl");
        let summary = report.last().unwrap();
        assert_eq!(summary["type"], "summary");
        assert_eq!((&summary["exit_code"], &summary["interrupted"]), (&code.into(), &true.into()));
        let began = Instant::now();
        assert_eq!(run.wait().unwrap().code(), Some(code));
        assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
        // What could not be taken away then is taken away later; what is not the run's is not.
        let url = served.url();
        scratch.run(&["cleanup", "--target", &url]);
        let left = shares(&served);
        assert!(left.contains("ss-mine") && !left.contains("-a\""), "{left}");
    }
}

/// What a run that was killed left behind stands in its ledger.
#[test]
fn what_a_killed_run_left_behind_can_be_taken_away() {
    let served = Served::new(&["--transition", "300"]);
    served.ask("Action=CreateResourceShare&ResourceShareName=ss-mine");
    let scratch = Scratch::new("");
    let mut run = under_way(&scratch, &served, MANY);
    signal(run.id(), "KILL");
    run.wait().unwrap();
    assert_eq!(ledgers(&scratch), 1);
    let url = served.url();
    let before = shares(&served);
    // Of another target nothing is known, and nothing is done to it.
    let other = Served::new(&[]);
    scratch.run(&["cleanup", "--target", &other.url()]).exits(0).says("no run is known");
    scratch.run(&["cleanup", "--target", &url]).exits(0).says("shares deleted, 0 left");
    assert_eq!(ledgers(&scratch), 0);
    let left = shares(&served);
    assert!(left.contains("ss-mine") && !left.contains("-a\""), "{before}\n{left}");
    scratch.run(&["cleanup", "--target", &url]).exits(0).says("no run is known");
    scratch
        .run(&["cleanup", "--target", &url, "--prefix", "ss-"])
        .exits(2)
        .says("`ss-` is no prefix of a run");
    let unknown = ["cleanup", "--target", &url, "--prefix", "ss-0123456789abc-"];
    scratch.run(&unknown).exits(0).says("0 shares deleted, 0 left");
}

/// A target that dies is not asked a thousand times.
#[test]
fn a_run_ends_when_the_target_is_gone() {
    for (how, timeout) in [("KILL", "5000"), ("STOP", "300")] {
        let served = Served::new(&["--transition", "400"]);
        let scratch = Scratch::new("");
        let url = served.url();
        let run = ["run", "--target", &url, "--report", "jsonl=report.jsonl", "--timeout", timeout];
        let mut command = scratch.command(&run);
        let address = served.address;
        let killed = std::thread::scope(|scope| {
            let run = scope.spawn(|| outcome(&mut command));
            let began = Instant::now();
            while !scratch.path().join("report.jsonl").exists() {
                assert!(began.elapsed() < Duration::from_secs(60));
                std::thread::sleep(Duration::from_millis(20));
            }
            std::thread::sleep(Duration::from_secs(3));
            served.signal(how);
            let began = Instant::now();
            let run = run.join().unwrap();
            assert!(began.elapsed() < Duration::from_secs(25), "{how}: {:?}", began.elapsed());
            run
        });
        assert!(killed.code == 3 || killed.code == 1, "{how} at {address}: {}", killed.out);
        killed.says("the target stopped answering, so the case was not played");
        let lines = lines(&scratch, "report.jsonl");
        let cases = lines.iter().filter(|line| line["type"] == "case").count();
        assert_eq!(lines[0]["cases"], cases, "each case has a line");
        if how == "STOP" {
            served.signal("CONT");
        }
    }
}

/// The reference implementation, which answers without a request id while there is more than one
/// share: alone each case passes.
struct Crowded(Pipeline, usize);

impl Service for Crowded {
    fn handle(&mut self, request: &Request, now: i64) -> Answer {
        let crowded = self.1 > 1;
        let mut answer = self.0.handle(request, now);
        // Preflight asks for what is rejected, too: that changes no number of shares.
        let accepted = |action: &str| {
            answer.response.status == 200 && request.target.contains(&format!("Action={action}"))
        };
        self.1 += usize::from(accepted("CreateResourceShare"));
        self.1 -= usize::from(accepted("DeleteResourceShare")).min(self.1);
        if crowded && request.target.contains("Action=DisassociateResourceShare") {
            let body = String::from_utf8_lossy(&answer.response.body).replace("RequestId", "Id");
            answer.response.body = body.into_bytes();
        }
        answer
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

#[test]
fn a_case_that_fails_only_in_parallel_says_so_and_still_fails() {
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    let api = Arc::new(Alibaba::new(world).unwrap());
    let blueprint = Arc::new(Blueprint::new(api, &[]).with_transition(50));
    let service = Box::new(Crowded(Pipeline::new(blueprint, 1), 0));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listener = runtime.block_on(bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(serve(listener, service, Options::default(), std::future::pending()));
    let scratch = Scratch::new("");
    let run = ["run", REMOVAL, "--target", &url, "--report", "jsonl=r.jsonl"];
    scratch.run(&run).exits(1).says("it fails only in parallel");
    let lines = lines(&scratch, "r.jsonl");
    let alone: Vec<&Value> =
        lines.iter().filter(|line| line["failure"]["alone"] == "pass").collect();
    assert!(!alone.is_empty());
    assert!(alone.iter().all(|line| line["outcome"] == "fail"));
    // Played alone by name, it passes.
    let id = alone[0]["id"].as_str().unwrap();
    scratch.run(&["run", id, "--target", &url]).exits(0);
}
