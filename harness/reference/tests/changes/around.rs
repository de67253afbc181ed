//! The second half of the script: leaving, invitations, lists, paging, and how requests are written.

use super::driver::{Driver, account, members};
use super::script::{arn, full, pair, switch};
use serde_json::{Value, json};
use sharespec_wire::alibaba::{Form, Tamper};

/// The directory of the owner.
const DIRECTORY: &str = "rd-3G7vXaKm";

pub fn shares_of_others(driver: &mut Driver) {
    let share = full(driver, "Mine");
    let named = json!({ "ResourceShareId": share, "ResourceShareName": "Theirs" });
    let wide = driver.create("owner", json!({ "ResourceShareName": "Wide", "Resources": [pair("Image", "m-bp1p01aa9x")], "Targets": [DIRECTORY] }));
    driver.walk(
        "owner",
        "ListSharedResources",
        json!({ "ResourceOwner": "Self", "Target": account("member-b") }),
    );
    for caller in ["plain-member", "member-f"] {
        let arguments = json!({ "ResourceOwner": "OtherAccounts", "ResourceShareIds": [wide] });
        driver.walk(caller, "ListSharedResources", arguments);
        driver.walk(
            caller,
            "ListResourceShareAssociations",
            json!({ "AssociationType": "Target" }),
        );
    }
    token_of_another_account(driver);
    for caller in ["member-a", "plain-member", "outsider"] {
        driver.remove(caller, &share, json!({ "Targets": [account("member-b")] }));
        driver.remove(
            caller,
            &share,
            json!({ "Targets": [account(caller)], "ResourceOwner": "Self" }),
        );
        driver.call(caller, "UpdateResourceShare", named.clone());
        driver.call(caller, "DeleteResourceShare", json!({ "ResourceShareId": share }));
        for owner in ["Self", "OtherAccounts"] {
            driver.walk(caller, "ListResourceShares", json!({ "ResourceOwner": owner }));
            driver.walk(caller, "ListSharedResources", json!({ "ResourceOwner": owner }));
            driver.walk(caller, "ListSharedTargets", json!({ "ResourceOwner": owner }));
        }
    }
    driver.wait(3000);
    driver.rows("owner", &share);
}

/// A page of the owner's list, asked for by another account.
fn token_of_another_account(driver: &mut Driver) {
    let mut page = json!({ "AssociationType": "Target", "MaxResults": "1" });
    let first = driver.call("owner", "ListResourceShareAssociations", page.clone());
    page["NextToken"] = members(&first).map_or(Value::Null, |members| members["NextToken"].clone());
    driver.call("member-a", "ListResourceShareAssociations", page);
}

fn leave(driver: &mut Driver, caller: &str, share: &str) {
    let arguments = json!({ "Targets": [account(caller)], "ResourceOwner": "OtherAccounts" });
    driver.remove(caller, share, arguments);
}

pub fn leaving(driver: &mut Driver) {
    let share = full(driver, "Leaving");
    driver.associate("owner", &share, json!({ "Targets": [account("outsider"), "fd-bqp6Wc41bV"] }));
    let id = driver.invitation("outsider", &share);
    driver.call(
        "outsider",
        "AcceptResourceShareInvitation",
        json!({ "ResourceShareInvitationId": id }),
    );
    leave(driver, "outsider", &share);
    driver.wait(3000);
    driver.join("owner", &share, "outsider-b");
    driver.call("outsider", "ListResourceShares", json!({ "ResourceOwner": "OtherAccounts" }));
    driver.remove(
        "outsider-c",
        &share,
        json!({ "Targets": [account("outsider")], "ResourceOwner": "OtherAccounts" }),
    );
    driver.wait(3000);
    driver.rows("owner", &share);
    for caller in ["member-a", "member-f", "outsider-c", "outsider", "outsider"] {
        leave(driver, caller, &share);
        driver.wait(3000);
        driver.rows("owner", &share);
    }
    driver.call("outsider", "ListResourceShares", json!({ "ResourceOwner": "OtherAccounts" }));
    let managed = driver.create("member-a", json!({ "ResourceShareName": "Managed", "Targets": [account("owner"), account("member-b")] }));
    leave(driver, "owner", &managed);
    let stuck = driver.create("owner", json!({ "ResourceShareName": "Stuck", "Resources": [pair("VSwitch", &switch("p01")), pair("IpamPool", "ipam-pool-bp1p01aa9x")] }));
    driver.join("owner", &stuck, "outsider-d");
    leave(driver, "outsider-d", &stuck);
    let first = driver.create("owner", json!({ "ResourceShareName": "First", "Resources": [pair("IpamPool", "ipam-pool-bp1p01aa9x"), pair("VSwitch", &switch("p01"))] }));
    driver.join("owner", &first, "outsider-d");
    leave(driver, "outsider-d", &first);
    driver.wait(3000);
    driver.rows("owner", &stuck);
    let simple = driver.create(
        "owner",
        json!({ "ResourceShareName": "Simple", "Resources": [pair("VSwitch", &switch("p01"))] }),
    );
    driver.join("owner", &simple, "outsider-e");
    leave(driver, "outsider-e", &simple);
    driver.wait(3000);
    driver.rows("owner", &simple);
}

