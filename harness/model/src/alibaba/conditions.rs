//! The conditions of the Alibaba API, by name. The spec tables refer to the names; the positions
//! mean nothing outside a process.

use crate::condition::conditions;

conditions! {
    /// No share is named.
    SHARE_ID_MISSING = "share-id/missing",
    /// The share is named by an empty text.
    SHARE_ID_EMPTY = "share-id/empty",
    /// The share is named by a text of another form than the target's own ids.
    SHARE_ID_MALFORMED = "share-id/malformed",
    /// No share has the id.
    SHARE_UNKNOWN = "share/unknown",
    /// The share belongs to another account.
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
    /// A share of the caller, named in mode OtherAccounts.
    SHARE_OWN_AS_OTHER = "share/own-as-other",
    /// A share of another account of which the caller is no principal.
    SHARE_NOT_PRINCIPAL = "share/not-principal",
    /// A share of the caller's directory of which the caller is no principal.
    LEAVE_MEMBER_STRANGER = "leave/member-stranger",
    /// The share holds what may not go outside, and is to allow principals outside.
    SHARE_UNSUPPORTED_EXTERNAL = "share/unsupported-external",
    /// The name is missing.
    SHARE_NAME_MISSING = "share-name/missing",
    /// The name is empty.
    SHARE_NAME_EMPTY = "share-name/empty",
    /// The name has letters that are not allowed.
    SHARE_NAME_INVALID = "share-name/invalid",
    /// The name has more than 50 letters.
    SHARE_NAME_TOO_LONG = "share-name/too-long",
    /// Neither resources nor principals are named.
    LISTS_EMPTY = "lists/empty",
    /// Some entry is an empty text.
    LISTS_BLANK = "lists/blank",
    /// Resources and ResourceArns are both given.
    LISTS_CONFLICT = "lists/conflict",
    /// Some index of a list is out of order.
    LISTS_IRREGULAR = "lists/irregular",
    /// Some index of a list is none that the document has.
    LISTS_INDEX_OUT_OF_RANGE = "lists/index-out-of-range",
    /// Some index of a list is one that the document has, but the one before is not there.
    LISTS_GAP = "lists/gap",
    /// A parameter that only another revision of the document describes.
    PARAMETERS_UNDESCRIBED = "parameters/undescribed",
    /// No region is named where the document wants one.
    REGION_MISSING = "region/missing",
    /// A region that is not the target's.
    REGION_OTHER = "region/other",
    /// Two entries differ in spelling alone.
    LISTS_SPELLING = "lists/spelling",
    /// Some value differs from a known one in spelling alone.
    VALUES_SPELLING = "values/spelling",
    /// 6 to 20 principals.
    TARGETS_OVER_LIMIT = "targets/over-limit",
    /// More than 20 principals.
    TARGETS_OVER_GATEWAY = "targets/over-gateway",
    /// A principal twice.
    TARGETS_DUPLICATE = "targets/duplicate",
    /// A principal that the world does not have.
    TARGETS_MALFORMED = "targets/malformed",
    /// A principal of the directory that was never associated.
    TARGETS_NOT_ASSOCIATED = "targets/not-associated",
    /// The same, beside one that is associated.
    TARGETS_SOME_NOT_ASSOCIATED = "targets/some-not-associated",
    /// A principal outside the directory that was never associated.
    TARGETS_OUTSIDE_DIRECTORY = "targets/outside-directory",
    /// The same, beside one that is associated.
    TARGETS_SOME_OUTSIDE_DIRECTORY = "targets/some-outside-directory",
    /// A principal of a kind that exists, but not in the document.
    TARGETS_BEYOND = "targets/beyond",
    /// The caller itself.
    TARGETS_SELF = "targets/self",
    /// An account outside the directory, and the share is for the directory alone.
    TARGETS_NOT_ALLOWED = "targets/not-allowed",
    /// A service, and the share is for the directory alone.
    TARGETS_SERVICE_NOT_ALLOWED = "targets/service-not-allowed",
    /// A directory or a folder that is not the caller's.
    TARGETS_OTHER_DIRECTORY = "targets/other-directory",
    /// An account that does not exist, and the share is for the directory alone.
    TARGETS_UNKNOWN_ACCOUNT = "targets/unknown-account",
    /// An account that does not exist, and the share is for anyone.
    TARGETS_UNKNOWN_OUTSIDER = "targets/unknown-outsider",
    /// An account outside the directory that belongs to another legal entity.
    TARGETS_OTHER_LEGAL_ENTITY = "targets/other-legal-entity",
    /// An account outside the directory that is registered at another site.
    TARGETS_OTHER_SITE = "targets/other-site",
    /// A principal of the caller's directory, with which sharing is not enabled.
    TARGETS_NOT_ENABLED = "targets/not-enabled",
    /// A member of such a directory, and the share is for anyone.
    TARGETS_MEMBER_NOT_ENABLED = "targets/member-not-enabled",
    /// 6 to 20 resources.
    RESOURCES_OVER_LIMIT = "resources/over-limit",
    /// More than 20 resources.
    RESOURCES_OVER_GATEWAY = "resources/over-gateway",
    /// A resource twice.
    RESOURCES_DUPLICATE = "resources/duplicate",
    /// A resource id twice, with different types.
    RESOURCES_DUPLICATE_ID = "resources/duplicate-id",
    /// An id without a type, or the reverse.
    RESOURCES_PAIR_BROKEN = "resources/pair-broken",
    /// A type that does not exist.
    RESOURCES_TYPE_UNKNOWN = "resources/type-unknown",
    /// A type that only ARNs can name.
    RESOURCES_TYPE_ARN_ONLY = "resources/type-arn-only",
    /// A type that is shared from another region than the world's.
    RESOURCES_TYPE_ELSEWHERE = "resources/type-elsewhere",
    /// A type that exists, but not in the document.
    RESOURCES_TYPE_BEYOND = "resources/type-beyond",
    /// A resource that does not exist.
    RESOURCES_UNKNOWN = "resources/unknown",
    /// The same, beside an entity that is associated.
    RESOURCES_SOME_UNKNOWN = "resources/some-unknown",
    /// A resource that was never associated.
    RESOURCES_NOT_ASSOCIATED = "resources/not-associated",
    /// The same, beside an entity that is associated.
    RESOURCES_SOME_NOT_ASSOCIATED = "resources/some-not-associated",
    /// A resource that does not exist is to be shared.
    RESOURCES_NONEXISTENT = "resources/nonexistent",
    /// A resource of another account is to be shared.
    RESOURCES_OF_ANOTHER = "resources/of-another",
    /// A resource of a type that only the management account, or who stands for it, may share.
    RESOURCES_MANAGEMENT_ONLY = "resources/management-only",
    /// The account would share more resources than it may, however they are counted.
    RESOURCES_OVER_QUOTA = "resources/over-quota",
    /// The same, if a resource in two shares counts twice.
    RESOURCES_OVER_QUOTA_TWICE = "resources/over-quota-if-twice",
    /// The same, if what is in transition counts.
    RESOURCES_OVER_QUOTA_MOVING = "resources/over-quota-if-moving",
    /// 6 to 20 ARNs.
    ARNS_OVER_LIMIT = "arns/over-limit",
    /// More than 20 ARNs.
    ARNS_OVER_GATEWAY = "arns/over-gateway",
    /// An ARN twice.
    ARNS_DUPLICATE = "arns/duplicate",
    /// A text that is no ARN.
    ARNS_MALFORMED = "arns/malformed",
    /// An ARN that names no resource of the world.
    ARNS_ELSEWHERE = "arns/elsewhere",
    /// The same, beside an entity that is associated.
    ARNS_SOME_ELSEWHERE = "arns/some-elsewhere",
    /// An ARN of a resource that was never associated.
    ARNS_NOT_ASSOCIATED = "arns/not-associated",
    /// The same, beside an entity that is associated.
    ARNS_SOME_NOT_ASSOCIATED = "arns/some-not-associated",
    /// An ARN of a resource that does not exist is to be shared.
    ARNS_NONEXISTENT = "arns/nonexistent",
    /// An ARN of a known resource but for its region, account or service is to be shared.
    ARNS_OTHER_PLACE = "arns/other-place",
    /// An ARN of a resource of another account is to be shared.
    ARNS_OF_ANOTHER = "arns/of-another",
    /// The account would have more open invitations than it may, in this share alone.
    INVITATIONS_OVER_QUOTA = "invitations/over-quota",
    /// The same, together with those to its other shares.
    INVITATIONS_OVER_QUOTA_ELSEWHERE = "invitations/over-quota-with-other-shares",
    /// The account would have more shares than it may.
    SHARES_OVER_QUOTA = "shares/over-quota",
    /// The same, if a share that is being deleted counts.
    SHARES_OVER_QUOTA_DELETING = "shares/over-quota-if-deleting",
    /// A type that may not go outside would be shared with an account outside.
    SHARE_TYPE_NOT_EXTERNAL = "share/type-not-external",
    /// A type that may not go outside would be in a share that is open to anyone.
    SHARE_TYPE_IN_OPEN_SHARE = "share/type-in-open-share",
    /// A share is to be closed to principals outside while some are in it.
    SHARE_OUTSIDERS_LEFT = "share/outsiders-left",
    /// Another share of the account has a resource of the type and the service.
    SERVICES_TYPE_ELSEWHERE = "services/type-in-other-share",
    /// Another share of the account has the resource itself and the service.
    SERVICES_RESOURCE_ELSEWHERE = "services/resource-in-other-share",
    /// The share has the service and the resource already.
    SERVICES_AGAIN = "services/already-shared",
    /// A service is to get a resource of a type that cannot be shared with services.
    SERVICES_TYPE = "services/type-unsupported",
    /// AllowExternalTargets is no truth value.
    EXTERNAL_FLAG_INVALID = "external-flag/invalid",
    /// Shares of other accounts are asked for by a tag.
    TAGS_OF_OTHERS = "tags/of-others",
    /// A new share gets odd tags, or a resource group.
    SHARE_GROUPED = "share/grouped",
    /// An entity is being associated.
    ENTITIES_ASSOCIATING = "entities/associating",
    /// An entity is being disassociated, and is to be associated.
    ENTITIES_DISASSOCIATING = "entities/disassociating",
    /// An entity whose removal is under way or over, or that failed.
    ENTITIES_ENDED = "entities/ended",
    /// A principal whose invitation is open.
    ENTITIES_INVITED = "entities/invited",
    /// An entity that is associated is to be associated.
    ENTITIES_ALREADY_ASSOCIATED = "entities/already-associated",
    /// A principal whose invitation is open is to be associated.
    ENTITIES_ALREADY_INVITED = "entities/already-invited",
    /// More names of permissions than the world says.
    PERMISSIONS_OVER_LIMIT = "permissions/over-limit",
    /// The same permission twice.
    PERMISSIONS_DUPLICATE = "permissions/duplicate",
    /// A permission that does not exist.
    PERMISSIONS_UNKNOWN = "permissions/unknown",
    /// A permission of a type of which the call names no resource.
    PERMISSIONS_OTHER_TYPE = "permissions/other-type",
    /// Two permissions of one type.
    PERMISSIONS_SECOND = "permissions/second",
    /// A permission of a type of which the share has, or had, resources before.
    PERMISSIONS_AGAIN = "permissions/again",
    /// An entry of properties is no record of texts, or has other fields than the documented ones.
    PROPERTIES_ODD = "properties/odd",
    /// More properties of principals than the world says.
    TARGET_PROPERTIES_OVER_LIMIT = "target-properties/over-limit",
    /// A principal twice with the same property.
    TARGET_PROPERTIES_DUPLICATE = "target-properties/duplicate",
    /// A principal twice with different properties.
    TARGET_PROPERTIES_DUPLICATE_ID = "target-properties/duplicate-id",
    /// A principal without a property, or the reverse.
    TARGET_PROPERTIES_PAIR_BROKEN = "target-properties/pair-broken",
    /// A property of a principal that is no JSON object.
    TARGET_PROPERTIES_NOT_JSON = "target-properties/not-json",
    /// A property of a principal whose timeRangeType is none of the valid values.
    TARGET_PROPERTIES_TIME_RANGE_TYPE = "target-properties/time-range-type",
    /// A property of a principal of another form than the documented one.
    TARGET_PROPERTIES_OTHER_FORM = "target-properties/other-form",
    /// A property of a principal that is no service.
    TARGET_PROPERTIES_NO_SERVICE = "target-properties/no-service",
    /// A property of a principal that the call does not name.
    TARGET_PROPERTIES_NOT_NAMED = "target-properties/not-named",
    /// More properties of resources than the world says.
    RESOURCE_PROPERTIES_OVER_LIMIT = "resource-properties/over-limit",
    /// A resource twice with the same property.
    RESOURCE_PROPERTIES_DUPLICATE = "resource-properties/duplicate",
    /// A resource twice with different properties.
    RESOURCE_PROPERTIES_DUPLICATE_ARN = "resource-properties/duplicate-arn",
    /// A resource without a property, or the reverse.
    RESOURCE_PROPERTIES_PAIR_BROKEN = "resource-properties/pair-broken",
    /// A property of a resource that is no JSON object.
    RESOURCE_PROPERTIES_NOT_JSON = "resource-properties/not-json",
    /// A property of a resource of another form than the documented one.
    RESOURCE_PROPERTIES_OTHER_FORM = "resource-properties/other-form",
    /// A property of a resource whose type has none.
    RESOURCE_PROPERTIES_TYPE = "resource-properties/type-unsupported",
    /// A property of a resource that the call does not name.
    RESOURCE_PROPERTIES_NOT_NAMED = "resource-properties/not-named",
    /// Another property for a resource that is being associated.
    RESOURCE_PROPERTIES_IN_PROGRESS = "resource-properties/in-progress",
    /// The owner mode is missing where it must be given.
    OWNER_MODE_MISSING = "owner-mode/missing",
    /// The owner mode is empty where it must be given.
    OWNER_MODE_EMPTY = "owner-mode/empty",
    /// The owner mode is none that exists.
    OWNER_MODE_INVALID = "owner-mode/invalid",
    /// The owner mode is one that exists but for its spelling.
    OWNER_MODE_SPELLING = "owner-mode/spelling",
    /// The caller is in no directory.
    CALLER_NO_DIRECTORY = "caller/no-directory",
    /// A member of the owner's directory wants to leave.
    LEAVE_INSIDE_DIRECTORY = "leave/inside-directory",
    /// The share holds a type that no principal can leave.
    LEAVE_TYPE = "leave/type",
    /// The caller's own association is under way.
    LEAVE_IN_PROGRESS = "leave/in-progress",
    /// The caller was invited and has not answered.
    LEAVE_INVITED = "leave/invited",
    /// The caller has left, or is leaving.
    LEAVE_ENDED = "leave/ended",
    /// The call names something else than the caller.
    LEAVE_ARGUMENTS = "leave/arguments",
    /// The association type is missing.
    ASSOCIATION_TYPE_MISSING = "association-type/missing",
    /// The association type is empty.
    ASSOCIATION_TYPE_EMPTY = "association-type/empty",
    /// The association type is none that exists.
    ASSOCIATION_TYPE_INVALID = "association-type/invalid",
    /// The association type does not go with the entity that is asked for.
    ASSOCIATION_TYPE_CONFLICT = "association-type/conflict",
    /// A status filter is none that exists.
    STATUS_FILTER_INVALID = "status-filter/invalid",
    /// MaxResults is no number from 1 to 100.
    MAX_RESULTS_INVALID = "max-results/invalid",
    /// NextToken is none that the target gave.
    NEXT_TOKEN_INVALID = "next-token/invalid",
    /// NextToken is of a walk that is over.
    NEXT_TOKEN_OLD = "next-token/old",
    /// NextToken has more than 256 letters.
    NEXT_TOKEN_TOO_LONG = "next-token/too-long",
    /// A share id of a filter is of another form than the target's own ids.
    SHARE_IDS_MALFORMED = "share-ids/malformed",
    /// A filter names a share that the caller does not see in this list.
    SHARE_IDS_INVISIBLE = "share-ids/invisible",
    /// A share id of a filter comes twice.
    SHARE_IDS_DUPLICATE = "share-ids/duplicate",
    /// 6 to 20 share ids in a filter.
    SHARE_IDS_OVER_LIMIT = "share-ids/over-limit",
    /// More than 20 share ids in a filter.
    SHARE_IDS_OVER_GATEWAY = "share-ids/over-gateway",
    /// A resource id of a filter comes twice.
    RESOURCE_IDS_DUPLICATE = "resource-ids/duplicate",
    /// More than 5 resource ids in a filter.
    RESOURCE_IDS_OVER_LIMIT = "resource-ids/over-limit",
    /// A resource type of a filter does not exist.
    RESOURCE_TYPE_UNKNOWN = "resource-type/unknown",
    /// A filter names nothing that is known.
    FILTER_UNKNOWN = "filter/unknown",
    /// The caller lists the associations of a share of which it is a principal.
    LIST_AS_PRINCIPAL = "list/as-principal",
    /// The invitation id is missing.
    INVITATION_ID_MISSING = "invitation-id/missing",
    /// The invitation id is empty.
    INVITATION_ID_EMPTY = "invitation-id/empty",
    /// The invitation id has another form than the target's own ids.
    INVITATION_ID_INVALID = "invitation-id/invalid",
    /// No invitation has the id.
    INVITATION_UNKNOWN = "invitation/unknown",
    /// The invitation is for another account.
    INVITATION_FOREIGN = "invitation/foreign",
    /// The invitation expired.
    INVITATION_EXPIRED = "invitation/expired",
    /// The invitation was rejected.
    INVITATION_REJECTED = "invitation/rejected",
    /// The invitation was accepted.
    INVITATION_ACCEPTED = "invitation/accepted",
    /// The invitation ended in a way that the tables have no row for.
    INVITATION_ENDED = "invitation/ended",
    /// The caller does not manage its directory.
    DIRECTORY_NOT_MANAGEMENT = "directory/not-management",
    /// Sharing is not enabled in the caller's directory.
    DIRECTORY_SHARING_OFF = "directory/sharing-off",
    /// Sharing is enabled already.
    DIRECTORY_ENABLED = "directory/enabled",
    /// The caller is in no directory, and asks about it.
    DIRECTORY_NONE = "directory/none",
    /// The signature is that of another request, or of another secret.
    GATEWAY_SIGNATURE = "gateway/signature",
    /// There is no signature.
    GATEWAY_SIGNATURE_MISSING = "gateway/signature-missing",
    /// The signature, or what says how it was made, is not whole.
    GATEWAY_SIGNATURE_MALFORMED = "gateway/signature-malformed",
    /// The hash in `x-acs-content-sha256` is that of another body.
    GATEWAY_CONTENT_HASH = "gateway/content-hash",
    /// A header that names part of the request is not signed.
    GATEWAY_HEADER_UNSIGNED = "gateway/header-unsigned",
    /// `SignatureMethod` is none that exists.
    GATEWAY_METHOD_UNKNOWN = "gateway/signature-method",
    /// The algorithm of `authorization` is none that exists.
    GATEWAY_ALGORITHM_UNKNOWN = "gateway/algorithm",
    /// `SignatureVersion` is none that exists.
    GATEWAY_SIGNATURE_VERSION = "gateway/signature-version",
    /// There is no time.
    GATEWAY_TIME_MISSING = "gateway/time-missing",
    /// The time is none.
    GATEWAY_TIME_MALFORMED = "gateway/time-malformed",
    /// The time is longer ago than any document allows.
    GATEWAY_EXPIRED = "gateway/expired",
    /// The time is longer ago than one document allows, but not than another.
    GATEWAY_LATE = "gateway/late",
    /// The time is further ahead than a request may be late.
    GATEWAY_EARLY = "gateway/early",
    /// There is no `SignatureNonce`.
    GATEWAY_NONCE_MISSING = "gateway/nonce-missing",
    /// The `SignatureNonce` was used before.
    GATEWAY_NONCE_USED = "gateway/nonce-used",
    /// There is no `x-acs-signature-nonce`.
    GATEWAY_NONCE_HEADER_MISSING = "gateway/nonce-header-missing",
    /// The `x-acs-signature-nonce` was used before.
    GATEWAY_NONCE_HEADER_USED = "gateway/nonce-header-used",
    /// No access key is named.
    GATEWAY_KEY_MISSING = "gateway/key-missing",
    /// The access key does not exist.
    GATEWAY_KEY_UNKNOWN = "gateway/key-unknown",
    /// Temporary credentials come without their token.
    GATEWAY_TOKEN_MISSING = "gateway/token-missing",
    /// The token is not that of the access key.
    GATEWAY_TOKEN_WRONG = "gateway/token-wrong",
    /// No operation is named.
    GATEWAY_ACTION_MISSING = "gateway/action-missing",
    /// The operation does not exist.
    GATEWAY_ACTION_UNKNOWN = "gateway/action-unknown",
    /// No version is named.
    GATEWAY_VERSION_MISSING = "gateway/version-missing",
    /// The version does not exist.
    GATEWAY_VERSION_UNKNOWN = "gateway/version-unknown",
    /// The format does not exist.
    GATEWAY_FORMAT_UNKNOWN = "gateway/format-unknown",
    /// The HTTP method is neither GET nor POST.
    GATEWAY_HTTP_METHOD = "gateway/http-method",
    /// No policy of the caller allows the call.
    GATEWAY_DENIED = "gateway/denied",
}
