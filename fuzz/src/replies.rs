//! Any bytes as an answer.

use sharespec_model::alibaba::{Alibaba, OPERATIONS};
use sharespec_model::api::Api;
use sharespec_model::call::Body;
use sharespec_model::spec::{MemberKind, Presence};
use sharespec_model::world::World;
use sharespec_oracles::shape;
use sharespec_wire::alibaba::{Format, decode_reply};
use sharespec_wire::http::Response;
use std::sync::LazyLock;

#[expect(clippy::expect_used, reason = "the embedded world and tables are tested elsewhere")]
static API: LazyLock<Alibaba> = LazyLock::new(|| {
    let world = World::from_json(sharespec_fixtures::ALIBABA_WORLD).expect("a world");
    Alibaba::new(world).expect("tables")
});

/// Decodes bytes as an answer to each operation in both formats and judges it. Nothing panics, and an answer
/// that lacks a member which is always there is never let pass. Says whether it was a success of some
/// operation.
pub fn reply_decoder(data: &[u8]) -> bool {
    let [first, body @ ..] = data else { return false };
    let statuses = [200, 200, 200, 400, 404, 409, 500, 204];
    let status = statuses.get(usize::from(*first) % statuses.len()).copied().unwrap_or(200);
    let mut decoded = false;
    for (asked, media) in [(Format::Json, "application/json"), (Format::Xml, "text/xml")] {
        let headers = vec![("content-type".to_owned(), format!("{media};charset=utf-8"))];
        let response = Response { status, headers, body: body.to_vec() };
        for operation in OPERATIONS {
            let Ok(reply) = decode_reply(&response, operation, asked) else { continue };
            let Body::Success(members) = &reply.body else { continue };
            let Some(spec) = API.spec().operation(operation) else { continue };
            decoded = true;
            let found = shape::judge(API.spec(), API.world(), spec, members);
            let lacking = spec.members.iter().find(|member| {
                // A list without entries may be left out.
                let plain = !member.path.contains(['[', '.'])
                    && member.path != "RequestId"
                    && member.kind != MemberKind::List;
                plain && member.presence == Presence::Always && !members.contains_key(&member.path)
            });
            assert!(
                lacking.is_none() || !found.is_empty(),
                "{operation} without {lacking:?} passes"
            );
            let _ = API.read(operation, members.clone());
        }
    }
    decoded
}
