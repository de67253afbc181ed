//! The part of the script for a target that claims the oldest document of the removal.

use super::driver::{Driver, account};
use super::script::{full, pair, switch};
use serde_json::{Value, json};

const REGION: &str = "cn-hangzhou";

/// Removals as the oldest page has them, and what only later pages have.
pub fn removals(driver: &mut Driver) {
    let share = full(driver, "Older");
    driver.associate("owner", &share, json!({ "Targets": ["fd-bqp6Wc41bV"] }));
    let of_member = |role: &str| json!({ "RegionId": REGION, "Targets": [account(role)] });
    let mut gap = of_member("member-b");
    gap["Targets.3"] = account("member-c").into();
    let without_region = json!({ "Targets": [account("member-d")] });
    let of_resource = |resource: Value| json!({ "RegionId": REGION, "Resources": [resource] });
    let calls = [
        of_member("member-a"),
        gap,
        without_region,
        json!({ "RegionId": REGION, "Targets": ["fd-bqp6Wc41bV"] }),
        of_resource(pair("VSwitch", &switch("p01"))),
        of_resource(pair("Image", "m-bp1p01aa9x")),
        of_resource(pair("Nothing", "n-1")),
    ];
    for arguments in calls {
        driver.remove("owner", &share, arguments);
        driver.wait(3000);
        driver.rows("owner", &share);
    }
}
