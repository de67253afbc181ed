//! How a client writes a request: everything that clients vary while they mean the same call.

use serde::{Deserialize, Serialize};

use super::order::Order;
use super::presets;
use super::tamper::Tamper;

/// How a client writes a request. The default is a POST with every parameter in the query, the
/// names of the operation in headers and an `ACS3-HMAC-SHA256` signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Form {
    /// The HTTP method.
    pub method: Method,
    /// Where parameters stand. A GET has them all in the query, whatever is said here.
    pub placement: Placement,
    /// Where `Action` and `Version` stand.
    pub naming: Naming,
    /// How the request is signed.
    pub signature: SignatureVersion,
    /// The parameter `Format`, sent as it stands; absent if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// The header `accept`; absent if none. Without `Format` it chooses the format under `V3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accept: Option<String>,
    /// The parameter `RegionId`; absent if none, or if the call has an argument of that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// How booleans are written.
    pub booleans: Booleans,
    /// How spaces in keys and values are written on the wire; signatures always take `%20`.
    pub spaces: Spaces,
    /// Whether `*()!` stand unescaped on the wire; signatures always take them escaped.
    pub raw_punctuation: bool,
    /// How precise the time is.
    pub timestamp: TimestampPrecision,
    /// Whether an empty `SignatureType` is sent (`V2` only).
    pub empty_signature_type: bool,
    /// In what order parameters stand.
    pub order: Order,
    /// Whether the arguments are given last name first, as a caller may. They are in order of
    /// names otherwise; it shows where `order` keeps them as they are given.
    pub arguments_reversed: bool,
    /// Which headers are signed (`V3` only).
    pub signed_headers: SignedHeaders,
    /// Whether `x-acs-credentials-provider` is sent (signed requests only).
    pub credentials_provider: bool,
    /// Whether a form content type is sent although the body is empty.
    pub content_type_always: bool,
    /// Whether a POST with an empty body has no `content-length`: see
    /// [`Form::omits_content_length`].
    pub no_content_length: bool,
    /// What is deliberately wrong, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tamper: Option<Tamper>,
}

/// The name of a known client with what makes its form.
pub type Preset = (&'static str, fn() -> Form);

/// The HTTP methods that the API takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// `POST`.
    #[default]
    Post,
    /// `GET`.
    Get,
}

/// Where parameters stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// All in the query.
    #[default]
    Query,
    /// All in a form body.
    Body,
    /// Common parameters in the query, the operation's own ones in a form body.
    Split,
}

/// Where `Action` and `Version` stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// In the headers `x-acs-action` and `x-acs-version`.
    #[default]
    Headers,
    /// In the parameters `Action` and `Version`.
    Parameters,
    /// In both.
    Both,
}

/// How a request is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureVersion {
    /// `ACS3-HMAC-SHA256` in the header `authorization`.
    #[default]
    V3,
    /// `HMAC-SHA1` in the parameter `Signature`.
    V2,
    /// Not at all. The access key is still named: in the header `x-acs-accesskey-id` if the
    /// operation is named in headers only, otherwise in the parameter `AccessKeyId`.
    None,
}

/// How booleans are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Booleans {
    /// `true` and `false`.
    #[default]
    Lower,
    /// `True` and `False`.
    Capital,
}

/// How spaces are written on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spaces {
    /// `%20`.
    #[default]
    Percent,
    /// `+`.
    Plus,
}

/// How precise the time in a request is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimestampPrecision {
    /// `2026-11-21T16:07:43Z`.
    #[default]
    Seconds,
    /// `2026-11-21T16:07:43.223746839Z`.
    Nanoseconds,
}

/// Which headers a `V3` signature covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedHeaders {
    /// `host` and `x-acs-*`.
    #[default]
    Minimal,
    /// Also `accept`, `content-type` and a `user-agent` that is sent for the purpose.
    Wide,
}

/// The formats that a reply may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// `JSON`.
    Json,
    /// `XML`.
    Xml,
}

impl Format {
    /// The format that a parameter `Format` names, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("json") {
            return Some(Self::Json);
        }
        text.eq_ignore_ascii_case("xml").then_some(Self::Xml)
    }
}

impl Method {
    /// The method as it stands in the request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Get => "GET",
        }
    }
}

impl Form {
    /// The forms of known clients by name, such as `tea-python`.
    pub fn presets() -> &'static [Preset] {
        presets::PRESETS
    }

    /// The form of the known client `name`.
    pub fn preset(name: &str) -> Option<Form> {
        Self::presets().iter().find(|(known, _)| *known == name).map(|(_, form)| form())
    }

    /// The format in which a server answers a request of this form, if `Format` is a known one.
    pub fn expected_format(&self) -> Format {
        let said = self.format.as_deref().filter(|text| !text.is_empty());
        if let Some(format) = said.and_then(Format::parse) {
            return format;
        }
        let headers = match self.signature {
            SignatureVersion::V3 => true,
            SignatureVersion::V2 => false,
            SignatureVersion::None => self.naming == Naming::Headers,
        };
        match self.accept.as_deref() {
            _ if !headers => Format::Xml,
            Some(accept) => format_accepted(accept),
            None => Format::Json,
        }
    }

    /// Whether the transport must send an empty POST without `content-length`.
    pub fn omits_content_length(&self) -> bool {
        self.no_content_length && self.method == Method::Post
    }

    /// Whether parameters of the operation stand in a body.
    pub(super) fn has_body(&self) -> bool {
        self.method == Method::Post && self.placement != Placement::Query
    }

    /// Whether every parameter stands in a body.
    pub(super) fn has_only_body(&self) -> bool {
        self.method == Method::Post && self.placement == Placement::Body
    }
}

/// The format that an `accept` header asks for: XML if it names XML and not JSON.
pub(super) fn format_accepted(accept: &str) -> Format {
    let accept = accept.to_ascii_lowercase();
    if accept.contains("/xml") && !accept.contains("/json") { Format::Xml } else { Format::Json }
}
