//! The APIs: the one place where one is chosen.

use crate::arguments::ApiName;
use crate::failure::Failure;
use sharespec_generators::Strength;
use sharespec_model::alibaba::{self, Alibaba};
use sharespec_model::aws::{self, Aws};
use sharespec_model::spec::Library;
use sharespec_model::world::World;
use sharespec_reference::platform::Platform;
use sharespec_wire::case::Case;
use std::sync::Arc;

/// The operations of every API, each once.
pub const OPERATIONS: &[&str] = &[
    "DisassociateResourceShare",
    "AssociateResourceShare",
    "CreateResourceShare",
    "UpdateResourceShare",
    "DeleteResourceShare",
    "ListResourceShares",
    "ListResourceShareAssociations",
    "ListSharedResources",
    "ListSharedTargets",
    "ListResourceShareInvitations",
    "ListResourceSharePermissions",
    "AcceptResourceShareInvitation",
    "RejectResourceShareInvitation",
    "EnableSharingWithResourceDirectory",
    "CheckSharingWithResourceDirectoryStatus",
    "DescribeRegions",
    "GetResourceShares",
    "GetResourceShareAssociations",
    "ListResources",
    "ListPrincipals",
    "GetResourceShareInvitations",
    "EnableSharingWithAwsOrganization",
];

/// The operations of the API of this name.
pub fn operations_of(api: &str) -> &'static [&'static str] {
    match ApiName::named(api) {
        ApiName::Alibaba => alibaba::OPERATIONS,
        ApiName::Aws => aws::OPERATIONS,
    }
}

impl ApiName {
    /// The API of this name; Alibaba's for any other.
    pub fn named(name: &str) -> Self {
        match name {
            "aws" => Self::Aws,
            _ => Self::Alibaba,
        }
    }

    /// The name as documents and settings have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alibaba => "alibaba",
            Self::Aws => "aws",
        }
    }

    /// The API with these documents, and the newest ones of the operations that they do not
    /// describe.
    pub fn service(self, world: World, ids: &[String]) -> Result<Arc<dyn Platform>, Failure> {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        Ok(match self {
            Self::Alibaba => {
                Arc::new(Alibaba::with_documents(world, &ids).map_err(Failure::usage)?)
            }
            Self::Aws => Arc::new(Aws::with_documents(world, &ids).map_err(Failure::usage)?),
        })
    }

    /// The API in its own world.
    pub fn embedded(self) -> Result<Arc<dyn Platform>, Failure> {
        self.service(World::from_json(self.world())?, &[])
    }

    /// All documents.
    pub fn library(self) -> &'static Library {
        match self {
            Self::Alibaba => &alibaba::LIBRARY,
            Self::Aws => &aws::LIBRARY,
        }
    }

    /// The world that is there unless told otherwise.
    pub fn world(self) -> &'static str {
        match self {
            Self::Alibaba => sharespec_fixtures::ALIBABA_WORLD,
            Self::Aws => sharespec_fixtures::AWS_WORLD,
        }
    }

    /// The same world with what the selftest needs beyond it.
    pub fn extended_world(self) -> &'static str {
        match self {
            Self::Alibaba => sharespec_fixtures::ALIBABA_EXTENDED_WORLD,
            Self::Aws => sharespec_fixtures::AWS_WORLD,
        }
    }

    /// The enumerated cases, with the axes of requests combined so far.
    pub fn suite(self, strength: Strength) -> Vec<Case> {
        match self {
            Self::Alibaba => sharespec_generators::alibaba_at(strength),
            Self::Aws => sharespec_generators::aws(),
        }
    }

    /// The enumerated cases.
    pub fn cases(self) -> Vec<Case> {
        self.suite(sharespec_generators::DEFAULT_STRENGTH)
    }

    /// A combined case of any strength, by its id.
    pub fn combined(self, id: &str) -> Option<Case> {
        match self {
            Self::Alibaba => sharespec_generators::combined(id),
            Self::Aws => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_know_the_operations_of_every_api() {
        let all = || alibaba::OPERATIONS.iter().chain(aws::OPERATIONS);
        assert!(all().all(|name| OPERATIONS.contains(name)));
        assert!(OPERATIONS.iter().all(|name| all().any(|each| each == name)));
    }
}
