//! Properties that a call gives to a principal or to a resource, as far as they are known.

use serde_json::Value;
use std::sync::Arc;

/// What is known of the property of an entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Property {
    /// None was given; what a reply shows then is open.
    #[default]
    Nothing,
    /// This one was given, in a form that the documents show.
    This(Arc<Value>),
    /// One was given of which the documents do not say what becomes of it.
    Open,
}

impl Property {
    /// What is known if either may be so.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        if self == other { self.clone() } else { Self::Open }
    }
}
