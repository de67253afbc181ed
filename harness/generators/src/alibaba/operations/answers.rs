//! AcceptResourceShareInvitation and RejectResourceShareInvitation: by whom, when, and each condition
//! alone.

use crate::alibaba::draft::{
    Draft, accept, advance, associate, create_external, delete, disassociate, leave,
    list_invitations, reject,
};
use crate::alibaba::plan::{Plan, case};
use crate::odd::odd_texts;
use sharespec_wire::case::Case;

/// One of the two operations.
#[derive(Clone, Copy)]
struct Answer {
    group: &'static str,
    call: fn(&str, &str) -> Draft,
}

const ANSWERS: [Answer; 2] =
    [Answer { group: "accept", call: accept }, Answer { group: "reject", call: reject }];

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    ANSWERS.iter().flat_map(|answer| answer.cases()).collect()
}

impl Answer {
    fn cases(self) -> Vec<Case> {
        let mut cases = self.valid();
        cases.extend(self.wrong_ids());
        cases.extend(self.callers());
        cases.extend(self.answered());
        cases.push(self.expired());
        cases.extend(self.probes());
        cases
    }

    fn answer(self) -> Draft {
        (self.call)("a", "outsider")
    }

    fn invited(self, end: &str) -> Plan {
        case(format!("alibaba/{}/{end}", self.group))
            .step(create_external("a"))
            .step(associate("a").account("outsider"))
            .step(list_invitations("a", "outsider"))
    }

    fn valid(self) -> Vec<Case> {
        vec![
            self.invited("valid/alone").test(self.answer()).done(),
            case(format!("alibaba/{}/valid/beside-others", self.group))
                .step(create_external("a"))
                .step(associate("a").resource("VSwitch", 1).account("member-a"))
                .step(associate("a").account("outsider"))
                .step(list_invitations("a", "outsider"))
                .test(self.answer())
                .done(),
            self.invited("valid/one-of-two-shares")
                .step(create_external("b"))
                .step(associate("b").account("outsider"))
                .step(list_invitations("b", "outsider"))
                .test((self.call)("b", "outsider"))
                .done(),
            case(format!("alibaba/{}/valid/one-of-two-accounts", self.group))
                .step(create_external("a"))
                .step(associate("a").account("outsider").account("outsider-b"))
                .step(list_invitations("a", "outsider"))
                .step(list_invitations("a", "outsider-b"))
                .test((self.call)("a", "outsider-b"))
                .done(),
        ]
    }

    fn wrong(self, end: &str, condition: &str, draft: &Draft) -> Case {
        self.invited(end).test(self.answer()).instead(draft).provoking([condition]).done()
    }

    fn wrong_ids(self) -> Vec<Case> {
        let id = |text: &str| self.answer().with("ResourceShareInvitationId", text);
        let missing = self.answer().without("ResourceShareInvitationId");
        let mut cases = vec![
            self.wrong("invitation-id/missing", "invitation-id/missing", &missing),
            self.wrong("invitation-id/empty", "invitation-id/empty", &id("")),
        ];
        let malformed = [
            ("cut", "$invitation.a.outsider|cut"),
            ("pad", "$invitation.a.outsider|pad"),
            ("word", "nothing"),
            ("share", "$share.a"),
        ];
        let odd = odd_texts();
        let odd = odd.iter().step_by(5).map(|(name, text)| (*name, text.as_str()));
        // The other operation reads the same parameter: there, one of each is enough.
        let some = if self.group == "accept" { usize::MAX } else { 1 };
        for (name, text) in malformed.into_iter().chain(odd).take(some) {
            let end = format!("invitation-id/invalid/{name}");
            cases.push(self.wrong(&end, "invitation-id/invalid", &id(text)));
        }
        for edit in ["swap", "first", "last"].into_iter().take(some) {
            let text = format!("$invitation.a.outsider|{edit}");
            let end = format!("invitation/unknown/{edit}");
            cases.push(self.wrong(&end, "invitation/unknown", &id(&text)));
        }
        cases
    }

    /// Each relation of the caller to the invitation.
    fn callers(self) -> Vec<Case> {
        let by = |name: &str, role: &str| {
            let end = format!("invitation/foreign/{name}");
            self.wrong(&end, "invitation/foreign", &self.answer().by(role))
        };
        vec![by("another-outsider", "outsider-b"), by("sender", "owner"), by("member", "member-a")]
    }

    /// The invitation has been answered.
    fn answered(self) -> Vec<Case> {
        let after = |end: &str, first: Draft, condition: &str| {
            self.invited(end)
                .test(self.answer())
                .before([first.into()])
                .provoking([condition])
                .done()
        };
        vec![
            after("invitation/accepted", accept("a", "outsider"), "invitation/accepted"),
            after("invitation/rejected", reject("a", "outsider"), "invitation/rejected"),
        ]
    }

    /// An invitation can be answered for seven days; the list says when it is over.
    fn expired(self) -> Case {
        self.invited("invitation/expired")
            .test(self.answer())
            .before([advance(8 * 24), list_invitations("a", "outsider").into()])
            .provoking(["invitation/expired"])
            .done()
    }

    /// What became of an invitation after what it led to is over.
    fn probes(self) -> Vec<Case> {
        let after = |end: &str, draft: Draft| {
            self.invited(&format!("probe/{end}"))
                .test(self.answer())
                .before([accept("a", "outsider").into(), draft.into()])
                .done()
        };
        let mut cases =
            vec![after("share-deleted", delete("a")), after("left", leave("a", "outsider"))];
        if self.group == "accept" {
            // The removal of an invited principal is itself open.
            cases.push(
                self.invited("probe/invitee-removed")
                    .test(self.answer())
                    .step(disassociate("a").account("outsider"))
                    .done(),
            );
        }
        cases
    }
}
