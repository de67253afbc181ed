//! The cast: the accounts, resources and lists that cases speak of, as symbols.

/// The accounts of the main directory that cases share with one by one, the first of them outside
/// of any folder.
pub(crate) const CROWD: [&str; 22] = [
    "member-a", "member-b", "member-c", "member-d", "member-e", "staff-01", "staff-02", "staff-03",
    "staff-04", "staff-05", "staff-06", "staff-07", "staff-08", "staff-09", "staff-10", "staff-11",
    "staff-12", "staff-13", "staff-14", "staff-15", "staff-16", "member-f",
];

/// The resource types that a pair of type and id can name.
pub(crate) const BY_ID: [&str; 10] = [
    "VSwitch",
    "PrefixList",
    "IpamPool",
    "Image",
    "Snapshot",
    "DeploymentSet",
    "CapacityReservation",
    "ServiceCatalogPortfolio",
    "ROSTemplate",
    "KMSInstance",
];

/// The resource types that an ARN can name.
pub(crate) const BY_ARN: [&str; 10] = [
    "VSwitch",
    "PrefixList",
    "IpamPool",
    "Image",
    "Snapshot",
    "DeploymentSet",
    "CapacityReservation",
    "ServiceCatalogPortfolio",
    "KMSInstance",
    "PolarDBBackupSet",
];

/// The type that only ARNs name.
pub(crate) const ARN_ONLY: &str = "PolarDBBackupSet";

/// The kinds of principals inside the main directory: a name and the symbol.
pub(crate) const PRINCIPALS: [(&str, &str); 5] = [
    ("account", "$account.member-a"),
    ("folder-account", "$account.member-e"),
    ("folder", "$folder.member-e"),
    ("root-folder", "$root.owner"),
    ("directory", "$directory.owner"),
];

/// A list of entities of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// `Resources`.
    Resources,
    /// `Targets`.
    Targets,
    /// `ResourceArns`.
    Arns,
}

impl List {
    /// Every list.
    pub(crate) const ALL: [Self; 3] = [Self::Resources, Self::Targets, Self::Arns];

    /// The name in ids of cases and of conditions.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Resources => "resources",
            Self::Targets => "targets",
            Self::Arns => "arns",
        }
    }

    /// The name of the parameter.
    pub(crate) fn parameter(self) -> &'static str {
        match self {
            Self::Resources => "Resources",
            Self::Targets => "Targets",
            Self::Arns => "ResourceArns",
        }
    }

    /// The condition of this list that ends so.
    pub(crate) fn condition(self, end: &str) -> String {
        format!("{}/{end}", self.name())
    }
}

/// The id of an account.
pub(crate) fn account(role: &str) -> String {
    format!("$account.{role}")
}

/// The id of the n-th resource of a type.
pub(crate) fn id_of(owner: &str, kind: &str, number: usize) -> String {
    format!("$id.{owner}.{kind}.{number}")
}

/// The ARN of the n-th resource of a type.
pub(crate) fn arn_of(owner: &str, kind: &str, number: usize) -> String {
    format!("$arn.{owner}.{kind}.{number}")
}

/// The n-th account of the crowd, counted from 1.
pub(crate) fn of_crowd(number: usize) -> String {
    account(CROWD.get(number.wrapping_sub(1)).copied().unwrap_or("plain-member"))
}

/// The directory that an account is in, by a role of it; accounts of no directory have none.
pub(crate) fn directory(role: &str) -> Option<&'static str> {
    let inside = ["owner", "member-", "staff-", "plain-member"];
    if inside.iter().any(|prefix| role.starts_with(prefix)) {
        return Some("owner");
    }
    role.starts_with("quiet-").then_some("quiet-owner")
}
