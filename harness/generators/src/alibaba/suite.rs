//! The whole suite, in the order of its ids.

use super::{combined, disassociate, gateway, operations, sharing};
use crate::axes::{DEFAULT_STRENGTH, Strength};
use sharespec_wire::case::Case;

/// A topic: its cases.
type Topic = fn() -> Vec<Case>;

const TOPICS: &[Topic] = &[
    disassociate::beyond_one::cases,
    disassociate::boundaries::cases,
    disassociate::bystanders::cases,
    disassociate::condition_pairs::cases,
    disassociate::duplicates::cases,
    disassociate::entities::cases,
    disassociate::entries::cases,
    disassociate::keys::cases,
    disassociate::odd_values::cases,
    disassociate::owner_modes::cases,
    disassociate::positions::cases,
    disassociate::probes::cases,
    disassociate::records::cases,
    disassociate::regions::cases,
    disassociate::repetition::cases,
    disassociate::share_ids::cases,
    disassociate::spellings::cases,
    disassociate::statuses::cases,
    disassociate::unsettled::cases,
    gateway::authorization::cases,
    gateway::names::cases,
    gateway::replays::cases,
    gateway::signatures::cases,
    gateway::times::cases,
    operations::answers::cases,
    operations::associate::cases,
    operations::connections::cases,
    operations::create::cases,
    operations::directories::cases,
    operations::formats::cases,
    operations::forms::cases,
    operations::list_associations::cases,
    operations::list_invitations::cases,
    operations::list_shared::cases,
    operations::list_shares::cases,
    operations::operation_pairs::cases,
    operations::records::cases,
    operations::relations::cases,
    operations::untouched::cases,
    operations::update_delete::cases,
    sharing::again::cases,
    sharing::invitations::cases,
    sharing::pairs::cases,
    sharing::permissions::cases,
    sharing::principals::cases,
    sharing::properties::cases,
    sharing::quotas::cases,
    sharing::resources::cases,
    sharing::services::cases,
];

/// The enumerated cases of the Alibaba API, sorted by id.
pub fn alibaba() -> Vec<Case> {
    alibaba_at(DEFAULT_STRENGTH)
}

/// The same, with the axes of requests combined so far.
pub fn alibaba_at(strength: Strength) -> Vec<Case> {
    let mut cases: Vec<Case> = TOPICS.iter().flat_map(|topic| topic()).collect();
    cases.extend(combined::cases(strength));
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    cases
}
