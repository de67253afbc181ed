//! Reading back and settling: what the runner does by itself between and after the calls of a case.

use crate::player::{Player, Stop};
use sharespec_model::call::Call;
use sharespec_model::names::{Operation, Own};
use sharespec_model::set::Set;
use sharespec_model::spec::RuleIndex;
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::AccountIndex;
use sharespec_oracles::finding::{Check, Finding};
use sharespec_wire::case::{Hook, Lock};

impl Player<'_> {
    /// Reads every share of the case back, as its owner, and judges what is there.
    ///
    /// # Errors
    /// [`Stop`] if something is there that should not be, or the reverse.
    pub async fn read_back(&mut self) -> Result<(), Stop> {
        self.read_associations().await?;
        self.list_shares().await
    }

    /// Reads the associations of every share of the case back.
    ///
    /// # Errors
    /// As [`Player::read_back`].
    pub async fn read_associations(&mut self) -> Result<(), Stop> {
        for share in 0..self.belief.shares.len() {
            for resources in [true, false] {
                if self.has_entities(share, resources) {
                    self.list_associations(share, resources).await?;
                }
            }
        }
        Ok(())
    }

    fn has_entities(&self, share: usize, resources: bool) -> bool {
        self.belief.shares.get(share).is_some_and(|share| {
            share.others
                || share.associations.iter().any(|(entity, _)| entity.is_resource() == resources)
        })
    }

    async fn list_associations(&mut self, share: usize, resources: bool) -> Result<(), Stop> {
        let Some(found) = self.belief.shares.get(share) else { return Ok(()) };
        let own = Own::Associations { share: &found.id, resources };
        let own = self.setup.api.own(own);
        let caller = self.role(found.owner);
        self.own_call(&caller, own).await
    }

    /// Reads every share of the case back, without its associations.
    ///
    /// # Errors
    /// As [`Player::read_back`].
    pub async fn list_shares(&mut self) -> Result<(), Stop> {
        let owners: Vec<AccountIndex> =
            self.belief.shares.iter().map(|share| share.owner).collect();
        for (position, owner) in owners.iter().enumerate() {
            if owners.iter().take(position).any(|earlier| earlier == owner) {
                continue;
            }
            let ids: Vec<String> = self
                .belief
                .shares
                .iter()
                .filter(|share| share.owner == *owner)
                .map(|share| share.id.clone())
                .collect();
            for some in ids.chunks(self.setup.api.names().most_shares) {
                self.list_some_shares(*owner, some).await?;
            }
        }
        Ok(())
    }

    async fn list_some_shares(&mut self, owner: AccountIndex, ids: &[String]) -> Result<(), Stop> {
        let caller = self.role(owner);
        let own = self.setup.api.own(Own::Shares(ids));
        self.own_call(&caller, own).await
    }

    fn role(&self, account: AccountIndex) -> String {
        self.setup.api.world().role_of(account).to_owned()
    }

    /// A call that the runner makes by itself.
    async fn own_call(&mut self, caller: &str, own: Operation) -> Result<(), Stop> {
        if self.setup.lacks(own.0) {
            // Of a seeded share that cannot be listed, the answers alone are judged.
            return Ok(());
        }
        let form = self.setup.form.clone();
        self.exchange(&call(caller, own), &form, None).await.map(|_| ())
    }

    /// Waits until nothing is in transition.
    ///
    /// # Errors
    /// [`Stop`] if a transition does not end in time, or ends as it should not.
    pub async fn settle(&mut self) -> Result<(), Stop> {
        self.settle_and_tell().await.map(|_| ())
    }

    /// Waits until nothing is in transition, and says whether there was anything to wait for.
    ///
    /// # Errors
    /// As [`Player::settle`].
    pub async fn settle_and_tell(&mut self) -> Result<bool, Stop> {
        if self.belief.held || self.setup.lacks(self.setup.api.names().operations.list_associations)
        {
            return Ok(false);
        }
        let mut waited = 0;
        let mut pause = self.setup.abilities.settling.max(5);
        let mut some = false;
        loop {
            self.belief.close(self.connection.now());
            let Some(unsettled) = self.unsettled(waited) else { return Ok(some) };
            some = true;
            if waited > self.patience() {
                if let Unsettled::Association(share, _) = unsettled
                    && self.belief.nobody_joined(share)
                {
                    continue;
                }
                return self.never_settled(unsettled, waited);
            }
            self.pass(pause).await;
            waited += pause;
            pause = (pause / 2).clamp(10, 1000).max(waited / 8);
            self.look(unsettled).await?;
        }
    }

    /// How long to wait for transitions: not long again where preflight waited in vain.
    fn patience(&self) -> u64 {
        let deadline = self.setup.pace.settle_deadline;
        if self.setup.abilities.never_settles { deadline.min(1000) } else { deadline }
    }

    /// Lets time pass. A case that has the whole target to itself puts the target's clock forward
    /// instead of waiting, where there is a hook for it.
    pub(crate) async fn pass(&mut self, millis: u64) {
        let forward = Hook::Advance(i64::try_from(millis).unwrap_or(i64::MAX));
        let alone = self.case.locks.contains(&Lock::Target) && self.setup.offers(forward);
        if !alone || self.connection.hook(forward).await.is_err() {
            self.connection.wait(millis).await;
        }
    }

    fn never_settled(&mut self, unsettled: Unsettled, waited: u64) -> Result<bool, Stop> {
        let spec = self.setup.api.spec();
        let operations = &self.setup.api.names().operations;
        let operation = match unsettled {
            Unsettled::Lingering(..) => {
                let observed = "what was in a deleted share stays associated with it";
                let finding = Finding::new(spec, Check::Effects, self.ends_rows(), observed)
                    .expected(["a row that is over, or none".to_owned()])
                    .actual(format!("still associated after {waited} ms"));
                return self.finding(finding).map(|()| true);
            }
            Unsettled::Share(_) => operations.delete,
            Unsettled::Association(..) => operations.disassociate,
        };
        let rules = spec.operation(operation).map(|each| &each.rules);
        let rule = rules.and_then(|rules| {
            rules
                .iter()
                .find(|(id, _)| id.starts_with("effect/remove") || id.starts_with("effect/delete"))
        });
        let finding = Finding::new(
            spec,
            Check::Effects,
            rule.map(|(_, rule)| *rule),
            "a transition does not end",
        )
        .expected(["a status that lasts".to_owned()])
        .actual(format!("still in transition after {waited} ms"));
        self.finding(finding).map(|()| true)
    }

    /// The rule by which what is in a share ends with it, where the documents have one.
    fn ends_rows(&self) -> Option<RuleIndex> {
        let api = &self.setup.api;
        api.spec().operation(api.names().operations.delete)?.rule("effect/ended")
    }

    /// Whether some principal was invited and has not accepted.
    pub fn has_waiting(&self) -> bool {
        (0..self.belief.shares.len()).any(|share| !self.belief.unanswered(share).is_empty())
    }

    /// The first fact that is, or may be, in transition after so many milliseconds.
    fn unsettled(&self, waited: u64) -> Option<Unsettled> {
        for (position, share) in self.belief.shares.iter().enumerate() {
            let mut rows = share.associations.iter();
            if let Some((entity, _)) = rows.find(|(_, each)| each.lingers)
                && self.ends_rows().is_some()
            {
                return Some(Unsettled::Lingering(position, entity.is_resource()));
            }
            // What may be forgotten by now is looked at while it may still be told how it ended; nothing
            // of it need ever be shown again.
            let forgotten = share.status.has(ShareStatus::Absent);
            if forgotten && waited > self.setup.abilities.settling {
                continue;
            }
            let waiting = self.belief.unanswered(position);
            let pending = share.status.has(ShareStatus::Pending) && waiting.is_empty();
            if share.status.has(ShareStatus::Deleting) || pending {
                return Some(Unsettled::Share(position));
            }
            if forgotten || share.status.within(Set::only(ShareStatus::Deleted)) {
                continue;
            }
            for (entity, association) in &share.associations {
                // What an odd value was understood as is never told, so there is nothing to wait for.
                if association.stays || (share.others && entity.is_unknown()) {
                    continue;
                }
                let joins = association.status.has(AssociationStatus::Associating);
                let leaves = association.status.has(AssociationStatus::Disassociating);
                if leaves || (joins && !waiting.contains(entity)) {
                    return Some(Unsettled::Association(position, entity.is_resource()));
                }
            }
        }
        None
    }

    async fn look(&mut self, unsettled: Unsettled) -> Result<(), Stop> {
        match unsettled {
            Unsettled::Association(share, resources) => {
                self.list_associations(share, resources).await
            }
            Unsettled::Lingering(share, resources) => {
                // What cannot be listed any more does not linger.
                if let Some(share) = self.belief.shares.get_mut(share) {
                    share.associations.iter_mut().for_each(|(_, each)| each.lingers = false);
                }
                self.list_associations(share, resources).await
            }
            Unsettled::Share(position) => {
                let Some(share) = self.belief.shares.get(position) else { return Ok(()) };
                let (owner, id) = (share.owner, share.id.clone());
                self.list_some_shares(owner, &[id]).await
            }
        }
    }

    /// Gives everything back: open invitations are rejected, shares are deleted.
    ///
    /// # Errors
    /// [`Stop`] if an answer is not admissible.
    pub async fn clean_up(&mut self) -> Result<(), Stop> {
        self.settle().await?;
        for share in 0..self.belief.shares.len() {
            self.reject_invitations(share).await?;
            self.delete(share).await?;
        }
        // What is still being removed still counts.
        self.settle().await
    }

    /// Deletes every share that the case was told of, whatever else is wrong with the target.
    /// Nothing is judged.
    pub async fn take_away(&mut self) {
        for (caller, share) in self.trace.created() {
            for _ in 0..3 {
                let call = call(&caller, self.setup.api.own(Own::Delete(&share)));
                let form = self.setup.form.clone();
                if self.send(&call, &form).await.is_err() || self.trace.last_succeeded() {
                    break;
                }
                self.connection.wait(self.setup.abilities.settling.max(50)).await;
            }
        }
    }

    async fn reject_invitations(&mut self, share: usize) -> Result<(), Stop> {
        let open = self
            .belief
            .invitations
            .iter()
            .filter(|each| each.share == share && each.status.has(InvitationStatus::Pending));
        let receivers: Vec<AccountIndex> = open.map(|each| each.receiver).collect();
        for receiver in receivers {
            let Some(id) = self.belief.shares.get(share).map(|share| share.id.clone()) else {
                break;
            };
            let role = self.role(receiver);
            if !self.setup.may_call(&role) {
                continue;
            }
            let own = self.setup.api.own(Own::Invitations(&id));
            self.own_call(&role, own).await?;
            let pending = self.belief.invitations.iter().find(|each| {
                each.share == share
                    && each.receiver == receiver
                    && each.status.has(InvitationStatus::Pending)
            });
            let Some(id) = pending.and_then(|each| each.id.clone()) else { continue };
            let own = self.setup.api.own(Own::Reject(&id));
            self.own_call(&role, own).await?;
        }
        Ok(())
    }

    async fn delete(&mut self, share: usize) -> Result<(), Stop> {
        let Some(found) = self.belief.shares.get(share) else { return Ok(()) };
        let gone = Set::of(&[ShareStatus::Deleting, ShareStatus::Deleted, ShareStatus::Absent]);
        if found.status.within(gone) {
            return Ok(());
        }
        let (role, id) = (self.role(found.owner), found.id.clone());
        let own = self.setup.api.own(Own::Delete(&id));
        self.own_call(&role, own).await
    }
}

fn call(caller: &str, (operation, arguments): Operation) -> Call {
    Call {
        operation: operation.to_owned(),
        caller: caller.to_owned(),
        arguments: arguments.as_object().cloned().unwrap_or_default(),
    }
}

/// A fact in transition.
#[derive(Clone, Copy, Debug)]
enum Unsettled {
    /// A share, by its position.
    Share(usize),
    /// An entity of a share: a resource, or a principal.
    Association(usize, bool),
    /// An entity that is listed as associated in a share that is deleted.
    Lingering(usize, bool),
}
