//! What a request that is wrong on purpose is wrong in, found in the bytes that were sent: the suite
//! looks at them as a gateway would that knows the world's keys.

use crate::setup::Setup;
use sharespec_model::belief::{Belief, Window};
use sharespec_model::prediction::Wrong;
use sharespec_wire::alibaba::{Credentials, GatewayError, Keeper, Key};
use sharespec_wire::form::Form;
use sharespec_wire::http::Request;

/// The nonces that requests of a case used.
#[derive(Debug, Default)]
pub struct Nonces {
    used: Vec<Used>,
}

#[derive(Debug)]
struct Used {
    access_key_id: String,
    nonce: String,
    operation: String,
    form: Form,
}

impl Nonces {
    /// A request passed the gateway with this nonce.
    pub fn add(&mut self, access_key_id: &str, nonce: &str, operation: &str, form: &Form) {
        self.used.push(Used {
            access_key_id: access_key_id.to_owned(),
            nonce: nonce.to_owned(),
            operation: operation.to_owned(),
            form: form.clone(),
        });
    }

    /// The nonce of the last request for this operation that was signed in the same way.
    pub fn last(&self, access_key_id: &str, operation: &str, form: &Form) -> Option<&str> {
        let alike = |used: &&Used| {
            used.access_key_id == access_key_id
                && used.operation == operation
                && used.form.is_signed_as(form)
        };
        self.used.iter().rev().find(alike).map(|used| used.nonce.as_str())
    }
}

/// What is wrong with a request that was sent in `window` on our clock.
///
/// # Errors
/// The gateway's error for what cannot be read at all.
pub fn wrong(
    setup: &Setup,
    belief: &Belief,
    nonces: &Nonces,
    window: Window,
    request: &Request,
) -> Result<Wrong, GatewayError> {
    let credentials: Vec<Credentials> =
        setup.roles().filter_map(|role| setup.credentials(role)).collect();
    let keeper = Gatekeeper { setup, credentials, nonces, now: on_either_clock(belief, window) };
    let request = setup.api.without_path(request, &setup.manner.path);
    setup.api.inspect(&request, &keeper).map(|inspection| inspection.wrong)
}

/// The time by our clock and by the one that the target shows: its gateway may have either.
fn on_either_clock(belief: &Belief, window: Window) -> Window {
    match belief.offset == Window::ALWAYS {
        true => window,
        false => {
            let from = window.from.saturating_add(belief.offset.from);
            let to = window.to.saturating_add(belief.offset.to);
            window.join(Window::new(from, to))
        }
    }
}

struct Gatekeeper<'a> {
    setup: &'a Setup,
    credentials: Vec<Credentials>,
    nonces: &'a Nonces,
    now: Window,
}

impl Keeper for Gatekeeper<'_> {
    fn key(&self, access_key_id: &str) -> Option<Key<'_>> {
        let known = self.credentials.iter().find(|each| each.access_key_id == access_key_id)?;
        let token = known.security_token.as_deref();
        Some(Key { secret: &known.access_key_secret, token })
    }

    fn is_operation(&self, action: &str) -> bool {
        self.setup.api.spec().operation(action).is_some()
    }

    fn was_used(&self, access_key_id: &str, nonce: &str) -> bool {
        let used = &self.nonces.used;
        used.iter().any(|each| each.access_key_id == access_key_id && each.nonce == nonce)
    }

    fn now(&self) -> Window {
        self.now
    }

    fn region(&self) -> Option<&str> {
        Some(&self.setup.api.world().file.region)
    }
}

/// The credentials that a request is signed with: those of the caller, but for what a tamper says.
pub fn credentials(setup: &Setup, caller: &str, form: &Form) -> Option<Credentials> {
    let own = setup.credentials(caller)?;
    if !form.wants_foreign_secret() {
        return Some(own);
    }
    let others = setup.roles().filter_map(|role| setup.credentials(role));
    let foreign = others.map(|each| each.access_key_secret);
    let other = foreign.into_iter().find(|secret| *secret != own.access_key_secret)?;
    Some(Credentials { access_key_secret: other, ..own })
}
