//! The part of the script that lists: each filter, what others share, and what is left of what is gone.

use super::driver::{Driver, account};
use super::script::{arn, pair, switch};
use serde_json::{Value, json};
use sharespec_wire::alibaba::{Form, Method};

/// The directory of the owner.
const DIRECTORY: &str = "rd-3G7vXaKm";
/// A folder of it, and an account in it.
const FOLDER: (&str, &str) = ("fd-bqp6Wc41bV", "member-f");

/// Shares by their tags.
pub fn tags(driver: &mut Driver) {
    let tag = |value: &str| json!([{ "Key": "made-for", "Value": value }]);
    for value in ["one", "another"] {
        driver.create("owner", json!({ "ResourceShareName": value, "Tag": tag(value) }));
    }
    for mode in ["Self", "OtherAccounts"] {
        let list = json!({ "ResourceOwner": mode, "Tag": tag("one") });
        driver.walk("owner", "ListResourceShares", list);
    }
}

/// Two shares with one member, of which one holds another type as well.
fn two(driver: &mut Driver) -> [String; 2] {
    let one = driver.create("owner", json!({ "ResourceShareName": "One", "Resources": [pair("VSwitch", &switch("p01")), pair("VSwitch", &switch("x02"))], "Targets": [account("member-a")] }));
    let other = driver.create("owner", json!({ "ResourceShareName": "Other", "Resources": [pair("VSwitch", &switch("q03")), pair("Image", "m-bp1p01aa9x")], "Targets": [account("member-a"), account("member-b")] }));
    driver.wait(3000);
    [one, other]
}

pub fn filters(driver: &mut Driver) {
    let shares = two(driver);
    let image = "acs:ecs:cn-hangzhou:1720505253000001:image/m-bp1p01aa9x";
    for (caller, mode) in [("owner", "Self"), ("member-a", "OtherAccounts")] {
        let mut list = |operation: &str, filters: Value| {
            let mut arguments = json!({ "ResourceOwner": mode, "ResourceShareIds": shares });
            for (name, value) in filters.as_object().into_iter().flatten() {
                arguments[name] = value.clone();
            }
            driver.walk(caller, operation, arguments);
        };
        for filters in [
            json!({}),
            json!({ "ResourceType": "Image" }),
            json!({ "ResourceId": switch("x02") }),
            json!({ "ResourceArn": image }),
        ] {
            list("ListSharedTargets", filters);
        }
        for filters in [
            json!({ "ResourceType": "Image" }),
            json!({ "ResourceIds": [switch("p01"), switch("q03")] }),
            json!({ "ResourceArns": [arn("q03")] }),
        ] {
            list("ListSharedResources", filters);
        }
        for filters in [
            json!({}),
            json!({ "ResourceShareName": "Other" }),
            json!({ "ResourceShareStatus": "Deleted" }),
            json!({ "PermissionName": "AliyunRSDefaultPermissionImage" }),
            json!({ "ResourceGroupId": "rg-nothing" }),
        ] {
            list("ListResourceShares", filters);
        }
    }
    driver.walk(
        "owner",
        "ListResourceShares",
        json!({ "ResourceOwner": "Self", "Tag": [{ "Key": "made-by", "Value": "nobody" }] }),
    );
    driver.call(
        "owner",
        "ListSharedResources",
        json!({ "ResourceOwner": "Self", "ResourceShareIds": ["rs-ABCDEFGH1234"] }),
    );
    driver.call(
        "outsider",
        "ListSharedResources",
        json!({ "ResourceOwner": "OtherAccounts", "ResourceShareIds": shares }),
    );
    for share in &shares {
        driver.call("owner", "DeleteResourceShare", json!({ "ResourceShareId": share }));
        driver.wait(3000);
    }
    for operation in ["ListSharedTargets", "ListSharedResources"] {
        driver.walk("owner", operation, json!({ "ResourceOwner": "Self" }));
        driver.walk("member-a", operation, json!({ "ResourceOwner": "OtherAccounts" }));
    }
}

pub fn relations(driver: &mut Driver) {
    let share = driver.create("owner", json!({ "ResourceShareName": "Related", "Resources": [pair("VSwitch", &switch("p01"))], "Targets": [DIRECTORY, FOLDER.0, account("outsider")] }));
    driver.wait(3000);
    let look = |driver: &mut Driver| {
        for caller in ["owner", "plain-member", FOLDER.1, "outsider"] {
            let arguments =
                json!({ "ResourceOwner": "OtherAccounts", "ResourceShareIds": [share] });
            for operation in ["ListSharedResources", "ListResourceShares"] {
                driver.walk(caller, operation, arguments.clone());
            }
            driver.walk(caller, "ListResourceShareInvitations", json!({}));
        }
    };
    look(driver);
    driver.remove("owner", &share, json!({ "Targets": [DIRECTORY, FOLDER.0] }));
    driver.wait(3000);
    look(driver);
    let own = driver.create(
        "member-a",
        json!({ "ResourceShareName": "Own", "Targets": [account("member-b")] }),
    );
    for form in [Form::default(), Form { method: Method::Get, ..Form::default() }] {
        driver.form = form;
        for external in ["true", "false"] {
            driver.call("member-a", "UpdateResourceShare", json!({ "ResourceShareId": own, "ResourceShareName": "Renamed", "AllowExternalTargets": external }));
            driver.walk(
                "member-a",
                "ListResourceShares",
                json!({ "ResourceOwner": "Self", "ResourceShareIds": [own] }),
            );
        }
    }
    driver.form = Form::default();
    let both = driver.create("owner", json!({ "ResourceShareName": "Both", "Resources": [pair("VSwitch", &switch("p01")), pair("Image", "m-bp1p01aa9x")], "Targets": [account("outsider")] }));
    driver.walk(
        "owner",
        "ListResourceSharePermissions",
        json!({ "ResourceOwner": "Self", "ResourceShareId": both, "MaxResults": "1" }),
    );
    driver.walk("outsider", "ListResourceShareInvitations", json!({ "MaxResults": "1" }));
}
