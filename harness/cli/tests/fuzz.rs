//! A night, from find to fixture: what `fuzz`, `finds`, `replay`, `promote`, `run --suite` and `corpus` say and
//! with which exit codes.

#![expect(clippy::unwrap_used, reason = "what cannot be run fails the test")]

use std::path::Path;
use std::process::{Command, Output};

const FAULT: [&str; 2] = ["--fault", "fourth-share-is-for-anyone"];

fn sharespec(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let Output { status, stdout, .. } = Command::new(env!("CARGO_BIN_EXE_sharespec"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("SHARESPEC_TARGET")
        .output()
        .unwrap();
    (status.code().unwrap(), String::from_utf8_lossy(&stdout).into_owned())
}

fn fuzz(folder: &Path, more: &[&str]) -> (i32, String) {
    let mut arguments = vec!["fuzz", "--cases", "200", "--seed", "2", "--corpus", "corpus"];
    arguments.extend(more);
    sharespec(folder, &arguments)
}

#[test]
fn a_night_from_find_to_fixture() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (code, said) = fuzz(folder, &FAULT);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("NEW ") && said.contains("failed again 5 of 5 times"), "{said}");
    let (code, exported) = sharespec(folder, &["finds", "export"]);
    assert_eq!(code, 0);
    let exported: serde_json::Value = serde_json::from_str(&exported).unwrap();
    let first = exported.get(0).unwrap();
    let key = first.get("key").unwrap().as_str().unwrap();
    assert!(first.get("body").unwrap().as_str().unwrap().contains(key));
    let file = format!("finds/{key}.json");

    // The file is played again, with the fault and without it.
    let bad: Vec<&str> = ["replay", &file].into_iter().chain(FAULT).collect();
    let (code, said) = sharespec(folder, &bad);
    assert!(code == 1 && said.starts_with("FAILED "), "{said}");
    let (code, said) = sharespec(folder, &["replay", &file]);
    assert!(code == 0 && said.starts_with("FIXED "), "{said}");
    let nowhere = ["replay", &file, "--target", "http://127.0.0.1:9"];
    let (code, _) = sharespec(folder, &nowhere);
    assert!(code == 3 || code == 2, "{code}");
    let (code, _) = sharespec(folder, &[&nowhere[..], &["--bisect"]].concat());
    assert_eq!(code, 125);

    // It becomes a fixture, once.
    assert_eq!(sharespec(folder, &["promote", &file, "--name", "a-fourth-share"]).0, 0);
    assert_eq!(sharespec(folder, &["promote", &file, "--name", "a-fourth-share"]).0, 2);
    assert_eq!(sharespec(folder, &["promote", &file, "--name", "../escape"]).0, 2);
    let suite = ["run", "--suite", "fixtures/regressions"];
    assert_eq!(sharespec(folder, &suite).0, 0);
    assert_eq!(sharespec(folder, &[&suite[..], &FAULT].concat()).0, 1);
    assert_eq!(sharespec(folder, &["run", "--suite", "nowhere"]).0, 2);

    // What is known gates nothing; what was fixed and is back does.
    for entry in exported.as_array().unwrap() {
        let key = entry.get("key").unwrap().as_str().unwrap();
        assert_eq!(sharespec(folder, &["finds", "set", key, "--status", "fixed"]).0, 0);
    }
    assert_eq!(sharespec(folder, &["finds", "export"]).1.trim(), "[]");
    assert_eq!(sharespec(folder, &["finds", "set", "nothing", "--status", "fixed"]).0, 2);
}

#[test]
fn corpora_are_kept_small() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(fuzz(folder, &[]).0, 0);
    let count = || std::fs::read_dir(folder.join("corpus")).unwrap().count();
    let before = count();
    assert!(before > 50, "{before}");
    let (code, said) = sharespec(folder, &["corpus", "stats", "corpus"]);
    assert!(code == 0 && said.contains(&format!("{before} cases loaded, 0 rejected")), "{said}");
    assert_eq!(sharespec(folder, &["corpus", "migrate", "corpus"]).0, 0);
    assert_eq!(count(), before, "what this version wrote stays as it is");
    assert_eq!(sharespec(folder, &["corpus", "prune", "corpus", "--most", "40"]).0, 0);
    assert_eq!(count(), 40);
    assert_eq!(sharespec(folder, &["corpus", "merge", "corpus", "--into", "other"]).0, 0);
    assert_eq!(std::fs::read_dir(folder.join("other")).unwrap().count(), 40);
    // A corpus that loads nothing is a mistake.
    std::fs::create_dir(folder.join("broken")).unwrap();
    std::fs::write(folder.join("broken/one.json"), "{}").unwrap();
    assert_eq!(sharespec(folder, &["fuzz", "--cases", "1", "--corpus", "broken"]).0, 2);
    assert_eq!(sharespec(folder, &["corpus", "stats", "nowhere"]).0, 2);
}
