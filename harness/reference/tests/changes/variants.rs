//! What every variant must be.

use super::driver::{API, Driver, Exchange, account, code, members, text};
use super::script::play;
use serde_json::{Map, Value, json};
use sharespec_model::belief::{Belief, Window};
use sharespec_model::call::{Body, Call};
use sharespec_model::observation::Observed;
use sharespec_model::prediction::Admission;
use sharespec_reference::change::{Change, Nature};
use sharespec_reference::pipeline::Blueprint;
use sharespec_reference::platform::Platform;
use sharespec_reference::variants::{VARIANTS, variant};
use std::collections::BTreeSet;
use std::sync::Arc;

fn readings(change: &Change) -> &'static [&'static str] {
    match change.nature {
        Nature::Variant(readings) => readings,
        Nature::Fault(_) => &[],
    }
}

fn follows(blueprint: &Blueprint, reading: &str) -> bool {
    let (point, reading) = reading.split_once(':').unwrap();
    blueprint.policy().follows(point, reading)
}

#[test]
fn names_are_unique_and_found() {
    let names: BTreeSet<&str> = VARIANTS.iter().map(|change| change.name).collect();
    assert_eq!(names.len(), VARIANTS.len());
    for change in VARIANTS {
        assert_eq!(variant(change.name).map(|found| found.text), Some(change.text));
        assert!(change.is_variant() && change.text.ends_with('.'), "{}", change.name);
    }
}

#[test]
fn every_variant_follows_the_readings_that_it_names() {
    for change in VARIANTS {
        let blueprint = Blueprint::new(Arc::clone(&API), &[*change]);
        for reading in readings(change) {
            assert!(API.spec().reading(reading).is_some(), "{}: no reading {reading}", change.name);
            assert!(follows(&blueprint, reading), "{} does not follow {reading}", change.name);
        }
    }
}

#[test]
fn every_reading_is_followed_by_the_default_or_by_a_variant() {
    let mut built: Vec<Blueprint> =
        VARIANTS.iter().map(|change| Blueprint::new(Arc::clone(&API), &[*change])).collect();
    built.push(Blueprint::new(Arc::clone(&API), &[]));
    let spec = API.spec();
    for point in &spec.points {
        for reading in &point.readings {
            let name = format!("{}:{}", point.id, reading.name);
            assert!(built.iter().any(|each| follows(each, &name)), "nothing follows {name}");
        }
    }
}

#[test]
fn odd_values_are_accepted_by_some_and_rejected_by_others() {
    let accepting: BTreeSet<bool> = VARIANTS
        .iter()
        .map(|change| Blueprint::new(Arc::clone(&API), &[*change]).policy().accepts_odd_values)
        .collect();
    assert_eq!(accepting.len(), 2);
}

fn status(rows: &[Value], id: &str) -> Vec<String> {
    let own = rows.iter().filter(|row| row["EntityId"] == id);
    own.filter_map(|row| text(&row["AssociationStatus"])).collect()
}

fn typical(change: &[Change]) {
    let name = change.first().map_or("default", |change| change.name);
    let mut driver = Driver::new(change);
    let share = driver.create("owner", json!({ "ResourceShareName": "Typical" }));
    driver.associate("owner", &share, json!({
        "Targets": [account("member-a"), account("member-b")],
        "Resources": [{ "ResourceType": "VSwitch", "ResourceId": "vsw-bp1p01aa9x" }, { "ResourceType": "VSwitch", "ResourceId": "vsw-bp1x02aa9x" }],
    }));
    let rows = driver.rows("owner", &share);
    assert_eq!(rows.len(), 4, "{name}: {rows:?}");
    assert!(rows.iter().all(|row| row["AssociationStatus"] == "Associated"), "{name}");
    let arn = "acs:vpc:cn-hangzhou:1720505253000001:vswitch/vsw-bp1x02aa9x";
    for arguments in [json!({ "Targets": [account("member-a")] }), json!({ "ResourceArns": [arn] })]
    {
        let exchange = driver.remove("owner", &share, arguments);
        let found = members(&exchange).unwrap_or_else(|| panic!("{name}: {exchange:?}"));
        let shown = found["ResourceShareAssociations"][0]["AssociationStatus"].clone();
        assert!(shown == "Disassociating" || shown == "Disassociated", "{name}: {shown}");
        driver.wait(3000);
    }
    let rows = driver.rows("owner", &share);
    for (id, expected) in [
        (account("member-a"), "Disassociated"),
        (account("member-b"), "Associated"),
        ("vsw-bp1p01aa9x".into(), "Associated"),
        ("vsw-bp1x02aa9x".into(), "Disassociated"),
    ] {
        assert_eq!(status(&rows, &id), [expected], "{name}");
    }
    let deleted = driver.call("owner", "DeleteResourceShare", json!({ "ResourceShareId": share }));
    assert!(members(&deleted).is_some(), "{name}: {deleted:?}");
    driver.wait(3000);
    let listed = driver.walk(
        "owner",
        "ListResourceShares",
        json!({ "ResourceOwner": "Self", "ResourceShareIds": [share] }),
    );
    assert_eq!(listed[0]["ResourceShareStatus"], "Deleted", "{name}");
}

