//! How a request is written, and what is deliberately wrong with it, whatever its API.

use crate::{alibaba, aws};
use serde::{Deserialize, Serialize};

pub use crate::alibaba::Format;

/// How a request is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Form {
    /// A request to Alibaba Cloud.
    Alibaba(Box<alibaba::Form>),
    /// A request to AWS.
    Aws {
        /// How it is written.
        aws: Box<aws::Form>,
    },
}

/// What is deliberately wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Tamper {
    /// With a request to Alibaba Cloud.
    Alibaba(alibaba::Tamper),
    /// With a request to AWS.
    Aws {
        /// What.
        aws: aws::Tamper,
    },
}

/// Which signature requests have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signing {
    /// The newest one that the API has.
    #[default]
    Newest,
    /// The one before, if the API has one.
    Older,
    /// None.
    Unsigned,
}

impl From<alibaba::Form> for Form {
    fn from(form: alibaba::Form) -> Self {
        Self::Alibaba(Box::new(form))
    }
}

impl From<alibaba::Tamper> for Tamper {
    fn from(tamper: alibaba::Tamper) -> Self {
        Self::Alibaba(tamper)
    }
}

impl From<aws::Form> for Form {
    fn from(form: aws::Form) -> Self {
        Self::Aws { aws: Box::new(form) }
    }
}

impl From<aws::Tamper> for Tamper {
    fn from(tamper: aws::Tamper) -> Self {
        Self::Aws { aws: tamper }
    }
}

impl Tamper {
    /// A form with this wrong: the given one, or the default one of the API.
    pub fn put_into(self, form: Option<Form>) -> Form {
        match (self, form) {
            (Self::Alibaba(tamper), form) => {
                let form = match form {
                    Some(Form::Alibaba(form)) => *form,
                    _ => alibaba::Form::default(),
                };
                alibaba::Form { tamper: Some(tamper), ..form }.into()
            }
            (Self::Aws { aws: tamper }, form) => {
                let form = match form {
                    Some(Form::Aws { aws: form }) => *form,
                    _ => aws::Form::default(),
                };
                aws::Form { tamper: Some(tamper), ..form }.into()
            }
        }
    }
}

impl Form {
    /// What is deliberately wrong, if anything is.
    pub fn tamper(&self) -> Option<Tamper> {
        match self {
            Self::Alibaba(form) => form.tamper.map(Tamper::from),
            Self::Aws { aws: form } => form.tamper.map(Tamper::from),
        }
    }

    /// Whether something is deliberately wrong.
    pub fn is_tampered(&self) -> bool {
        self.tamper().is_some()
    }

    /// Whether a call of `operation` is sent without anything that it says.
    pub fn drops_arguments(&self, operation: &str) -> bool {
        let Self::Aws { aws: form } = self else { return false };
        let empty = aws::Tamper::EmptyBody;
        form.tamper == Some(empty) && empty.applies(form, operation)
    }

    /// The same with the secret that nobody has.
    pub fn with_wrong_secret(self) -> Self {
        match self {
            Self::Alibaba(_) => Tamper::from(alibaba::Tamper::WrongSecret).put_into(Some(self)),
            Self::Aws { .. } => Tamper::from(aws::Tamper::WrongSecret).put_into(Some(self)),
        }
    }

    /// Whether it wants a nonce that was used before.
    pub fn reuses_nonce(&self) -> bool {
        match self {
            Self::Alibaba(form) => form.tamper == Some(alibaba::Tamper::ReusedNonce),
            // There are none.
            Self::Aws { .. } => false,
        }
    }

    /// Whether it is to be signed with the secret of another caller.
    pub fn wants_foreign_secret(&self) -> bool {
        match self {
            Self::Alibaba(form) => form.tamper == Some(alibaba::Tamper::ForeignSecret),
            Self::Aws { aws: form } => form.tamper == Some(aws::Tamper::ForeignSecret),
        }
    }

    /// Whether both are signed in one way.
    pub fn is_signed_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Alibaba(one), Self::Alibaba(other)) => one.signature == other.signature,
            (Self::Aws { aws: one }, Self::Aws { aws: other }) => one.signature == other.signature,
            _ => false,
        }
    }

    /// The format in which the answer must come; none if any will do.
    pub fn expected_format(&self) -> Option<Format> {
        match self {
            Self::Alibaba(form) => {
                // `Format` is a parameter of requests that are signed in parameters; no document names it
                // for those that are signed in headers.
                let headers = form.signature == alibaba::SignatureVersion::V3;
                let open = form.tamper == Some(alibaba::Tamper::UnsupportedFormat)
                    || (headers && form.expected_format() == Format::Xml);
                (!open).then(|| form.expected_format())
            }
            Self::Aws { .. } => Some(Format::Json),
        }
    }

    /// Whether the answer tells an absent, a null and an empty member apart: JSON does.
    pub fn is_exact(&self) -> bool {
        match self {
            Self::Alibaba(form) => form.expected_format() == Format::Json,
            Self::Aws { .. } => true,
        }
    }

    /// Whether the transport must send an empty POST without `content-length`.
    pub fn omits_content_length(&self) -> bool {
        match self {
            Self::Alibaba(form) => form.omits_content_length(),
            Self::Aws { .. } => false,
        }
    }
}
