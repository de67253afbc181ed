//! Combinations of AWS RAM: see [`crate::axes`].

use super::cast::{Puts, associate, associations, case, create, create_external, disassociate};
use crate::axes::{Axes, Strength};
use crate::covering::Row;
use crate::draft::Draft;
use sharespec_wire::aws::{Form, JsonStyle, Order, SignedHeaders};
use sharespec_wire::case::{Case, Step};

pub(crate) const AXES: Axes = Axes {
    prefix: "aws/combined/",
    axes: &[
        ("operation", &["disassociate", "associate"]),
        ("share", &["closed", "external"]),
        ("caller", &["owner", "stranger"]),
        ("principals", &["no-principal", "account", "organization", "unit", "role", "user"]),
        ("resources", &["no-resource", "subnet", "gateway", "authority"]),
        ("length of the lists", &["1", "2", "5"]),
        (
            "wrong entry",
            &["all-right", "principal-first", "principal-last", "resource-first", "resource-last"],
        ),
        ("token", &["no-token", "token"]),
        ("JSON", &["compact", "spacious"]),
        ("order of members", &["sorted", "documented"]),
        ("signed headers", &["signed-minimal", "signed-typed", "signed-wide"]),
        ("hash of the content", &["no-hash", "hash"]),
        ("connection", &["fresh", "reused"]),
    ],
    // At first there are only values with which a call is accepted, so that no mistake hides what else
    // is combined.
    generations: &[
        &[2, 2, 1, 6, 4, 3, 1, 2, 2, 2, 3, 2, 2],
        &[2, 2, 2, 6, 4, 3, 5, 2, 2, 2, 3, 2, 2],
    ],
    forbidden: &[
        (
            "what a call gives that names nothing is open",
            &[("principals", &["no-principal"]), ("resources", &["no-resource"])],
        ),
        (
            "what becomes of a gateway shared with a role or user is open",
            &[("principals", &["role", "user"]), ("resources", &["gateway"])],
        ),
        (
            "what becomes of resources that are not the caller's is open",
            &[
                ("operation", &["associate"]),
                ("caller", &["stranger"]),
                ("resources", &["subnet", "gateway", "authority"]),
            ],
        ),
        (
            "there is no principal that could be wrong",
            &[
                ("principals", &["no-principal"]),
                ("wrong entry", &["principal-first", "principal-last"]),
            ],
        ),
        (
            "there is no resource that could be wrong",
            &[
                ("resources", &["no-resource"]),
                ("wrong entry", &["resource-first", "resource-last"]),
            ],
        ),
        (
            "the only entry is the first",
            &[
                ("length of the lists", &["1"]),
                ("wrong entry", &["principal-last", "resource-last"]),
            ],
        ),
    ],
};

/// The combined cases.
pub(crate) fn cases(strength: Strength) -> Vec<Case> {
    AXES.rows(strength).iter().filter_map(Combination::of).map(|each| each.case()).collect()
}

/// The combined case of this id, whatever the strength.
pub(crate) fn combined(id: &str) -> Option<Case> {
    Combination::of(&AXES.allowed(id)?).map(|each| each.case())
}

/// A row by the names of its values.
struct Combination {
    removes: bool,
    external: bool,
    stranger: bool,
    principals: &'static str,
    resources: &'static str,
    length: usize,
    wrong: &'static str,
    token: bool,
    request: Form,
    reused: bool,
    /// What follows the API in the id.
    end: String,
}

impl Combination {
    fn of(row: &Row) -> Option<Self> {
        let names = AXES.names(row)?;
        let [
            operation,
            share,
            caller,
            principals,
            resources,
            length,
            wrong,
            token,
            json,
            order,
            signed,
            hash,
            connection,
        ] = names.as_slice().try_into().ok()?;
        Some(Self {
            removes: operation == "disassociate",
            external: share == "external",
            stranger: caller == "stranger",
            principals,
            resources,
            length: length.parse().ok()?,
            wrong,
            token: token == "token",
            request: request(json, order, signed, hash == "hash"),
            reused: connection == "reused",
            end: format!("combined/{}", names.join("/")),
        })
    }

