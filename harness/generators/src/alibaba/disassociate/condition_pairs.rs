//! Pairs of conditions that hold of one call, each alone known from elsewhere, so that it is seen
//! which error wins. The documents do not say: any of the two is right, and success is wrong unless
//! both conditions admit it.

use super::fragments::{ARNS, Fragment, Nature, RESOURCES, TARGETS, all};
use crate::alibaba::cast::List;
use crate::alibaba::draft::{Draft, Put, associate, create_external, delete, disassociate};
use crate::alibaba::plan::{Plan, standard};
use sharespec_wire::case::{Case, Step};

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for share in NO_SHARE {
        cases.extend(all().filter(|each| share.goes_with(each)).map(|each| share.with(each)));
        cases.push(share.with_mode());
    }
    cases.extend(all().filter(|each| each.nature == Nature::Nothing).map(with_deleted));
    cases.extend(all().filter(|each| each.nature != Nature::Crowd).map(with_mode));
    for targets in usable(TARGETS) {
        let others = usable(RESOURCES).chain(usable(ARNS));
        cases.extend(others.map(|other| of_two_lists(targets, other)));
        cases.push(with_conflict(targets, |draft| draft.resource("VSwitch", 1).arn("VSwitch", 2)));
    }
    cases
        .extend(usable(RESOURCES).map(|each| with_conflict(each, |draft| draft.arn("VSwitch", 2))));
    cases
        .extend(usable(ARNS).map(|each| with_conflict(each, |draft| draft.resource("VSwitch", 2))));
    for list in List::ALL {
        cases.extend(within(list));
    }
    cases.extend(without_directory());
    cases.extend(one_id_of_two_types());
    cases.push(leaving_twice_wrong());
    cases
}

