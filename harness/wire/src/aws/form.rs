//! How a client writes a request: everything that clients vary while they mean the same call.

use serde::{Deserialize, Serialize};

use super::tamper::Tamper;

/// How a client writes a request. The default is what every SDK has in common: JSON without
/// spaces, and a signature over `host`, `content-type` and the headers `x-amz-*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Form {
    /// The region that credentials are scoped to.
    pub region: String,
    /// The header `content-type` of a body; absent if none.
    pub content_type: Option<String>,
    /// The header `accept`; absent if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accept: Option<String>,
    /// How JSON is written.
    pub json: JsonStyle,
    /// In what order members and parameters stand.
    pub order: Order,
    /// The names of members that the call does not have and that are sent as null.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nulls: Vec<String>,
    /// What is put at the end of the query, as it stands, such as `a=b`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra_query: Option<String>,
    /// Whether the request is signed. If not, nothing says who calls.
    pub signature: SignatureVersion,
    /// Which headers are sent for the sake of being signed, and are signed.
    pub signed_headers: SignedHeaders,
    /// Whether `x-amz-content-sha256` is sent.
    pub content_hash: bool,
    /// What is deliberately wrong, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tamper: Option<Tamper>,
}

/// The name of a known client with what makes its form.
pub type Preset = (&'static str, fn() -> Form);

/// How JSON is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonStyle {
    /// Without spaces, in UTF-8.
    #[default]
    Compact,
    /// With a space after each colon and comma, and everything beyond ASCII escaped.
    Python,
}

/// In what order members of a body, or parameters of a query, stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// By name.
    #[default]
    Sorted,
    /// In a body as the documents list them; in a query by name.
    Documented,
}

/// How a request is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureVersion {
    /// `AWS4-HMAC-SHA256` in the header `authorization`.
    #[default]
    V4,
    /// Not at all.
    None,
}

/// Which headers a signature covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedHeaders {
    /// `host` and `x-amz-*`: no less is allowed.
    Minimal,
    /// Also `content-type`.
    #[default]
    Typed,
    /// Also `content-length` and what the SDKs say about themselves and the attempt.
    Wide,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            region: "us-east-1".to_owned(),
            content_type: Some("application/json".to_owned()),
            accept: None,
            json: JsonStyle::default(),
            order: Order::default(),
            nulls: Vec::new(),
            extra_query: None,
            signature: SignatureVersion::default(),
            signed_headers: SignedHeaders::default(),
            content_hash: false,
            tamper: None,
        }
    }
}

impl Form {
    /// The forms of known clients by name, each as it was recorded against a server that keeps
    /// every byte.
    pub fn presets() -> &'static [Preset] {
        &[("boto3", boto3), ("client-ram-js", client_ram_js)]
    }

    /// The form of the known client `name`.
    pub fn preset(name: &str) -> Option<Form> {
        Self::presets().iter().find(|(known, _)| *known == name).map(|(_, form)| form())
    }
}

/// `boto3` of PyPI, given the arguments in the order of their names.
fn boto3() -> Form {
    Form { json: JsonStyle::Python, ..Form::default() }
}

/// `@aws-sdk/client-ram` of npm.
fn client_ram_js() -> Form {
    Form {
        order: Order::Documented,
        signed_headers: SignedHeaders::Wide,
        content_hash: true,
        ..Form::default()
    }
}
