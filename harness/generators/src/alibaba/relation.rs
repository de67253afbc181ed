//! The relations of an account to a share of the management account, and how each comes about.

use super::cast::directory;
use super::draft::{associate, disassociate, join, leave, list_invitations, reject};
use sharespec_wire::case::Step;

/// How an account stands to a share that it does not own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A principal inside the directory of the owner.
    Inside,
    /// No principal, and never invited.
    Stranger,
    /// Inside the directory of the owner, and no principal.
    Beside,
    /// Outside the directory: invited, and accepted.
    Accepted,
    /// Invited, and has not answered.
    Invited,
    /// Invited, and rejected.
    Rejected,
    /// Was a principal, and is none any more.
    Left,
}

/// A relation of an account to the share `a`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Relation {
    /// The name in ids of cases.
    pub(crate) name: &'static str,
    /// The account.
    pub(crate) caller: &'static str,
    /// How it stands to the share.
    pub(crate) standing: Standing,
    steps: fn() -> Vec<Step>,
}

/// Every relation but that of the owner.
pub(crate) const RELATIONS: &[Relation] = &[
    relation("member", "member-a", Standing::Inside, || principal("$account.member-a")),
    relation("account-in-folder", "member-e", Standing::Inside, || principal("$account.member-e")),
    relation("member-of-folder", "member-f", Standing::Inside, || principal("$folder.member-f")),
    relation("member-of-directory", "member-c", Standing::Inside, || principal("$directory.owner")),
    relation("member-of-root-folder", "member-d", Standing::Inside, || principal("$root.owner")),
    relation("member-elsewhere", "plain-member", Standing::Beside, Vec::new),
    relation("member-beside-folder", "member-d", Standing::Beside, || {
        principal("$folder.member-e")
    }),
    relation("other-management-account", "quiet-owner", Standing::Stranger, Vec::new),
    relation("other-directory", "quiet-member", Standing::Stranger, Vec::new),
    relation("accepted", "outsider", Standing::Accepted, || join("a", "outsider")),
    relation("invited", "outsider", Standing::Invited, || principal("$account.outsider")),
    relation("rejected", "outsider", Standing::Rejected, || {
        let mut steps = principal("$account.outsider");
        steps.push(list_invitations("a", "outsider").into());
        steps.push(reject("a", "outsider").into());
        steps
    }),
    relation("left", "outsider", Standing::Left, || {
        let mut steps = join("a", "outsider");
        steps.push(leave("a", "outsider").into());
        steps
    }),
    relation("removed", "outsider", Standing::Left, || {
        let mut steps = join("a", "outsider");
        steps.push(disassociate("a").account("outsider").into());
        steps
    }),
    relation("folder-removed", "member-f", Standing::Beside, || removed_group("$folder.member-f")),
    relation("directory-removed", "member-c", Standing::Beside, || {
        removed_group("$directory.owner")
    }),
    relation("stranger", "outsider-c", Standing::Stranger, Vec::new),
    relation("other-owner", "other-owner", Standing::Stranger, Vec::new),
];

const fn relation(
    name: &'static str,
    caller: &'static str,
    standing: Standing,
    steps: fn() -> Vec<Step>,
) -> Relation {
    Relation { name, caller, standing, steps }
}

fn principal(target: &str) -> Vec<Step> {
    vec![associate("a").target(target).into()]
}

/// What a folder or a directory stood for goes with it.
fn removed_group(target: &str) -> Vec<Step> {
    let mut steps = principal(target);
    steps.push(disassociate("a").target(target).into());
    steps
}

impl Relation {
    /// What brings the relation about. The share must allow principals outside.
    pub(crate) fn steps(&self) -> Vec<Step> {
        (self.steps)()
    }

    /// What holds of a removal by this account in mode Self.
    pub(crate) fn conditions_as_owner(&self) -> Vec<&'static str> {
        match directory(self.caller) {
            Some(_) => vec!["share/foreign"],
            None => vec!["share/foreign", "caller/no-directory"],
        }
    }

    /// Whether a share of this account's own would be in another directory, or in none.
    pub(crate) fn is_inside(&self) -> bool {
        directory(self.caller) == Some("owner")
    }
}
