//! The part of the script about what may be shared with whom: principals, resources, quotas, services,
//! and what comes again.

use super::driver::{Driver, account};
use super::script::{arn, pair, switch};
use serde_json::{Value, json};

const DAY: i64 = 24 * 3_600_000;

fn service() -> String {
    "ecs.aliyuncs.example".into()
}

fn small(number: usize) -> Value {
    pair("VSwitch", &format!("vsw-bp1small0{number}aa9x"))
}

fn small_arn(number: usize) -> String {
    format!("acs:vpc:cn-hangzhou:1555000000000001:vswitch/vsw-bp1small0{number}aa9x")
}

fn set(number: &str) -> Value {
    pair("DeploymentSet", &format!("ds-bp1{number}aa9x"))
}

fn each(driver: &mut Driver, caller: &str, share: &str, calls: impl IntoIterator<Item = Value>) {
    for arguments in calls {
        driver.associate(caller, share, arguments);
        driver.rows(caller, share);
    }
}

fn targets(ids: &[&str]) -> Value {
    json!({ "Targets": ids })
}

pub fn principals(driver: &mut Driver) {
    let outsider = account("outsider");
    let nobody = "1999000010000001";
    let quiet = account("quiet-member");
    let groups = ["rd-9QuietZz", "r-Qz81aB"];
    let closed = driver.create_closed("owner", json!({ "ResourceShareName": "Closed" }));
    let mut calls: Vec<Value> = vec![
        targets(&[&outsider]),
        targets(&[&account("member-a"), &outsider]),
        targets(&[&service()]),
        targets(&[nobody]),
        targets(&["nobody"]),
        json!({ "Targets": [outsider], "Resources": [pair("VSwitch", &switch("p01"))] }),
    ];
    calls.extend(groups.map(|group| targets(&[group])));
    each(driver, "owner", &closed, calls);
    let open = driver.create("owner", json!({ "ResourceShareName": "Open" }));
    let foreign = [account("foreign-entity"), account("foreign-site")];
    let mut calls: Vec<Value> = foreign.iter().map(|id| targets(&[id])).collect();
    calls.extend(foreign.iter().map(|id| targets(&[&account("member-b"), id])));
    calls.extend([
        targets(&[nobody]),
        targets(&[&account("owner")]),
        targets(&[&account("member-a"), &account("owner")]),
        targets(&[&service(), &account("member-c")]),
        targets(&["rd-9QuietZz"]),
    ]);
    each(driver, "owner", &open, calls);
    for (caller, flag) in [("quiet-owner", "false"), ("quiet-owner", "true"), ("member-a", "true")]
    {
        let arguments = json!({ "ResourceShareName": "Mine", "AllowExternalTargets": flag });
        let share = driver.create_closed(caller, arguments);
        let own = account(caller);
        each(
            driver,
            caller,
            &share,
            [
                targets(&[&quiet]),
                targets(&["rd-9QuietZz"]),
                targets(&[&foreign[0]]),
                targets(&[&own]),
            ],
        );
        driver.walk("quiet-member", "ListResourceShareInvitations", json!({}));
    }
    for arguments in [
        json!({ "AllowExternalTargets": "perhaps" }),
        json!({ "Tag": [{ "Key": "a", "Value": "b" }] }),
        json!({ "Targets": [outsider] }),
    ] {
        let mut arguments = arguments;
        arguments["ResourceShareName"] = "Odd".into();
        driver.create_closed("owner", arguments);
    }
    driver.join("owner", &open, "outsider");
    let close = json!({ "ResourceShareId": open, "ResourceShareName": "Open", "AllowExternalTargets": "false" });
    driver.call("owner", "UpdateResourceShare", close);
    driver.rows("owner", &open);
}

