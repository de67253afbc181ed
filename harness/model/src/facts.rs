//! What conditions ask of a state. A belief answers with sets, the reference implementation's own
//! state with single values: so both are judged by the same conditions.

use crate::property::Property;
use crate::set::Set;
use crate::spent::Spent;
use crate::status::{AssociationStatus, AssociationStatuses, InvitationStatus, ShareStatus};
use crate::world::{AccountIndex, Entity};

/// What is known of a share.
#[derive(Clone, Copy, Debug)]
pub struct ShareFacts {
    /// Its position among the shares.
    pub handle: usize,
    /// The owner.
    pub owner: AccountIndex,
    /// The status.
    pub status: Set<ShareStatus>,
    /// Whether principals outside the directory are allowed.
    pub external: Set<bool>,
}

/// What is known of an entity in a share.
#[derive(Clone, Copy, Debug)]
pub struct AssociationFacts {
    /// The status of its current row.
    pub status: AssociationStatuses,
    /// The status of its last invitation.
    pub invitation: Set<InvitationStatus>,
    /// Whether it was associated before, be there a row of it or not: a server may remember it.
    pub was: bool,
}

impl AssociationFacts {
    /// An entity that was never associated.
    pub fn never() -> Self {
        let invitation = Set::only(InvitationStatus::Absent);
        Self { status: Set::only(AssociationStatus::Absent), invitation, was: false }
    }

    /// Whether the principal was invited and has not answered.
    pub fn is_invited(self) -> bool {
        self.invitation.has(InvitationStatus::Pending)
            && !self.status.within(Set::only(AssociationStatus::Associated))
    }
}

impl AssociationFacts {
    /// Whether the entity is in the share: what is on its way in or out may count or not.
    pub fn is_there(self) -> Set<bool> {
        self.status.values().fold(Set::EMPTY, |found, status| {
            found
                | match status {
                    AssociationStatus::Associated => Set::only(true),
                    AssociationStatus::Associating | AssociationStatus::Disassociating => {
                        Set::any()
                    }
                    AssociationStatus::Absent if self.is_invited() => Set::any(),
                    AssociationStatus::Absent
                    | AssociationStatus::Disassociated
                    | AssociationStatus::Failed => Set::only(false),
                }
        })
    }
}

/// What is known of an invitation.
#[derive(Clone, Copy, Debug)]
pub struct InvitationFacts {
    /// The position of the share.
    pub share: usize,
    /// The invited account.
    pub receiver: AccountIndex,
    /// The status.
    pub status: Set<InvitationStatus>,
}

/// A state that conditions can be asked of.
pub trait Facts {
    /// The share of this id, whoever owns it.
    fn share(&self, id: &str) -> Option<ShareFacts>;
    /// An entity of a share.
    fn association(&self, share: usize, entity: &Entity) -> AssociationFacts;
    /// The property that an entity of a share was given.
    fn property(&self, share: usize, entity: &Entity) -> Property;
    /// Every entity of a share that has, or may have, a row.
    fn entities(&self, share: usize, visit: &mut dyn FnMut(&Entity, AssociationFacts));
    /// Whether an id has the form of the ids that the target gives to shares.
    fn has_form_of_share_id(&self, id: &str) -> bool;
    /// Whether an id differs from that of a share in case or surrounding space alone.
    fn is_spelled_as_share_id(&self, id: &str) -> bool;
    /// Every share that has, or may have, a record.
    fn shares(&self, visit: &mut dyn FnMut(ShareFacts));
    /// Every invitation.
    fn invitations(&self, visit: &mut dyn FnMut(InvitationFacts));
    /// The invitation of this id.
    fn invitation(&self, id: &str) -> Option<InvitationFacts>;
    /// Whether an id has the form of the ids that the target gives to invitations.
    fn has_form_of_invitation_id(&self, id: &str) -> bool;
    /// Whether the target gave this token for the next page of a list.
    fn gave_token(&self, token: &str) -> bool;
    /// Whether the target gave another token after this one.
    fn gave_token_since(&self, token: &str) -> bool;
    /// Whether sharing is enabled in a directory.
    fn enabled(&self, directory: u16) -> Set<bool>;
    /// Whether a share has an invitation that is open.
    fn open_invitations(&self, share: usize) -> Set<bool>;
    /// The calls that were made with tokens of idempotency.
    fn spent(&self) -> &[Spent] {
        &[]
    }
}

impl<T: Facts + ?Sized> Facts for &T {
    fn share(&self, id: &str) -> Option<ShareFacts> {
        (**self).share(id)
    }

    fn association(&self, share: usize, entity: &Entity) -> AssociationFacts {
        (**self).association(share, entity)
    }

    fn property(&self, share: usize, entity: &Entity) -> Property {
        (**self).property(share, entity)
    }

    fn entities(&self, share: usize, visit: &mut dyn FnMut(&Entity, AssociationFacts)) {
        (**self).entities(share, visit);
    }

    fn has_form_of_share_id(&self, id: &str) -> bool {
        (**self).has_form_of_share_id(id)
    }

    fn is_spelled_as_share_id(&self, id: &str) -> bool {
        (**self).is_spelled_as_share_id(id)
    }

    fn shares(&self, visit: &mut dyn FnMut(ShareFacts)) {
        (**self).shares(visit);
    }

    fn invitations(&self, visit: &mut dyn FnMut(InvitationFacts)) {
        (**self).invitations(visit);
    }

    fn invitation(&self, id: &str) -> Option<InvitationFacts> {
        (**self).invitation(id)
    }

    fn has_form_of_invitation_id(&self, id: &str) -> bool {
        (**self).has_form_of_invitation_id(id)
    }

    fn gave_token(&self, token: &str) -> bool {
        (**self).gave_token(token)
    }

    fn gave_token_since(&self, token: &str) -> bool {
        (**self).gave_token_since(token)
    }

    fn enabled(&self, directory: u16) -> Set<bool> {
        (**self).enabled(directory)
    }

    fn open_invitations(&self, share: usize) -> Set<bool> {
        (**self).open_invitations(share)
    }

    fn spent(&self) -> &[Spent] {
        (**self).spent()
    }
}