#[test]
fn a_typical_life_is_the_documented_one_with_every_variant() {
    typical(&[]);
    VARIANTS.iter().for_each(|change| typical(&[*change]));
}

/// Judges what was said as the model does: every answer is well-formed and admissible.
fn judge(driver: &Driver) -> Result<(), String> {
    let mut belief = Belief::new(driver.api.world());
    driver.log.iter().try_for_each(|exchange| judge_one(&**driver.api, exchange, &mut belief))
}

fn judge_one(api: &dyn Platform, exchange: &Exchange, belief: &mut Belief) -> Result<(), String> {
    let (call, now) = (&exchange.call, exchange.now);
    let reply = exchange.reply.as_ref().map_err(|error| format!("{error}: {exchange:?}"))?;
    let mut rows = api.spec().gateway().rows.iter();
    let refused = rows.any(|row| Some(row.code.as_str()) == reply.code());
    if exchange.tampered || refused || lacks_region(api, call) {
        return Ok(());
    }
    belief.close(now);
    let window = Window::new(now, now);
    let prediction = api.predict(belief, call, window).unwrap();
    let wrong = |what: &str| {
        Err(format!("{what}: {exchange:?}, admissible {:?}", prediction.lines(api.spec())))
    };
    match &reply.body {
        Body::Success(_) if !prediction.success => return wrong("accepted"),
        Body::Success(members) => {
            belief.tokens.extend(api.next_page(members));
            let observed = api.read(&call.operation, members.clone());
            if is_whole(call, members) || matches!(observed, Observed::Invitations(_)) {
                api.observe_success(belief, call, &prediction, &observed, window);
            }
        }
        Body::Error { code, .. } => match prediction.admission(reply.status, code) {
            Admission::Row(_, conditions) => {
                api.observe_error(belief, call, &prediction, conditions)
            }
            Admission::Open => {}
            other => return wrong(&format!("{other:?}")),
        },
    }
    Ok(())
}

/// Whether a call lacks the region that its document wants: that is seen in the request alone.
fn lacks_region(api: &dyn Platform, call: &Call) -> bool {
    let operation = api.spec().operation(&call.operation);
    operation.is_some_and(|operation| operation.rule("region/required").is_some())
        && !call.arguments.contains_key("RegionId")
}

/// Whether an answer is no page of several: of a page nothing can be concluded.
fn is_whole(call: &Call, members: &Map<String, Value>) -> bool {
    call.arguments.get("NextToken").is_none()
        && members.get("NextToken").is_none_or(|token| token == "")
}

#[test]
fn every_variant_shows_and_every_answer_is_admissible() {
    let usual = play(&[]);
    let mut wrong: Vec<String> = usual.iter().filter_map(|driver| judge(driver).err()).collect();
    for change in VARIANTS {
        let drivers = play(&[*change]);
        let errors = drivers.iter().filter_map(|driver| judge(driver).err());
        wrong.extend(errors.map(|error| format!("{}: {error}", change.name)));
        let hidden = drivers.iter().zip(&usual).all(|(one, other)| !one.differs_from(other));
        // What is odd is rejected anyway, and what fails now and then need not fail here.
        let may_hide = ["odd-values-rejected", "associations-fail-now-and-then"];
        if hidden && !may_hide.contains(&change.name) {
            wrong.push(format!("{} shows nowhere", change.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn some_readings_show_as_they_say() {
    let refused = |name: &str, caller: &str, operation: &str, arguments: Value| {
        let mut driver = Driver::new(&[*variant(name).unwrap()]);
        code(&driver.call(caller, operation, arguments)).unwrap_or_default()
    };
    let list = "ListResourceShares";
    assert_eq!(
        refused("gateway-wants-parameters", "owner", list, json!({})),
        "MissingResourceOwner"
    );
    assert_eq!(
        refused("empty-parameter-invalid", "owner", list, json!({ "ResourceOwner": "" })),
        "InvalidParameter.ResourceOwner"
    );
    let remove = "DisassociateResourceShare";
    assert_eq!(
        refused(
            "gateway-wants-share-id",
            "owner",
            remove,
            json!({ "Targets": [account("member-a")] })
        ),
        "MissingResourceShareId"
    );
    let mut driver = Driver::new(&[*variant("wrong-owner-mode-named").unwrap()]);
    let targets = json!({ "ResourceShareName": "A", "Targets": [account("member-a")] });
    let share = driver.create("owner", targets);
    let arguments = json!({ "Targets": [account("member-a")], "ResourceOwner": "Nobody" });
    let refusal = driver.remove("owner", &share, arguments);
    assert_eq!(code(&refusal).as_deref(), Some("InvalidParameter.ResourceOwner"));
}
