//! A caller of a reference implementation that has some changes: it signs, sends, waits and reads.

use serde_json::{Value, json};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::world::World;
use sharespec_reference::answer::Answer;
use sharespec_reference::change::Change;
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_reference::platform::Platform;
use sharespec_wire::alibaba::{Credentials, Form, Malformed, Stamp, Tamper, decode_reply, encode};
use std::sync::{Arc, LazyLock};

/// When every script begins.
pub const START: i64 = 1_795_277_263_223;

/// The newest documents in the embedded world, shared by all tests.
pub static API: LazyLock<Arc<dyn Platform>> = LazyLock::new(|| api(&[]));
/// The same with the oldest document of the removal.
pub static OLDEST: LazyLock<Arc<dyn Platform>> =
    LazyLock::new(|| api(&["alibaba-disassociate-2020"]));

fn api(documents: &[&str]) -> Arc<dyn Platform> {
    let world = World::from_json(sharespec_fixtures::ALIBABA_EXTENDED_WORLD).unwrap();
    Arc::new(Alibaba::with_documents(world, documents).unwrap())
}

/// One call with its answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The call.
    pub call: Call,
    /// When it was sent.
    pub now: i64,
    /// Whether the request was wrong on purpose.
    pub tampered: bool,
    /// The answer.
    pub answer: Answer,
    /// The answer as it was read.
    pub reply: Result<Reply, Malformed>,
}

/// A caller.
pub struct Driver {
    /// What the target claims.
    pub api: &'static Arc<dyn Platform>,
    pipeline: Pipeline,
    /// The time.
    pub now: i64,
    /// How the next requests are written.
    pub form: Form,
    /// What was said.
    pub log: Vec<Exchange>,
    /// The ids of the shares and invitations that were met, and those to use if none can be read.
    pub met: Vec<String>,
    fallback: Vec<String>,
    count: u64,
}

impl Driver {
    /// A caller of a fresh target.
    pub fn new(changes: &[Change]) -> Self {
        Self::of(&API, changes)
    }

    /// A caller of a fresh target that claims some documents.
    pub fn of(api: &'static Arc<dyn Platform>, changes: &[Change]) -> Self {
        let blueprint = Blueprint::new(Arc::clone(api), changes).checking_signatures(true);
        Self {
            api,
            pipeline: Pipeline::new(Arc::new(blueprint), 7),
            now: START,
            form: Form::default(),
            log: Vec::new(),
            met: Vec::new(),
            fallback: Vec::new(),
            count: 0,
        }
    }

    /// The same, with the ids of another caller for what cannot be read.
    pub fn after(changes: &[Change], other: &Self) -> Self {
        Self { fallback: other.met.clone(), ..Self::of(other.api, changes) }
    }

    /// Calls until the answer is no throttling, and logs the last answer.
    pub fn call(&mut self, caller: &str, operation: &str, arguments: Value) -> Exchange {
        let arguments = arguments.as_object().cloned().unwrap_or_default();
        let call = Call { operation: operation.to_owned(), caller: caller.to_owned(), arguments };
        let mut exchange = self.send(&call);
        for _ in 0..3 {
            if !is_throttled(&exchange) {
                break;
            }
            self.now += 1000;
            exchange = self.send(&call);
        }
        self.log.push(exchange.clone());
        exchange
    }

    fn send(&mut self, call: &Call) -> Exchange {
        self.count += 1;
        let nonce = format!("nonce-{}", self.count);
        let request = {
            let mut credentials = credentials(&call.caller);
            if self.form.tamper == Some(Tamper::ForeignSecret) {
                credentials.access_key_secret = self::credentials("member-a").access_key_secret;
            }
            let stamp = Stamp { now_millis: self.now, nonce: &nonce, host: "target.test" };
            encode(call, &self.form, &credentials, &stamp)
        };
        let answer = self.pipeline.handle(&request, self.now);
        let reply = decode_reply(&answer.response, &call.operation, self.form.expected_format());
        let (now, tampered) = (self.now, self.form.tamper.is_some());
        let exchange = Exchange { call: call.clone(), now, tampered, answer, reply };
        self.now += 7;
        exchange
    }

    /// Sends one request twice, nonce and all.
    pub fn call_twice(&mut self, caller: &str, operation: &str, arguments: Value) {
        self.call(caller, operation, arguments.clone());
        self.count -= 1;
        self.now -= 7;
        self.call(caller, operation, arguments);
    }

    /// Whether some answer was another than the other caller's.
    pub fn differs_from(&self, other: &Self) -> bool {
        let same = |(one, other): (&Exchange, &Exchange)| one.answer == other.answer;
        self.log.len() != other.log.len() || !self.log.iter().zip(&other.log).all(same)
    }

    /// Lets time pass.
    pub fn wait(&mut self, millis: i64) {
        self.now += millis;
    }

