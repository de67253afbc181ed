//! The Terraform provider against the reference implementation: the calls that it sends, in their
//! order and as its client writes them, what it waits for, and what it makes of each answer.
//!
//! This says that `serve` is useful to a client that exists. It is no rule of the suite: a lawful
//! server may break the provider, and one of the tests shows one that does. The five seconds
//! between two polls pass on the server's clock only.

use reqwest::Method;
use serde_json::{Map, Value, json};
use sharespec_model::alibaba::Alibaba;
use sharespec_model::call::Call;
use sharespec_model::world::{World, WorldFile};
use sharespec_reference::change::Change;
use sharespec_reference::faults::fault;
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_reference::platform::Platform;
use sharespec_reference::variants::variant;
use sharespec_server::{Options, bind, serve};
use sharespec_wire::alibaba::{Credentials, Form, Stamp, encode};
use std::sync::Arc;
use tokio::task::JoinHandle;

/// How long the provider waits before each poll.
const POLL_MILLIS: u64 = 5000;

/// How many polls it takes at most: eleven minutes of them.
const POLLS: usize = 132;

/// How many polls in a row may find nothing before it gives up.
const ABSENT_POLLS: usize = 20;

/// How often it sends a call again that was throttled.
const ATTEMPTS: usize = 10;

/// What the provider polls.
#[derive(Clone, Copy)]
enum Watched<'a> {
    Share { id: &'a str },
    Target { share: &'a str, id: &'a str },
    Resource { share: &'a str, id: &'a str, kind: &'a str },
}

impl Watched<'_> {
    /// The call that it polls with.
    fn call(self, region: &str) -> (&'static str, Value) {
        let associations = "ListResourceShareAssociations";
        match self {
            Self::Share { id } => (
                "ListResourceShares",
                json!({"ResourceOwner": "Self", "MaxResults": 1, "ResourceShareIds": [id]}),
            ),
            Self::Target { share, id } => (
                associations,
                json!({
                    "AssociationType": "Target", "Target": id,
                    "ResourceShareIds": [share], "RegionId": region,
                }),
            ),
            Self::Resource { share, id, .. } => (
                associations,
                json!({
                    "AssociationType": "Resource", "ResourceId": id,
                    "ResourceShareIds": [share], "RegionId": region,
                }),
            ),
        }
    }

    /// The status in the row of what is watched, if this is it.
    fn status(self, row: &Value) -> Option<String> {
        let expected: &[(&str, &str)] = match self {
            Self::Share { id } => &[("ResourceShareId", id)],
            Self::Target { share, id } => &[("ResourceShareId", share), ("EntityId", id)],
            Self::Resource { share, id, kind } => {
                &[("ResourceShareId", share), ("EntityId", id), ("EntityType", kind)]
            }
        };
        let is_it = expected.iter().all(|(member, value)| row[member] == *value);
        let member = match self {
            Self::Share { .. } => "ResourceShareStatus",
            Self::Target { .. } | Self::Resource { .. } => "AssociationStatus",
        };
        is_it.then(|| row[member].as_str().unwrap().to_owned())
    }

    /// The list that the rows are in.
    fn list(self) -> &'static str {
        match self {
            Self::Share { .. } => "ResourceShares",
            Self::Target { .. } | Self::Resource { .. } => "ResourceShareAssociations",
        }
    }
}

