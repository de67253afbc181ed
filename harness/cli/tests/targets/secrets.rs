//! Secrets never reach a report, a console, an error or a line that reproduces a case.

use crate::support::{Scratch, Served, files, outcome};

/// Everything that a run leaves, with secrets in the environment and in a file, against a server on
/// which much fails and which repeats in its messages what was signed.
#[test]
fn no_artefact_of_a_run_holds_a_secret() {
    let served = Served::new(&["--check-signatures", "--fault", "target-limit-six"]);
    let (secret, token, bearer) = ("Tr0ub4dor/and+3", "tok en=%26/secret", "bearer-9f8e7d6c5b4a");
    let scratch = Scratch::new(&format!(
        "[target.mine]\nurl = \"{}\"\n\
         roles.owner.secret = {{ env = \"OWNER_SECRET\" }}\n\
         roles.owner.token = {{ file = \"owner.token\" }}\n\
         headers.x-gateway = {{ env = \"GATEWAY_BEARER\" }}\n\
         headers.cookie = {{ env = \"GATEWAY_BEARER\" }}\n",
        served.url()
    ));
    // Below the target's folder only what the run writes is looked at.
    let out = scratch.path().join("out");
    std::fs::create_dir(&out).unwrap();
    scratch.write("owner.token", &format!("{token}\n"));
    let run = |arguments: &[&str], secret: &str| {
        let mut command = scratch.command(arguments);
        command.env("OWNER_SECRET", secret).env("GATEWAY_BEARER", bearer);
        outcome(command.current_dir(&out))
    };
    let mut said = String::new();
    let cases = ["run", "alibaba/disassociate/targets", "--target", "@mine"];
    let report = ["--report", "jsonl=r.jsonl", "--label", "build=bearer-9f8e7d6c5b4a"];
    // A wrong secret: the server says what it would have signed, the token with it.
    for signing in ["v2", "v3"] {
        let refused = run(&["smoke", "--target", "@mine", "--signing", signing], secret);
        said.push_str(&format!("{}{}", refused.exits(2).says("does not know").err, ""));
    }
    // The right one: faults fail, and whole exchanges are shown. It is the world's own.
    let world: serde_json::Value = serde_json::from_str(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    let right = world["accounts"]["owner"]["access_key_secret"].as_str().unwrap();
    let failed = run(&[cases.as_slice(), report.as_slice()].concat(), right);
    assert_eq!(failed.code, 1, "{}\n{}", failed.out, failed.err);
    said.push_str(&format!("{}{}", failed.out, failed.err));
    said.push_str(&run(&["config", "--target", "@mine"], right).exits(0).out);
    let gone = run(&["smoke", "--target", "@mine", "--set", "url=http://127.0.0.1:9"], right);
    said.push_str(&gone.err);
    for path in files(&out) {
        said.push_str(&std::fs::read_to_string(path).unwrap());
    }
    assert!(said.contains("***"));
    let plain = [secret, right, token, bearer].map(str::to_owned);
    for needle in sharespec_wire::spellings(&plain.each_ref().map(String::as_str)) {
        assert!(!said.contains(&needle), "{needle} is shown");
    }
}

#[test]
fn a_secret_that_is_not_there_is_named_by_its_place() {
    let file = "[target.mine]\nurl = \"http://127.0.0.1:9\"\nroles.owner.secret = { env = \"NO_SUCH_SECRET\" }\n";
    let run = Scratch::new(file).run(&["smoke", "--target", "@mine"]);
    run.exits(2).says("sharespec.toml:3:22: `roles.owner.secret`: the environment variable NO_SUCH_SECRET is not set");
}
