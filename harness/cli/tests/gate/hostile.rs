//! Files that are not what they should be: each reader says which file, and comes to exit code 2; none
//! panics, hangs or quotes megabytes.

use crate::support::Scratch;
use std::io::Read;
use std::process::Stdio;

/// What may be found in a file, by a name that says what is wrong with it.
fn contents() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("binary.json", (0..=255).cycle().take(5000).collect()),
        ("deep.json", [b"[".repeat(100_000), b"\n".to_vec()].concat()),
        ("deep-objects.json", b"{\"a\":".repeat(50_000)),
        ("keys.json", b"a.".repeat(50_000)),
        ("null.json", b"null\n".to_vec()),
        ("numbers.json", b"[1, 2]".to_vec()),
        ("cut.json", b"{\"accounts\": {\"owner\": {\"id\": \"1".to_vec()),
        ("huge.json", [b"{\"x\": \"".to_vec(), b"y".repeat(5_000_000), b"\"}\n".to_vec()].concat()),
    ]
}

#[test]
fn a_file_that_is_no_such_file_is_named() {
    let scratch = Scratch::new();
    scratch.run("run alibaba/check --report jsonl=good.jsonl").exits(0);
    for (name, content) in contents() {
        std::fs::write(scratch.directory.path().join(name), content).unwrap();
        let quick = [
            format!("merge {name}"),
            format!("compare good.jsonl {name}"),
            format!("history add {name}"),
            format!("history show --file {name}"),
            format!("behaviour show {name}"),
            format!("replay {name}"),
        ];
        // These build the suite first.
        let slow = [
            format!("run alibaba/check --rerun-failed {name}"),
            format!("run alibaba/check --known-failures {name}"),
            format!("known update {name} --from good.jsonl"),
            format!("run alibaba/check --world {name}"),
            format!("run alibaba/check --edition {name}"),
            format!("run alibaba/check --hold-to {name}"),
        ];
        let slow = slow.into_iter().filter(|_| ["binary.json", "huge.json"].contains(&name));
        for line in quick.into_iter().chain(slow) {
            let outcome = scratch.run(&line).exits(2).says(name).says("error: ");
            assert!(outcome.err.len() < 5000, "{line}: {} bytes", outcome.err.len());
        }
    }
}

#[test]
fn settings_that_cannot_be_read_are_named() {
    let scratch = Scratch::new();
    for (_, content) in contents() {
        std::fs::write(scratch.directory.path().join("sharespec.toml"), content).unwrap();
        for line in ["config", "run alibaba/check"] {
            let outcome = scratch.run(line).exits(2).says("sharespec.toml:1:");
            assert!(outcome.err.len() < 5000, "{line}: {} bytes", outcome.err.len());
        }
    }
}

#[test]
fn snapshots_that_are_damaged_are_told_before_anything_is_played() {
    let scratch = Scratch::new();
    let run = "run alibaba/check --snapshots shots";
    scratch.run(run).exits(0);
    // What is none of sharespec's is let alone.
    scratch.write("shots/README", "ours");
    scratch.write("shots/alibaba/mine.json", "{");
    scratch.run(run).exits(0).says(" 0 different, 0 taken");
    assert_eq!(scratch.read("shots/alibaba/mine.json"), "{");
    for (_, content) in contents().into_iter().step_by(3) {
        let path = scratch.directory.path().join("shots/alibaba/check-enabled.json");
        std::fs::write(&path, content).unwrap();
        let outcome = scratch.run(run).exits(2).says("check-enabled.json").says("taken anew");
        assert!(!outcome.out.contains("documents:"), "{}", outcome.out);
        std::fs::remove_file(path).unwrap();
    }
    scratch.run(run).exits(0);
    scratch.write("file", "");
    scratch.run("run alibaba/check --snapshots file").exits(2).says("the snapshots file");
}

#[test]
fn who_reads_the_first_line_alone_costs_no_report() {
    let scratch = Scratch::new();
    let reports = ["--report", "jsonl=r.jsonl", "--report", "html=r.html"];
    let mut command = scratch.command(&["run", "alibaba/disassociate/owner-mode"]);
    let mut run =
        command.args(reports).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // The pipe is closed at once.
    drop(run.stdout.take());
    let mut said = String::new();
    run.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(0), "{said}");
    assert!(!said.contains("error"), "{said}");
    assert!(scratch.read("r.jsonl").contains("\"type\":\"summary\""));
    assert!(scratch.read("r.html").contains("the target conforms"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_costs_no_other() {
    let scratch = Scratch::new();
    for full in ["jsonl", "html", "junit", "markdown", "github"] {
        let line = format!("run alibaba/check --report {full}=/dev/full --report jsonl=r.jsonl");
        scratch.run(&line).exits(2).says("/dev/full").says("make room").says("6 of 6 cases passed");
        assert!(scratch.read("r.jsonl").contains("\"type\":\"summary\""));
    }
}

#[test]
fn nothing_is_clean_for_nothing() {
    let scratch = Scratch::new();
    scratch.run("selftest --only no-such-change").exits(2).says("no-such-change");
    scratch.run("compare x y --report markdown").exits(2);
}
