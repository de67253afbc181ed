//! A broad script of calls: every operation, every condition, and what they leave behind.

use super::around::{
    forms, invitations, leaving, life_of_shares, lists, paging, repetition, shares_of_others,
};
use super::driver::{API, Driver, OLDEST, account};
use super::gate;
use super::listing;
use super::older;
use super::sharing;
use serde_json::{Value, json};
use sharespec_reference::change::Change;
use sharespec_reference::platform::Platform;
use std::sync::{Arc, LazyLock};

pub fn switch(number: &str) -> String {
    format!("vsw-bp1{number}aa9x")
}

pub fn arn(number: &str) -> String {
    format!("acs:vpc:cn-hangzhou:1720505253000001:vswitch/{}", switch(number))
}

pub fn pair(kind: &str, id: &str) -> Value {
    json!({ "ResourceType": kind, "ResourceId": id })
}

/// The first members of the directory.
fn five() -> Vec<String> {
    ["member-a", "member-b", "member-c", "member-d", "member-e"].map(account).to_vec()
}

/// A share of the owner with six switches, two images and five members, all associated.
pub fn full(driver: &mut Driver, name: &str) -> String {
    let share = driver.create("owner", json!({ "ResourceShareName": name }));
    let switches: Vec<Value> = ["p01", "x02", "q03", "w04", "e05"]
        .iter()
        .map(|number| pair("VSwitch", &switch(number)))
        .collect();
    driver.associate("owner", &share, json!({ "Resources": switches }));
    driver.associate("owner", &share, json!({ "Resources": [pair("Image", "m-bp1p01aa9x"), pair("Image", "m-bp1x02aa9x")], "Targets": five() }));
    share
}

/// The parts of the script; each has a target of its own.
pub const PARTS: &[Part] = &[
    newest(removals),
    newest(associations),
    newest(errors_of_lists),
    newest(errors_of_entities),
    newest(leaving),
    newest(shares_of_others),
    newest(lists),
    newest(paging),
    newest(forms),
    newest(repetition),
    newest(life_of_shares),
    newest(invitations),
    newest(removals_of_many),
    newest(directories),
    newest(sharing::principals),
    newest(sharing::resources),
    newest(sharing::quotas),
    newest(sharing::services),
    newest(sharing::properties),
    newest(sharing::permissions),
    newest(sharing::again),
    newest(sharing::strangers),
    newest(gate::wrong_requests),
    newest(gate::users),
    newest(gate::records),
    newest(listing::filters),
    newest(listing::tags),
    newest(listing::relations),
    Part { api: &OLDEST, calls: older::removals },
];

/// A part of the script, and what the target claims that it is played against.
#[derive(Clone, Copy)]
pub struct Part {
    /// What the target claims.
    pub api: &'static LazyLock<Arc<dyn Platform>>,
    calls: fn(&mut Driver),
}

const fn newest(calls: fn(&mut Driver)) -> Part {
    Part { api: &API, calls }
}

/// Plays every part.
pub fn play(changes: &[Change]) -> Vec<Driver> {
    PARTS.iter().map(|part| play_part(*part, changes, None)).collect()
}

/// Plays a part; ids that cannot be read are taken from a usual run of it.
pub fn play_part(part: Part, changes: &[Change], usual: Option<&Driver>) -> Driver {
    let mut driver = match usual {
        Some(usual) => Driver::after(changes, usual),
        None => Driver::of(part.api, changes),
    };
    (part.calls)(&mut driver);
    driver
}

fn directories(driver: &mut Driver) {
    for caller in ["owner", "quiet-owner", "outsider"] {
        driver.call(caller, "CheckSharingWithResourceDirectoryStatus", json!({}));
        driver.call(caller, "DescribeRegions", json!({}));
    }
    for caller in ["owner", "member-a", "quiet-owner", "quiet-owner", "outsider"] {
        driver.call(caller, "EnableSharingWithResourceDirectory", json!({}));
    }
    driver.call("quiet-owner", "CheckSharingWithResourceDirectoryStatus", json!({}));
}