pub fn invitations(driver: &mut Driver) {
    let share = driver.create("owner", json!({ "ResourceShareName": "Invitations" }));
    let answers = [
        ("outsider", "Accept", "Reject"),
        ("outsider-b", "Reject", "Accept"),
        ("outsider-c", "Accept", "Accept"),
    ];
    for (caller, first, second) in answers {
        driver.associate("owner", &share, json!({ "Targets": [account(caller)] }));
        let id = driver.invitation(caller, &share);
        let arguments = json!({ "ResourceShareInvitationId": id });
        for caller in ["outsider-d", caller] {
            driver.call(caller, "ListResourceShareInvitations", json!({}));
            for answer in [first, second] {
                driver.call(caller, &format!("{answer}ResourceShareInvitation"), arguments.clone());
                driver.wait(3000);
                driver.rows("owner", &share);
            }
        }
    }
    driver.associate("owner", &share, json!({ "Targets": [account("outsider-e")] }));
    let id = driver.invitation("outsider-e", &share);
    driver.wait(8 * 24 * 3_600_000);
    for id in [id.as_str(), "i-ABCDEFGH12345678", "nothing", ""] {
        driver.call(
            "outsider-e",
            "AcceptResourceShareInvitation",
            json!({ "ResourceShareInvitationId": id }),
        );
    }
    driver.call("outsider-e", "AcceptResourceShareInvitation", json!({}));
    driver.associate("owner", &share, json!({ "Targets": [account("outsider-d")] }));
    driver.remove("owner", &share, json!({ "Targets": [account("outsider-d")] }));
}

pub fn life_of_shares(driver: &mut Driver) {
    let share = full(driver, "Life");
    for arguments in [
        json!({ "ResourceShareName": "Renamed" }),
        json!({ "ResourceShareName": "Closed", "AllowExternalTargets": "false" }),
    ] {
        let mut arguments = arguments;
        arguments["ResourceShareId"] = share.clone().into();
        driver.call("owner", "UpdateResourceShare", arguments);
        driver.wait(3000);
        driver.call(
            "owner",
            "ListResourceShares",
            json!({ "ResourceOwner": "Self", "ResourceShareIds": [share] }),
        );
        driver.rows("owner", &share);
    }
    driver.call("owner", "CreateResourceShare", json!({ "ResourceShareName": "Inside", "Resources": [pair("KMSInstance", "kst-hzz1p01aa9x")] }));
    let inside = driver.log.last().and_then(super::driver::members);
    let inside = inside
        .and_then(|members| super::driver::text(&members["ResourceShare"]["ResourceShareId"]));
    let inside = driver.meet(inside);
    driver.wait(3000);
    driver.call("owner", "UpdateResourceShare", json!({ "ResourceShareId": inside, "ResourceShareName": "Open", "AllowExternalTargets": "true" }));
    for id in ["rs-ABCDEFGH1234", "", share.as_str(), share.as_str()] {
        driver.call("owner", "DeleteResourceShare", json!({ "ResourceShareId": id }));
    }
    driver.call(
        "owner",
        "ListResourceShares",
        json!({ "ResourceOwner": "Self", "ResourceShareIds": [share] }),
    );
    driver.remove("owner", &share, json!({ "Targets": [account("member-a")] }));
    driver.wait(3000);
    driver.call("owner", "DeleteResourceShare", json!({ "ResourceShareId": share }));
    driver.remove("owner", &share, json!({ "Targets": [account("member-a")] }));
    driver.walk("owner", "ListResourceShares", json!({ "ResourceOwner": "Self" }));
    driver.rows("owner", &share);
    let invited = driver.create(
        "owner",
        json!({ "ResourceShareName": "Invited", "Targets": [account("outsider")] }),
    );
    driver.call("owner", "DeleteResourceShare", json!({ "ResourceShareId": invited }));
    let alone = driver.create("small-owner", json!({ "ResourceShareName": "Alone", "Resources": [pair("VSwitch", "vsw-bp1small01aa9x"), pair("VSwitch", "vsw-bp1small02aa9x")] }));
    driver.remove(
        "small-owner",
        &alone,
        json!({ "Resources": [pair("VSwitch", "vsw-bp1small01aa9x")] }),
    );
    driver.wait(1000);
    driver.rows("small-owner", &alone);
    driver.walk("owner", "ListResourceShares", json!({ "ResourceOwner": "Self" }));
    for caller in ["owner", "small-owner"] {
        driver.walk(caller, "ListSharedResources", json!({ "ResourceOwner": "Self" }));
    }
}

