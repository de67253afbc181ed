//! Preflight: what must be known of a server before anything is judged. It is reachable, it is this
//! API, it knows the world's keys and resources, it tells accounts apart; which operations it has,
//! whether it checks signatures, and how long transitions take.

use crate::connection::{Connection, Sending};
use crate::setup::{Abilities, Setup, Target};
use serde_json::{Value, json};
use sharespec_model::alibaba::OPERATIONS;
use sharespec_model::api::Api;
use sharespec_model::call::{Body, Call, Reply};
use sharespec_wire::alibaba::{Form, Stamp, Tamper, decode_reply};
use sharespec_wire::exchange::Silence;

/// Why a target cannot be judged at all.
#[derive(Debug, thiserror::Error)]
pub enum PreflightError {
    /// Nothing answers.
    #[error("{url} cannot be reached: {reason}")]
    Unreachable {
        /// The target.
        url: String,
        /// What happened.
        reason: String,
    },
    /// It wants TLS.
    #[error("{url} wants TLS")]
    Tls {
        /// The target.
        url: String,
    },
    /// What answers is not this API.
    #[error("{url} answers, but not as this API does: {reason}")]
    NotThisApi {
        /// The target.
        url: String,
        /// What came.
        reason: String,
    },
    /// The keys of the world are not known.
    #[error("{url} does not know the access key of `{role}`: {answer}")]
    Keys {
        /// The target.
        url: String,
        /// The role.
        role: String,
        /// What came.
        answer: String,
    },
    /// The clocks are too far apart for signatures.
    #[error("{url} refuses the time of requests: {answer}")]
    Clock {
        /// The target.
        url: String,
        /// What came.
        answer: String,
    },
    /// The resources or accounts of the world are not known.
    #[error("{url} does not know what the world holds: {answer}")]
    World {
        /// The target.
        url: String,
        /// What came.
        answer: String,
    },
    /// Transitions do not end.
    #[error("on {url} an association did not end within {waited} ms")]
    NeverSettles {
        /// The target.
        url: String,
        /// How long was waited, in milliseconds.
        waited: u64,
    },
}

impl PreflightError {
    /// What to do next: the line to write in `sharespec.toml`, if there is one.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreachable { reason, .. } if reason.contains("certificate") => {
                "write `tls.ca = \"FILE\"` with the authority's certificate, or, if any certificate will do, \
                 `tls.insecure = true`; `tls.certificate = \"FILE\"` if the target wants one of the client"
            }
            Self::Unreachable { .. } => {
                "start the server, correct `url`, or write `start = \"COMMAND\"` to have it started; \
                 `sharespec serve` starts the reference implementation"
            }
            Self::Tls { .. } => "write `url = \"https://…\"`",
            Self::NotThisApi { .. } => {
                "write the URL at which the RPC endpoint itself is served, such as \
                 `url = \"http://127.0.0.1:8080\"`, and `path = \"/PREFIX/\"` if it is served below one"
            }
            Self::Keys { .. } => {
                "write the keys that the server knows: `roles.ROLE.key = \"ID\"` and \
                 `roles.ROLE.secret = { env = \"NAME\" }`; or `identity = \"headers\"`, or \
                 `identity = \"single\"` if it has one account; `signing = \"v3\"` or `\"v2\"` if \
                 signatures are wanted; or load the world of `sharespec world init` \
                 into the server, or describe the server's own with `world = \"world.json\"`"
            }
            Self::Clock { .. } => "set the clock of the server, or of this machine",
            Self::World { .. } => {
                "write a world file with the accounts and resources that the server has: \
                 `sharespec world init > world.json`, then `world = \"world.json\"`"
            }
            Self::NeverSettles { .. } => {
                "write `settle = MILLISECONDS` if transitions take longer; they have to end, as the wait flow \
                 of every client needs it"
            }
        }
    }

    /// Whether the target, and not the configuration, is the reason.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::NeverSettles { .. })
    }
}

/// Enabling has no arguments that could be wrong, and cannot be undone.
const UNPROBED: &str = "EnableSharingWithResourceDirectory";

/// What preflight found, in words for a person.
pub type Notes = Vec<String>;

