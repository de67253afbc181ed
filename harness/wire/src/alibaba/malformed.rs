//! Why a response is not a reply of the API.

use serde::{Deserialize, Serialize};

use super::form::Format;

/// Why a response cannot be read as a reply. A service under test that sends one of these is at
/// fault, or something that stands before it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Malformed {
    /// The body is longer than [`super::BODY_LIMIT`].
    #[error("the body has {bytes} bytes, more than a reply may have")]
    TooLarge {
        /// How many bytes the body has.
        bytes: usize,
    },
    /// The content type is neither JSON nor XML, or there is none.
    #[error("the content type is {}", .found.as_deref().unwrap_or("absent"))]
    MediaType {
        /// The content type, if there is one.
        found: Option<String>,
    },
    /// The content type is that of the format that was not asked for.
    #[error("the answer is in the other format than the one that was asked for: {found:?}")]
    FormatNotAsked {
        /// The format that came.
        found: Format,
    },
    /// The body is not UTF-8.
    #[error("the body is not UTF-8")]
    NotUtf8,
    /// The body is not JSON.
    #[error("the body is not JSON: {detail}")]
    NotJson {
        /// What the parser says.
        detail: String,
    },
    /// The body is not XML, or it holds what replies do not have, such as a document type.
    #[error("the body is not the XML of a reply: {detail}")]
    NotXml {
        /// What is wrong.
        detail: String,
    },
    /// The body is a list, a text or another value without members.
    #[error("the body is not an object")]
    NotAnObject,
    /// Something follows the value.
    #[error("the body goes on after its value")]
    TrailingData,
    /// Values are nested deeper than [`super::NESTING_LIMIT`].
    #[error("the body is nested too deep")]
    NestedTooDeep,
    /// An object of JSON has a member twice.
    #[error("an object has the member {member:?} twice")]
    DuplicateMember {
        /// The name of the member.
        member: String,
    },
    /// `Code`, `Message` or `RequestId` is there in another case.
    #[error("the member {found:?} should read {expected:?}")]
    MisspelledMember {
        /// The name that came.
        found: String,
        /// The name that is documented.
        expected: String,
    },
    /// An error without `Code`.
    #[error("the error has no Code")]
    MissingCode,
    /// An error without `Message`.
    #[error("the error has no Message")]
    MissingMessage,
    /// `Code`, `Message` or `RequestId` is not a text.
    #[error("the member {member:?} is not a text")]
    WrongType {
        /// The name of the member.
        member: String,
    },
    /// A status of success with an error code.
    #[error("the status says success, but there is the Code {code:?}")]
    SuccessWithCode {
        /// The code, if it is a text.
        code: Option<String>,
    },
    /// The root element has another name.
    #[error("the root element is {found:?}")]
    XmlRoot {
        /// The name that came.
        found: String,
    },
}