pub fn resources(driver: &mut Driver) {
    let share = driver.create_closed("owner", json!({ "ResourceShareName": "Resources" }));
    let key = pair("KMSInstance", "kst-hzz1p01aa9x");
    let six = ["p01", "x02", "q03", "w04", "e05", "r06"];
    let (pairs, arns) = (six.map(|number| pair("VSwitch", &switch(number))), six.map(arn));
    let calls = [
        json!({ "Resources": [pair("VSwitch", "vsw-nobodys")] }),
        json!({ "ResourceArns": ["acs:vpc:cn-hangzhou:1720505253000001:vswitch/vsw-nobodys2"] }),
        json!({ "ResourceArns": ["acs:vpc:cn-shanghai:1720505253000001:vswitch/vsw-bp1p01aa9x"] }),
        json!({ "Resources": [pair("VSwitch", "vsw-bp1otherowner01")] }),
        json!({ "ResourceArns": ["acs:kms:cn-hangzhou:1720505253000002:instance/kst-hzz1membera01"] }),
        json!({}),
        json!({ "Resources": [pair("PolarDBBackupSet", "bs-bp1p01aa9x")] }),
        json!({ "Resources": [{ "ResourceType": "VSwitch" }] }),
        json!({ "Resources": [pair("Spaceship", "x")] }),
        json!({ "Resources": [pair("ROSTemplate", "5ecd1e10-b0e9-4389-a565-e4c15efc0001")] }),
        json!({ "ResourceArns": ["nothing"] }),
        json!({ "ResourceArns": [arn("q03"), arn("q03")] }),
        json!({ "Resources": pairs }),
        json!({ "ResourceArns": arns }),
    ];
    each(driver, "owner", &share, calls);
    for id in ["", "share", "rs-ABCDEFGH1234"] {
        driver.associate("owner", id, json!({ "Resources": [key] }));
    }
    driver.call("owner", "AssociateResourceShare", json!({ "Resources": [key] }));
    let member = driver.create_closed("member-a", json!({ "ResourceShareName": "Member" }));
    let calls = [
        json!({ "Resources": [pair("KMSInstance", "kst-hzz1membera01")] }),
        json!({ "ResourceArns": ["acs:kms:cn-hangzhou:1720505253000002:instance/kst-hzz1membera01"] }),
    ];
    each(driver, "member-a", &member, calls);
    let delegate = driver.create_closed("member-b", json!({ "ResourceShareName": "Delegate" }));
    let key_of_b = pair("KMSInstance", "kst-hzz1memberb01");
    each(driver, "member-b", &delegate, [json!({ "Resources": [key_of_b] })]);
    let open = driver.create("owner", json!({ "ResourceShareName": "Open" }));
    driver.join("owner", &open, "outsider");
    each(driver, "owner", &open, [json!({ "Resources": [key] })]);
    let fresh = driver.create("owner", json!({ "ResourceShareName": "Fresh" }));
    let both = json!({ "Resources": [key], "Targets": [account("outsider")] });
    each(driver, "owner", &fresh, [both, json!({ "Resources": [key] })]);
}

pub fn quotas(driver: &mut Driver) {
    let caller = "small-owner";
    let share = driver.create(caller, json!({ "ResourceShareName": "Small" }));
    let other = driver.create(caller, json!({ "ResourceShareName": "Other" }));
    let calls = [
        json!({ "Resources": [small(1), small(2), small(3), small(4)] }),
        json!({ "ResourceArns": [small_arn(1), small_arn(2), small_arn(3), small_arn(4)] }),
        json!({ "Resources": [small(1), small(2)] }),
        json!({ "Resources": [small(3)] }),
    ];
    each(driver, caller, &share, calls);
    each(
        driver,
        caller,
        &other,
        [json!({ "Resources": [small(4)] }), json!({ "Resources": [small(1)] })],
    );
    // The clock does not go on far enough for the removal to end.
    driver.remove(caller, &share, json!({ "Resources": [small(3)] }));
    let next = json!({ "ResourceShareId": other, "Resources": [small(5)] });
    driver.call(caller, "AssociateResourceShare", next);
    driver.wait(3000);
    each(driver, caller, &share, [json!({ "Resources": [small(6)] })]);
    let ids = ["outsider", "outsider-b", "outsider-c"].map(account);
    each(
        driver,
        caller,
        &share,
        [json!({ "Targets": ids }), json!({ "Targets": [ids[0], ids[1]] })],
    );
    each(driver, caller, &other, [json!({ "Targets": [ids[2]] })]);
    for (role, answer) in [("outsider", "Accept"), ("outsider-b", "Reject")] {
        let id = driver.invitation(role, &share);
        let call = format!("{answer}ResourceShareInvitation");
        driver.call(role, &call, json!({ "ResourceShareInvitationId": id }));
        driver.wait(3000);
        driver.rows(caller, &share);
    }
    each(driver, caller, &share, [json!({ "Targets": [ids[2]] }), json!({ "Targets": [ids[1]] })]);
    let made: Vec<String> = (0..4)
        .map(|number| driver.create(caller, json!({ "ResourceShareName": format!("N{number}") })))
        .collect();
    driver.call(caller, "DeleteResourceShare", json!({ "ResourceShareId": made[0] }));
    driver.call(caller, "CreateResourceShare", json!({ "ResourceShareName": "Soon" }));
    driver.wait(3000);
    driver.call(caller, "DeleteResourceShare", json!({ "ResourceShareId": made[1] }));
    driver.wait(3000);
    for name in ["Late", "Later", "Too late"] {
        driver.create(caller, json!({ "ResourceShareName": name }));
    }
}

