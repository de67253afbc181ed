//! What preflight says of wrong set-ups: each message says the line to write.

use crate::support::{Outcome, Scratch, Served};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpListener;

fn smoke(url: &str, lines: &str) -> Outcome {
    let scratch = Scratch::new(&format!("[target.mine]\nurl = \"{url}\"\n{lines}\n"));
    scratch.run(&["smoke", "--target", "@mine"])
}

/// A server with the embedded world, changed.
fn serving(change: impl FnOnce(&mut Value)) -> (Scratch, Served) {
    let mut world: Value = serde_json::from_str(sharespec_fixtures::ALIBABA_WORLD).unwrap();
    change(&mut world);
    let scratch = Scratch::new("");
    scratch.write("other.json", &world.to_string());
    let path = scratch.path().join("other.json").display().to_string();
    let served = Served::new(&["--world", &path]);
    (scratch, served)
}

#[test]
fn nothing_listens() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    smoke(&format!("http://{free}"), "").exits(3).says("cannot be reached").says("`start = ");
}

#[test]
fn something_else_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let _ = client.read(&mut [0; 4096]);
            let head = "HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\ncontent-length: 9";
            let _ = write!(client, "{head}\r\nconnection: close\r\n\r\n<p>no</p>");
        }
    });
    smoke(&url, "").exits(2).says("answers, but not as this API does").says("`path = ");
}

#[test]
fn keys_are_unknown() {
    let (_scratch, served) =
        serving(|world| world["accounts"]["owner"]["access_key_id"] = "LTAIOTHER".into());
    smoke(&served.url(), "")
        .exits(2)
        .says("does not know the access key of `owner`")
        .says("`roles.ROLE.key = ");
}

#[test]
fn all_roles_are_one_account() {
    let served = Served::new(&["--identity", "single"]);
    smoke(&served.url(), "").exits(0).says("`identity = \"single\"`");
}

#[test]
fn the_directory_is_unknown() {
    let (_scratch, served) = serving(|world| world["directories"] = Value::Array(Vec::new()));
    smoke(&served.url(), "")
        .exits(0)
        .says("does not let `owner` share with")
        .says("write `directories` in the world");
}

#[test]
fn resources_are_unknown() {
    let (_scratch, served) = serving(|world| world["resources"] = Value::Array(Vec::new()));
    smoke(&served.url(), "").exits(2).says("does not know what the world holds").says("`world = ");
}

#[test]
fn transitions_never_settle() {
    let served = Served::new(&["--transition", "600000"]);
    smoke(&served.url(), "settle = 300").exits(0).says("did not end within").says("`settle = ");
}