fn associations(driver: &mut Driver) {
    for name in ["", "a/b", &"x".repeat(51), &"共".repeat(30)] {
        driver.create("owner", json!({ "ResourceShareName": name }));
    }
    driver.call("owner", "CreateResourceShare", json!({}));
    let six: Vec<String> = [five(), vec![account("member-f")]].concat();
    driver.create("owner", json!({ "ResourceShareName": "Six", "Targets": six }));
    let one = driver
        .create("owner", json!({ "ResourceShareName": "One", "Targets": [account("member-a")] }));
    driver.rows("owner", &one);
    driver.associate("owner", &one, json!({}));
    driver.associate(
        "owner",
        &one,
        json!({ "Targets": [account("member-b"), account("member-b")] }),
    );
    let fresh = driver.create("owner", json!({ "ResourceShareName": "Fresh" }));
    driver.associate("owner", &fresh, json!({ "Targets": six }));
    driver.associate("owner", &one, json!({ "Targets": [account("owner")] }));
    driver.associate("owner", &one, json!({ "Targets": [account("member-c"), "no principal"] }));
    driver.associate(
        "owner",
        &one,
        json!({ "Resources": [pair("VSwitch", &switch("p01"))], "ResourceArns": [arn("x02")] }),
    );
    driver.rows("owner", &one);
    driver.associate(
        "owner",
        &one,
        json!({ "Targets": &five()[1..5], "ResourceArns": [arn("p01"), arn("x02")] }),
    );
    driver.rows("owner", &one);
    driver.associate("member-a", &one, json!({ "Targets": [account("member-f")] }));
    driver.associate("owner", "rs-ABCDEFGH1234", json!({ "Targets": [account("member-f")] }));
    driver.rows("owner", &one);
}

fn removals(driver: &mut Driver) {
    let other = full(driver, "Other");
    let share = full(driver, "Removals");
    let foreign = driver.create("member-f", json!({ "ResourceShareName": "Foreign", "Targets": [account("member-a"), account("member-b")] }));
    driver.associate("owner", &share, json!({ "Targets": [account("outsider-c")] }));
    let entities = [
        json!({ "Targets": [account("member-a")], "ResourceOwner": "Self" }),
        json!({ "Resources": [pair("VSwitch", &switch("p01"))] }),
        json!({ "ResourceArns": [arn("x02")], "Targets": [account("member-b")] }),
        json!({ "Targets": [account("member-c"), account("member-d")], "Resources": [pair("VSwitch", &switch("q03")), pair("Image", "m-bp1p01aa9x")] }),
    ];
    for arguments in entities {
        driver.remove("owner", &share, arguments);
        driver.rows("owner", &share);
        driver.wait(3000);
        driver.rows("owner", &share);
        driver.rows("owner", &other);
        driver.rows("member-f", &foreign);
        driver.wait(1500);
        driver.rows("owner", &share);
    }
    driver.call(
        "outsider-c",
        "ListResourceShareInvitations",
        json!({ "ResourceShareIds": [share] }),
    );
    driver.associate(
        "owner",
        &share,
        json!({ "Targets": [account("member-a")], "ResourceArns": [arn("p01"), arn("x02")] }),
    );
    driver.rows("owner", &share);
    driver.remove("owner", &share, json!({ "Targets": [account("member-a")] }));
    driver.wait(3000);
    driver.rows("owner", &share);
    driver.remove("owner", &share, json!({ "ResourceArns": [arn("p01"), arn("x02"), arn("w04")] }));
    driver.wait(3000);
    driver.rows("owner", &share);
    for hours in [25, 24, 24, 24, 24] {
        driver.wait(hours * 3_600_000 - 3_600_000 * i64::from(hours == 24));
        driver.rows("owner", &share);
    }
}

