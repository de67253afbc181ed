//! The server's side: a request of any form as an operation with arguments.

use serde::{Deserialize, Serialize};
use sharespec_model::call::Arguments;

use super::authorization::{Authorization, is_header_signature};
use super::encode::VERSION;
use super::form::{Format, format_accepted};
use super::gateway::GatewayError;
use super::lists::unflatten;
use super::parameters::{Parameter, find, read, split_target};
use crate::http::{Request, header};

/// The parameters that belong to the wire and not to an operation.
const COMMON: [&str; 12] = [
    "AccessKeyId",
    "Action",
    "Format",
    "RegionId",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// Whether a parameter belongs to the wire and not to an operation.
pub fn is_common(name: &str) -> bool {
    COMMON.binary_search(&name).is_ok()
}

/// A request that was understood. Nothing of it has been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The operation, not necessarily one that exists; empty if none is named.
    pub action: String,
    /// The API version, not necessarily one that exists; empty if none is named.
    pub version: String,
    /// The access key, not necessarily one that exists; empty if none is named.
    pub access_key_id: String,
    /// The format of the reply; the default one if an unknown one is named.
    pub format: Format,
    /// The operation's own parameters, all values as texts. `RegionId` is not among them.
    pub arguments: Arguments,
    /// The keys of parameters that follow no documented rule, sorted: see [`unflatten`]. A common
    /// parameter that comes twice is among them; its first value counts.
    pub irregular: Vec<String>,
    /// `RegionId`, whether it is a common parameter or one of the operation.
    pub region_id: Option<String>,
    /// How the request is signed.
    pub signature: SignatureKind,
    /// The time as it stands in the request.
    pub timestamp: Option<String>,
    /// The nonce.
    pub nonce: Option<String>,
    /// The token of temporary credentials.
    pub security_token: Option<String>,
}

/// How a received request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    /// In the header `authorization`, as AWS has it.
    V4,
    /// In the header `authorization`.
    V3,
    /// In parameters.
    V2,
    /// Not at all; the caller is named in a parameter or a header.
    Unsigned,
}

/// Reads a request.
///
/// Parameters come from the query and from a form body. Names of the operation, the caller, time
/// and nonce come from parameters or `x-acs-*` headers; the side that is signed goes first.
///
/// # Errors
/// The gateway's answer: `UnsupportedHTTPMethod`, `InvalidApi.NotFound` for a path other than
/// `/`, `InvalidParameter` for what cannot be decoded, `IncompleteSignature` for an
/// `authorization` header without its members, `InvalidParameter.Format`, `MissingAction`,
/// `MissingVersion`, `InvalidVersion` and `MissingAccessKeyId`, in this order. Whether time,
/// nonce and signature are there is for [`super::inspect`] to say.
pub fn decode(request: &Request) -> Result<Incoming, GatewayError> {
    if !matches!(request.method.as_str(), "GET" | "POST") {
        return Err(GatewayError::unsupported_method());
    }
    if !matches!(split_target(&request.target).0, "/" | "") {
        return Err(GatewayError::api_not_found());
    }
    let parameters = read(request)?;
    let source = Source::new(request, &parameters);
    source.format()?;
    source.authorization()?;
    source.action().ok_or_else(|| GatewayError::missing("Action"))?;
    match source.version() {
        Some(VERSION) => {}
        Some(_) => return Err(GatewayError::invalid("Version")),
        None => return Err(GatewayError::missing("Version")),
    }
    source.access_key_id().ok_or_else(|| GatewayError::missing("AccessKeyId"))?;
    Ok(source.incoming())
}

/// A parameter of a request as it came, the first of its name.
pub fn parameter(request: &Request, name: &str) -> Option<String> {
    find(&read(request).ok()?, name).map(str::to_owned)
}

/// The format in which to answer `request`, even if it cannot be decoded.
pub fn format_asked(request: &Request) -> Format {
    let parameters = read(request).unwrap_or_default();
    let source = Source::new(request, &parameters);
    source.format().unwrap_or_else(|_| source.default_format())
}

/// Where the members of a request are looked up.
pub(super) struct Source<'a> {
    pub(super) request: &'a Request,
    pub(super) parameters: &'a [Parameter<'a>],
    pub(super) kind: SignatureKind,
}

