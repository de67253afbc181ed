//! Calls beside the cases: of preflight, of the question whether a target is still there, and of
//! `sharespec cleanup`.

use super::PreflightError;
use crate::connection::{Connection, Sending};
use crate::setup::Setup;
use serde_json::{Map, Value, json};
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::names::{Operation, Own};
use sharespec_model::observation::Observed;
use sharespec_oracles::floor;
use sharespec_reference::platform::Platform;
use sharespec_wire::alibaba::Stamp;
use sharespec_wire::exchange::Silence;
use sharespec_wire::form::{Form, Format};
use sharespec_wire::http::Response;
use std::sync::Arc;

/// What sends beside the cases.
pub(crate) struct Probe<'a> {
    pub(super) setup: &'a Setup,
    pub(super) connection: Connection,
    pub(super) url: String,
    purpose: &'static str,
    nonce: u64,
}

/// What came of a request.
pub(crate) enum Heard {
    /// A reply.
    Reply(Reply),
    /// What no reply may look like, but this API all the same: the cases will judge it.
    Odd,
    /// Something else, in words.
    Foreign(String),
    /// Nothing.
    Silence(Silence),
}

impl Heard {
    /// The members of a success.
    pub(crate) fn success(self) -> Option<Map<String, Value>> {
        match self {
            Self::Reply(Reply { body: Body::Success(members), .. }) => Some(members),
            _ => None,
        }
    }

    /// Status and code of an error.
    pub(crate) fn error(&self) -> Option<(u16, &str)> {
        match self {
            Self::Reply(reply) => reply.code().map(|code| (reply.status, code)),
            _ => None,
        }
    }
}

/// Every reply of this API, however broken, names its request.
fn names_a_request(response: &Response) -> bool {
    let name = b"RequestId";
    let header = |(name, _): &(String, String)| name.starts_with("x-amzn-");
    response.body.windows(name.len()).any(|each| each == name)
        || response.headers.iter().any(header)
}

impl<'a> Probe<'a> {
    /// What sends for a purpose, which stands in its nonces.
    ///
    /// # Errors
    /// If there is no way to the target.
    pub(crate) fn new(setup: &'a Setup, purpose: &'static str) -> Result<Self, PreflightError> {
        let url = setup.base_url();
        match setup.connect(false, setup.seed) {
            Ok(connection) => Ok(Self { setup, connection, url, purpose, nonce: 0 }),
            Err(reason) => Err(PreflightError::Unreachable { url, reason }),
        }
    }
}

impl Probe<'_> {
    /// The API of the target.
    pub(crate) fn api(&self) -> &Arc<dyn Platform> {
        &self.setup.api
    }

    /// Lets time pass.
    pub(crate) async fn wait(&mut self, millis: u64) {
        self.connection.wait(millis).await;
    }

    /// Where the target listens.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Sends a call in a form of its own.
    ///
    /// # Errors
    /// If the world has no such caller.
    pub(super) async fn hear(&mut self, call: &Call, form: &Form) -> Result<Heard, PreflightError> {
        let credentials =
            self.setup.credentials(&call.caller).ok_or_else(|| PreflightError::Keys {
                url: self.url.clone(),
                role: call.caller.clone(),
                answer: "the world has no such account".to_owned(),
            })?;
        let host = self.connection.host().to_owned();
        let attempts = self.setup.pace.attempts;
        for attempt in 0..attempts {
            let now = self.connection.now();
            let (setup, nonce, prefix) = (self.setup, &mut self.nonce, &self.setup.prefix);
            let purpose = self.purpose;
            let mut make = || {
                *nonce += 1;
                let nonce = format!("{prefix}{purpose}-{nonce}");
                let stamp = Stamp { now_millis: now, nonce: &nonce, host: &host };
                setup.request(call, form, &credentials, &stamp)
            };
            let response = match self.connection.send(Sending::default(), &mut make).await.response
            {
                Ok(response) => response,
                // It answers, if badly.
                Err(Silence::Cut(_) | Silence::TooLarge(_)) => return Ok(Heard::Odd),
                Err(Silence::NotHttp(reason)) => return Ok(Heard::Foreign(reason)),
                Err(silence) => return Ok(Heard::Silence(silence)),
            };
            let asked = form.expected_format().unwrap_or(Format::Json);
            let operation = self.setup.api.spec().operation(&call.operation);
            let operation = operation.unwrap_or(self.setup.api.spec().gateway());
            let reply = floor::read(&*self.setup.api, operation, &response, asked);
            let reply = reply.map(|(reply, _)| reply);
            let code = reply.as_ref().ok().and_then(Reply::code).unwrap_or_default();
            if matches!(response.status, 429 | 503) || code.starts_with("Throttling") {
                self.connection.wait(100 << attempt.min(5)).await;
                continue;
            }
            return Ok(match reply {
                Ok(reply) => Heard::Reply(reply),
                Err(_) if names_a_request(&response) => Heard::Odd,
                Err(malformed) => Heard::Foreign(format!("{} with {malformed}", response.status)),
            });
        }
        Ok(Heard::Silence(Silence::NoAnswer(format!("throttled {attempts} times in a row"))))
    }

    /// Makes a call.
    ///
    /// # Errors
    /// If the world has no such caller.
    pub(crate) async fn ask(
        &mut self,
        caller: &str,
        operation: &str,
        arguments: Value,
    ) -> Result<Heard, PreflightError> {
        let form = self.setup.form.clone();
        self.hear(&call(caller, operation, arguments), &form).await
    }

    /// Makes a call of the suite's own.
    ///
    /// # Errors
    /// If the world has no such caller.
    pub(crate) async fn own(
        &mut self,
        caller: &str,
        own: Own<'_>,
    ) -> Result<Heard, PreflightError> {
        let (operation, arguments) = self.setup.api.own(own);
        self.ask(caller, operation, arguments).await
    }

    /// What a success shows.
    pub(super) fn shown(&self, own: Own<'_>, members: Map<String, Value>) -> Observed {
        self.setup.api.read(self.setup.api.own(own).0, members)
    }

    /// Calls that change nothing, of operations that are not declared absent.
    pub(super) fn harmless(&self) -> Vec<Operation> {
        let api = &self.setup.api;
        let mut calls = vec![api.own(Own::Shares(&[]))];
        calls.push((api.names().operations.disassociate, json!({})));
        calls.extend(api.harmless().iter().map(|operation| (*operation, json!({}))));
        calls.retain(|(operation, _)| !self.setup.manner.absent.contains(*operation));
        calls
    }
}

pub(super) fn call(caller: &str, operation: &str, arguments: Value) -> Call {
    Call {
        operation: operation.to_owned(),
        caller: caller.to_owned(),
        arguments: arguments.as_object().cloned().unwrap_or_default(),
    }
}
