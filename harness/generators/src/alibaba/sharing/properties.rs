//! Properties of services and of resources: what is given is shown again, and each condition alone.

use super::adder::{Adder, BOTH};
use crate::alibaba::draft::{Draft, Put, associate, create_external, hold, list_scope, release};
use crate::alibaba::plan::case;
use serde_json::{Value, json};
use sharespec_wire::case::Case;

/// A type that can be shared with services.
const KIND: &str = "DeploymentSet";
/// A type whose resources have properties.
const WITH: &str = "ServiceCatalogPortfolio";
const RULES: &[&str] = &["effect/target-property", "effect/resource-property"];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for adder in BOTH.map(Adder::external) {
        cases.extend(VALID.iter().map(|(name, put)| {
            adder
                .plan(&format!("valid/properties/{name}"))
                .test(put(adder.call()))
                .about(RULES)
                .done()
        }));
        cases.extend(WRONG.iter().chain(ODD).map(|(end, put)| {
            let condition: Vec<&str> =
                end.trim_start_matches("probe/").split('/').take(2).collect();
            adder.wrong(end, &condition.join("/"), put)
        }));
    }
    cases.extend(PAIRS.iter().map(|(conditions, put)| {
        let plan =
            BOTH[0].external().plan(&format!("pairs/{}", conditions.join("+").replace('/', "-")));
        let plan = plan.test(BOTH[0].external().call().resource("VSwitch", 1));
        plan.instead(&put(BOTH[0].external().call())).provoking(conditions.iter().copied()).done()
    }));
    cases.extend(kept());
    cases.extend(listed());
    cases.extend(in_progress());
    cases
}

/// A time range of a type and its end.
pub(in crate::alibaba) fn range(kind: &str, end: &str) -> String {
    let range = json!({
        "timeRangeType": kind, "beginAtTime": "00:00", "timezone": "UTC+8", "endAtTime": end,
    });
    json!({ "timeRange": range }).to_string()
}

fn portfolio(principals: bool) -> String {
    json!({ "sharePrincipals": principals, "shareTagOptions": false }).to_string()
}

fn record(key: &str, name: Option<&str>, property: Option<&str>) -> Value {
    let mut record = serde_json::Map::new();
    record.extend(name.map(|name| (key.to_owned(), Value::from(name))));
    record.extend(property.map(|text| ("Property".to_owned(), Value::from(text))));
    Value::Object(record)
}

impl Draft {
    fn target_property(self, target: &str, property: &str) -> Self {
        let entry = record("TargetId", Some(target), Some(property));
        self.entry("TargetProperties", entry)
    }

    fn resource_property(self, arn: &str, property: &str) -> Self {
        let entry = record("ResourceArn", Some(arn), Some(property));
        self.entry("ResourceProperties", entry)
    }

    /// The n-th service with a property.
    fn service(self, number: usize, property: &str) -> Self {
        let service = format!("$service.{number}");
        self.target(service.as_str()).target_property(&service, property)
    }

    /// The n-th resource with a property.
    fn portfolio(self, number: usize, principals: bool) -> Self {
        let arn = format!("$arn.owner.{WITH}.{number}");
        self.entry("ResourceArns", arn.as_str()).resource_property(&arn, &portfolio(principals))
    }

    /// The first service without a property.
    fn plain_service(self) -> Self {
        self.target("$service.1")
    }
}

fn services(draft: Draft, count: usize) -> Draft {
    let end = |number: usize| format!("1{number}:59");
    (1..=count)
        .fold(draft, |draft, number| draft.service(number, &range("timeRange", &end(number))))
}