/// The provider, with a server of its own.
struct Provider {
    http: reqwest::Client,
    host: String,
    world: WorldFile,
    credentials: Credentials,
    sent: Vec<&'static str>,
    server: JoinHandle<()>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Provider {
    /// Starts a server that differs from the default by `changes`.
    async fn start(changes: &[Change]) -> Self {
        Self::start_on(|api| Blueprint::new(api, changes)).await
    }

    /// Starts a server of a blueprint that checks signatures.
    async fn start_on(blueprint: impl FnOnce(Arc<dyn Platform>) -> Blueprint) -> Self {
        let world: WorldFile = serde_json::from_str(sharespec_fixtures::ALIBABA_WORLD).unwrap();
        let owner = &world.accounts["owner"];
        let credentials = Credentials {
            access_key_id: owner.access_key_id.clone(),
            access_key_secret: owner.access_key_secret.clone(),
            security_token: None,
        };
        let api = Alibaba::new(World::new(world.clone()).unwrap()).unwrap();
        let blueprint = blueprint(Arc::new(api)).checking_signatures(true);
        let pipeline = Pipeline::new(Arc::new(blueprint), 1);
        let listener = bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let server = tokio::spawn(async {
            let never = std::future::pending();
            serve(listener, Box::new(pipeline), Options::default(), never).await.unwrap();
        });
        let http = reqwest::Client::new();
        Self { http, host, world, credentials, sent: Vec::new(), server }
    }

    /// Lets time pass on the server's clock and says what time it is then.
    async fn pass(&self, millis: u64) -> i64 {
        let url = format!("http://{}/_sharespec/advance-clock?millis={millis}", self.host);
        let bytes = self.http.post(url).send().await.unwrap().bytes().await.unwrap();
        serde_json::from_slice::<Value>(&bytes).unwrap()["now"].as_i64().unwrap()
    }

    /// Sends a call once: the reply, or the code of the error.
    async fn send(&mut self, operation: &'static str, arguments: &Value) -> Result<Value, String> {
        let now_millis = self.pass(0).await;
        self.sent.push(operation);
        let nonce = format!("nonce-{}", self.sent.len());
        let stamp = Stamp { now_millis, nonce: &nonce, host: &self.host };
        let call = Call {
            operation: operation.to_owned(),
            caller: "owner".to_owned(),
            arguments: arguments.as_object().unwrap().clone(),
        };
        let form = Form::preset("tea-rpc-go").unwrap();
        let request = encode(&call, &form, &self.credentials, &stamp);
        let url = format!("http://{}{}", self.host, request.target);
        let mut sending = self.http.request(Method::POST, url).body(request.body);
        for (name, value) in &request.headers {
            sending = sending.header(name, value);
        }
        let answer = sending.send().await.unwrap();
        let succeeded = answer.status().is_success();
        let reply: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        match succeeded {
            true => Ok(reply),
            false => Err(reply["Code"].as_str().unwrap().to_owned()),
        }
    }

    /// Sends a call, again if it was throttled.
    async fn call(&mut self, operation: &'static str, arguments: &Value) -> Result<Value, String> {
        let mut answer = self.send(operation, arguments).await;
        for _ in 1..ATTEMPTS {
            match &answer {
                Err(code) if code == "ServiceUnavailable" || code.contains("Throttling") => {
                    self.pass(3000).await;
                    answer = self.send(operation, arguments).await;
                }
                _ => break,
            }
        }
        answer
    }

    /// The status of what is watched, if it is found, on whatever page.
    async fn read(&mut self, watched: Watched<'_>) -> Result<Option<String>, String> {
        let (operation, mut arguments) = watched.call(&self.world.region);
        loop {
            let reply = self.call(operation, &arguments).await?;
            let rows = reply[watched.list()].as_array().cloned().unwrap_or_default();
            if let Some(status) = rows.iter().find_map(|row| watched.status(row)) {
                return Ok(Some(status));
            }
            match reply["NextToken"].as_str().filter(|token| !token.is_empty()) {
                Some(token) if !rows.is_empty() => arguments["NextToken"] = json!(token),
                _ => return Ok(None),
            }
        }
    }

    /// Polls until the status is `wanted`; `failure` ends the wait.
    async fn wait(
        &mut self,
        watched: Watched<'_>,
        wanted: &str,
        failure: &str,
    ) -> Result<(), String> {
        let mut absent = 0;
        for _ in 0..POLLS {
            self.pass(POLL_MILLIS).await;
            match self.read(watched).await? {
                Some(status) if status == wanted => return Ok(()),
                Some(status) if status == failure => return Err(format!("it is {status}")),
                Some(_) => absent = 0,
                None => absent += 1,
            }
            if absent > ABSENT_POLLS {
                return Err("it cannot be found".to_owned());
            }
        }
        Err(format!("it is not {wanted}"))
    }

    async fn create_share(&mut self) -> Result<String, String> {
        let arguments = json!({"ResourceShareName": "terraform", "RegionId": self.world.region});
        let reply = self.call("CreateResourceShare", &arguments).await?;
        let id = reply["ResourceShare"]["ResourceShareId"].as_str().unwrap().to_owned();
        self.wait(Watched::Share { id: &id }, "Active", "").await?;
        Ok(id)
    }

    /// Associates and disassociates one entity.
    async fn create_and_destroy(
        &mut self,
        named: &Map<String, Value>,
        watched: Watched<'_>,
    ) -> Result<(), String> {
        let arguments = Value::Object(named.clone());
        let reply = self.call("AssociateResourceShare", &arguments).await?;
        // What it has just made it takes from the first row, which therefore must be that.
        let first = reply["ResourceShareAssociations"].get(0).ok_or("no association")?;
        watched.status(first).ok_or("another association")?;
        self.wait(watched, "Associated", "Failed").await?;
        self.read(watched).await?.ok_or("it is gone")?;
        self.call("DisassociateResourceShare", &arguments).await?;
        self.wait(watched, "Disassociated", "Failed").await
    }

    async fn delete_share(&mut self, id: &str) -> Result<(), String> {
        let watched = Watched::Share { id };
        self.read(watched).await?.ok_or("it is gone")?;
        self.call("DeleteResourceShare", &json!({"ResourceShareId": id})).await?;
        self.wait(watched, "Deleted", "Deleting").await
    }

    /// A share with a target and a resource, applied and destroyed.
    async fn play(&mut self) -> Result<(), String> {
        let member = self.world.accounts["member-a"].id.clone();
        let mut owned = self.world.resources.iter().filter(|resource| resource.owner == "owner");
        let resource = owned.find(|resource| resource.kind == "VSwitch").unwrap().clone();
        let share = self.create_share().await?;
        let named = json!({"ResourceShareId": share, "Targets": [member]});
        let watched = Watched::Target { share: &share, id: &member };
        self.create_and_destroy(named.as_object().unwrap(), watched).await?;
        let named = json!({
            "ResourceShareId": share,
            "Resources": [{"ResourceId": resource.id, "ResourceType": resource.kind}],
        });
        let (id, kind) = (resource.id.as_str(), resource.kind.as_str());
        let watched = Watched::Resource { share: &share, id, kind };
        self.create_and_destroy(named.as_object().unwrap(), watched).await?;
        self.delete_share(&share).await
    }
}

#[tokio::test]
async fn the_provider_applies_and_destroys() {
    let mut provider = Provider::start(&[]).await;
    assert_eq!(provider.play().await, Ok(()));
    // One poll is enough for each wait.
    let entity = [
        "AssociateResourceShare",
        "ListResourceShareAssociations",
        "ListResourceShareAssociations",
        "DisassociateResourceShare",
        "ListResourceShareAssociations",
    ];
    let mut expected = vec!["CreateResourceShare", "ListResourceShares"];
    expected.extend(entity.iter().chain(&entity));
    expected.extend(["ListResourceShares", "DeleteResourceShare", "ListResourceShares"]);
    assert_eq!(provider.sent, expected);
}

#[tokio::test]
async fn the_provider_is_patient_with_throttling() {
    let mut provider = Provider::start(&[*variant("throttled").unwrap()]).await;
    assert_eq!(provider.play().await, Ok(()));
    assert!(provider.sent.len() > 15, "nothing was throttled");
}

#[tokio::test]
async fn the_provider_fails_where_its_wait_cannot_end() {
    for (name, expected) in [
        ("record-vanishes", "it cannot be found"),
        ("removal-never-ends", "it is not Disassociated"),
        ("association-answers-nothing", "no association"),
    ] {
        let mut provider = Provider::start(&[*fault(name).unwrap()]).await;
        assert_eq!(provider.play().await, Err(expected.to_owned()), "{name}");
    }
}

#[tokio::test]
async fn a_lawful_server_may_break_the_provider() {
    let slow = |api| Blueprint::new(api, &[]).with_transition(8000);
    let mut provider = Provider::start_on(slow).await;
    assert_eq!(provider.play().await, Err("it is Deleting".to_owned()));
}
