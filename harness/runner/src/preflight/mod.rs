//! Preflight: what must be known of a server before anything is judged. It is reachable, it is this
//! API, it knows the world's keys and resources, it tells accounts apart; which operations it has,
//! whether it checks signatures, and how long transitions take.

mod error;
mod probe;

pub use error::PreflightError;
pub(crate) use probe::Probe;

use crate::connection::Connection;
use crate::setup::{Abilities, Setup, Target};
use probe::{Heard, call};
use serde_json::json;
use sharespec_model::call::{Body, Reply};
use sharespec_model::names::Own;
use sharespec_model::observation::Observed;
use sharespec_model::status::AssociationStatus;
use sharespec_model::world::Directory;
use sharespec_wire::exchange::Silence;
use sharespec_wire::form::Signing;

/// What preflight found, in words for a person.
pub type Notes = Vec<String>;

/// Finds out what a server can do.
///
/// # Errors
/// [`PreflightError`] if it cannot be judged at all.
pub async fn preflight(setup: &Setup) -> Result<(Abilities, Notes), PreflightError> {
    let mut abilities = Abilities { tells_accounts_apart: true, ..Abilities::default() };
    let mut probe = Probe::new(setup, "probe")?;
    // First, because the clock of the reference server may have been put forward.
    abilities.hooks = probe.hooks().await;
    probe.can_be_judged().await?;
    let mut notes = Notes::new();
    probe.find_absent(&mut abilities).await?;
    // Some operations have no probe that does no harm.
    let operations = &setup.api.names().operations;
    let found = |each: &&str| {
        let absent = abilities.absent.contains(*each) || setup.manner.absent.contains(*each);
        !operations.unprobed.contains(each) && !absent
    };
    if !abilities.absent.is_empty() && !operations.all.iter().any(found) {
        let reason = "it has none of the operations".to_owned();
        return Err(PreflightError::NotThisApi { url: probe.url, reason });
    }
    let checks = probe.checks_signatures().await?;
    abilities.checks_signatures = setup.manner.checks_signatures.unwrap_or(checks);
    notes.push(match checks {
        true => "the target checks signatures".to_owned(),
        false => "the target does not check signatures".to_owned(),
    });
    let needed = [operations.create, operations.associate, operations.list_associations];
    let has = |operation: &str| {
        !abilities.absent.contains(operation) && !setup.manner.absent.contains(operation)
    };
    if needed.iter().all(|operation| has(operation)) {
        probe.life(&mut abilities, &mut notes).await?;
    }
    Ok((abilities, notes))
}