    /// The n-th principal, counted from one: the first is of the kind, the others are accounts.
    fn principal(&self, number: usize) -> String {
        match (number, self.principals) {
            (1, "organization") => "$directory.owner".to_owned(),
            (1, "unit") => "$folder.member-b".to_owned(),
            (1, "role") => "$identity.1".to_owned(),
            (1, "user") => "$identity.2".to_owned(),
            _ => format!("$account.member-{:02}", number + 2),
        }
    }

    /// The n-th resource, counted from one: the first is of the kind, the others are subnets.
    fn resource(&self, number: usize) -> String {
        match (number, self.resources) {
            (1, "gateway") => "$arn.owner.ec2:TransitGateway.1".to_owned(),
            (1, "authority") => "$arn.owner.acm-pca:CertificateAuthority.1".to_owned(),
            _ => format!("$arn.owner.ec2:Subnet.{number}"),
        }
    }

    /// Whether the entry at this place of a list means nothing.
    fn is_wrong(&self, list: &str, number: usize) -> bool {
        match self.wrong.strip_prefix(list) {
            Some("-first") => number == 1,
            Some("-last") => number == self.length,
            _ => false,
        }
    }

    /// What the call names, put into a call: as it is, or with the entry that means nothing.
    fn entities(&self, draft: Draft, with_wrong: bool) -> Draft {
        let wrong = |list: &str, number| with_wrong && self.is_wrong(list, number);
        (1..=self.length).fold(draft, |draft, number| {
            let draft = match self.principals {
                "no-principal" => draft,
                _ if wrong("principal", number) => draft.named("someone"),
                _ => draft.named(&self.principal(number)),
            };
            match self.resources {
                "no-resource" => draft,
                _ if wrong("resource", number) => draft.by_arn("something"),
                _ => draft.by_arn(&self.resource(number)),
            }
        })
    }

    /// The share with something beside what the call names, and what the call removes.
    fn set_up(&self) -> Vec<Step> {
        let share = if self.external { create_external("a") } else { create("a") };
        let mut steps: Vec<Step> =
            vec![share.into(), associate("a").subnet(20).principal("member-20").into()];
        if self.removes {
            steps.push(self.entities(associate("a"), false).into());
        }
        if self.reused {
            steps.push(associations("a", "PRINCIPAL").form(self.request.clone()).into());
        }
        steps
    }

    fn call(&self) -> Draft {
        let draft = if self.removes { disassociate("a") } else { associate("a") };
        let draft = self.entities(draft, true).form(self.request.clone());
        let draft = if self.token { draft.token("$name.token") } else { draft };
        if self.stranger { draft.by("other-owner") } else { draft }
    }

    /// What certainly holds of the call.
    fn provokes(&self) -> impl Iterator<Item = &'static str> {
        let wrong = match self.wrong {
            "principal-first" | "principal-last" => Some("principals/malformed"),
            "resource-first" | "resource-last" => Some("resources/malformed"),
            _ => None,
        };
        wrong.into_iter().chain(self.stranger.then_some("share/foreign"))
    }

    fn case(&self) -> Case {
        let plan = case(&self.end).steps(self.set_up()).test(self.call());
        let plan = if self.reused { plan.one_connection() } else { plan };
        plan.provoking(self.provokes()).done()
    }
}

fn request(json: &str, order: &str, signed: &str, content_hash: bool) -> Form {
    let json = if json == "spacious" { JsonStyle::Python } else { JsonStyle::Compact };
    let order = if order == "documented" { Order::Documented } else { Order::Sorted };
    let signed_headers = match signed {
        "signed-minimal" => SignedHeaders::Minimal,
        "signed-wide" => SignedHeaders::Wide,
        _ => SignedHeaders::Typed,
    };
    Form { json, order, signed_headers, content_hash, ..Form::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axes::{DEFAULT_STRENGTH, tests::are_sound};

    #[test]
    fn the_axes_are_sound() {
        are_sound(AXES);
    }

    #[test]
    fn an_id_leads_back_to_its_case() {
        let case = cases(DEFAULT_STRENGTH).pop().unwrap();
        assert_eq!(combined(&case.id), Some(case));
        assert_eq!(combined("aws/combined/disassociate"), None);
    }
}
