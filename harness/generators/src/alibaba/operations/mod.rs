//! The cases of the operations around DisassociateResourceShare, and of several operations on one
//! share.

pub(super) mod answers;
pub(super) mod associate;
pub(super) mod connections;
pub(super) mod create;
pub(super) mod directories;
pub(super) mod filters;
pub(super) mod formats;
pub(super) mod forms;
pub(super) mod list_associations;
pub(super) mod list_invitations;
pub(super) mod list_shared;
pub(super) mod list_shares;
pub(super) mod operation_pairs;
pub(super) mod records;
pub(super) mod relations;
pub(super) mod shares;
pub(super) mod untouched;
pub(super) mod update_delete;
pub(super) mod wrong_lists;