fn removals_of_many(driver: &mut Driver) {
    let share = full(driver, "Many");
    let switches: Vec<Value> = ["p01", "x02", "q03", "w04", "e05"]
        .iter()
        .map(|number| pair("VSwitch", &switch(number)))
        .collect();
    driver.remove("owner", &share, json!({ "Targets": five(), "Resources": switches }));
    driver.wait(3000);
    driver.rows("owner", &share);
    driver.remove("owner", &share, json!({ "ResourceArns": ["acs:ecs:cn-hangzhou:1720505253000001:image/m-bp1p01aa9x", "acs:ecs:cn-hangzhou:1720505253000001:image/m-bp1x02aa9x"] }));
    driver.wait(3000);
    driver.rows("owner", &share);
    driver.call(
        "owner",
        "ListResourceShares",
        json!({ "ResourceOwner": "Self", "ResourceShareIds": [share] }),
    );
    let arns: Vec<String> =
        ["p01", "x02", "q03", "w04", "e05"].iter().map(|number| arn(number)).collect();
    driver.associate("owner", &share, json!({ "ResourceArns": arns }));
    driver.remove("owner", &share, json!({ "ResourceArns": arns }));
    driver.wait(3000);
    driver.rows("owner", &share);
    driver.remove("owner", &share, json!({ "ResourceArns": arns }));
}

fn errors_of_lists(driver: &mut Driver) {
    let share = full(driver, "Lists");
    let staff: Vec<String> = (1..=9).map(|number| account(&format!("staff-0{number}"))).collect();
    let many: Vec<String> = [five(), staff.clone(), staff].concat();
    crowd(driver);
    let (a, b, c) = (account("member-a"), account("member-b"), account("member-c"));
    let one = pair("VSwitch", &switch("p01"));
    let two = pair("VSwitch", &switch("x02"));
    let six: Vec<Value> = ["p01", "x02", "q03", "w04", "e05", "r06"]
        .iter()
        .map(|number| pair("VSwitch", &switch(number)))
        .collect();
    let arns: Vec<String> =
        ["p01", "x02", "q03", "w04", "e05", "r06"].iter().map(|number| arn(number)).collect();
    let calls = [
        json!({}),
        json!({ "Targets": many[..6] }),
        json!({ "Targets": many[..7] }),
        json!({ "Targets": many }),
        json!({ "Targets": many[..6], "Resources": [one] }),
        json!({ "Resources": six }),
        json!({ "ResourceArns": arns }),
        json!({ "Targets": [a, a] }),
        json!({ "Targets": [a, b, a] }),
        json!({ "Targets": [a, b, a, c] }),
        json!({ "Targets": [a, "no principal"] }),
        json!({ "Targets": ["no principal", a] }),
        json!({ "Targets": ["no principal"] }),
        json!({ "Resources": [one, one] }),
        json!({ "Resources": [one, pair("Image", &switch("p01"))] }),
        json!({ "Resources": [one, two, one] }),
        json!({ "ResourceArns": [arn("p01"), arn("p01")] }),
        json!({ "ResourceArns": [arn("p01"), arn("x02"), arn("p01")] }),
        json!({ "ResourceArns": [arn("p01"), "no arn"] }),
        json!({ "ResourceArns": ["no arn"] }),
        json!({ "Resources": [one], "ResourceArns": [arn("x02")] }),
        json!({ "Resources": [one, two], "ResourceArns": [arn("q03")] }),
        json!({ "Resources": [one], "ResourceArns": [arn("x02")], "Targets": [a] }),
        json!({ "Targets": [a], "Resources": [{ "ResourceType": "VSwitch" }] }),
        json!({ "Resources": [one, { "ResourceId": switch("x02") }] }),
        json!({ "Targets": ["z".repeat(300)] }),
        json!({ "Resources": [pair("Nothing", "n-1")] }),
        json!({ "Resources": [pair("PolarDBBackupSet", "bs-bp1p01aa9x")] }),
        json!({ "Targets": [a], "ResourceOwner": "Nobody" }),
    ];
    for arguments in calls {
        driver.remove("owner", &share, arguments);
        driver.wait(3000);
        driver.rows("owner", &share);
    }
    for (share, target) in [("", &a), ("not an id", &b), ("rs-ABCDEFGH1234", &c)] {
        driver.remove("owner", share, json!({ "Targets": [target] }));
    }
    driver.call("owner", "DisassociateResourceShare", json!({ "Targets": [a] }));
}

