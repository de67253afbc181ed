//! Connections that do not bring the answer.

use super::tools::{lists_associations, removes};
use super::{common, when};
use crate::answer::Delivery;
use crate::change::{Change, Effect};

const UNANSWERED: &[&str] = &[common!("floor/answered")];

/// Removals alone, so that the target still answers a plain list before and after.
pub(super) const FAULTS: &[Change] = &[
    when(
        removes,
        "removal-hangs",
        "A removal is never answered.",
        UNANSWERED,
        &[Effect::Connection(Delivery::Hang)],
    ),
    when(
        removes,
        "removal-resets",
        "A removal resets the connection.",
        UNANSWERED,
        &[Effect::Connection(Delivery::Reset)],
    ),
    when(
        removes,
        "removal-closes",
        "A removal closes the connection without an answer.",
        UNANSWERED,
        &[Effect::Connection(Delivery::Nothing)],
    ),
    when(
        removes,
        "removal-cut",
        "The answer of a removal is cut after twenty bytes.",
        UNANSWERED,
        &[Effect::Connection(Delivery::Cut(20))],
    ),
    when(
        removes,
        "removal-overruns",
        "The answer of a removal is longer than announced.",
        &[common!("floor/answered"), common!("floor/well-formed")],
        &[Effect::Connection(Delivery::Overrun(5))],
    ),
    when(
        removes,
        "removal-endless",
        "The answer of a removal never ends.",
        &[common!("floor/answered"), common!("floor/well-formed")],
        &[Effect::Connection(Delivery::Endless)],
    ),
    when(
        removes,
        "removal-without-status-line",
        "The answer of a removal has no status line.",
        UNANSWERED,
        &[Effect::Connection(Delivery::BadStatusLine)],
    ),
    when(
        |moment| removes(moment) && !moment.accepted,
        "rejections-hang",
        "A removal that is rejected is never answered.",
        UNANSWERED,
        &[Effect::Connection(Delivery::Hang)],
    ),
    when(
        |moment| removes(moment) && moment.list("Targets").len() > 5,
        "too-many-targets-reset",
        "A removal of too many principals resets the connection.",
        UNANSWERED,
        &[Effect::Connection(Delivery::Reset)],
    ),
    when(
        |moment| lists_associations(moment) && moment.turn.is_multiple_of(2),
        "every-other-list-cut",
        "Every other list is cut after twenty bytes.",
        UNANSWERED,
        &[Effect::Connection(Delivery::Cut(20))],
    ),
];
