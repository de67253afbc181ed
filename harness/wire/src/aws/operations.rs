//! The operations of AWS RAM 2018-01-04 on the wire: method, path, and where and of which type of JSON
//! each member of the input is.

use serde_json::Value;

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The name of the operation.
    pub name: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// The members of the input, in the order of the documents. They are all in the query of a
    /// DELETE and of `PromoteResourceShareCreatedFromPolicy`, and in the body of others.
    pub input: &'static [(&'static str, Kind)],
}

/// The types of JSON that members have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A whole number.
    Number,
    /// An array of strings.
    Texts,
    /// An object.
    Record,
    /// An array of objects.
    Records,
}

use Kind::{Flag, Number, Record, Records, Text, Texts};

/// Whether a value holds a member of the wrong type, and whether it holds a null in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) of_type: bool,
    pub(super) null_entry: bool,
}

impl Kind {
    /// What of `value` does not fit. A null is no value at all, except in a list.
    pub(super) fn misfit(self, value: &Value) -> Misfit {
        let of_type = |fits: bool| Misfit { of_type: !fits, null_entry: false };
        let entries = |kind: Kind| match value {
            Value::Array(entries) => {
                let other = |entry: &&Value| !entry.is_null();
                let misfits = |entry: &Value| kind.misfit(entry).of_type;
                Misfit {
                    of_type: entries.iter().filter(other).any(misfits),
                    null_entry: entries.iter().any(Value::is_null),
                }
            }
            _ => Misfit { of_type: true, null_entry: false },
        };
        match self {
            _ if value.is_null() => Misfit::default(),
            Text => of_type(value.is_string()),
            Flag => of_type(value.is_boolean()),
            Number => of_type(value.is_i64() || value.is_u64()),
            Record => of_type(value.is_object()),
            Texts => entries(Text),
            Records => entries(Record),
        }
    }
}

impl Operation {
    /// The operation of this name.
    pub fn named(name: &str) -> Option<&'static Operation> {
        OPERATIONS.iter().find(|operation| operation.name == name)
    }

    /// The operation with this path.
    pub fn at(path: &str) -> Option<&'static Operation> {
        OPERATIONS.iter().find(|operation| operation.path == path)
    }

    /// Whether the members of the input are in the query.
    pub fn is_in_query(&self) -> bool {
        self.method == "DELETE" || self.name == "PromoteResourceShareCreatedFromPolicy"
    }

    /// Whether it takes a body: an object, if only an empty one.
    pub fn has_body(&self) -> bool {
        !self.input.is_empty() && !self.is_in_query()
    }

    /// The type of a member of the input.
    pub fn member(&self, name: &str) -> Option<Kind> {
        self.input.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }
}