/// Finds out what a server can do.
///
/// # Errors
/// [`PreflightError`] if it cannot be judged at all.
pub async fn preflight(setup: &Setup) -> Result<(Abilities, Notes), PreflightError> {
    let url = setup.base_url();
    let mut abilities = Abilities { tells_accounts_apart: true, ..Abilities::default() };
    let connection = setup
        .connect(false, setup.seed)
        .map_err(|reason| PreflightError::Unreachable { url: url.clone(), reason })?;
    let mut probe = Probe { setup, connection, url, nonce: 0 };
    // First, because the clock of the reference server may have been put forward.
    abilities.hooks = probe.hooks().await;
    probe.knows_keys_or_wants_tls().await?;
    let mut notes = Notes::new();
    for operation in OPERATIONS {
        if !setup.manner.absent.contains(*operation) && probe.is_absent(operation).await? {
            abilities.absent.insert((*operation).to_owned());
        }
    }
    // One operation has no probe that does no harm.
    let found = |each: &&str| {
        let absent = abilities.absent.contains(*each) || setup.manner.absent.contains(*each);
        *each != UNPROBED && !absent
    };
    if !abilities.absent.is_empty() && !OPERATIONS.iter().any(found) {
        let reason = "it has none of the operations".to_owned();
        return Err(PreflightError::NotThisApi { url: probe.url, reason });
    }
    notes.push(match probe.checks_signatures().await? {
        true => "the target checks signatures".to_owned(),
        false => "the target does not check signatures".to_owned(),
    });
    let needed = ["CreateResourceShare", "AssociateResourceShare", "ListResourceShareAssociations"];
    let has = |operation: &str| {
        !abilities.absent.contains(operation) && !setup.manner.absent.contains(operation)
    };
    if needed.iter().all(|operation| has(operation)) {
        probe.life(&mut abilities, &mut notes).await?;
    }
    Ok((abilities, notes))
}

/// What preflight sends with.
struct Probe<'a> {
    setup: &'a Setup,
    connection: Connection,
    url: String,
    nonce: u64,
}

/// An answer that is not an error of the target, or the error.
type Answer = Result<serde_json::Map<String, Value>, String>;

