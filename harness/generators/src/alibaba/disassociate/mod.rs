//! The cases of DisassociateResourceShare, one file a topic.

pub(super) mod beyond_one;
pub(super) mod boundaries;
pub(super) mod bystanders;
pub(super) mod condition_pairs;
pub(super) mod duplicates;
pub(super) mod entities;
pub(super) mod entries;
pub(super) mod fragments;
pub(super) mod keys;
pub(super) mod odd_values;
pub(super) mod owner_modes;
pub(super) mod positions;
pub(super) mod probes;
pub(super) mod records;
pub(super) mod regions;
pub(super) mod repetition;
pub(super) mod share_ids;
pub(super) mod spellings;
pub(super) mod statuses;
pub(super) mod unsettled;
