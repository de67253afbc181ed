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

/// A server that answers everything alike.
fn answering(status: &'static str, content_type: &'static str, body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let _ = client.read(&mut [0; 4096]);
            let length = body.len();
            let head = format!("content-type: {content_type}\r\ncontent-length: {length}");
            let _ =
                write!(client, "HTTP/1.1 {status}\r\n{head}\r\nconnection: close\r\n\r\n{body}");
        }
    });
    url
}

#[test]
fn something_else_listens() {
    let url = answering("404 Not Found", "text/html", "<p>no</p>");
    smoke(&url, "").exits(2).says("answers, but not as this API does").says("`path = ");
}

#[test]
fn the_clock_is_off() {
    let body = r#"{"RequestId": "1", "Code": "InvalidTimeStamp.Expired", "Message": "Specified time stamp or date value is expired."}"#;
    let url = answering("400 Bad Request", "application/json", body);
    smoke(&url, "").exits(2).says("clock").says("InvalidTimeStamp.Expired");
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

/// A server that lets everyone delete the shares that it shows to everyone tells accounts apart all the
/// same if it says of each share whose it is: what is wrong with it is judged.
#[test]
fn whoever_may_delete_the_shares_of_others_is_told_apart() {
    let fault = "shares-of-others-shown-and-deleted";
    let served = Served::new(&["--api", "aws", "--fault", fault]);
    let scratch = Scratch::new("");
    let run = ["run", "aws/delete/share/foreign", "--api", "aws", "--target", &served.url()];
    let judged = scratch.run(&run).exits(1).says("2 failed");
    assert!(!judged.err.contains("tell the accounts of the world apart"), "{}", judged.err);
    assert!(!judged.out.contains("tell the accounts of the world apart"), "{}", judged.out);
}

#[test]
fn the_directory_is_unknown() {
    let (_scratch, served) = serving(|world| world["directories"] = Value::Array(Vec::new()));
    smoke(&served.url(), "")
        .exits(0)
        .says("does not let `owner` share with")
        .says("write `directories` in the world");
}

/// A target of accounts that are in no directory is judged on what that leaves.
#[test]
fn there_is_no_directory() {
    let (scratch, served) = serving(|world| world["directories"] = Value::Array(Vec::new()));
    let run =
        ["run", "alibaba/disassociate/**", "--target", &served.url(), "--world", "other.json"];
    scratch.run(&run).exits(0).says("0 failed").says("cases need directory owner");
}

/// Whether it should check signatures is not for a run to find out.
#[test]
fn signatures_are_not_checked() {
    let served = Served::new(&[]);
    let url = served.url();
    let scratch = Scratch::new("");
    let case = "alibaba/gateway/probe/signature/unsigned-header";
    let run = ["run", case, "--target", &url];
    scratch.run(&run).exits(4).says("needs a target that checks signatures");
    let declared = ["run", "alibaba/gateway/signature/**", "--target", &url, "--set"];
    let declared = |value| [&declared[..], &[value]].concat();
    scratch.run(&declared("signatures=checked")).exits(1).says("SignatureDoesNotMatch");
    scratch.run(&declared("signatures=perhaps")).exits(2).says("`checked`");
}

/// Whoever checks some signatures is to check all: those of lists, and those in headers.
#[test]
fn some_signatures_are_checked() {
    for (fault, end) in [
        ("signature-of-lists-not-checked", "signed-by-header/list"),
        ("header-signature-not-checked", "signed-by-header/associate"),
        ("older-signature-not-checked", "signed-by-parameter/associate"),
    ] {
        let served = Served::new(&["--check-signatures", "--fault", fault]);
        let case = format!("alibaba/gateway/signature/{end}");
        let scratch = Scratch::new("");
        scratch.run(&["run", &case, "--target", &served.url()]).exits(1).says("1 failed");
    }
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
