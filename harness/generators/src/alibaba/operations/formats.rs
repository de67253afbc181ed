//! Every operation, accepted and rejected, in XML and with its parameters in each place. The same call says
//! the same in XML as in JSON, and in a body as in the query.

use crate::alibaba::draft::{
    Draft, accept, associate, call, create, create_external, delete, disassociate,
    list_associations, list_invitations, list_scope, reject, rename,
};
use crate::alibaba::plan::{Plan, case, standard};
use crate::alibaba::rules::FLOOR;
use sharespec_wire::alibaba::{Form, Method, Naming, Placement, SignatureVersion};
use sharespec_wire::case::Case;

/// The ways in which XML is asked for, and each place of the parameters in JSON.
fn forms() -> [(&'static str, Form); 7] {
    let named = Form { naming: Naming::Both, format: Some("XML".to_owned()), ..Form::default() };
    let default =
        Form { naming: Naming::Parameters, signature: SignatureVersion::V2, ..Form::default() };
    let placed = |method, placement, format: &str| {
        let format = Some(format.to_owned());
        // Nobody writes parameters into a body whose request is signed in headers.
        let signature = match placement {
            Placement::Query => SignatureVersion::V3,
            Placement::Body | Placement::Split => SignatureVersion::V2,
        };
        Form { method, placement, naming: Naming::Both, signature, format, ..Form::default() }
    };
    [
        ("xml/format", named),
        ("xml/default", default),
        ("xml/post-body", placed(Method::Post, Placement::Body, "XML")),
        ("placed/get", placed(Method::Get, Placement::Query, "JSON")),
        ("placed/post-query", placed(Method::Post, Placement::Query, "JSON")),
        ("placed/post-body", placed(Method::Post, Placement::Body, "JSON")),
        ("placed/post-split", placed(Method::Post, Placement::Split, "JSON")),
    ]
}

/// The cases.
pub(in crate::alibaba) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, form) in forms() {
        let writer = Writer { name, form };
        cases.extend(writer.shares());
        cases.extend(writer.lists());
        cases.extend(writer.invitations());
        cases.extend(writer.directories());
    }
    cases
}

/// Writes the calls under test in one form.
struct Writer {
    name: &'static str,
    form: Form,
}

impl Writer {
    fn id(&self, end: &str) -> String {
        format!("alibaba/{}/{end}", self.name)
    }

    fn accepted(&self, plan: Plan, draft: Draft) -> Case {
        plan.about(FLOOR).test(draft.form(self.form.clone())).done()
    }

    fn rejected(&self, plan: Plan, good: Draft, bad: &Draft, condition: &str) -> Case {
        let plan = plan.about(FLOOR).test(good.form(self.form.clone()));
        plan.instead(bad).provoking([condition]).done()
    }

    /// One accepted and one rejected call on a share that holds the usual entities.
    fn both(&self, group: &str, good: &Draft, bad: &Draft, condition: &str) -> [Case; 2] {
        let plan = |end: &str| standard(self.id(&format!("{group}/{end}")));
        [
            self.accepted(plan("accepted"), good.clone()),
            self.rejected(plan("rejected"), good.clone(), bad, condition),
        ]
    }

    fn shares(&self) -> Vec<Case> {
        let other = "$share.a|swap";
        let named = |draft: Draft| draft.with("ResourceShareId", other);
        let remove = || disassociate("a").resource("VSwitch", 1).account("member-a");
        let add = || associate("a").resource("VSwitch", 3).account("member-c");
        let calls = [
            ("create", create("b"), create("b").without("ResourceShareName"), "share-name/missing"),
            ("update", rename("a", "c"), named(rename("a", "c")), "share/unknown"),
            ("delete", delete("a"), named(delete("a")), "share/unknown"),
            ("associate", add(), named(add()), "share/unknown"),
            ("disassociate", remove(), named(remove()), "share/unknown"),
        ];
        let cases = calls.iter();
        let cases = cases.flat_map(|(group, good, bad, why)| self.both(group, good, bad, why));
        let more = [
            ("create/chinese-name", create("b").with("ResourceShareName", "共享单元-甲")),
            ("update/chinese-name", rename("a", "c").with("ResourceShareName", "共享单元-乙")),
            ("update/external", rename("a", "c").with("AllowExternalTargets", true)),
        ];
        let more = more.map(|(end, draft)| self.accepted(standard(self.id(end)), draft));
        cases.chain(more).collect()
    }

    fn lists(&self) -> Vec<Case> {
        let scope = |operation: &str| list_scope(operation, "a", "Self");
        let lists = [
            ("list-associations", list_associations("a", "Resource")),
            ("list-shares", scope("ListResourceShares")),
            ("list-shared-resources", scope("ListSharedResources")),
            ("list-shared-targets", scope("ListSharedTargets")),
            ("list-invitations", list_invitations("a", "outsider")),
        ];
        let wrong = |draft: &Draft| draft.clone().with("MaxResults", "0");
        let cases = lists.iter();
        let cases = cases
            .flat_map(|(group, good)| self.both(group, good, &wrong(good), "max-results/invalid"));
        let pages = lists.iter().take(4).map(|(group, good)| {
            let plan = standard(self.id(&format!("{group}/pages")));
            self.accepted(plan.step(create("b")), good.clone().with("MaxResults", "1"))
        });
        let one = self.accepted(
            case(self.id("list-invitations/one"))
                .step(create_external("a"))
                .step(associate("a").account("outsider")),
            list_invitations("a", "outsider"),
        );
        cases.chain(pages).chain([one]).collect()
    }

    fn invitations(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        for (group, draft) in
            [("accept", accept("a", "outsider")), ("reject", reject("a", "outsider"))]
        {
            let plan = |end: &str| {
                case(self.id(&format!("{group}/{end}")))
                    .step(create_external("a"))
                    .step(associate("a").account("outsider"))
                    .step(list_invitations("a", "outsider"))
            };
            let id = "$invitation.a.outsider|swap";
            let bad = draft.clone().with("ResourceShareInvitationId", id);
            cases.push(self.accepted(plan("accepted"), draft.clone()));
            cases.push(self.rejected(plan("rejected"), draft, &bad, "invitation/unknown"));
        }
        cases
    }

    fn directories(&self) -> Vec<Case> {
        let plain = |end: &str| case(self.id(end));
        let check = call("owner", "CheckSharingWithResourceDirectoryStatus");
        let enable = call("member-a", "EnableSharingWithResourceDirectory");
        vec![
            self.accepted(plain("regions/accepted"), call("owner", "DescribeRegions")),
            self.accepted(plain("check-sharing/accepted"), check),
            plain("enable-sharing/rejected")
                .about(FLOOR)
                .test(enable.form(self.form.clone()))
                .provoking(["directory/not-management"])
                .done(),
        ]
    }
}