impl<'a> Source<'a> {
    pub(super) fn new(request: &'a Request, parameters: &'a [Parameter<'a>]) -> Self {
        Self { request, parameters, kind: kind(request, parameters) }
    }

    /// The request as far as it can be understood.
    pub(super) fn incoming(&self) -> Incoming {
        let (arguments, irregular) = self.arguments();
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Incoming {
            action: self.action().unwrap_or_default().to_owned(),
            version: self.version().unwrap_or_default().to_owned(),
            access_key_id: self.access_key_id().unwrap_or_default().to_owned(),
            format: self.format().unwrap_or_else(|_| self.default_format()),
            arguments,
            irregular,
            region_id: owned(find(self.parameters, "RegionId")),
            signature: self.kind,
            timestamp: owned(self.either("Timestamp", "x-acs-date")),
            nonce: owned(self.either("SignatureNonce", "x-acs-signature-nonce")),
            security_token: owned(self.either("SecurityToken", "x-acs-security-token")),
        }
    }

    fn action(&self) -> Option<&'a str> {
        self.either("Action", "x-acs-action")
    }

    fn version(&self) -> Option<&'a str> {
        self.either("Version", "x-acs-version")
    }

    fn access_key_id(&self) -> Option<&'a str> {
        match self.authorization() {
            Ok(Some(authorization)) => Some(authorization.credential).filter(|key| !key.is_empty()),
            Ok(None) => self.either("AccessKeyId", "x-acs-accesskey-id"),
            Err(_) => None,
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        header(&self.request.headers, name)
    }

    /// The first value that is not empty: under `V3` the header first, else the parameter first.
    fn either(&self, parameter: &str, name: &str) -> Option<&'a str> {
        let present = |value: &&str| !value.is_empty();
        let in_parameters = || find(self.parameters, parameter).filter(present);
        let in_headers = || self.header(name).map(str::trim).filter(present);
        match self.kind {
            SignatureKind::V3 => in_headers().or_else(in_parameters),
            _ => in_parameters().or_else(in_headers),
        }
    }

    /// The members of the `authorization` header, if that is how the request is signed.
    pub(super) fn authorization(&self) -> Result<Option<Authorization<'a>>, GatewayError> {
        match (self.kind, self.header("authorization")) {
            (SignatureKind::V3, Some(value)) => Authorization::read(value).map(Some),
            _ => Ok(None),
        }
    }

    pub(super) fn format(&self) -> Result<Format, GatewayError> {
        match find(self.parameters, "Format").filter(|text| !text.is_empty()) {
            Some(text) => Format::parse(text).ok_or_else(GatewayError::format_unknown),
            None => Ok(self.default_format()),
        }
    }

    fn default_format(&self) -> Format {
        let headers = match self.kind {
            SignatureKind::V3 => true,
            SignatureKind::V2 | SignatureKind::V4 => false,
            SignatureKind::Unsigned => find(self.parameters, "Action").is_none(),
        };
        match self.header("accept") {
            _ if !headers => Format::Xml,
            Some(accept) => format_accepted(accept),
            None => Format::Json,
        }
    }

    fn arguments(&self) -> (Arguments, Vec<String>) {
        let mut seen = [false; COMMON.len()];
        let mut repeated = Vec::new();
        let own = self.parameters.iter().filter(|(key, _)| {
            let position = COMMON.binary_search(&key.as_ref()).ok();
            if let Some(seen) = position.and_then(|position| seen.get_mut(position))
                && std::mem::replace(seen, true)
            {
                repeated.push(key.to_string());
            }
            position.is_none()
        });
        let (arguments, mut irregular) =
            unflatten(own.map(|(key, value)| (key.as_ref(), value.as_ref())));
        if !repeated.is_empty() {
            irregular.append(&mut repeated);
            irregular.sort_unstable();
            irregular.dedup();
        }
        (arguments, irregular)
    }
}

fn kind(request: &Request, parameters: &[Parameter<'_>]) -> SignatureKind {
    if header(&request.headers, "authorization").is_some_and(is_header_signature) {
        return SignatureKind::V3;
    }
    let signed = ["Signature", "SignatureMethod", "SignatureVersion", "SignatureNonce"];
    match parameters.iter().any(|(key, _)| signed.contains(&key.as_ref())) {
        true => SignatureKind::V2,
        false => SignatureKind::Unsigned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_names_are_sorted() {
        assert!(COMMON.is_sorted());
    }
}
