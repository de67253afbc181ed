//! Combinations of the Alibaba API: see [`crate::axes`].

use super::cast::{List, account, of_crowd};
use super::draft::{
    Draft, associate, create, create_external, disassociate, join, list_associations, list_scope,
    ordinary, pair,
};
use super::plan::case;
use super::rules::FLOOR;
use crate::axes::{Axes, Strength};
use crate::covering::Row;
use serde_json::Value;
use sharespec_wire::alibaba::{Form, Method, Naming, Placement, SignatureVersion};
use sharespec_wire::case::{Case, Step};

pub(crate) const AXES: Axes = Axes {
    prefix: "alibaba/combined/",
    axes: &[
        ("operation", &["disassociate", "associate", "list-shared"]),
        ("owner mode", &["no-mode", "self", "other-accounts"]),
        ("caller", &["owner", "member", "accepted", "stranger"]),
        ("entity kind", &["vswitch", "image", "account", "folder", "directory"]),
        ("list form", &["ids", "arns", "targets", "ids+targets", "arns+targets"]),
        ("list length", &["1", "2", "5", "6"]),
        (
            "position of the wrong entry",
            &["all-right", "first-wrong", "middle-wrong", "last-wrong"],
        ),
        ("format", &["json", "xml"]),
        ("method", &["get", "post-query", "post-body", "post-split"]),
        ("signature", &["signed-by-header", "signed-by-parameter"]),
        ("connection", &["fresh", "reused"]),
    ],
    // At first there are only values with which a call is accepted, so that no mistake hides what else
    // is combined.
    generations: &[&[3, 2, 1, 5, 5, 3, 1, 2, 4, 2, 2], &[3, 3, 4, 5, 5, 4, 4, 2, 4, 2, 2]],
    forbidden: &[
        (
            "AssociateResourceShare has no owner mode",
            &[("operation", &["associate"]), ("owner mode", &["self", "other-accounts"])],
        ),
        (
            "lists of what is shared need an owner mode",
            &[("operation", &["list-shared"]), ("owner mode", &["no-mode"])],
        ),
        (
            "resources are no principals",
            &[("entity kind", &["vswitch", "image"]), ("list form", &["targets"])],
        ),
        (
            "principals are no resources",
            &[
                ("entity kind", &["account", "folder", "directory"]),
                ("list form", &["ids", "arns", "ids+targets", "arns+targets"]),
            ],
        ),
        (
            "a list is of resources or of principals",
            &[("operation", &["list-shared"]), ("list form", &["ids+targets", "arns+targets"])],
        ),
        (
            "what a filter makes of a wrong entry is open",
            &[
                ("operation", &["list-shared"]),
                ("position of the wrong entry", &["first-wrong", "middle-wrong", "last-wrong"]),
            ],
        ),
        (
            "the only entry is the first",
            &[
                ("list length", &["1"]),
                ("position of the wrong entry", &["middle-wrong", "last-wrong"]),
            ],
        ),
        (
            "what is signed in headers has its parameters in the query",
            &[("signature", &["signed-by-header"]), ("method", &["post-body", "post-split"])],
        ),
        (
            "two entries have no middle",
            &[("list length", &["2"]), ("position of the wrong entry", &["middle-wrong"])],
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
    operation: &'static str,
    mode: &'static str,
    caller: &'static str,
    kind: &'static str,
    form: &'static str,
    length: usize,
    wrong: &'static str,
    request: Form,
    reused: bool,
    id: String,
}

impl Combination {
    fn of(row: &Row) -> Option<Self> {
        let names = AXES.names(row)?;
        let [
            operation,
            mode,
            caller,
            kind,
            form,
            length,
            wrong,
            format,
            method,
            signed,
            connection,
        ] = names.as_slice().try_into().ok()?;
        Some(Self {
            operation,
            mode,
            caller,
            kind,
            form,
            length: length.parse().ok()?,
            wrong,
            request: request(format, method, signed),
            reused: connection == "reused",
            id: AXES.id(&names),
        })
    }

    /// The account of the caller.
    fn role(&self) -> &'static str {
        match self.caller {
            "member" => "member-a",
            "accepted" => "outsider",
            "stranger" => "quiet-owner",
            _ => "owner",
        }
    }

    /// Whether the caller names itself and nothing else, as who leaves does.
    fn leaves(&self) -> bool {
        let itself = self.kind == "account" && self.length == 1 && self.wrong == "all-right";
        itself && self.mode == "other-accounts" && self.operation == "disassociate"
    }

    /// The list that the entities stand in.
    fn list(&self) -> List {
        match self.form {
            "ids" | "ids+targets" => List::Resources,
            "arns" | "arns+targets" => List::Arns,
            _ => List::Targets,
        }
    }

    /// The n-th entity, counted from one. The first account of the crowd is a caller.
    fn entry(&self, number: usize) -> Value {
        match (self.kind, self.list()) {
            (_, List::Targets) if self.leaves() => account(self.role()).into(),
            ("folder", _) if number == 1 => "$folder.member-e".into(),
            ("directory", _) if number == 1 => "$directory.owner".into(),
            (_, List::Targets) => of_crowd(number + 1).into(),
            ("image", List::Resources) => {
                pair(Some("Image"), Some(format!("$id.owner.Image.{number}").into()))
            }
            ("image", List::Arns) => format!("$arn.owner.Image.{number}").into(),
            (_, list) => ordinary(list, number),
        }
    }

    /// An entry that means nothing.
    fn nonsense(&self) -> Value {
        match self.list() {
            List::Resources => pair(Some("Spaceship"), Some("ss-1".into())),
            List::Targets | List::Arns => "nobody".into(),
        }
    }

    /// Whether the entry at this place of the call means nothing.
    fn is_wrong(&self, number: usize) -> bool {
        match self.wrong {
            "first-wrong" => number == 1,
            "middle-wrong" => number == self.length.div_ceil(2),
            "last-wrong" => number == self.length,
            _ => false,
        }
    }

    /// The share of the management account: something beside what the call names, what the call
    /// removes or lists, and the relation of the caller.
    fn set_up(&self) -> Vec<Step> {
        let external = self.caller == "accepted";
        let mut steps: Vec<Step> =
            vec![if external { create_external("a") } else { create("a") }.into()];
        steps.push(associate("a").resource("VSwitch", 24).account("staff-16").into());
        if self.operation != "associate" {
            let numbers: Vec<usize> = (1..=self.length).filter(|_| !self.leaves()).collect();
            for some in numbers.chunks(5) {
                let name = self.list().parameter();
                let draft = some
                    .iter()
                    .fold(associate("a"), |draft, number| draft.entry(name, self.entry(*number)));
                steps.push(draft.into());
            }
            if self.form.ends_with("+targets") {
                steps.push(associate("a").account("staff-15").into());
            }
        }
        match self.caller {
            "member" => steps.push(associate("a").account("member-a").into()),
            "accepted" => steps.extend(join("a", "outsider")),
            _ => {}
        }
        if self.reused {
            let read = list_associations("a", "Target").form(self.request.clone());
            steps.push(read.into());
        }
        steps
    }

    fn call(&self) -> Draft {
        let draft = match (self.operation, self.list()) {
            ("associate", _) => associate("a"),
            ("list-shared", List::Targets) => list_scope("ListSharedTargets", "a", "Self"),
            ("list-shared", _) => list_scope("ListSharedResources", "a", "Self"),
            _ => disassociate("a"),
        };
        let draft = match self.mode {
            "self" => draft.mode("Self"),
            "other-accounts" => draft.mode("OtherAccounts"),
            _ => draft,
        };
        let draft = (1..=self.length).fold(draft, |draft, number| {
            let entry = if self.is_wrong(number) { self.nonsense() } else { self.entry(number) };
            match (self.operation, self.list(), entry.get("ResourceId")) {
                ("list-shared", List::Resources, Some(id)) => {
                    draft.entry("ResourceIds", id.clone())
                }
                (_, list, _) => draft.entry(list.parameter(), entry),
            }
        });
        let draft = match self.form.ends_with("+targets") {
            true => draft.account("staff-15"),
            false => draft,
        };
        draft.by(self.role()).form(self.request.clone())
    }

    /// What certainly holds of the call.
    fn provokes(&self) -> Vec<String> {
        let mut conditions = Vec::new();
        let list = self.list();
        if self.length > 5 {
            let ids = self.operation == "list-shared" && list == List::Resources;
            conditions.push(match ids {
                true => "resource-ids/over-limit".to_owned(),
                false => list.condition("over-limit"),
            });
        }
        if self.wrong != "all-right" {
            let end = if list == List::Resources { "type-unknown" } else { "malformed" };
            conditions.push(list.condition(end));
        }
        match (self.operation, self.mode, self.caller) {
            ("list-shared", ..) | (_, "no-mode" | "self", "owner") => {}
            (_, "no-mode" | "self", _) => conditions.push("share/foreign".to_owned()),
            (_, _, "owner") => conditions.push("share/own-as-other".to_owned()),
            _ if !self.leaves() => conditions.push("leave/arguments".to_owned()),
            (_, _, "member") => conditions.push("leave/inside-directory".to_owned()),
            (_, _, "stranger") => conditions.push("share/not-principal".to_owned()),
            _ => {}
        }
        conditions
    }

    fn case(&self) -> Case {
        let plan = case(self.id.clone()).about(FLOOR).steps(self.set_up()).test(self.call());
        let plan = if self.reused { plan.one_connection() } else { plan };
        plan.provoking(self.provokes()).done()
    }
}

fn request(format: &str, method: &str, signed: &str) -> Form {
    let (method, placement) = match method {
        "get" => (Method::Get, Placement::Query),
        "post-body" => (Method::Post, Placement::Body),
        "post-split" => (Method::Post, Placement::Split),
        _ => (Method::Post, Placement::Query),
    };
    let (signature, naming) = match signed {
        "signed-by-parameter" => (SignatureVersion::V2, Naming::Parameters),
        _ => (SignatureVersion::V3, Naming::Headers),
    };
    let format = Some(format.to_uppercase());
    Form { method, placement, naming, signature, format, ..Form::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axes::{DEFAULT_STRENGTH, tests::are_sound};
    use crate::covering::Space;

    #[test]
    fn the_axes_are_sound() {
        are_sound(AXES);
    }

    #[test]
    fn what_is_right_is_combined_in_calls_without_a_mistake() {
        let first = Space { generations: vec![AXES.generations[0].to_vec()], ..AXES.space() };
        let wrong = |case: &Case| !case.provokes.is_empty();
        let right: Vec<Row> = cases(DEFAULT_STRENGTH)
            .iter()
            .filter(|case| !wrong(case))
            .filter_map(|case| AXES.row_of(&case.id))
            .collect();
        let reached = first.coverage(&right, 2);
        assert_eq!(reached.covered, reached.coverable);
    }

    #[test]
    fn an_id_leads_back_to_its_case() {
        for id in ["alibaba/combined", "alibaba/combined/associate", "alibaba/create/valid/plain"] {
            assert_eq!(combined(id), None, "{id}");
        }
        let case = cases(DEFAULT_STRENGTH).pop().unwrap();
        assert_eq!(combined(&case.id), Some(case));
    }
}
