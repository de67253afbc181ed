//! Parts of the script: requests that are wrong, users with policies, and records in time.

use crate::driver::{Driver, account};
use serde_json::json;
use sharespec_wire::alibaba::{Form, Method, Naming, Placement, SignatureVersion, Tamper};

const MINUTE: i64 = 60_000;

fn signed_forms() -> Vec<Form> {
    let header = Form::default;
    let parameter =
        || Form { signature: SignatureVersion::V2, naming: Naming::Parameters, ..Form::default() };
    let mut forms = Vec::new();
    for form in [header(), parameter()] {
        for placement in [Placement::Query, Placement::Body] {
            forms.push(Form { placement, ..form.clone() });
        }
        forms.push(Form { method: Method::Get, ..form });
    }
    forms
}

pub fn wrong_requests(driver: &mut Driver) {
    let share = driver.create("owner", json!({ "ResourceShareName": "Gate" }));
    let shifted = |minutes: i64| Tamper::ShiftedTimestamp { millis: minutes * MINUTE };
    let others = [Tamper::ForeignSecret, shifted(-45), shifted(-10), shifted(120)];
    for form in signed_forms() {
        for tamper in Tamper::ALL.into_iter().chain(others) {
            driver.form = Form { tamper: Some(tamper), ..form.clone() };
            let arguments = json!({ "ResourceOwner": "Self", "ResourceShareIds": [share] });
            driver.call("owner", "ListResourceShares", arguments);
        }
        driver.form = Form { raw_punctuation: true, ..form.clone() };
        let named = json!({ "ResourceOwner": "Self", "ResourceShareName": "a(b)*" });
        driver.call_twice("owner", "ListResourceShares", named);
    }
    driver.form = Form { tamper: Some(Tamper::WrongSecret), ..Form::default() };
    driver.call("owner", "DeleteResourceShare", json!({ "ResourceShareId": share }));
    driver.form = Form::default();
    driver.rows("owner", &share);
}

pub fn users(driver: &mut Driver) {
    let share = driver.create(
        "owner",
        json!({ "ResourceShareName": "Users", "Targets": [account("member-a"), account("member-b")] }),
    );
    let roles = [
        "user-associate",
        "user-disassociate",
        "user-by-type",
        "user-by-arn",
        "user-by-target",
        "user-without-actions",
    ];
    let arn = "acs:vpc:cn-hangzhou:1720505253000001:vswitch/vsw-bp1x02aa9x";
    for role in roles {
        let image = json!([{ "ResourceType": "Image", "ResourceId": "m-bp1p01aa9x" }]);
        driver.associate(role, &share, json!({ "Resources": image }));
        driver.associate(role, &share, json!({ "ResourceArns": [arn] }));
        driver.associate(role, &share, json!({ "Targets": [account("member-d")] }));
        driver.remove(role, &share, json!({ "Targets": [account("member-a")] }));
        driver.wait(3000);
        driver.rows("owner", &share);
    }
    for form in signed_forms() {
        for tamper in [None, Some(Tamper::MissingToken), Some(Tamper::WrongToken)] {
            driver.form = Form { tamper, ..form.clone() };
            driver.remove("session", &share, json!({ "Targets": [account("member-b")] }));
        }
    }
    driver.form = Form::default();
}

pub fn records(driver: &mut Driver) {
    let share = driver.create("owner", json!({ "ResourceShareName": "Records" }));
    let image = json!([{ "ResourceType": "Image", "ResourceId": "m-bp1p01aa9x" }]);
    driver.associate("owner", &share, json!({ "Resources": image }));
    driver.associate("owner", &share, json!({ "Targets": [account("outsider")] }));
    let invitation = driver.invitation("outsider", &share);
    let arguments = json!({ "ResourceShareInvitationId": invitation });
    driver.call("outsider", "RejectResourceShareInvitation", arguments);
    for _ in 0..5 {
        driver.wait(25 * 60 * MINUTE);
        driver.rows("owner", &share);
        for list in ["ListSharedResources", "ListSharedTargets"] {
            let arguments = json!({ "ResourceOwner": "Self", "ResourceShareIds": [share] });
            driver.walk("owner", list, arguments);
        }
    }
}
