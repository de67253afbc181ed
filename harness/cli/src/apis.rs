//! The APIs: the one place where one is chosen.

use crate::arguments::ApiName;
use crate::failure::Failure;
use crate::suites;
use sharespec_generators::Strength;
use sharespec_generators::fuzz::{Calls, Grammar};
use sharespec_model::alibaba::{self, Alibaba};
use sharespec_model::aws::{self, Aws};
use sharespec_model::spec::Library;
use sharespec_model::world::{World, WorldFile};
use sharespec_reference::platform::Platform;
use sharespec_wire::case::Case;
use std::sync::Arc;

/// The operations of every API, each once.
pub fn operations() -> Vec<&'static str> {
    let mut all = [alibaba::OPERATIONS, aws::OPERATIONS].concat();
    all.sort_unstable();
    all.dedup();
    all
}

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

    /// The enumerated cases, with the axes of requests combined so far, and the promoted ones.
    pub fn suite(self, strength: Strength) -> Vec<Case> {
        let mut cases = match self {
            Self::Alibaba => sharespec_generators::alibaba_at(strength),
            Self::Aws => sharespec_generators::aws_at(strength),
        };
        cases.extend(suites::promoted(self));
        cases
    }

    /// The enumerated cases.
    pub fn cases(self) -> Vec<Case> {
        self.suite(sharespec_generators::DEFAULT_STRENGTH)
    }

    /// What cases are made up of in a world.
    pub fn grammar(self, world: &WorldFile) -> Box<dyn Grammar> {
        match self {
            Self::Alibaba => Box::new(Calls::alibaba(world)),
            Self::Aws => Box::new(Calls::aws(world)),
        }
    }

    /// The distilled corpus: a case a line.
    pub fn corpus(self) -> &'static str {
        match self {
            Self::Alibaba => sharespec_fixtures::ALIBABA_CORPUS,
            Self::Aws => sharespec_fixtures::AWS_CORPUS,
        }
    }

    /// A combined case of any strength, by its id.
    pub fn combined(self, id: &str) -> Option<Case> {
        let of_api = id.split('/').next() == Some(self.name());
        sharespec_generators::combined(id).filter(|_| of_api)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promoted_case_is_in_a_suite() {
        let count = |api| suites::promoted(api).len();
        let all = sharespec_fixtures::REGRESSIONS.len();
        assert_eq!(count(ApiName::Alibaba) + count(ApiName::Aws), all);
    }
}