/// A share with more than a call can name, so that nothing but the number is wrong.
fn crowd(driver: &mut Driver) {
    let share = full(driver, "Crowd");
    let staff: Vec<String> =
        (1..=16).map(|number| account(&format!("staff-{number:02}"))).collect();
    for some in staff.chunks(5) {
        driver.associate("owner", &share, json!({ "Targets": some }));
    }
    let set = "acs:polardb:cn-hangzhou:1720505253000001:backupset/bs-bp1p01aa9x";
    driver.associate("owner", &share, json!({ "ResourceArns": [arn("r06"), arn("t07"), set] }));
    let numbers = ["p01", "x02", "q03", "w04", "e05", "r06", "t07"];
    let arns: Vec<String> = numbers.iter().map(|number| arn(number)).collect();
    let pairs: Vec<Value> = numbers.iter().map(|number| pair("VSwitch", &switch(number))).collect();
    let all: Vec<String> = [five(), staff].concat();
    let calls = [
        json!({ "Targets": all }),
        json!({ "Targets": all[..20] }),
        json!({ "Targets": all[..6] }),
        json!({ "ResourceArns": arns }),
        json!({ "ResourceArns": arns[..6] }),
        json!({ "Resources": pairs }),
        json!({ "Resources": pairs[..6] }),
        json!({ "Resources": [pair("PolarDBBackupSet", "bs-bp1p01aa9x")] }),
    ];
    for arguments in calls {
        driver.remove("owner", &share, arguments);
        driver.wait(3000);
        driver.rows("owner", &share);
    }
}

fn errors_of_entities(driver: &mut Driver) {
    let share = driver.create("owner", json!({ "ResourceShareName": "Entities" }));
    driver.associate(
        "owner",
        &share,
        json!({ "Targets": [account("member-a")], "Resources": [pair("VSwitch", &switch("p01"))] }),
    );
    let calls = [
        json!({ "Targets": [account("member-b")] }),
        json!({ "Targets": [account("outsider")] }),
        json!({ "Targets": ["1999999999999999"] }),
        json!({ "Targets": [account("member-a"), account("member-b")] }),
        json!({ "Resources": [pair("VSwitch", &switch("x02"))] }),
        json!({ "Resources": [pair("VSwitch", "vsw-nothing")] }),
        json!({ "Resources": [pair("VSwitch", "vsw-bp1p01aa9x-1")] }),
        json!({ "Resources": [pair("Image", &switch("p01"))] }),
        json!({ "ResourceArns": [arn("x02")] }),
        json!({ "ResourceArns": ["acs:vpc:cn-shanghai:1720505253000001:vswitch/vsw-bp1p01aa9x"] }),
        json!({ "ResourceArns": ["acs:vpc:cn-hangzhou:1720505253000001:vswitch/vsw-nothing"] }),
    ];
    for arguments in calls {
        driver.remove("owner", &share, arguments);
        driver.wait(3000);
        driver.rows("owner", &share);
    }
    in_transition(driver, &share);
}

fn in_transition(driver: &mut Driver, share: &str) {
    let one = json!({ "ResourceShareId": share, "Targets": [account("member-c")] });
    let both = json!({ "Targets": [account("member-a"), account("member-d")] });
    driver.call("owner", "AssociateResourceShare", one.clone());
    driver.call("owner", "DisassociateResourceShare", one.clone());
    driver.wait(3000);
    driver.associate(
        "owner",
        share,
        json!({ "Targets": [account("member-a"), account("member-b")] }),
    );
    driver.call(
        "owner",
        "AssociateResourceShare",
        json!({ "ResourceShareId": share, "Targets": [account("member-d")] }),
    );
    driver.remove("owner", share, both);
    driver.rows("owner", share);
    driver.wait(3000);
    driver.call("owner", "DisassociateResourceShare", one.clone());
    driver.call("owner", "AssociateResourceShare", one.clone());
    driver.call("owner", "DeleteResourceShare", json!({ "ResourceShareId": share }));
    driver.wait(3000);
    driver.call("owner", "DisassociateResourceShare", one);
    driver.rows("owner", share);
}