impl Probe<'_> {
    async fn reply(&mut self, call: &Call, form: &Form) -> Result<Reply, PreflightError> {
        let credentials =
            self.setup.credentials(&call.caller).ok_or_else(|| PreflightError::Keys {
                url: self.url.clone(),
                role: call.caller.clone(),
                answer: "the world has no such account".to_owned(),
            })?;
        let host = self.connection.host().to_owned();
        let form = &*self.setup.with_region(call, form);
        for attempt in 0..self.setup.pace.attempts {
            let now = self.connection.now();
            let (setup, nonce, prefix) = (self.setup, &mut self.nonce, &self.setup.prefix);
            let mut make = || {
                *nonce += 1;
                let nonce = format!("{prefix}probe-{nonce}");
                let stamp = Stamp { now_millis: now, nonce: &nonce, host: &host };
                setup.request(call, form, &credentials, &stamp)
            };
            let exchange = self.connection.send(Sending::default(), &mut make).await;
            let response = match exchange.response {
                Ok(response) => response,
                Err(silence) => return Err(self.silent(&silence)),
            };
            let reply = decode_reply(&response, &call.operation, form.expected_format());
            let again = response.status == 429
                || response.status == 503
                || reply.as_ref().is_ok_and(|reply| {
                    reply.code().is_some_and(|code| code.starts_with("Throttling"))
                });
            if again && attempt + 1 < self.setup.pace.attempts {
                self.connection.wait(100 << attempt.min(5)).await;
                continue;
            }
            return reply.map_err(|malformed| PreflightError::NotThisApi {
                url: self.url.clone(),
                reason: format!("{} with {malformed}", response.status),
            });
        }
        Err(self.silent(&Silence::NoAnswer("throttled".to_owned())))
    }

    fn silent(&self, silence: &Silence) -> PreflightError {
        let url = self.url.clone();
        match silence {
            Silence::NotHttp(reason) => PreflightError::NotThisApi { url, reason: reason.clone() },
            silence => PreflightError::Unreachable { url, reason: silence.to_string() },
        }
    }

    async fn ask(
        &mut self,
        caller: &str,
        operation: &str,
        arguments: Value,
    ) -> Result<Answer, PreflightError> {
        let call = call(caller, operation, arguments);
        let form = self.setup.form.clone();
        Ok(match self.reply(&call, &form).await?.body {
            Body::Success(members) => Ok(members),
            Body::Error { code, message, .. } => Err(format!("{code}: {message}")),
        })
    }

    async fn knows_keys_or_wants_tls(&mut self) -> Result<(), PreflightError> {
        let result = self.knows_keys().await;
        let (Err(error), Target::Url(target)) = (&result, &self.setup.target) else {
            return result;
        };
        let odd =
            matches!(error, PreflightError::Unreachable { .. } | PreflightError::NotThisApi { .. });
        match odd && target.wants_tls().await {
            true => Err(PreflightError::Tls { url: self.url.clone() }),
            false => result,
        }
    }

    async fn knows_keys(&mut self) -> Result<(), PreflightError> {
        let owner = self.setup.first_role();
        let (operation, arguments) = self.harmless();
        let answer = match self.ask(&owner, operation, arguments).await {
            // A target may have nothing but the one operation.
            Err(PreflightError::NotThisApi { .. }) => {
                self.ask(&owner, "DisassociateResourceShare", json!({})).await?
            }
            answer => answer?,
        };
        let refused = |answer: &String| {
            [
                "InvalidAccessKeyId",
                "MissingAccessKeyId",
                "MissingSignature",
                "SignatureDoesNotMatch",
                "IncompleteSignature",
                "Forbidden",
                "NoPermission",
            ]
            .iter()
            .any(|code| answer.starts_with(code))
        };
        match answer {
            Err(answer) if refused(&answer) => {
                Err(PreflightError::Keys { url: self.url.clone(), role: owner, answer })
            }
            Err(answer) if answer.starts_with("InvalidTimeStamp") => {
                Err(PreflightError::Clock { url: self.url.clone(), answer })
            }
            _ => Ok(()),
        }
    }

    /// A call that changes nothing, of an operation that is not declared absent.
    fn harmless(&self) -> (&'static str, Value) {
        match self.setup.manner.absent.contains("ListResourceShares") {
            false => ("ListResourceShares", json!({ "ResourceOwner": "Self", "MaxResults": "1" })),
            true => ("DisassociateResourceShare", json!({})),
        }
    }

    async fn hooks(&mut self) -> bool {
        match &mut self.connection {
            Connection::Builtin(_) => true,
            Connection::Url(url) => url.find_hooks().await,
        }
    }

    /// Whether an operation is not there: the gateway says so, or nothing of this API answers.
    async fn is_absent(&mut self, operation: &str) -> Result<bool, PreflightError> {
        let owner = self.setup.first_role();
        let call = call(&owner, operation, json!({}));
        if operation == UNPROBED {
            return Ok(false);
        }
        let form = self.setup.form.clone();
        match self.reply(&call, &form).await {
            Ok(reply) => {
                let code = reply.code().unwrap_or_default();
                let unknown =
                    ["InvalidAction", "InvalidApi", "UnsupportedOperation", "NotImplemented"];
                Ok(unknown.iter().any(|each| code.starts_with(each)) || reply.status == 501)
            }
            Err(PreflightError::NotThisApi { .. }) => Ok(true),
            Err(error) => Err(error),
        }
    }

    async fn checks_signatures(&mut self) -> Result<bool, PreflightError> {
        let owner = self.setup.first_role();
        let (operation, arguments) = self.harmless();
        let call = call(&owner, operation, arguments);
        let right = self.setup.form.clone();
        let wrong = Form { tamper: Some(Tamper::WrongSecret), ..right.clone() };
        let right = self.reply(&call, &right).await?;
        Ok(self.reply(&call, &wrong).await?.code() != right.code())
    }

    /// One share's life: the world's resources can be used, accounts are told apart, and how long
    /// a transition takes.
    async fn life(
        &mut self,
        abilities: &mut Abilities,
        notes: &mut Notes,
    ) -> Result<(), PreflightError> {
        let owner = self.setup.first_role();
        let name = format!("{}probe", self.setup.prefix);
        let made =
            self.ask(&owner, "CreateResourceShare", json!({ "ResourceShareName": name })).await?;
        let share = match made {
            Ok(members) => members
                .get("ResourceShare")
                .and_then(|share| share.get("ResourceShareId"))
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            Err(_) => return Ok(()),
        };
        let result = self.associations(&owner, &share, abilities, notes).await;
        let _ = self.ask(&owner, "DeleteResourceShare", json!({ "ResourceShareId": share })).await;
        result
    }

    async fn associations(
        &mut self,
        owner: &str,
        share: &str,
        abilities: &mut Abilities,
        notes: &mut Notes,
    ) -> Result<(), PreflightError> {
        abilities.tells_accounts_apart = self.tells_apart(owner, share).await?;
        if !abilities.tells_accounts_apart {
            let note = "the target does not tell the accounts of the world apart: write \
                        `identity = \"single\"` if it has one account, or `identity = \"headers\"`";
            notes.push(note.to_owned());
        }
        let Some(resource) =
            self.setup.api.world().file.resources.iter().find(|each| each.owner == owner)
        else {
            notes.push(format!("the world has no resource of `{owner}`"));
            return Ok(());
        };
        let resources = json!([{ "ResourceType": resource.kind, "ResourceId": resource.id }]);
        let arguments = json!({ "ResourceShareId": share, "Resources": resources });
        self.usable(owner, "AssociateResourceShare", &arguments).await?;
        let first = self.until_settled(owner, share).await?;
        self.usable(owner, "DisassociateResourceShare", &arguments).await?;
        let second = self.until_settled(owner, share).await?;
        abilities.settling = first.max(second);
        notes.push(format!("transitions end within {} ms", abilities.settling));
        Ok(())
    }

    async fn usable(
        &mut self,
        owner: &str,
        operation: &str,
        arguments: &Value,
    ) -> Result<(), PreflightError> {
        let unknown = [
            "InvalidParameter.Resources",
            "InvalidParameter.ResourceType",
            "InvalidParameter.Targets",
        ];
        match self.ask(owner, operation, arguments.clone()).await? {
            Err(answer) if unknown.iter().any(|code| answer.starts_with(code)) => {
                Err(PreflightError::World { url: self.url.clone(), answer })
            }
            // Whatever else it answers is for the cases to judge.
            _ => Ok(()),
        }
    }

    async fn tells_apart(&mut self, owner: &str, share: &str) -> Result<bool, PreflightError> {
        let others = self.setup.api.world().file.accounts.keys();
        let callers = others.filter(|role| *role != owner && self.setup.may_call(role));
        let Some(other) = callers.into_iter().next().cloned() else {
            return Ok(true);
        };
        let arguments = json!({ "ResourceOwner": "Self", "ResourceShareIds": [share] });
        let answer = self.ask(&other, "ListResourceShares", arguments).await?;
        let seen =
            answer.ok().and_then(|members| members.get("ResourceShares")?.as_array().cloned());
        Ok(seen.is_none_or(|rows| rows.is_empty()))
    }

    async fn until_settled(&mut self, owner: &str, share: &str) -> Result<u64, PreflightError> {
        let started = self.connection.now();
        let deadline = self.setup.pace.settle_deadline;
        let mut pause = 5;
        loop {
            let arguments = json!({ "AssociationType": "Resource", "ResourceShareIds": [share] });
            let answer = self.ask(owner, "ListResourceShareAssociations", arguments).await?;
            let waited = u64::try_from(self.connection.now() - started).unwrap_or(0);
            let rows = answer
                .ok()
                .and_then(|members| members.get("ResourceShareAssociations")?.as_array().cloned());
            let moving = rows.iter().flatten().any(|row| {
                let status = row.get("AssociationStatus").and_then(Value::as_str);
                matches!(status, Some("Associating" | "Disassociating"))
            });
            if !moving {
                return Ok(waited);
            }
            if waited > deadline {
                return Err(PreflightError::NeverSettles { url: self.url.clone(), waited });
            }
            self.connection.wait(pause).await;
            pause = (pause * 3 / 2 + 1).min(500);
        }
    }
}

fn call(caller: &str, operation: &str, arguments: Value) -> Call {
    Call {
        operation: operation.to_owned(),
        caller: caller.to_owned(),
        arguments: arguments.as_object().cloned().unwrap_or_default(),
    }
}
