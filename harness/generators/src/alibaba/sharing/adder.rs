//! The two calls that add entities, with the share that they add them to.

use crate::alibaba::cast::directory;
use crate::alibaba::draft::{Draft, associate, create};
use crate::alibaba::plan::{Plan, case};
use sharespec_wire::case::{Case, Step};

/// A call that adds entities to the share `a`.
#[derive(Clone, Copy)]
pub(super) struct Adder {
    /// AssociateResourceShare rather than CreateResourceShare.
    associates: bool,
    /// The owner of the share.
    owner: &'static str,
    /// Whether principals outside are allowed.
    external: bool,
}

/// Both calls by the management account, on a share for the directory alone.
pub(super) const BOTH: [Adder; 2] = [
    Adder { associates: true, owner: "owner", external: false },
    Adder { associates: false, owner: "owner", external: false },
];

/// AssociateResourceShare alone.
pub(super) const ASSOCIATE: Adder = BOTH[0];

impl Adder {
    /// By another account.
    pub(super) fn by(self, owner: &'static str) -> Self {
        Self { owner, ..self }
    }

    /// On a share for anyone.
    pub(super) fn external(self) -> Self {
        Self { external: true, ..self }
    }

    /// Whether the share is there before the call.
    pub(super) fn has_share(self) -> bool {
        self.associates
    }

    fn create(self) -> Draft {
        let draft = create("a").by(self.owner);
        if self.external { draft.with("AllowExternalTargets", true) } else { draft }
    }

    /// The call without entities.
    pub(super) fn call(self) -> Draft {
        if self.associates { associate("a").by(self.owner) } else { self.create() }
    }

    /// The call with something that is certainly in order.
    fn harmless(self) -> Draft {
        match directory(self.owner) {
            _ if !self.associates => self.call(),
            Some("owner") if self.owner != "owner" => self.call().account("owner"),
            _ => self.call().pair("VSwitch", format!("$id.{}.VSwitch.1", self.owner)),
        }
    }

    /// What was there before the call.
    pub(super) fn plan(self, end: &str) -> Plan {
        let group = if self.associates { "associate" } else { "create" };
        let place = if self.external { "open-share/" } else { "" };
        let owner = if self.owner == "owner" { String::new() } else { format!("{}/", self.owner) };
        let plan = case(format!("alibaba/{group}/{}", place_in(end, place, &owner)));
        if self.associates { plan.step(self.create()) } else { plan }
    }

    /// The call is accepted.
    pub(super) fn accepted(self, end: &str, put: impl Fn(Draft) -> Draft) -> Case {
        self.plan(end).test(put(self.call())).done()
    }

    /// The call is wrong, or open, for one reason.
    pub(super) fn wrong(self, end: &str, condition: &str, put: impl Fn(Draft) -> Draft) -> Case {
        self.wrong_after(end, condition, Vec::new(), put)
    }

    /// The same, and the reason lies in what came before.
    pub(super) fn wrong_after(
        self,
        end: &str,
        condition: &str,
        before: Vec<Step>,
        put: impl Fn(Draft) -> Draft,
    ) -> Case {
        let plan = self.plan(end).test(self.harmless());
        let plan = if before.is_empty() { plan } else { plan.before(before) };
        plan.instead(&put(self.call())).provoking([condition]).done()
    }
}

/// The end of an id with its place and its owner behind the group: `valid/open-share/other-owner/x`.
fn place_in(end: &str, place: &str, owner: &str) -> String {
    match end.rsplit_once('/') {
        Some((group, name)) => format!("{group}/{place}{owner}{name}"),
        None => format!("{place}{owner}{end}"),
    }
}
