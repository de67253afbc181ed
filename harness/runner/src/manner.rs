//! How a target wants to be called: who the caller is, further headers, the path; and what it is
//! declared not to have.

use crate::crash::Crashes;
use crate::hooks::Hooks;
use crate::process::Process;
use crate::setup::Setup;
use sharespec_model::call::Call;
use sharespec_wire::alibaba::{Credentials, Stamp};
use sharespec_wire::case::Hook;
use sharespec_wire::form::Form;
use sharespec_wire::http::Request;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How a target knows who calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    /// By access keys.
    #[default]
    Keys,
    /// By headers of its own.
    Headers,
    /// Not at all: it has one account, of this role.
    Single(String),
}

/// How a target wants to be called. Holds secrets, so it has no `Debug`.
#[derive(Clone, Default)]
pub struct Manner {
    /// How it knows who calls.
    pub identity: Identity,
    /// Headers of every request; `{role}`, `{account}` and `{key}` stand for the caller's.
    pub headers: Vec<(String, String)>,
    /// Headers of the requests of a role.
    pub role_headers: BTreeMap<String, Vec<(String, String)>>,
    /// Access keys that go before those of the world.
    pub keys: BTreeMap<String, Keys>,
    /// The path of the endpoint; empty for `/`.
    pub path: String,
    /// Operations that it is declared not to have.
    pub absent: BTreeSet<String>,
    /// Operations that it is declared to have: it is not asked for them before cases are played.
    pub present: BTreeSet<String>,
    /// Whether it is meant to check signatures, if that is declared.
    pub checks_signatures: Option<bool>,
    /// Its hooks.
    pub hooks: Hooks,
    /// Secrets beyond those of the callers.
    pub secrets: Vec<String>,
    /// The process that was started for it.
    pub process: Option<Arc<Process>>,
    pub(crate) crashes: Arc<Crashes>,
}

impl Manner {
    /// A target with this way of knowing who calls, which is declared not to have these operations.
    pub fn of(identity: Identity, absent: BTreeSet<String>) -> Self {
        Self { identity, absent, ..Self::default() }
    }

    /// Its own secrets: those of headers, and of the keys that go before the world's.
    pub fn own_secrets(&self) -> Vec<String> {
        let keys = self.keys.values().flat_map(|keys| [&keys.secret, &keys.token]);
        self.secrets.iter().chain(keys.flatten()).cloned().collect()
    }
}

/// The parts of a caller's keys that go before those of the world.
#[derive(Clone, Default)]
pub struct Keys {
    /// The access key.
    pub id: Option<String>,
    /// Its secret.
    pub secret: Option<String>,
    /// Its security token.
    pub token: Option<String>,
}

impl Setup {
    /// The keys of a role; none if the world has no such account, or the target no such caller.
    pub fn credentials(&self, role: &str) -> Option<Credentials> {
        if !self.may_call(role) {
            return None;
        }
        let file = &self.api.world().file;
        let own = self.manner.keys.get(role).cloned().unwrap_or_default();
        let variable =
            |name: &Option<String>| name.as_ref().and_then(|name| std::env::var(name).ok());
        if let Some(user) = file.users.get(role) {
            let secret = own.secret.or_else(|| variable(&user.access_key_secret_env));
            let token = own.token.or_else(|| variable(&user.security_token_env));
            return Some(Credentials {
                access_key_id: own.id.unwrap_or_else(|| user.access_key_id.clone()),
                access_key_secret: secret.unwrap_or_else(|| user.access_key_secret.clone()),
                security_token: token.or_else(|| user.security_token.clone()),
            });
        }
        let account = file.accounts.get(role)?;
        let secret = own.secret.or_else(|| variable(&account.access_key_secret_env));
        Some(Credentials {
            access_key_id: own.id.unwrap_or_else(|| account.access_key_id.clone()),
            access_key_secret: secret.unwrap_or_else(|| account.access_key_secret.clone()),
            security_token: own.token.or_else(|| variable(&account.security_token_env)),
        })
    }

    /// The roles of the world that may call: accounts and their users.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        let file = &self.api.world().file;
        file.accounts.keys().chain(file.users.keys()).map(String::as_str)
    }

    /// Whether requests of a role can be made at all.
    pub fn may_call(&self, role: &str) -> bool {
        match &self.manner.identity {
            Identity::Single(only) => only == role,
            Identity::Keys | Identity::Headers => true,
        }
    }

    /// The role that calls if nothing else matters: that of the one account, `owner`, or the first.
    pub fn first_role(&self) -> String {
        let accounts = &self.api.world().file.accounts;
        match &self.manner.identity {
            Identity::Single(role) => role.clone(),
            _ if accounts.contains_key("owner") => "owner".to_owned(),
            _ => accounts.keys().next().cloned().unwrap_or_default(),
        }
    }

    /// Whether the target has a hook.
    pub fn offers(&self, hook: Hook) -> bool {
        self.abilities.hooks || self.manner.hooks.of(hook).is_some()
    }

    /// A call as a request to this target.
    pub fn request(
        &self,
        call: &Call,
        form: &Form,
        credentials: &Credentials,
        stamp: &Stamp<'_>,
    ) -> Request {
        let mut request = self.api.encode(call, form, credentials, stamp);
        if !self.manner.path.is_empty() {
            let rest = request.target.strip_prefix('/').unwrap_or(&request.target);
            request.target = format!("{}{rest}", self.manner.path);
        }
        let world = self.api.world();
        let account = world.account(&call.caller).and_then(|each| world.account_file(each));
        let fill = |text: &str| {
            text.replace("{role}", &call.caller)
                .replace("{account}", account.map_or("", |account| account.id.as_str()))
                .replace("{key}", &credentials.access_key_id)
        };
        let own = self.manner.role_headers.get(&call.caller).into_iter().flatten();
        for (name, value) in own.chain(&self.manner.headers) {
            // What is said of a role goes before what is said of all.
            let name = name.to_ascii_lowercase();
            if !request.headers.iter().any(|(each, _)| *each == name) {
                request.headers.push((name, fill(value)));
            }
        }
        request
    }

    /// Every text that must not be shown.
    pub fn secrets(&self) -> Vec<String> {
        let credentials = self.roles().filter_map(|role| self.credentials(role));
        let mut secrets = self.manner.secrets.clone();
        for each in credentials {
            secrets.push(each.access_key_secret);
            secrets.extend(each.security_token);
        }
        secrets.retain(|secret| !secret.is_empty());
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.dedup();
        secrets
    }
}