pub fn lists(driver: &mut Driver) {
    let share = full(driver, "List");
    let other = full(driver, "Next");
    driver.remove(
        "owner",
        &share,
        json!({ "Targets": [account("member-a")], "Resources": [pair("VSwitch", &switch("p01"))] }),
    );
    driver.wait(3000);
    let mut ids = vec![share.clone(), other.clone()];
    for name in ["Third", "Fourth", "Fifth", "Sixth"] {
        ids.push(driver.create("owner", json!({ "ResourceShareName": name })));
    }
    let associations = [
        json!({ "AssociationType": "Target", "AssociationStatus": "Associated" }),
        json!({ "AssociationType": "Target", "AssociationStatus": "Gone" }),
        json!({ "AssociationType": "Target", "Target": account("member-b"), "ResourceShareIds": [share] }),
        json!({ "AssociationType": "Resource", "ResourceId": switch("x02"), "ResourceShareIds": [share] }),
        json!({ "AssociationType": "Resource", "ResourceArn": arn("x02"), "ResourceShareIds": [share] }),
        json!({ "AssociationType": "Resource", "Target": account("member-b") }),
        json!({ "AssociationType": "Anything", "ResourceShareIds": [share] }),
        json!({ "ResourceShareIds": [share] }),
        json!({ "AssociationType": "Target", "ResourceShareIds": [share, other] }),
        json!({ "AssociationType": "Target", "ResourceShareIds": [share, share] }),
        json!({ "AssociationType": "Target", "ResourceShareIds": ids[..5] }),
        json!({ "AssociationType": "Target", "ResourceShareIds": ids }),
    ];
    for arguments in associations {
        driver.walk("owner", "ListResourceShareAssociations", arguments);
    }
    let shares = [
        json!({ "ResourceOwner": "Self", "ResourceShareName": "List" }),
        json!({ "ResourceOwner": "Self", "ResourceShareStatus": "Deleted" }),
        json!({ "ResourceOwner": "Self", "ResourceShareIds": [share, other] }),
        json!({ "ResourceOwner": "Nobody" }),
        json!({}),
    ];
    for arguments in shares {
        driver.walk("owner", "ListResourceShares", arguments);
    }
    for arguments in [
        json!({}),
        json!({ "ResourceType": "Image" }),
        json!({ "ResourceIds": [switch("x02")] }),
        json!({ "ResourceType": "Nothing" }),
    ] {
        let mut arguments = arguments;
        arguments["ResourceOwner"] = "Self".into();
        arguments["ResourceShareIds"] = json!([share]);
        driver.walk("owner", "ListSharedResources", arguments);
    }
    driver.walk("owner", "ListSharedTargets", json!({ "ResourceOwner": "Self", "ResourceShareIds": [share], "Targets": [account("member-b")] }));
}

pub fn paging(driver: &mut Driver) {
    let share = full(driver, "Pages");
    for size in ["1", "2", "5", "100"] {
        driver.walk(
            "owner",
            "ListResourceShareAssociations",
            json!({ "AssociationType": "Target", "ResourceShareIds": [share], "MaxResults": size }),
        );
    }
    driver.walk(
        "owner",
        "ListResourceShares",
        json!({ "ResourceOwner": "Self", "MaxResults": "2" }),
    );
    for (name, value) in [
        ("MaxResults", "0".to_owned()),
        ("MaxResults", "101".to_owned()),
        ("MaxResults", "many".to_owned()),
        ("NextToken", "nothing".to_owned()),
        ("NextToken", "x".repeat(300)),
    ] {
        driver.call(
            "owner",
            "ListResourceShareAssociations",
            json!({ "AssociationType": "Target", "ResourceShareIds": [share], name: value }),
        );
    }
}

pub fn forms(driver: &mut Driver) {
    for (_, form) in Form::presets() {
        driver.form = form();
        let share = driver.create("owner", json!({ "ResourceShareName": "Form-共享", "Targets": [account("member-a"), account("member-b")] }));
        driver.remove(
            "owner",
            &share,
            json!({ "Targets": [account("member-a"), account("member-b")] }),
        );
        driver.wait(3000);
        driver.rows("owner", &share);
        driver.call(
            "owner",
            "ListResourceShares",
            json!({ "ResourceOwner": "Self", "ResourceShareName": "Form b" }),
        );
    }
    driver.form = Form { format: Some("XML".to_owned()), ..Form::default() };
    driver.call("owner", "DescribeRegions", json!({}));
    driver.call("owner", "ListResourceShares", json!({ "ResourceOwner": "Nobody" }));
    driver.form = Form::default();
    for tamper in Tamper::ALL {
        driver.form.tamper = Some(tamper);
        driver.call("owner", "DescribeRegions", json!({}));
    }
    driver.form = Form::default();
    driver.call_twice("owner", "DescribeRegions", json!({}));
}

pub fn repetition(driver: &mut Driver) {
    let share = driver.create("owner", json!({ "ResourceShareName": "Again" }));
    for _ in 0..4 {
        driver.associate("owner", &share, json!({ "Targets": [account("member-a")] }));
        driver.remove("owner", &share, json!({ "Targets": [account("member-a")] }));
        driver.wait(3000);
        driver.rows("owner", &share);
    }
}
