//! Parts of calls that are each wrong in one way, to be put together into calls that are wrong in
//! two.

use crate::alibaba::cast::{ARN_ONLY, List};
use crate::alibaba::draft::{Put, associate, disassociate, pair};
use sharespec_wire::case::Step;

/// One list of a call that is wrong in one way.
#[derive(Clone, Copy)]
pub(super) struct Fragment {
    /// The condition.
    pub(super) condition: &'static str,
    /// The condition instead, if something that the call names is associated.
    pub(super) beside: &'static str,
    /// Puts the list into a call.
    pub(super) put: Put,
    /// What must happen to the standard share before.
    pub(super) before: fn() -> Vec<Step>,
    /// What the condition is about.
    pub(super) nature: Nature,
}

/// What a condition is about, and so with what it can hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// The call alone; what the list names is associated.
    Call,
    /// The call alone; the list names nothing that is associated.
    Nothing,
    /// The state of what the list names: without a share there is none.
    State,
    /// The call alone, but with more entries than are put into a share for it.
    Crowd,
}

const fn fragment(condition: &'static str, nature: Nature, put: Put) -> Fragment {
    Fragment { condition, beside: condition, put, before: Vec::new, nature }
}

impl Fragment {
    const fn after(self, before: fn() -> Vec<Step>) -> Self {
        Self { before, ..self }
    }

    const fn beside(self, beside: &'static str) -> Self {
        Self { beside, ..self }
    }

    /// Whether it can hold of a call on no share.
    pub(super) fn is_of_call(&self) -> bool {
        self.nature != Nature::State
    }

    /// Whether the list names something that is in the standard share.
    pub(super) fn names_associated(&self) -> bool {
        matches!(self.nature, Nature::Call | Nature::Crowd)
    }
}

/// The wrong forms of `Targets`.
pub(super) const TARGETS: &[Fragment] = &[
    fragment("targets/over-limit", Nature::Call, |draft| draft.entries(List::Targets, 1..=6))
        .after(|| vec![associate("a").entries(List::Targets, 3..=6).into()]),
    fragment("targets/over-gateway", Nature::Crowd, |draft| draft.entries(List::Targets, 1..=21)),
    fragment("targets/duplicate", Nature::Call, |draft| draft.entries(List::Targets, [1, 1])),
    fragment("targets/malformed", Nature::Nothing, |draft| draft.target("nobody")),
    fragment("targets/not-associated", Nature::State, |draft| draft.account("member-f"))
        .beside("targets/some-not-associated"),
    fragment("targets/outside-directory", Nature::State, |draft| draft.account("outsider-c"))
        .beside("targets/some-outside-directory"),
    fragment("entities/ended", Nature::State, |draft| draft.account("member-b"))
        .after(|| vec![disassociate("a").account("member-b").into()]),
];

/// The wrong forms of `Resources`.
pub(super) const RESOURCES: &[Fragment] = &[
    fragment("resources/over-limit", Nature::Call, |draft| draft.entries(List::Resources, 1..=6))
        .after(|| vec![associate("a").entries(List::Resources, 3..=6).into()]),
    fragment("resources/over-gateway", Nature::Crowd, |draft| {
        draft.entries(List::Resources, 1..=21)
    }),
    fragment("resources/duplicate", Nature::Call, |draft| draft.entries(List::Resources, [1, 1])),
    fragment("resources/pair-broken", Nature::Nothing, |draft| {
        draft.entry("Resources", pair(Some("VSwitch"), None))
    }),
    fragment("resources/type-unknown", Nature::Nothing, |draft| {
        draft.pair("Spaceship", "$id.owner.VSwitch.1")
    }),
    fragment("resources/type-arn-only", Nature::Call, |draft| draft.resource(ARN_ONLY, 1))
        .after(|| vec![associate("a").arn(ARN_ONLY, 1).into()]),
    fragment("resources/unknown", Nature::State, |draft| {
        draft.pair("VSwitch", "$id.owner.VSwitch.1|swap")
    })
    .beside("resources/some-unknown"),
    fragment("resources/not-associated", Nature::State, |draft| draft.resource("VSwitch", 7))
        .beside("resources/some-not-associated"),
];

/// The wrong forms of `ResourceArns`.
pub(super) const ARNS: &[Fragment] = &[
    fragment("arns/over-limit", Nature::Call, |draft| draft.entries(List::Arns, 1..=6))
        .after(|| vec![associate("a").entries(List::Arns, 3..=6).into()]),
    fragment("arns/over-gateway", Nature::Crowd, |draft| draft.entries(List::Arns, 1..=21)),
    fragment("arns/duplicate", Nature::Call, |draft| draft.entries(List::Arns, [1, 1])),
    fragment("arns/malformed", Nature::Nothing, |draft| draft.entry("ResourceArns", "nothing")),
    fragment("arns/elsewhere", Nature::State, |draft| {
        draft.entry("ResourceArns", "$arn.owner.VSwitch.1|swap")
    })
    .beside("arns/some-elsewhere"),
    fragment("arns/not-associated", Nature::State, |draft| draft.arn("VSwitch", 7))
        .beside("arns/some-not-associated"),
];

/// The wrong forms of what is no single list.
pub(super) const LISTS: &[Fragment] = &[
    fragment("lists/empty", Nature::Nothing, |draft| draft),
    fragment("lists/conflict", Nature::Call, |draft| {
        draft.resource("VSwitch", 1).arn("VSwitch", 2)
    }),
];

/// Every wrong form of what a call names.
pub(super) fn all() -> impl Iterator<Item = &'static Fragment> {
    TARGETS.iter().chain(RESOURCES).chain(ARNS).chain(LISTS)
}
