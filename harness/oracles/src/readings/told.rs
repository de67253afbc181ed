//! The readings of points about replies that an oracle can tell, by name.

use sharespec_model::spec::Spec;

macro_rules! told {
    ($($reading:ident = $name:literal,)*) => {
        /// A reading of an open point about replies.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the names say it, and the table of open points")]
        pub enum Told { $($reading,)* }

        impl Told {
            /// The names, written `point:reading`, by position.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];
            const ALL: &'static [Self] = &[$(Self::$reading,)*];
        }
    };
}

told! {
    RowsAsAsked = "row-order:as-asked",
    RowsReversed = "row-order:reversed",
    RowsTargetsFirst = "row-order:targets-first",
    RowsScattered = "row-order:scattered",
    CreatedByAssociation = "create-time:association",
    CreatedByOperation = "create-time:operation",
    UpdatedByCall = "update-time:call",
    UpdatedByTransition = "update-time:transition",
    RemovedLater = "answer-status:later",
    RemovedAtOnce = "answer-status:at-once",
    AssociatedLater = "associate-status:later",
    AssociatedAtOnce = "associate-status:at-once",
    CreatedAtOnce = "creation-status:at-once",
    CreatedLater = "creation-status:later",
    DeletedLater = "deletion-status:later",
    DeletedAtOnce = "deletion-status:at-once",
    MessageEmpty = "message-without-failure:empty",
    MessageAbsent = "message-without-failure:absent",
    MessageNull = "message-without-failure:null",
    TargetArnAbsent = "target-arn:absent",
    TargetArnEmpty = "target-arn:empty",
    PropertiesAbsent = "properties:absent",
    PropertiesEmpty = "properties:empty",
    PropertiesObject = "properties:object",
    PropertyAsGiven = "property-key:as-given",
    PropertyPlan = "property-key:plan",
    TypeAccount = "entity-type:account",
    TypeByKind = "entity-type:kind",
    NewRow = "re-association:new-row",
    ReusedRow = "re-association:reused-row",
    ReusedKeepingTime = "re-association:reused-keeping-time",
    KeptShortest = "record-kept:shortest",
    KeptLongest = "record-kept:longest",
    InvitedAssociating = "invited-row:associating",
    InvitedAbsent = "invited-row:absent",
    RejectedFailed = "rejected-row:failed",
    RejectedDisassociated = "rejected-row:disassociated",
    RejectedAbsent = "rejected-row:absent",
    RejectedAssociating = "rejected-row:associating",
    ExpiredAssociating = "expired-row:associating",
    ExpiredFailed = "expired-row:failed",
    ExpiredAbsent = "expired-row:absent",
    InvitedShareActive = "invited-share-status:active",
    InvitedSharePending = "invited-share-status:pending",
    LonelyListed = "shared-without-target:listed",
    LonelyHidden = "shared-without-target:hidden",
    PageFull = "page-filling:full",
    PageShort = "page-filling:short",
    Milliseconds = "time-precision:milliseconds",
    Seconds = "time-precision:seconds",
    Nanoseconds = "time-precision:nanoseconds",
    ListEmpty = "list-empty-form:empty",
    ListAbsent = "list-empty-form:absent",
    MadeTokenShown = "made-token:shown",
    MadeTokenHidden = "made-token:hidden",
}

const _: () = assert!(Told::NAMES.len() <= 64);

impl Told {
    /// Every reading.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied()
    }

    /// Those that the open points of a spec have, as bits by position.
    pub fn of(spec: &Spec) -> u64 {
        let known = Self::all().filter(|told| spec.reading(told.name()).is_some());
        known.fold(0, |bits, told| bits | (1 << told.position()))
    }

    /// The position among all.
    pub fn position(self) -> usize {
        self as usize
    }

    /// The name, written `point:reading`.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self.position()).copied().unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharespec_model::alibaba::{Alibaba, NEWEST};
    use sharespec_model::aws;

    /// Points about replies that no oracle tells, with the reason.
    const UNTOLD: &[(&str, &str)] = &[];

    #[test]
    fn every_reading_of_a_point_about_replies_is_told_or_listed() {
        let spec = Alibaba::spec_of(NEWEST).unwrap();
        let other = aws::LIBRARY.spec_of(aws::NEWEST).unwrap();
        for name in Told::NAMES {
            let known = spec.reading(name).or(other.reading(name));
            assert!(known.is_some(), "{name} is no reading");
        }
        for point in spec.points.iter().filter(|point| point.conditions.is_empty()) {
            // Of a closed point there is nothing to tell; the orders of errors are told by the
            // explanation of answers.
            if point.is_closed() || point.id == "precedence" {
                continue;
            }
            let untold = UNTOLD.iter().any(|(id, _)| *id == point.id);
            for reading in &point.readings {
                let name = format!("{}:{}", point.id, reading.name);
                assert_ne!(Told::NAMES.contains(&name.as_str()), untold, "{name}");
            }
        }
    }
}
