//! Faults of codes and statuses: what is wrong is seen, and answered as something else.

use crate::change::{Change, Effect};
use crate::faults::always;
use crate::faults::tools::{REMOVAL, edit_row};

pub(super) const FAULTS: &[Change] = &[
    always(
        "mismatch-as-invalid-token",
        "What IdempotentParameterMismatchException is for is answered with InvalidClientTokenException.",
        &["aws-ram-disassociate/error/IdempotentParameterMismatchException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "IdempotentParameterMismatchException", |row| {
                row.code = "InvalidClientTokenException".into()
            })
        })],
    ),
    always(
        "mismatch-with-409",
        "What IdempotentParameterMismatchException is for comes with the status 409.",
        &["aws-ram-disassociate/error/IdempotentParameterMismatchException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "IdempotentParameterMismatchException", |row| row.status = 409)
        })],
    ),
    always(
        "invalid-token-with-403",
        "What InvalidClientTokenException is for comes with the status 403.",
        &["aws-ram-disassociate/error/InvalidClientTokenException"],
        &[
            Effect::Policy(|policy| _ = policy.follow_named("odd-token:token")),
            Effect::Spec(|spec| {
                edit_row(spec, REMOVAL, "InvalidClientTokenException", |row| row.status = 403)
            }),
        ],
    ),
    always(
        "parameter-as-state",
        "What InvalidParameterException is for is answered with InvalidStateTransitionException.",
        &["aws-ram-disassociate/error/InvalidParameterException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "InvalidParameterException", |row| {
                row.code = "InvalidStateTransitionException".into()
            })
        })],
    ),
    always(
        "parameter-with-422",
        "What InvalidParameterException is for comes with the status 422.",
        &["aws-ram-disassociate/error/InvalidParameterException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "InvalidParameterException", |row| row.status = 422)
        })],
    ),
    always(
        "state-as-mismatch",
        "What InvalidStateTransitionException is for is answered with IdempotentParameterMismatchException.",
        &["aws-ram-disassociate/error/InvalidStateTransitionException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "InvalidStateTransitionException", |row| {
                row.code = "IdempotentParameterMismatchException".into()
            })
        })],
    ),
    always(
        "state-with-409",
        "What InvalidStateTransitionException is for comes with the status 409.",
        &["aws-ram-disassociate/error/InvalidStateTransitionException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "InvalidStateTransitionException", |row| row.status = 409)
        })],
    ),
    always(
        "malformed-as-state",
        "What MalformedArnException is for is answered with InvalidStateTransitionException.",
        &["aws-ram-disassociate/error/MalformedArnException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "MalformedArnException", |row| {
                row.code = "InvalidStateTransitionException".into()
            })
        })],
    ),
    always(
        "malformed-as-unknown",
        "What MalformedArnException is for is answered with UnknownResourceException.",
        &["aws-ram-disassociate/error/MalformedArnException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "MalformedArnException", |row| {
                row.code = "UnknownResourceException".into()
            })
        })],
    ),
    always(
        "malformed-with-404",
        "What MalformedArnException is for comes with the status 404.",
        &["aws-ram-disassociate/error/MalformedArnException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "MalformedArnException", |row| row.status = 404)
        })],
    ),
    always(
        "not-permitted-as-limit",
        "What OperationNotPermittedException is for is answered with ResourceShareLimitExceededException.",
        &["aws-ram-disassociate/error/OperationNotPermittedException"],
        &[
            Effect::Policy(|policy| _ = policy.follow_named("leaving:not-permitted")),
            Effect::Spec(|spec| {
                edit_row(spec, REMOVAL, "OperationNotPermittedException", |row| {
                    row.code = "ResourceShareLimitExceededException".into()
                })
            }),
        ],
    ),
    always(
        "not-permitted-with-401",
        "What OperationNotPermittedException is for comes with the status 401.",
        &["aws-ram-disassociate/error/OperationNotPermittedException"],
        &[
            Effect::Policy(|policy| _ = policy.follow_named("leaving:not-permitted")),
            Effect::Spec(|spec| {
                edit_row(spec, REMOVAL, "OperationNotPermittedException", |row| row.status = 401)
            }),
        ],
    ),
    always(
        "unknown-as-malformed",
        "What UnknownResourceException is for is answered with MalformedArnException.",
        &["aws-ram-disassociate/error/UnknownResourceException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "UnknownResourceException", |row| {
                row.code = "MalformedArnException".into()
            })
        })],
    ),
    always(
        "unknown-with-404",
        "What UnknownResourceException is for comes with the status 404.",
        &["aws-ram-disassociate/error/UnknownResourceException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "UnknownResourceException", |row| row.status = 404)
        })],
    ),
    always(
        "unknown-without-suffix",
        "What UnknownResourceException is for is answered with UnknownResource.",
        &["aws-ram-disassociate/error/UnknownResourceException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "UnknownResourceException", |row| {
                row.code = "UnknownResource".into()
            })
        })],
    ),
    always(
        "limit-as-parameter",
        "A share too many is answered with InvalidParameterException.",
        &["aws-ram-operations/CreateResourceShare/error/ResourceShareLimitExceededException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, "CreateResourceShare", "ResourceShareLimitExceededException", |row| {
                row.code = "InvalidParameterException".into()
            })
        })],
    ),
];