/// All operations, by name.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        name: "AcceptResourceShareInvitation",
        method: "POST",
        path: "/acceptresourceshareinvitation",
        input: &[("resourceShareInvitationArn", Text), ("clientToken", Text)],
    },
    Operation {
        name: "AssociateResourceShare",
        method: "POST",
        path: "/associateresourceshare",
        input: &[
            ("resourceShareArn", Text),
            ("resourceArns", Texts),
            ("principals", Texts),
            ("clientToken", Text),
            ("sources", Texts),
        ],
    },
    Operation {
        name: "AssociateResourceSharePermission",
        method: "POST",
        path: "/associateresourcesharepermission",
        input: &[
            ("resourceShareArn", Text),
            ("permissionArn", Text),
            ("permissionTemplateParameters", Records),
            ("replace", Flag),
            ("clientToken", Text),
            ("permissionVersion", Number),
        ],
    },
    Operation {
        name: "CreatePermission",
        method: "POST",
        path: "/createpermission",
        input: &[
            ("name", Text),
            ("resourceType", Text),
            ("policyTemplate", Text),
            ("permissionTemplateParameters", Records),
            ("clientToken", Text),
            ("tags", Records),
        ],
    },
    Operation {
        name: "CreatePermissionVersion",
        method: "POST",
        path: "/createpermissionversion",
        input: &[
            ("permissionArn", Text),
            ("policyTemplate", Text),
            ("permissionTemplateParameters", Records),
            ("clientToken", Text),
        ],
    },
    Operation {
        name: "CreateResourceShare",
        method: "POST",
        path: "/createresourceshare",
        input: &[
            ("name", Text),
            ("resourceArns", Texts),
            ("principals", Texts),
            ("tags", Records),
            ("allowExternalPrincipals", Flag),
            ("clientToken", Text),
            ("permissionArns", Texts),
            ("sources", Texts),
            ("permissionTemplateParameters", Records),
            ("resourceShareConfiguration", Record),
        ],
    },
    Operation {
        name: "DeletePermission",
        method: "DELETE",
        path: "/deletepermission",
        input: &[("permissionArn", Text), ("clientToken", Text)],
    },
    Operation {
        name: "DeletePermissionVersion",
        method: "DELETE",
        path: "/deletepermissionversion",
        input: &[("permissionArn", Text), ("permissionVersion", Number), ("clientToken", Text)],
    },
    Operation {
        name: "DeleteResourceShare",
        method: "DELETE",
        path: "/deleteresourceshare",
        input: &[("resourceShareArn", Text), ("clientToken", Text)],
    },
    Operation {
        name: "DisassociateResourceShare",
        method: "POST",
        path: "/disassociateresourceshare",
        input: &[
            ("resourceShareArn", Text),
            ("resourceArns", Texts),
            ("principals", Texts),
            ("clientToken", Text),
            ("sources", Texts),
        ],
    },
    Operation {
        name: "DisassociateResourceSharePermission",
        method: "POST",
        path: "/disassociateresourcesharepermission",
        input: &[("resourceShareArn", Text), ("permissionArn", Text), ("clientToken", Text)],
    },
    Operation {
        name: "EnableSharingWithAwsOrganization",
        method: "POST",
        path: "/enablesharingwithawsorganization",
        input: &[],
    },
    Operation {
        name: "GetPermission",
        method: "POST",
        path: "/getpermission",
        input: &[
            ("permissionArn", Text),
            ("permissionVersion", Number),
            ("permissionTemplateParameters", Records),
        ],
    },
    Operation {
        name: "GetResourcePolicies",
        method: "POST",
        path: "/getresourcepolicies",
        input: &[
            ("resourceArns", Texts),
            ("principal", Text),
            ("nextToken", Text),
            ("maxResults", Number),
        ],
    },
    Operation {
        name: "GetResourceShareAssociations",
        method: "POST",
        path: "/getresourceshareassociations",
        input: &[
            ("associationType", Text),
            ("resourceShareArns", Texts),
            ("resourceArn", Text),
            ("principal", Text),
            ("associationStatus", Text),
            ("nextToken", Text),
            ("maxResults", Number),
        ],
    },
    Operation {
        name: "GetResourceShareInvitations",
        method: "POST",
        path: "/getresourceshareinvitations",
        input: &[
            ("resourceShareInvitationArns", Texts),
            ("resourceShareArns", Texts),
            ("nextToken", Text),
            ("maxResults", Number),
        ],
    },
    Operation {
        name: "GetResourceShares",
        method: "POST",
        path: "/getresourceshares",
        input: &[
            ("resourceShareArns", Texts),
            ("resourceShareStatus", Text),
            ("resourceOwner", Text),
            ("name", Text),
            ("tagFilters", Records),
            ("nextToken", Text),
            ("maxResults", Number),
            ("permissionArn", Text),
            ("permissionVersion", Number),
        ],
    },
    Operation {
        name: "ListPendingInvitationResources",
        method: "POST",
        path: "/listpendinginvitationresources",
        input: &[
            ("resourceShareInvitationArn", Text),
            ("nextToken", Text),
            ("maxResults", Number),
            ("resourceRegionScope", Text),
        ],
    },
    Operation {
        name: "ListPermissionAssociations",
        method: "POST",
        path: "/listpermissionassociations",
        input: &[
            ("permissionArn", Text),
            ("permissionVersion", Number),
            ("associationStatus", Text),
            ("resourceType", Text),
            ("featureSet", Text),
            ("defaultVersion", Flag),
            ("resourceOwner", Text),
            ("resourceShareArn", Text),
            ("nextToken", Text),
            ("maxResults", Number),
        ],
    },
    Operation {
        name: "ListPermissionVersions",
        method: "POST",
        path: "/listpermissionversions",
        input: &[("permissionArn", Text), ("nextToken", Text), ("maxResults", Number)],
    },
    Operation {
        name: "ListPermissions",
        method: "POST",
        path: "/listpermissions",
        input: &[
            ("resourceType", Text),
            ("resourceOwner", Text),
            ("nextToken", Text),
            ("maxResults", Number),
            ("permissionType", Text),
            ("permissionStatus", Text),
        ],
    },
    Operation {
        name: "ListPrincipals",
        method: "POST",
        path: "/listprincipals",
        input: &[
            ("resourceOwner", Text),
            ("resourceArn", Text),
            ("principals", Texts),
            ("resourceType", Text),
            ("resourceShareArns", Texts),
            ("nextToken", Text),
            ("maxResults", Number),
        ],
    },
    Operation {
        name: "ListReplacePermissionAssociationsWork",
        method: "POST",
        path: "/listreplacepermissionassociationswork",
        input: &[("workIds", Texts), ("status", Text), ("nextToken", Text), ("maxResults", Number)],
    },
    Operation {
        name: "ListResourceSharePermissions",
        method: "POST",
        path: "/listresourcesharepermissions",
        input: &[("resourceShareArn", Text), ("nextToken", Text), ("maxResults", Number)],
    },
    Operation {
        name: "ListResourceTypes",
        method: "POST",
        path: "/listresourcetypes",
        input: &[("nextToken", Text), ("maxResults", Number), ("resourceRegionScope", Text)],
    },
    Operation {
        name: "ListResources",
        method: "POST",
        path: "/listresources",
        input: &[
            ("resourceOwner", Text),
            ("principal", Text),
            ("resourceType", Text),
            ("resourceArns", Texts),
            ("resourceShareArns", Texts),
            ("nextToken", Text),
            ("maxResults", Number),
            ("resourceRegionScope", Text),
        ],
    },
    Operation {
        name: "ListSourceAssociations",
        method: "POST",
        path: "/listsourceassociations",
        input: &[
            ("resourceShareArns", Texts),
            ("sourceId", Text),
            ("sourceType", Text),
            ("associationStatus", Text),
            ("nextToken", Text),
            ("maxResults", Number),
        ],
    },
    Operation {
        name: "PromotePermissionCreatedFromPolicy",
        method: "POST",
        path: "/promotepermissioncreatedfrompolicy",
        input: &[("permissionArn", Text), ("name", Text), ("clientToken", Text)],
    },
    Operation {
        name: "PromoteResourceShareCreatedFromPolicy",
        method: "POST",
        path: "/promoteresourcesharecreatedfrompolicy",
        input: &[("resourceShareArn", Text)],
    },
    Operation {
        name: "RejectResourceShareInvitation",
        method: "POST",
        path: "/rejectresourceshareinvitation",
        input: &[("resourceShareInvitationArn", Text), ("clientToken", Text)],
    },
    Operation {
        name: "ReplacePermissionAssociations",
        method: "POST",
        path: "/replacepermissionassociations",
        input: &[
            ("fromPermissionArn", Text),
            ("fromPermissionVersion", Number),
            ("toPermissionArn", Text),
            ("permissionTemplateParameters", Records),
            ("clientToken", Text),
        ],
    },
    Operation {
        name: "SetDefaultPermissionVersion",
        method: "POST",
        path: "/setdefaultpermissionversion",
        input: &[("permissionArn", Text), ("permissionVersion", Number), ("clientToken", Text)],
    },
    Operation {
        name: "TagResource",
        method: "POST",
        path: "/tagresource",
        input: &[("resourceShareArn", Text), ("tags", Records), ("resourceArn", Text)],
    },
    Operation {
        name: "UntagResource",
        method: "POST",
        path: "/untagresource",
        input: &[("resourceShareArn", Text), ("tagKeys", Texts), ("resourceArn", Text)],
    },
    Operation {
        name: "UpdatePermission",
        method: "POST",
        path: "/updatepermission",
        input: &[("permissionArn", Text), ("status", Text), ("clientToken", Text)],
    },
    Operation {
        name: "UpdateResourceShare",
        method: "POST",
        path: "/updateresourceshare",
        input: &[
            ("resourceShareArn", Text),
            ("name", Text),
            ("allowExternalPrincipals", Flag),
            ("clientToken", Text),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_are_names_in_lower_case() {
        assert_eq!(OPERATIONS.len(), 36);
        assert!(OPERATIONS.is_sorted_by_key(|operation| operation.name));
        for operation in OPERATIONS {
            assert_eq!(operation.path, format!("/{}", operation.name.to_lowercase()));
            assert_eq!(Operation::at(operation.path).unwrap().name, operation.name);
        }
    }

    #[test]
    fn values_fit_their_type() {
        let none = Misfit::default();
        let of_type = Misfit { of_type: true, ..none };
        let null_entry = Misfit { null_entry: true, ..none };
        for (kind, value, expected) in [
            (Text, json!("a"), none),
            (Text, json!(null), none),
            (Text, json!(1), of_type),
            (Flag, json!("true"), of_type),
            (Number, json!(1), none),
            (Number, json!(1.5), of_type),
            (Texts, json!(["a"]), none),
            (Texts, json!("a"), of_type),
            (Texts, json!([1]), of_type),
            (Texts, json!([null]), null_entry),
            (Texts, json!([null, 1]), Misfit { of_type: true, null_entry: true }),
            (Records, json!([{"key": "k"}]), none),
            (Records, json!([["k"]]), of_type),
            (Record, json!([]), of_type),
        ] {
            assert_eq!(kind.misfit(&value), expected, "{kind:?} {value}");
        }
    }
}