/// What an account may do about a share that it is no principal of.
pub fn strangers(driver: &mut Driver) {
    let share = driver.create("owner", json!({ "ResourceShareName": "Strange" }));
    let calls = [
        json!({ "Resources": [pair("KMSInstance", "kst-hzz1p01aa9x")] }),
        targets(&[&account("outsider")]),
        targets(&[&account("member-a")]),
    ];
    each(driver, "owner", &share, calls);
    for caller in ["member-a", "member-b", "outsider-b"] {
        let list = json!({ "ResourceOwner": "OtherAccounts", "ResourceShareId": share });
        driver.walk(caller, "ListResourceSharePermissions", list);
        let leave = json!({ "ResourceOwner": "OtherAccounts", "Targets": [account(caller)] });
        driver.remove(caller, &share, leave);
    }
}

pub fn services(driver: &mut Driver) {
    let both = |number: &str| json!({ "Targets": [service()], "Resources": [set(number)] });
    let share = driver.create("owner", json!({ "ResourceShareName": "Service" }));
    each(driver, "owner", &share, [both("p01"), both("p01")]);
    let other = driver.create("owner", json!({ "ResourceShareName": "Other" }));
    let by_arn = "acs:ecs:cn-hangzhou:1720505253000001:deploymentset/ds-bp1x02aa9x";
    let calls = [
        both("x02"),
        both("p01"),
        json!({ "Targets": [service()], "ResourceArns": [by_arn] }),
        json!({ "Targets": [service()], "Resources": [pair("VSwitch", &switch("p01"))] }),
        json!({ "Resources": [set("x02")] }),
        json!({ "Targets": [service()] }),
    ];
    each(driver, "owner", &other, calls);
}

/// Properties of services and of resources, lawful and not.
pub fn properties(driver: &mut Driver) {
    let range = |kind: &str, end: &str| {
        let range = json!({ "timeRangeType": kind, "beginAtTime": "00:00", "timezone": "UTC+8", "endAtTime": end });
        json!({ "timeRange": range }).to_string()
    };
    let names = ["ecs", "ess", "vpc", "oos"].map(|name| format!("{name}.aliyuncs.example"));
    let of =
        |number: usize, property: &str| json!({ "TargetId": names[number], "Property": property });
    let arns = ["p01", "x02", "q03", "w04"].map(|number| {
        format!("acs:servicecatalog:cn-hangzhou:1720505253000001:portfolio/port-bp1{number}aa9x")
    });
    let portfolio = |number: usize, principals: bool| json!({ "ResourceArn": arns[number], "Property": json!({ "sharePrincipals": principals }).to_string() });
    let whole = range("timeRange", "19:59");
    let service =
        |properties: Value| json!({ "Targets": [names[0]], "TargetProperties": properties });
    let resource =
        |properties: Value| json!({ "ResourceArns": [arns[0]], "ResourceProperties": properties });
    let four = |number: usize| of(number, &range("timeRange", &format!("1{number}:00")));
    let wrong = [
        service(json!([{ "TargetId": names[0] }])),
        service(json!([of(0, &range("week", "19:59"))])),
        service(json!([of(0, "always")])),
        service(json!([of(0, "{}")])),
        service(json!([of(0, &whole), of(0, &whole)])),
        service(json!([of(0, &whole), of(0, &range("day", "23:59"))])),
        json!({ "Targets": names[..2], "TargetProperties": [of(0, &whole), of(1, &range("week", "19:59"))] }),
        service(json!([of(1, &whole)])),
        json!({ "Targets": names, "TargetProperties": [four(0), four(1), four(2), four(3)] }),
        json!({ "Targets": [account("member-a")], "TargetProperties": [{ "TargetId": account("member-a"), "Property": whole }] }),
        resource(json!([{ "ResourceArn": arns[0] }])),
        resource(json!([{ "ResourceArn": arns[0], "Property": "always" }])),
        resource(json!([{ "ResourceArn": arns[0], "Property": "{}" }])),
        resource(json!([portfolio(0, true), portfolio(0, true)])),
        resource(json!([portfolio(0, true), portfolio(0, false)])),
        resource(json!([portfolio(1, true)])),
        json!({ "ResourceArns": arns, "ResourceProperties": [portfolio(0, true), portfolio(1, true), portfolio(2, true), portfolio(3, true)] }),
        json!({ "ResourceArns": [arn("p01")], "ResourceProperties": [{ "ResourceArn": arn("p01"), "Property": "{\"sharePrincipals\":true}" }] }),
    ];
    for arguments in wrong {
        let share = driver.create("owner", json!({ "ResourceShareName": "Wrong" }));
        each(driver, "owner", &share, [arguments.clone()]);
        let mut new = arguments;
        new["ResourceShareName"] = "New".into();
        driver.create("owner", new);
    }
    let share = driver.create("owner", json!({ "ResourceShareName": "Properties" }));
    each(
        driver,
        "owner",
        &share,
        [
            json!({ "Targets": names[..2], "TargetProperties": [four(0), of(1, &range("day", "23:59"))] }),
            json!({ "Targets": [names[2]], "TargetProperties": [four(2)] }),
            json!({ "Targets": [account("member-a")] }),
        ],
    );
    let list = json!({ "ResourceOwner": "Self", "ResourceShareIds": [share] });
    driver.walk("owner", "ListSharedTargets", list);
    let share = driver.create("owner", json!({ "ResourceShareName": "Portfolios" }));
    each(
        driver,
        "owner",
        &share,
        [
            json!({ "ResourceArns": arns[..2], "ResourceProperties": [portfolio(0, true), portfolio(1, false)] }),
            resource(json!([portfolio(0, false)])),
            json!({ "Targets": [account("member-a")] }),
        ],
    );
    for principals in [true, false] {
        let arguments = json!({ "ResourceShareId": share, "ResourceArns": [arns[2]], "ResourceProperties": [portfolio(2, principals)] });
        driver.call("owner", "AssociateResourceShare", arguments);
    }
}