type Named = (&'static str, Put);

const VALID: &[Named] = &[
    ("target/time-range", |draft| draft.service(1, &range("timeRange", "19:59"))),
    ("target/day", |draft| draft.service(1, &range("day", "23:59"))),
    ("target/with-a-resource", |draft| {
        draft.service(1, &range("timeRange", "08:30")).resource(KIND, 1)
    }),
    ("target/spaces", |draft| {
        draft.service(
            1,
            &range("timeRange", "19:59")
                .replace(':', " : ")
                .replace("00 : 00", "00:00")
                .replace("19 : 59", "19:59")
                .replace(',', ",\n  "),
        )
    }),
    ("target/two-services", |draft| services(draft, 2)),
    ("target/three-services", |draft| services(draft, 3)),
    ("target/second-of-two", |draft| {
        draft.plain_service().service(2, &range("timeRange", "12:00"))
    }),
    ("target/other-order", |draft| {
        draft
            .plain_service()
            .target("$service.2")
            .target_property("$service.2", &range("timeRange", "12:00"))
            .target_property("$service.1", &range("timeRange", "06:00"))
    }),
    ("target/beside-an-account", |draft| {
        draft.account("member-a").service(1, &range("timeRange", "12:00"))
    }),
    ("resource/by-arn", |draft| draft.portfolio(1, true)),
    ("resource/by-id", |draft| {
        draft.resource(WITH, 1).resource_property(&format!("$arn.owner.{WITH}.1"), &portfolio(true))
    }),
    ("resource/two", |draft| draft.portfolio(1, true).portfolio(2, false)),
    ("resource/three", |draft| draft.portfolio(1, true).portfolio(2, false).portfolio(3, true)),
    ("resource/second-of-two", |draft| draft.arn(WITH, 1).portfolio(2, true)),
    ("resource/beside-another-type", |draft| draft.arn("VSwitch", 1).portfolio(1, false)),
    ("resource/empty-record", |draft| draft.arn(WITH, 1).entry("ResourceProperties", json!({}))),
    ("resource/empty-record-of-another-type", |draft| {
        draft.resource("VSwitch", 1).entry("ResourceProperties", json!({}))
    }),
];

const WRONG: &[Named] = &[
    ("target-properties/over-limit/4", |draft| services(draft, 4)),
    ("target-properties/duplicate/1-2", |draft| {
        let property = range("timeRange", "19:59");
        draft.service(1, &property).target_property("$service.1", &property)
    }),
    ("target-properties/duplicate/1-3", |draft| {
        let property = range("timeRange", "11:59");
        services(draft, 2).target_property("$service.1", &property)
    }),
    ("target-properties/pair-broken/no-property", |draft| {
        let entry = record("TargetId", Some("$service.1"), None);
        draft.plain_service().entry("TargetProperties", entry)
    }),
    ("target-properties/pair-broken/no-target", |draft| {
        let entry = record("TargetId", None, Some(&range("day", "23:59")));
        draft.plain_service().entry("TargetProperties", entry)
    }),
    ("target-properties/pair-broken/second", |draft| {
        let entry = record("TargetId", Some("$service.2"), None);
        services(draft, 1).target("$service.2").entry("TargetProperties", entry)
    }),
    ("target-properties/time-range-type/week", |draft| draft.service(1, &range("week", "19:59"))),
    ("target-properties/time-range-type/second", |draft| {
        services(draft, 1).service(2, &range("hour", "19:59"))
    }),
    ("resource-properties/over-limit/4", |draft| {
        (1..=4).fold(draft, |draft, number| draft.portfolio(number, true))
    }),
    ("resource-properties/duplicate/1-2", |draft| {
        draft
            .portfolio(1, true)
            .resource_property(&format!("$arn.owner.{WITH}.1"), &portfolio(true))
    }),
    ("resource-properties/type-unsupported/by-arn", |draft| {
        draft.arn("VSwitch", 1).resource_property("$arn.owner.VSwitch.1", &portfolio(true))
    }),
    ("resource-properties/type-unsupported/by-id", |draft| {
        draft.resource("VSwitch", 1).resource_property("$arn.owner.VSwitch.1", &portfolio(true))
    }),
    ("resource-properties/type-unsupported/second", |draft| {
        draft
            .portfolio(1, true)
            .arn("VSwitch", 1)
            .resource_property("$arn.owner.VSwitch.1", &portfolio(true))
    }),
];

/// What the documents leave open.
const ODD: &[Named] = &[
    ("probe/target-properties/not-json/word", |draft| draft.service(1, "always")),
    ("probe/target-properties/not-json/list", |draft| draft.service(1, "[]")),
    ("probe/target-properties/not-json/cut-off", |draft| {
        draft.service(1, range("day", "23:59").trim_end_matches('}'))
    }),
    ("probe/target-properties/other-form/plan", |draft| {
        draft.service(1, &range("timeRange", "19:59").replace("\"timeRange\":{", "\"plan\":{"))
    }),
    ("probe/target-properties/other-form/empty", |draft| draft.service(1, "{}")),
    ("probe/target-properties/other-form/day-alone", |draft| {
        draft.service(1, &json!({ "timeRange": { "timeRangeType": "day" } }).to_string())
    }),
    ("probe/target-properties/other-form/no-such-time", |draft| {
        draft.service(1, &range("timeRange", "24:61"))
    }),
    ("probe/target-properties/no-service/account", |draft| {
        draft.account("member-a").target_property("$account.member-a", &range("timeRange", "19:59"))
    }),
    ("probe/target-properties/not-named/another-service", |draft| {
        draft.plain_service().target_property("$service.2", &range("timeRange", "19:59"))
    }),
    ("probe/target-properties/duplicate-id/two-ranges", |draft| {
        draft
            .service(1, &range("timeRange", "19:59"))
            .target_property("$service.1", &range("timeRange", "12:00"))
    }),
    ("probe/resource-properties/not-json/word", |draft| {
        draft.arn(WITH, 1).resource_property(&format!("$arn.owner.{WITH}.1"), "always")
    }),
    ("probe/resource-properties/other-form/another-member", |draft| {
        draft.arn(WITH, 1).resource_property(&format!("$arn.owner.{WITH}.1"), "{\"colour\":1}")
    }),
    ("probe/resource-properties/pair-broken/no-property", |draft| {
        let arn = format!("$arn.owner.{WITH}.1");
        draft.arn(WITH, 1).entry("ResourceProperties", record("ResourceArn", Some(&arn), None))
    }),
    ("probe/resource-properties/pair-broken/no-resource", |draft| {
        let entry = record("ResourceArn", None, Some(&portfolio(true)));
        draft.arn(WITH, 1).entry("ResourceProperties", entry)
    }),
    ("probe/resource-properties/not-named/another", |draft| {
        draft.arn(WITH, 1).resource_property(&format!("$arn.owner.{WITH}.2"), &portfolio(true))
    }),
    ("probe/resource-properties/duplicate-arn/two-values", |draft| {
        draft
            .portfolio(1, true)
            .resource_property(&format!("$arn.owner.{WITH}.1"), &portfolio(false))
    }),
    ("probe/properties/odd/text", |draft| {
        draft.plain_service().entry("TargetProperties", range("day", "23:59"))
    }),
    ("probe/properties/odd/another-field", |draft| {
        let mut entry = record("TargetId", Some("$service.1"), Some(&range("day", "23:59")));
        if let Some(members) = entry.as_object_mut() {
            members.insert("Colour".to_owned(), "blue".into());
        }
        draft.plain_service().entry("TargetProperties", entry)
    }),
];

/// Two conditions that come together.
const PAIRS: &[(&[&str], Put)] = &[
    (&["target-properties/over-limit", "target-properties/duplicate"], |draft| {
        let draft = services(draft, 4);
        draft
            .target_property("$service.1", &range("timeRange", "11:59"))
            .target_property("$service.2", &range("timeRange", "12:59"))
    }),
    (&["resource-properties/over-limit", "resource-properties/duplicate"], |draft| {
        let draft = (1..=4).fold(draft, |draft, number| draft.portfolio(number, true));
        draft.resource_property(&format!("$arn.owner.{WITH}.4"), &portfolio(true))
    }),
];

/// A property stays while something else is associated.
fn kept() -> Vec<Case> {
    let named = |end: &str| case(format!("alibaba/associate/properties/kept/{end}"));
    vec![
        named("target")
            .step(create_external("a"))
            .step(services(associate("a"), 2))
            .test(associate("a").account("member-a").service(3, &range("timeRange", "08:00")))
            .about(RULES)
            .done(),
        named("resource")
            .step(create_external("a"))
            .step(associate("a").portfolio(1, true))
            .test(associate("a").portfolio(2, false))
            .about(RULES)
            .done(),
    ]
}

/// The list of principals shows the properties of services.
fn listed() -> Vec<Case> {
    let list = || list_scope("ListSharedTargets", "a", "Self");
    let named = |end: &str| {
        case(format!("alibaba/list-shared-targets/properties/{end}"))
            .step(create_external("a"))
            .step(services(associate("a"), 2).resource(KIND, 1))
    };
    vec![
        named("two-services").test(list()).about(&["effect/target-property"]).done(),
        named("one-of-two")
            .test(list().target("$service.2"))
            .about(&["effect/target-property"])
            .done(),
    ]
}

/// Another property comes while the association of the resource is under way.
fn in_progress() -> Vec<Case> {
    let named = |end: &str, first: Draft| {
        case(format!("alibaba/associate/{end}"))
            .step(create_external("a"))
            .test(associate("a").resource("VSwitch", 1))
            .before([hold(), first.unsettled().into()])
            .instead(&associate("a").portfolio(1, true))
            .step(release())
            .provoking(["entities/already-associated", "resource-properties/in-progress"])
            .done()
    };
    let pair = "pairs/entities-already-associated+resource-properties-in-progress";
    vec![
        named(&format!("{pair}/other-value"), associate("a").portfolio(1, false)),
        named(&format!("{pair}/none-before"), associate("a").arn(WITH, 1)),
    ]
}
