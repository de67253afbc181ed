//! Finding, reading, merging and showing settings.

use crate::support::{Scratch, Served, outcome};

#[test]
fn init_writes_a_file_that_can_be_used_and_never_overwrites() {
    let scratch = Scratch::new("");
    std::fs::remove_file(scratch.path().join("sharespec.toml")).unwrap();
    scratch.run(&["init"]).exits(0).says("wrote sharespec.toml");
    scratch
        .run(&["config"])
        .exits(0)
        .says("url = \"http://127.0.0.1:8080\"")
        .says("sharespec.toml:17:7");
    scratch.write("sharespec.toml", "# mine\n");
    scratch.run(&["init"]).exits(2).says("is there already");
    assert_eq!(scratch.read("sharespec.toml"), "# mine\n");
}

#[test]
fn unknown_keys_point_at_the_line_and_name_the_nearest() {
    let scratch = Scratch::new("[target.mine]\nurl = \"http://127.0.0.1:1\"\n  tiemout = 3\n");
    scratch
        .run(&["run", "--target", "@mine"])
        .exits(2)
        .says("sharespec.toml:3:3: there is no key `tiemout`; did you mean `timeout`?");
    scratch.run(&["run", "--target", "@mien"]).exits(2);
    let scratch = Scratch::new("[target.mine]\n[target.other]\nurl = \"http://127.0.0.1:1\"\n");
    scratch.run(&["config", "--target", "@mien"]).exits(2).says("did you mean `mine`?");
    scratch
        .run(&["config", "--target", "@mine"])
        .exits(2)
        .says("sharespec.toml:1:9: the target has neither");
    let set = scratch.run(&["config", "--target", "@other", "--set", "jbs=3"]);
    set.exits(2).says("--set: there is no key `jbs`; did you mean `jobs`?");
}

#[test]
fn what_contradicts_itself_is_refused_where_it_stands() {
    for (line, said) in [
        ("operations.absent = [\"ListResourceShare\"]", "did you mean `ListResourceShares`?"),
        ("operations = { absent = [], present = [] }", "not both"),
        ("identity = \"headers\"", "no header says who calls"),
        ("identity = \"singel\"", "did you mean `single`?"),
        ("tls.key = \"k\"", "write `tls.certificate` too"),
        ("path = \"x\"", "`path` begins with a slash"),
        ("proxy = \"http://user:hidden-word@127.0.0.1:1\"", "no user and no password here"),
        ("roles.owner.secret = \"hidden-word\"", "secrets are not written into this file"),
        ("hooks.reset = \"x\"", "write { command"),
        ("timeout = 0", "write a whole number from 1 to 3600000"),
    ] {
        let scratch =
            Scratch::new(&format!("[target.mine]\nurl = \"http://127.0.0.1:1\"\n{line}\n"));
        let said = scratch
            .run(&["config", "--target", "@mine"])
            .exits(2)
            .says(said)
            .says("sharespec.toml:3:");
        assert!(!said.err.contains("hidden-word"), "{}", said.err);
    }
    let scratch =
        Scratch::new("[target.mine]\nurl = \"http://127.0.0.1:1\"\nroles.ownr.key = \"x\"\n");
    let run = scratch.run(&["smoke", "--target", "@mine"]);
    run.exits(2).says("sharespec.toml:3:").says("no account `ownr`");
}

#[test]
fn flags_go_before_the_environment_before_the_file_before_defaults() {
    let scratch = Scratch::new(
        "default = \"mine\"\n[target.mine]\nurl = \"http://127.0.0.1:1\"\ntimeout = 1\nsettle = 1\njobs = 1\n",
    );
    std::fs::create_dir(scratch.path().join("below")).unwrap();
    let mut command = scratch.command(&["config", "--jobs", "3", "--set", "rate=7"]);
    command.current_dir(scratch.path().join("below"));
    command
        .env("SHARESPEC_JOBS", "2")
        .env("SHARESPEC_SETTLE", "2")
        .env("SHARESPEC_TLS_CA", "ca.pem");
    let config = outcome(&mut command).exits(0);
    let line = |key: &str| {
        let found = config.out.lines().find(|line| line.starts_with(&format!("{key} = ")));
        found.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("wait"), "wait = 30000 # default");
    assert!(line("timeout").starts_with("timeout = 1 # "), "{}", config.out);
    assert!(line("timeout").ends_with("sharespec.toml:4:11"), "{}", config.out);
    assert_eq!(line("settle"), "settle = 2 # environment variable SHARESPEC_SETTLE");
    assert_eq!(line("jobs"), "jobs = 3 # --jobs");
    assert_eq!(line("rate"), "rate = 7 # --set");
    // Paths of the environment are relative to the working directory.
    assert!(line("tls.ca").contains("below/ca.pem\""), "{}", config.out);
}

#[test]
fn one_file_has_several_targets_and_reports_are_named_after_them() {
    let (one, other) = (Served::new(&[]), Served::new(&["--operations", "DescribeRegions"]));
    let scratch = Scratch::new(&format!(
        "[target.one]\nurl = \"{}\"\n[target.other]\nurl = \"{}\"\noperations.present = [\"DescribeRegions\"]\n",
        one.url(),
        other.url(),
    ));
    for name in ["one", "other"] {
        let target = format!("@{name}");
        let run =
            ["run", "alibaba/regions", "--target", &target, "--report", "jsonl=r/{target}.jsonl"];
        scratch.run(&run).exits(0);
        assert!(
            scratch.read(&format!("r/{name}.jsonl")).contains(&format!("\"target\":\"{target}\""))
        );
    }
    let url = one.url();
    let run = ["run", "alibaba/regions", "--target", &url, "--report", "jsonl=r/{target}.jsonl"];
    scratch.run(&run).exits(0);
    let name = format!("r/{}.jsonl", one.address.to_string().replace(':', "-"));
    assert!(scratch.path().join(name).is_file());
}

#[test]
fn world_and_documents_are_of_the_target_and_relative_to_the_file() {
    let served = Served::new(&[]);
    let scratch = Scratch::new(&format!(
        "default = \"mine\"\n[target.mine]\nurl = \"{}\"\nworld = \"w.json\"\ndocuments = [\"no-such\"]\n",
        served.url()
    ));
    std::fs::create_dir(scratch.path().join("below")).unwrap();
    let smoke = |arguments: &[&str]| {
        let mut command = scratch.command(arguments);
        outcome(command.current_dir(scratch.path().join("below")))
    };
    smoke(&["smoke"]).exits(2).says("w.json cannot be read");
    let world = scratch.run(&["world", "init"]).exits(0).out;
    scratch.write("w.json", &world);
    smoke(&["smoke"]).exits(2).says("no-such");
    smoke(&["smoke", "--document", "alibaba-disassociate-2026-03"]).exits(0);
}
