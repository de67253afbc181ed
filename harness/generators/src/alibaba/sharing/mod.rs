//! What may be shared with whom: conditions that AssociateResourceShare and CreateResourceShare have
//! in common.

mod adder;
pub(super) mod again;
pub(super) mod invitations;
pub(super) mod pairs;
pub(super) mod permissions;
pub(super) mod principals;
pub(super) mod properties;
pub(super) mod quotas;
pub(super) mod resources;
pub(super) mod services;
