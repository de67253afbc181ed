//! The conditions of AWS RAM, by name. The spec tables refer to the names; the positions mean
//! nothing outside a process.

use crate::condition::conditions;

conditions! {
    /// No operation has the path.
    GATEWAY_ACTION_UNKNOWN = "gateway/action-unknown",
    /// The operation has the path, but another method.
    GATEWAY_HTTP_METHOD = "gateway/http-method",
    /// The query has a parameter that the operation does not have.
    GATEWAY_QUERY_UNKNOWN = "gateway/query-unknown",
    /// The body is of another media type than JSON.
    GATEWAY_MEDIA_TYPE = "gateway/media-type",
    /// There is a body, and no media type.
    GATEWAY_MEDIA_TYPE_MISSING = "gateway/media-type-missing",
    /// JSON is not among what the caller accepts.
    GATEWAY_ACCEPT = "gateway/accept",
    /// The operation takes a body, and there is none.
    GATEWAY_BODY_EMPTY = "gateway/body-empty",
    /// The body is no JSON.
    GATEWAY_BODY_MALFORMED = "gateway/body-malformed",
    /// The body is JSON, but no object.
    GATEWAY_BODY_NOT_OBJECT = "gateway/body-not-object",
    /// A member comes twice.
    GATEWAY_MEMBER_TWICE = "gateway/member-twice",
    /// A member is null.
    GATEWAY_MEMBER_NULL = "gateway/member-null",
    /// A member has another type of JSON than the documented one.
    GATEWAY_MEMBER_TYPE = "gateway/member-type",
    /// An entry of a list is null.
    GATEWAY_ENTRY_NULL = "gateway/entry-null",
    /// The request is not signed at all.
    GATEWAY_SIGNATURE_MISSING = "gateway/signature-missing",
    /// The header `authorization` is there, but not whole.
    GATEWAY_SIGNATURE_INCOMPLETE = "gateway/signature-incomplete",
    /// The signature is that of another request, or of another secret.
    GATEWAY_SIGNATURE = "gateway/signature",
    /// The algorithm is none that exists.
    GATEWAY_ALGORITHM_UNKNOWN = "gateway/algorithm",
    /// The credential is no key with a scope of four parts.
    GATEWAY_SCOPE_MALFORMED = "gateway/scope-malformed",
    /// The scope names another day than the time of the request.
    GATEWAY_SCOPE_DATE = "gateway/scope-date",
    /// The scope names another region than that of the target.
    GATEWAY_SCOPE_REGION = "gateway/scope-region",
    /// The scope names another service.
    GATEWAY_SCOPE_SERVICE = "gateway/scope-service",
    /// The header `host` is not signed.
    GATEWAY_HOST_UNSIGNED = "gateway/host-unsigned",
    /// A header `x-amz-*` is not signed.
    GATEWAY_HEADER_UNSIGNED = "gateway/header-unsigned",
    /// A header is signed, but not there.
    GATEWAY_HEADER_ABSENT = "gateway/header-absent",
    /// The hash in `x-amz-content-sha256` is that of another body.
    GATEWAY_CONTENT_HASH = "gateway/content-hash",
    /// There is no time.
    GATEWAY_TIME_MISSING = "gateway/time-missing",
    /// The time is none.
    GATEWAY_TIME_MALFORMED = "gateway/time-malformed",
    /// The time is longer ago than the documents allow.
    GATEWAY_EXPIRED = "gateway/expired",
    /// The time is further ahead than the documents allow.
    GATEWAY_EARLY = "gateway/early",
    /// No access key is named.
    GATEWAY_KEY_MISSING = "gateway/key-missing",
    /// The access key does not exist.
    GATEWAY_KEY_UNKNOWN = "gateway/key-unknown",
    /// Temporary credentials come without their token.
    GATEWAY_TOKEN_MISSING = "gateway/token-missing",
    /// The token is not that of the access key.
    GATEWAY_TOKEN_WRONG = "gateway/token-wrong",
    /// No policy of the caller allows the call.
    GATEWAY_DENIED = "gateway/denied",
    /// No share is named.
    SHARE_ARN_MISSING = "share-arn/missing",
    /// The share is named by an empty text.
    SHARE_ARN_EMPTY = "share-arn/empty",
    /// The share is named by what is no ARN.
    SHARE_ARN_MALFORMED = "share-arn/malformed",
    /// The share is named by the ARN of something else, or of a share elsewhere.
    SHARE_ARN_OTHER = "share-arn/other",
    /// No share has the ARN.
    SHARE_UNKNOWN = "share/unknown",
    /// The share belongs to another account, and the call is not that of a principal who leaves.
    SHARE_FOREIGN = "share/foreign",
    /// The share is being deleted.
    SHARE_DELETING = "share/deleting",
    /// The share is deleted, and its record is kept.
    SHARE_DELETED = "share/deleted",
    /// The share is pending.
    SHARE_PENDING = "share/pending",
    /// Another entity of the share is in transition.
    SHARE_BUSY = "share/busy",
    /// Some entity of a share that is to be deleted is in transition.
    SHARE_UNFINISHED = "share/unfinished",
    /// A share that is to be deleted has an open invitation.
    SHARE_INVITATION_OPEN = "share/invitation-open",
    /// The name is missing.
    SHARE_NAME_MISSING = "share-name/missing",
    /// The name is empty.
    SHARE_NAME_EMPTY = "share-name/empty",
    /// The name is long, or has other letters than those of ASCII, digits, dots, dashes and underscores.
    SHARE_NAME_ODD = "share-name/odd",
    /// The account has as many shares as it may.
    SHARES_OVER_QUOTA = "shares/over-quota",
    /// The account has as many shares as it may if those that are being deleted count.
    SHARES_OVER_QUOTA_DELETING = "shares/over-quota-deleting",
    /// Neither resources nor principals are named.
    LISTS_EMPTY = "lists/empty",
    /// Some entry is an empty text.
    LISTS_BLANK = "lists/blank",
    /// Some entry comes twice.
    LISTS_DUPLICATE = "lists/duplicate",
    /// Two entries of a list differ in case or surrounding space alone.
    LISTS_SPELLING = "lists/spelling",
    /// A value differs from one that exists in case or surrounding space alone.
    VALUES_SPELLING = "values/spelling",
    /// A principal has none of the documented forms.
    PRINCIPALS_MALFORMED = "principals/malformed",
    /// A principal is the ARN of a user as it is printed, without its last colon.
    PRINCIPALS_PRINTED_USER = "principals/printed-user",
    /// A principal was never associated, and nothing that the call names is.
    PRINCIPALS_NOT_ASSOCIATED = "principals/not-associated",
    /// A principal was never associated, but something that the call names is.
    PRINCIPALS_SOME_NOT_ASSOCIATED = "principals/some-not-associated",
    /// A resource is named by what is no ARN.
    RESOURCES_MALFORMED = "resources/malformed",
    /// A resource was never associated, and nothing that the call names is.
    RESOURCES_NOT_ASSOCIATED = "resources/not-associated",
    /// A resource was never associated, but something that the call names is.
    RESOURCES_SOME_NOT_ASSOCIATED = "resources/some-not-associated",
    /// A named entity is being associated.
    ENTITIES_ASSOCIATING = "entities/associating",
    /// A named entity is being removed, was removed, or failed.
    ENTITIES_ENDED = "entities/ended",
    /// A named principal was invited and has not accepted.
    ENTITIES_INVITED = "entities/invited",
    /// A named entity is in the share already.
    ENTITIES_PRESENT = "entities/present",
    /// A named entity is being removed, and is to be associated.
    ENTITIES_LEAVING = "entities/leaving",
    /// A principal outside the organization leaves a share of another account.
    LEAVE_OUTSIDE = "leave/outside",
    /// A principal inside the organization leaves a share of another account.
    LEAVE_INSIDE = "leave/inside",
    /// A principal leaves that was invited, or that has left before.
    LEAVE_ENDED = "leave/ended",
    /// A principal that is not there is to be associated: no account, unit, role or user is known.
    ADD_UNKNOWN_PRINCIPAL = "add/unknown-principal",
    /// An organization that is not there is to be associated.
    ADD_UNKNOWN_ORGANIZATION = "add/unknown-organization",
    /// The organization, or someone of it, is to be associated, and sharing with it is not enabled.
    ADD_NOT_ENABLED = "add/not-enabled",
    /// A principal outside the organization is to be associated, and the share does not allow it.
    ADD_OUTSIDER = "add/outsider",
    /// A resource that is not there is to be associated.
    ADD_UNKNOWN_RESOURCE = "add/unknown-resource",
    /// A resource of another account is to be associated.
    ADD_FOREIGN_RESOURCE = "add/foreign-resource",
    /// A type that cannot leave the organization meets a principal outside.
    ADD_TYPE_OUTSIDE = "add/type-outside",
    /// A type that cannot be shared with roles and users meets one.
    ADD_TYPE_IDENTITY = "add/type-identity",
    /// A service meets what cannot be shared with services.
    ADD_SERVICE = "add/service",
    /// The account itself is to be a principal of its own share.
    ADD_OWNER = "add/owner",
    /// Something is given that the suite does not follow: odd tags, permissions, a configuration.
    ADD_BEYOND = "add/beyond",
    /// A parameter is given that later documents have.
    PARAMETERS_LATER = "parameters/later",
    /// A member is given that no document has.
    PARAMETERS_UNKNOWN = "parameters/unknown",
    /// The token was given before, with other parameters, to a call that was accepted.
    CLIENT_TOKEN_MISMATCH = "client-token/mismatch",
    /// The token was given before, with other parameters, to a call that may have been accepted.
    CLIENT_TOKEN_MAYBE = "client-token/maybe",
    /// The token was given before, with the same parameters, to a call of which it is not certain that it
    /// was accepted, or of which the share is gone.
    CLIENT_TOKEN_UNCERTAIN = "client-token/uncertain",
    /// The token was given before, with the entries of a list in another order.
    CLIENT_TOKEN_REORDERED = "client-token/reordered",
    /// The token was given before to another operation.
    CLIENT_TOKEN_OTHER_OPERATION = "client-token/other-operation",
    /// The token is empty, or of a form that servers may not take.
    CLIENT_TOKEN_ODD = "client-token/odd",
    /// Nothing is to be changed.
    UPDATE_NOTHING = "update/nothing",
    /// The share is not to allow principals outside any more, and may hold some.
    UPDATE_OUTSIDERS = "update/outsiders",
    /// It is not said whose shares are meant.
    OWNER_MISSING = "owner/missing",
    /// It is neither the own shares nor those of others.
    OWNER_INVALID = "owner/invalid",
    /// It is not said which associations are meant.
    TYPE_MISSING = "association-type/missing",
    /// There are no such associations.
    TYPE_INVALID = "association-type/invalid",
    /// There is no such status.
    STATUS_INVALID = "status/invalid",
    /// Filters that do not fit each other.
    FILTER_CONFLICT = "filter/conflict",
    /// A filter names what is not there.
    FILTER_UNKNOWN = "filter/unknown",
    /// The page is asked to be smaller or larger than pages are.
    MAX_RESULTS_INVALID = "max-results/out-of-range",
    /// The token of a page is none that was given.
    NEXT_TOKEN_INVALID = "next-token/invalid",
    /// No invitation is named.
    INVITATION_MISSING = "invitation/missing",
    /// The invitation is named by what is no ARN.
    INVITATION_MALFORMED = "invitation/malformed",
    /// No invitation has the ARN.
    INVITATION_UNKNOWN = "invitation/unknown",
    /// The invitation is that of another account.
    INVITATION_FOREIGN = "invitation/foreign",
    /// The invitation was accepted.
    INVITATION_ACCEPTED = "invitation/accepted",
    /// The invitation was rejected.
    INVITATION_REJECTED = "invitation/rejected",
    /// The invitation expired.
    INVITATION_EXPIRED = "invitation/expired",
    /// The invitation is over for another reason.
    INVITATION_ENDED = "invitation/ended",
    /// The caller does not manage an organization.
    NOT_MANAGEMENT = "organization/not-management",
    /// Sharing is enabled already.
    ALREADY_ENABLED = "organization/enabled",
}