impl Probe<'_> {
    async fn can_be_judged(&mut self) -> Result<(), PreflightError> {
        let result = self.is_this_api().await;
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

    /// Asks what does no harm, until one answer is of this API: a target may have nothing but one
    /// operation, or one that hangs.
    async fn is_this_api(&mut self) -> Result<(), PreflightError> {
        let owner = self.setup.first_role();
        let mut failure = None;
        for (operation, arguments) in self.harmless() {
            let url = self.url.clone();
            match self.ask(&owner, operation, arguments).await? {
                Heard::Reply(reply) => return self.knows_keys(owner, &reply),
                Heard::Odd => return Ok(()),
                Heard::Foreign(reason) => {
                    failure = Some(PreflightError::NotThisApi { url, reason });
                }
                Heard::Silence(silence) => {
                    let reason = silence.to_string();
                    failure.get_or_insert(PreflightError::Unreachable { url, reason });
                    // Whoever cannot be connected to need not be asked again.
                    if matches!(silence, Silence::Unreachable(_)) {
                        break;
                    }
                }
            }
        }
        failure.map_or(Ok(()), Err)
    }

    fn knows_keys(&self, role: String, reply: &Reply) -> Result<(), PreflightError> {
        let Body::Error { code, message, .. } = &reply.body else { return Ok(()) };
        let answer = format!("{code}: {message}");
        let refused = [
            "InvalidAccessKeyId",
            "MissingAccessKeyId",
            "MissingSignature",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "Forbidden",
            "NoPermission",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "AccessDeniedException",
        ];
        if refused.iter().any(|each| code.starts_with(each)) {
            return Err(PreflightError::Keys { url: self.url.clone(), role, answer });
        }
        match code.starts_with("InvalidTimeStamp") || code == "RequestExpired" {
            true => Err(PreflightError::Clock { url: self.url.clone(), answer }),
            false => Ok(()),
        }
    }

    async fn hooks(&mut self) -> bool {
        match &mut self.connection {
            Connection::Builtin(_) => true,
            Connection::InProcess(_) => false,
            Connection::Url(url) => url.find_hooks().await,
        }
    }

    /// Which operations are not there, and not declared so: the gateway says it, or nothing of this
    /// API answers.
    async fn find_absent(&mut self, abilities: &mut Abilities) -> Result<(), PreflightError> {
        let owner = self.setup.first_role();
        let mut silent = 0;
        let operations = &self.setup.api.names().operations;
        for operation in operations.all {
            // Whoever does not answer rejections would keep us waiting for each operation.
            let manner = &self.setup.manner;
            let declared =
                manner.absent.contains(*operation) || manner.present.contains(*operation);
            if declared || operations.unprobed.contains(operation) || silent > 1 {
                continue;
            }
            let absent = match self.ask(&owner, operation, json!({})).await? {
                Heard::Reply(reply) => says_absent(&reply),
                Heard::Foreign(_) => true,
                Heard::Odd => false,
                Heard::Silence(_) => {
                    silent += 1;
                    false
                }
            };
            if absent {
                abilities.absent.insert((*operation).to_owned());
            }
        }
        Ok(())
    }

    /// Whether a wrong signature is refused, of some call that is signed in some way: whoever checks
    /// some signatures is to check all.
    async fn checks_signatures(&mut self) -> Result<bool, PreflightError> {
        let owner = self.setup.first_role();
        let mut forms = vec![self.setup.form.clone()];
        for signing in [Signing::Newest, Signing::Older] {
            let form = self.setup.api.plain_form(signing);
            if !forms.iter().any(|each| each.is_signed_as(&form)) {
                forms.push(form);
            }
        }
        let mut first = true;
        for (operation, arguments) in self.harmless() {
            let call = call(&owner, operation, arguments);
            for form in &forms {
                let right = self.hear(&call, form).await?;
                if matches!(right, Heard::Silence(_)) {
                    break;
                }
                let wrong = self.hear(&call, &form.clone().with_wrong_secret()).await?;
                // Of several errors a call may be answered with another each time.
                let refused = wrong.error().is_some_and(|error| first || refuses_signature(error));
                if refused && wrong.error() != right.error() {
                    return Ok(true);
                }
                first = false;
            }
        }
        Ok(false)
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
        self.setup.life.making(&owner, &name);
        let heard = self.own(&owner, Own::Create(&name)).await?;
        self.setup.life.gone(usize::from(heard.error().is_some_and(|error| error.0 < 500)));
        let made = heard.success().map(|members| self.shown(Own::Create(&name), members));
        // What came instead is for the cases to judge.
        let Some(Observed::Share(Some(row))) = made else { return Ok(()) };
        let share = row.id.clone();
        let seer = self.seen_by_another(&owner, &share).await;
        let result = self.associations(&owner, &share, abilities, notes).await;
        // Whoever is shown another's share, and may not delete it, is told apart: the list is wrong.
        let taken = match &seer {
            Some(other) => self.deletes(other, &share).await,
            None => false,
        };
        let deleted = taken || self.deletes(&owner, &share).await;
        self.setup.life.gone(usize::from(deleted));
        // Whoever may delete it may be the same account, or one that the target should have refused.
        let apart = match &seer {
            Some(other) if taken => self.owns_apart(other, row.owner.as_deref()).await,
            Some(_) => deleted,
            None => true,
        };
        abilities.tells_accounts_apart = apart;
        if !abilities.tells_accounts_apart {
            let note = "the target does not tell the accounts of the world apart: write \
                        `identity = \"single\"` if it has one account, or `identity = \"headers\"`";
            notes.push(note.to_owned());
        }
        match result {
            // It may be the share that is unknown: then the cases say so.
            Err(PreflightError::World { .. }) if !deleted => {
                notes.push("the share that was made cannot be used".to_owned());
                Ok(())
            }
            result => result,
        }
    }

    async fn associations(
        &mut self,
        owner: &str,
        share: &str,
        abilities: &mut Abilities,
        notes: &mut Notes,
    ) -> Result<(), PreflightError> {
        let api = std::sync::Arc::clone(&self.setup.api);
        let Some(resource) = api.world().file.resources.iter().find(|each| each.owner == owner)
        else {
            notes.push(format!("the world has no resource of `{owner}`"));
            return Ok(());
        };
        self.associate(owner, Own::Associate(share, resource)).await?;
        let first = self.until_settled(owner, share).await?;
        self.own(owner, Own::Disassociate(share, resource)).await?;
        let second = self.until_settled(owner, share).await?;
        // Waiting in vain is more than any time.
        match first.max(second) {
            Ok(settling) => {
                abilities.settling = settling;
                notes.push(format!("transitions end within {settling} ms"));
                self.shares_with_members(owner, share, settling.max(50), notes).await?;
            }
            Err(waited) => {
                abilities.never_settles = true;
                notes.push(format!(
                    "a transition did not end within {waited} ms, and the wait flow of every client \
                     needs it to; write `settle = MILLISECONDS` if the target takes longer"
                ));
            }
        }
        Ok(())
    }

    /// Associates a member of the owner's directory. What comes is for the cases to judge, but if the
    /// target knows no such directory, a person should hear of it first.
    async fn shares_with_members(
        &mut self,
        owner: &str,
        share: &str,
        settling: u64,
        notes: &mut Notes,
    ) -> Result<(), PreflightError> {
        let file = &self.setup.api.world().file;
        let own =
            |each: &&Directory| each.sharing_enabled && each.members.iter().any(|m| m == owner);
        let Some(directory) = file.directories.iter().find(own) else { return Ok(()) };
        let member = directory.members.iter().find(|member| *member != owner);
        let Some((role, member)) = member.and_then(|role| Some((role, file.accounts.get(role)?)))
        else {
            return Ok(());
        };
        let names = self.setup.api.names();
        let targets = json!({ names.share_id: share, names.principals: [member.id] });
        let heard = self.ask(owner, names.operations.associate, targets.clone()).await?;
        if let Heard::Reply(Reply { body: Body::Error { code, message, .. }, .. }) = heard {
            notes.push(format!(
                "the target does not let `{owner}` share with `{role}`, a member of its directory {} \
                 ({code}: {message}): write `directories` in the world as the target has them",
                directory.id
            ));
            return Ok(());
        }
        self.connection.wait(settling).await;
        self.ask(owner, names.operations.disassociate, targets).await?;
        self.connection.wait(settling).await;
        Ok(())
    }

    /// Associates a resource of the world, which the target must know.
    async fn associate(&mut self, owner: &str, own: Own<'_>) -> Result<(), PreflightError> {
        let heard = self.own(owner, own).await?;
        let Heard::Reply(Reply { body: Body::Error { code, message, .. }, .. }) = heard else {
            return Ok(());
        };
        match matches!(
            code.as_str(),
            "InvalidParameter.Resources"
                | "InvalidParameter.ResourceType"
                | "MalformedArnException"
                | "UnknownResourceException"
        ) {
            true => Err(PreflightError::World {
                url: self.url.clone(),
                answer: format!("{code}: {message}"),
            }),
            // Whatever else it answers is for the cases to judge.
            false => Ok(()),
        }
    }

    /// The other account to which a share of the owner is shown, if one is.
    async fn seen_by_another(&mut self, owner: &str, share: &str) -> Option<String> {
        let others = self.setup.api.world().file.accounts.keys();
        let mut callers = others.filter(|role| *role != owner && self.setup.may_call(role));
        let other = callers.next().cloned()?;
        let ids = [share.to_owned()];
        let answer = self.own(&other, Own::Shares(&ids)).await.ok()?.success()?;
        match self.shown(Own::Shares(&ids), answer) {
            Observed::Shares(rows) if !rows.is_empty() => Some(other),
            _ => None,
        }
    }

    /// Whether a share that an account makes is another account's than this one.
    async fn owns_apart(&mut self, role: &str, owner: Option<&str>) -> bool {
        let name = format!("{}probe-apart", self.setup.prefix);
        self.setup.life.making(role, &name);
        let made = match self.own(role, Own::Create(&name)).await {
            Ok(heard) => {
                let refused = heard.error().is_some_and(|error| error.0 < 500);
                self.setup.life.gone(usize::from(refused));
                heard.success().map(|members| self.shown(Own::Create(&name), members))
            }
            Err(_) => None,
        };
        let Some(Observed::Share(Some(row))) = made else { return false };
        let deleted = self.deletes(role, &row.id).await;
        self.setup.life.gone(usize::from(deleted));
        owner.zip(row.owner.as_deref()).is_some_and(|(one, other)| one != other)
    }

    /// Whether an account can delete a share.
    async fn deletes(&mut self, role: &str, share: &str) -> bool {
        let heard = self.own(role, Own::Delete(share)).await;
        heard.is_ok_and(|heard| heard.success().is_some())
    }

    /// How long transitions took, or how long they were waited for in vain, in milliseconds.
    async fn until_settled(
        &mut self,
        owner: &str,
        share: &str,
    ) -> Result<Result<u64, u64>, PreflightError> {
        let started = self.connection.now();
        let deadline = self.setup.pace.settle_deadline;
        let mut pause = 5;
        loop {
            let own = Own::Associations { share, resources: true };
            let answer = self.own(owner, own).await?;
            let waited = u64::try_from(self.connection.now() - started).unwrap_or(0);
            let rows = answer.success().map(|members| self.shown(own, members));
            let moving = match rows {
                Some(Observed::Associations(rows)) => {
                    rows.iter().any(|row| row.status.is_some_and(AssociationStatus::in_transition))
                }
                _ => false,
            };
            if !moving {
                return Ok(Ok(waited));
            }
            if waited > deadline {
                return Ok(Err(waited));
            }
            self.connection.wait(pause).await;
            pause = (pause * 3 / 2 + 1).min(500);
        }
    }
}

/// Whether a target answers a call that does no harm, with whatever, asked twice.
pub(crate) async fn answers(setup: &Setup) -> bool {
    let Ok(mut probe) = Probe::new(setup, "still-there") else { return false };
    for _ in 0..2 {
        let Some((operation, arguments)) = probe.harmless().into_iter().next() else { return true };
        let heard = probe.ask(&setup.first_role(), operation, arguments).await;
        if !matches!(heard, Ok(Heard::Silence(_))) {
            return true;
        }
        probe.connection.wait(500).await;
    }
    false
}

/// Whether an error says that a signature is wrong.
fn refuses_signature((status, code): (u16, &str)) -> bool {
    matches!(status, 401 | 403) || code.contains("Signature")
}

/// Whether a reply says that there is no such operation.
fn says_absent(reply: &Reply) -> bool {
    let code = reply.code().unwrap_or_default();
    let unknown = [
        "InvalidAction",
        "InvalidApi",
        "UnsupportedOperation",
        "NotImplemented",
        "UnknownOperation",
    ];
    unknown.iter().any(|each| code.starts_with(each)) || reply.status == 501
}