/// Those that need no crowd in the share.
fn usable(list: &'static [Fragment]) -> impl Iterator<Item = &'static Fragment> {
    list.iter().filter(|each| each.nature != Nature::Crowd)
}

fn named(one: &str, other: &str) -> String {
    format!("alibaba/disassociate/pairs/{}+{}", one.replace('/', "-"), other.replace('/', "-"))
}

fn base(id: String) -> Plan {
    standard(id).test(disassociate("a").resource("VSwitch", 1).account("member-a"))
}

fn pair(one: &str, other: &str, before: Vec<Step>, draft: &Draft) -> Case {
    base(named(one, other)).before(before).instead(draft).provoking([one, other]).done()
}

/// A way of naming a share that leads nowhere.
struct NoShare {
    condition: &'static str,
    /// Whether it is paired with everything, or only with what is wrong by itself.
    widely: bool,
    change: Put,
}

const NO_SHARE: &[NoShare] = &[
    NoShare {
        condition: "share-id/missing",
        widely: true,
        change: |draft| draft.without("ResourceShareId"),
    },
    NoShare {
        condition: "share-id/empty",
        widely: false,
        change: |draft| draft.with("ResourceShareId", ""),
    },
    NoShare {
        condition: "share-id/malformed",
        widely: false,
        change: |draft| draft.with("ResourceShareId", "$share.a|cut"),
    },
    NoShare {
        condition: "share/unknown",
        widely: false,
        change: |draft| draft.with("ResourceShareId", "$share.a|swap"),
    },
    NoShare { condition: "share/foreign", widely: true, change: |draft| draft.by("plain-member") },
];

impl NoShare {
    fn goes_with(&self, fragment: &Fragment) -> bool {
        match self.widely {
            true => fragment.is_of_call(),
            false => fragment.nature == Nature::Nothing,
        }
    }

    fn with(&self, fragment: &Fragment) -> Case {
        let draft = (self.change)((fragment.put)(disassociate("a")));
        pair(self.condition, fragment.condition, Vec::new(), &draft)
    }

    fn with_mode(&self) -> Case {
        let draft = (self.change)(disassociate("a").account("member-a").mode("Everyone"));
        pair(self.condition, "owner-mode/invalid", Vec::new(), &draft)
    }
}

/// The share is deleted, and nothing that ever was in it is named.
fn with_deleted(fragment: &Fragment) -> Case {
    let draft = (fragment.put)(disassociate("a"));
    pair("share/deleted", fragment.condition, vec![delete("a").into()], &draft)
}

fn with_mode(fragment: &Fragment) -> Case {
    let draft = (fragment.put)(disassociate("a")).mode("Everyone");
    pair("owner-mode/invalid", fragment.condition, (fragment.before)(), &draft)
}

fn of_two_lists(one: &Fragment, other: &Fragment) -> Case {
    let draft = (other.put)((one.put)(disassociate("a")));
    let label = |each: &Fragment, beside: &Fragment| match beside.names_associated() {
        true => each.beside,
        false => each.condition,
    };
    let mut before = (one.before)();
    before.extend((other.before)());
    pair(label(one, other), label(other, one), before, &draft)
}

/// Both ways of naming resources are used, and one list is wrong beside.
fn with_conflict(fragment: &Fragment, put: Put) -> Case {
    let draft = put((fragment.put)(disassociate("a")));
    pair("lists/conflict", fragment.beside, (fragment.before)(), &draft)
}

/// One list that is wrong in two ways.
fn within(list: List) -> Vec<Case> {
    let name = list.parameter();
    let malformed = |number: usize| match list {
        List::Resources => crate::alibaba::draft::pair(
            Some(&format!("Spaceship{number}")),
            Some(format!("ss-{number}").into()),
        ),
        List::Targets | List::Arns => format!("nobody-{number}").into(),
    };
    let wrong = if list == List::Resources { "type-unknown" } else { "malformed" };
    let twice = |times: usize| disassociate("a").entries(list, std::iter::repeat_n(1, times));
    let odd = |times: usize| disassociate("a").list(name, (1..=times).map(malformed));
    let stock = || vec![associate("a").entries(list, 3..=5).into()];
    let make = |one: &str, other: &str, before: Vec<Step>, draft: &Draft| {
        pair(&list.condition(one), &list.condition(other), before, draft)
    };
    vec![
        make("over-limit", "duplicate", Vec::new(), &twice(6)),
        make("over-gateway", "duplicate", Vec::new(), &twice(21)),
        make("over-limit", wrong, Vec::new(), &odd(6)),
        make("over-gateway", wrong, Vec::new(), &odd(21)),
        make("duplicate", wrong, Vec::new(), &twice(2).entry(name, malformed(1))),
        make("duplicate", "not-associated", Vec::new(), &disassociate("a").entries(list, [7, 7])),
        make("over-limit", "some-not-associated", stock(), &disassociate("a").entries(list, 1..=6)),
        make(
            "some-not-associated",
            wrong,
            Vec::new(),
            &disassociate("a").entries(list, [1, 7]).entry(name, malformed(1)),
        ),
    ]
}

/// The caller is in no directory: with a share of its own, and with none.
fn without_directory() -> Vec<Case> {
    let caller = "caller/no-directory";
    let role = "other-owner";
    let mut cases: Vec<Case> = NO_SHARE
        .iter()
        .filter(|share| share.condition != "share/foreign")
        .map(|share| {
            let draft = (share.change)(disassociate("a").account("member-a").by(role));
            pair(caller, share.condition, Vec::new(), &draft)
        })
        .collect();
    let own = |draft: Draft| draft.pair("VSwitch", format!("$id.{role}.VSwitch.1")).by(role);
    let stock = || vec![create_external("b").by(role).into(), own(associate("b")).into()];
    let nothing = all().filter(|each| each.nature == Nature::Nothing);
    cases.extend(nothing.map(|each| {
        let draft = (each.put)(disassociate("b").by(role));
        pair(caller, each.condition, stock(), &draft)
    }));
    let twice = own(own(disassociate("b")));
    let both = own(disassociate("b")).entry("ResourceArns", format!("$arn.{role}.VSwitch.1"));
    let mode = own(disassociate("b")).mode("Everyone");
    cases.push(pair(caller, "resources/duplicate", stock(), &twice));
    cases.push(pair(caller, "lists/conflict", stock(), &both));
    cases.push(pair(caller, "owner-mode/invalid", stock(), &mode));
    cases
}

/// One resource id under two types, of which one does not exist or is for ARNs only.
fn one_id_of_two_types() -> Vec<Case> {
    let id = "$id.owner.VSwitch.1";
    let twice = |kind: &str| disassociate("a").pair("VSwitch", id).pair(kind, id);
    let unknown = "$id.owner.VSwitch.1|swap";
    let neither = disassociate("a").pair("VSwitch", unknown).pair("PrefixList", unknown);
    let first = "resources/duplicate-id";
    vec![
        pair(first, "resources/type-unknown", Vec::new(), &twice("Spaceship")),
        pair(first, "resources/unknown", Vec::new(), &neither),
    ]
}

/// A member of the owner's directory wants to leave a share that nobody can leave.
fn leaving_twice_wrong() -> Case {
    standard(named("leave/inside-directory", "leave/type"))
        .test(disassociate("a").account("member-a"))
        .before([associate("a").resource("IpamPool", 1).into()])
        .instead(&crate::alibaba::draft::leave("a", "member-a"))
        .provoking(["leave/inside-directory", "leave/type"])
        .done()
}
