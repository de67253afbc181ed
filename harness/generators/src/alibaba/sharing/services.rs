//! Services: what is shared with one by several shares, again, or at all.

use super::adder::{Adder, BOTH};
use crate::alibaba::draft::{Draft, Put, associate, create_external, delete, disassociate};
use sharespec_wire::case::{Case, Step};

const KIND: &str = "DeploymentSet";

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for adder in BOTH.map(Adder::external) {
        cases.extend(valid(adder));
        cases.extend(elsewhere(adder));
        cases.extend(unsupported(adder));
    }
    cases.extend(in_steps());
    cases.extend(again());
    cases
}

fn service(draft: Draft) -> Draft {
    draft.target("$service.1")
}

/// Another share with one service and one resource.
fn other() -> Vec<Step> {
    vec![create_external("b").into(), service(associate("b")).resource(KIND, 1).into()]
}

fn valid(adder: Adder) -> Vec<Case> {
    let after = |name: &str, more: Vec<Step>, put: Put| {
        let end = format!("valid/services/{name}");
        adder.plan(&end).steps(other()).steps(more).test(put(adder.call())).done()
    };
    vec![
        adder.accepted("valid/services/with-a-resource", |draft| service(draft).resource(KIND, 1)),
        adder.accepted("valid/services/with-an-arn", |draft| service(draft).arn(KIND, 1)),
        adder.accepted("valid/services/two-with-a-resource", |draft| {
            service(draft).target("$service.2").resource(KIND, 1)
        }),
        adder.accepted("valid/services/with-two-types", |draft| {
            service(draft).resource(KIND, 1).resource("CapacityReservation", 1)
        }),
        after("another-type", Vec::new(), |draft| {
            service(draft).resource("CapacityReservation", 1)
        }),
        after("another-service", Vec::new(), |draft| draft.target("$service.2").resource(KIND, 1)),
        after("an-account-instead", Vec::new(), |draft| {
            draft.account("member-a").resource(KIND, 1)
        }),
        after("other-share-deleted", vec![delete("b").into()], |draft| {
            service(draft).resource(KIND, 2)
        }),
        after(
            "other-share-without-the-resource",
            vec![disassociate("b").resource(KIND, 1).into()],
            |draft| service(draft).resource(KIND, 1),
        ),
        after(
            "other-share-without-the-service",
            vec![service(disassociate("b")).into()],
            |draft| service(draft).resource(KIND, 1),
        ),
    ]
}

/// Another share of the account has the service and the type, or the resource itself.
fn elsewhere(adder: Adder) -> Vec<Case> {
    let kind = "services/type-in-other-share";
    let same = "services/resource-in-other-share";
    let wrong = |condition: &str, name: &str, put: Put| {
        adder.wrong_after(&format!("{condition}/{name}"), condition, other(), put)
    };
    vec![
        wrong(kind, "both-named", |draft| service(draft).resource(KIND, 2)),
        wrong(kind, "by-arn", |draft| service(draft).arn(KIND, 2)),
        wrong(kind, "one-of-two-services", |draft| {
            service(draft.target("$service.2")).resource(KIND, 2)
        }),
        wrong(kind, "one-of-two-types", |draft| {
            service(draft).resource("CapacityReservation", 1).resource(KIND, 2)
        }),
        wrong(same, "both-named", |draft| service(draft).resource(KIND, 1)),
        wrong(same, "by-arn", |draft| service(draft).arn(KIND, 1)),
    ]
}

/// The share has one half already, and the other comes.
fn in_steps() -> Vec<Case> {
    let associate_to = BOTH[0].external();
    let kind = "services/type-in-other-share";
    let same = "services/resource-in-other-share";
    let before = |draft: Draft| {
        let mut steps = other();
        steps.push(draft.into());
        steps
    };
    let wrong = |condition: &str, name: &str, first: Draft, put: Put| {
        associate_to.wrong_after(&format!("{condition}/{name}"), condition, before(first), put)
    };
    vec![
        wrong(kind, "resource-after-service", service(associate("a")), |draft| {
            draft.resource(KIND, 2)
        }),
        wrong(kind, "service-after-resource", associate("a").resource(KIND, 2), service),
        wrong(same, "resource-after-service", service(associate("a")), |draft| {
            draft.resource(KIND, 1)
        }),
        wrong(same, "service-after-resource", associate("a").resource(KIND, 1), service),
    ]
}

/// The share has the service and the resource, and the call names both again.
fn again() -> Vec<Case> {
    let associate_to = BOTH[0].external();
    let condition = "services/already-shared";
    let both: Put = |draft| service(draft).resource(KIND, 1);
    let by_arn: Put = |draft| service(draft).arn(KIND, 1);
    [("by-id", both), ("by-arn", by_arn)]
        .map(|(name, put)| {
            let before = vec![both(associate("a")).into()];
            associate_to.wrong_after(&format!("probe/{condition}/{name}"), condition, before, put)
        })
        .to_vec()
}

/// A type that cannot be shared with services.
fn unsupported(adder: Adder) -> Vec<Case> {
    let condition = "services/type-unsupported";
    vec![
        adder.wrong(&format!("probe/{condition}/alone"), condition, |draft| {
            service(draft).resource("VSwitch", 1)
        }),
        adder.wrong(&format!("probe/{condition}/beside-one-that-can"), condition, |draft| {
            service(draft).resource(KIND, 1).resource("VSwitch", 1)
        }),
    ]
}