/// Names of permissions, lawful and not.
pub fn permissions(driver: &mut Driver) {
    let default = |kind: &str| format!("AliyunRSDefaultPermission{kind}");
    let switch = || arn("p01");
    let kms = "acs:kms:cn-hangzhou:1720505253000001:instance/kst-hzz1p01aa9x";
    let further = "AliyunRSPermissionKMSInstanceReadWrite";
    let names =
        |arns: Value, names: Value| json!({ "ResourceArns": arns, "PermissionNames": names });
    let of_switch = |permissions: Value| names(json!([switch()]), permissions);
    let [own, image] = ["VSwitch", "Image"].map(default);
    let calls = [
        of_switch(json!([own])),
        names(json!([kms]), json!([further])),
        of_switch(json!([own, own])),
        of_switch(json!([own, image, own])),
        of_switch(json!([own, image, default("Snapshot"), default("PrefixList")])),
        of_switch(json!(["Nothing"])),
        of_switch(json!([own, "Nothing"])),
        of_switch(json!([image])),
        names(json!([kms]), json!([default("KMSInstance"), further])),
    ];
    for arguments in calls {
        let share = driver.create("owner", json!({ "ResourceShareName": "Permissions" }));
        each(driver, "owner", &share, [arguments.clone(), arguments.clone()]);
        let list = json!({ "ResourceOwner": "Self", "ResourceShareId": share });
        driver.walk("owner", "ListResourceSharePermissions", list);
        let mut new = arguments;
        new["ResourceShareName"] = "New".into();
        driver.create("owner", new);
    }
    let share = driver.create("owner", json!({ "ResourceShareName": "Two types" }));
    let both = names(json!([switch(), kms]), json!([own, further]));
    each(driver, "owner", &share, [both]);
    let default = driver.create("owner", json!({ "ResourceShareName": "Default" }));
    each(driver, "owner", &default, [json!({ "ResourceArns": [switch(), kms] })]);
    for share in [share, default] {
        let list = json!({ "ResourceOwner": "Self", "ResourceShareId": share });
        driver.walk("owner", "ListResourceSharePermissions", list);
    }
}

pub fn again(driver: &mut Driver) {
    let share = driver.create("owner", json!({ "ResourceShareName": "Again" }));
    let member = targets(&[&account("member-a")]);
    let outsider = targets(&[&account("outsider")]);
    each(driver, "owner", &share, [member.clone(), member, outsider.clone(), outsider.clone()]);
    driver.walk("outsider", "ListResourceShareInvitations", json!({}));
    driver.wait(4 * DAY);
    let late = driver.invitation("outsider", &share);
    driver.call(
        "outsider",
        "AcceptResourceShareInvitation",
        json!({ "ResourceShareInvitationId": late }),
    );
    driver.wait(3000);
    driver.rows("owner", &share);
    each(driver, "owner", &share, [targets(&[&account("outsider-b")])]);
    let id = driver.invitation("outsider-b", &share);
    driver.call(
        "outsider-b",
        "RejectResourceShareInvitation",
        json!({ "ResourceShareInvitationId": id }),
    );
    driver.rows("owner", &share);
    each(
        driver,
        "owner",
        &share,
        [targets(&[&account("outsider-b")]), targets(&[&account("outsider-c")])],
    );
    driver.wait(8 * DAY);
    driver.walk("outsider-c", "ListResourceShareInvitations", json!({}));
    driver.rows("owner", &share);
    each(driver, "owner", &share, [targets(&[&account("outsider-c")])]);
}
