//! The binary by itself: away from the checkout, and completed by shells.

use crate::support::Scratch;
use std::process::Command;

#[test]
fn it_runs_where_nothing_else_is() {
    let scratch = Scratch::new();
    let copy = scratch.directory.path().join("sharespec-alone");
    // A process of its own: what this one writes is busy while another test starts something.
    let copied = Command::new("cp").arg(crate::scratch::SHARESPEC).arg(&copy).status();
    assert!(copied.unwrap().success());
    let run = |line: &str| {
        let mut command = Command::new(&copy);
        command.current_dir(scratch.directory.path()).env_clear().args(line.split(' '));
        crate::support::outcome(&mut command)
    };
    run("run alibaba/disassociate/owner-mode").exits(0).says("the target conforms");
    run("run --suite corpus --shard 1/50").exits(0);
    run("run aws/disassociate --api aws").exits(0);
    run("explain EntityNotExists.ResourceShare").exits(0).says("alibaba-disassociate-2026-03");
    run("world init").exits(0).says("accounts");
}

#[test]
fn every_shell_gets_the_whole_command_line() {
    let scratch = Scratch::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = scratch.run(&format!("completions {shell}")).exits(0).out;
        for word in ["known-failures", "selftest", "completions"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let script = scratch.run("completions bash").out;
    scratch.write("completions.bash", &script);
    let file = scratch.directory.path().join("completions.bash");
    assert!(Command::new("bash").arg("-n").arg(file).status().unwrap().success());
    scratch.run("completions tcsh").exits(2).says("possible values");
}