    /// Notes an id, or takes the one that another caller met in its place.
    pub fn meet(&mut self, found: Option<String>) -> String {
        let expected = self.fallback.get(self.met.len()).cloned();
        let id = found.or(expected).unwrap_or_else(|| "rs-000000000000".to_owned());
        self.met.push(id.clone());
        id
    }

    /// Makes a share for anyone and waits until it is active.
    pub fn create(&mut self, caller: &str, mut arguments: Value) -> String {
        arguments["AllowExternalTargets"] = json!("true");
        self.create_closed(caller, arguments)
    }

    /// Makes a share as the arguments say, and waits until it is active.
    pub fn create_closed(&mut self, caller: &str, arguments: Value) -> String {
        let exchange = self.call(caller, "CreateResourceShare", arguments);
        self.wait(3000);
        let id = members(&exchange)
            .and_then(|members| text(&members["ResourceShare"]["ResourceShareId"]));
        self.meet(id)
    }

    /// Associates entities with a share and waits until they are.
    pub fn associate(&mut self, caller: &str, share: &str, mut arguments: Value) {
        arguments["ResourceShareId"] = share.into();
        self.call(caller, "AssociateResourceShare", arguments);
        self.wait(3000);
    }

    /// Removes entities from a share.
    pub fn remove(&mut self, caller: &str, share: &str, mut arguments: Value) -> Exchange {
        arguments["ResourceShareId"] = share.into();
        self.call(caller, "DisassociateResourceShare", arguments)
    }

    /// The rows of both kinds of a share, of one page.
    pub fn rows(&mut self, caller: &str, share: &str) -> Vec<Value> {
        let mut rows = Vec::new();
        for kind in ["Resource", "Target"] {
            let arguments = json!({ "AssociationType": kind, "ResourceShareIds": [share] });
            rows.extend(self.walk(caller, "ListResourceShareAssociations", arguments));
        }
        rows
    }

    /// The rows of a list over all its pages, of at most eight.
    pub fn walk(&mut self, caller: &str, operation: &str, mut arguments: Value) -> Vec<Value> {
        let mut rows = Vec::new();
        for _ in 0..8 {
            let exchange = self.call(caller, operation, arguments.clone());
            let Some(found) = members(&exchange) else { break };
            let lists = found.as_object().into_iter().flat_map(|members| members.values());
            rows.extend(lists.filter_map(Value::as_array).flatten().cloned());
            let token = text(&found["NextToken"]).filter(|token| !token.is_empty());
            let Some(token) = token else { break };
            arguments["NextToken"] = token.into();
        }
        rows
    }

    /// The id of the newest invitation to a share.
    pub fn invitation(&mut self, receiver: &str, share: &str) -> String {
        let arguments = json!({ "ResourceShareIds": [share] });
        let rows = self.walk(receiver, "ListResourceShareInvitations", arguments);
        let id = rows.first().and_then(|row| text(&row["ResourceShareInvitationId"]));
        self.meet(id)
    }

    /// Invites an account outside to a share, and lets it accept.
    pub fn join(&mut self, owner: &str, share: &str, role: &str) {
        self.associate(owner, share, json!({ "Targets": [account(role)] }));
        let id = self.invitation(role, share);
        let arguments = json!({ "ResourceShareInvitationId": id });
        self.call(role, "AcceptResourceShareInvitation", arguments);
        self.wait(3000);
    }
}

/// The keys of an account or of a user.
fn credentials(caller: &str) -> Credentials {
    let file = &API.world().file;
    if let Some(user) = file.users.get(caller) {
        return Credentials {
            access_key_id: user.access_key_id.clone(),
            access_key_secret: user.access_key_secret.clone(),
            security_token: user.security_token.clone(),
        };
    }
    let account = &file.accounts[caller];
    Credentials {
        access_key_id: account.access_key_id.clone(),
        access_key_secret: account.access_key_secret.clone(),
        security_token: None,
    }
}

/// The id of an account.
pub fn account(role: &str) -> String {
    API.world().account_id(API.world().account(role).unwrap()).to_owned()
}

/// A text.
pub fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The members of a success.
pub fn members(exchange: &Exchange) -> Option<Value> {
    match &exchange.reply {
        Ok(Reply { body: Body::Success(members), .. }) => Some(Value::Object(members.clone())),
        _ => None,
    }
}

/// The code of an error.
pub fn code(exchange: &Exchange) -> Option<String> {
    exchange.reply.as_ref().ok().and_then(|reply| reply.code().map(str::to_owned))
}

fn is_throttled(exchange: &Exchange) -> bool {
    let status = exchange.answer.response.status;
    status == 429
        || status == 503
        || code(exchange).is_some_and(|code| code.starts_with("Throttling"))
}
