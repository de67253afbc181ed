//! The client's side: a call in the form of some client, signed, as a request.

use std::borrow::Cow;

use sharespec_model::call::Call;

use super::credentials::{Credentials, Stamp};
use super::form::{Form, Method, Naming, Placement, SignatureVersion, SignedHeaders};
use super::lists::flatten;
use super::order::reverse;
use super::parameters::{Escapes, FORM_TYPE, Parameter};
use super::sign::{
    CanonicalRequest, HEADER_ALGORITHM, PARAMETER_METHOD, content_hash, header_signature,
    parameter_signature, parameter_string_to_sign,
};
use super::tamper::Tamper;
use super::timestamp;
use crate::http::Request;

/// The operation for which a request is signed that names another.
const OTHER_ACTION: &str = "DescribeRegions";

/// The header that is left unsigned.
const UNSIGNED_HEADER: &str = "x-acs-signature-nonce";

/// The version of the API.
pub const VERSION: &str = "2020-01-10";

/// Writes `call` in `form`, signed with `credentials` at `stamp`.
///
/// The header `host` is part of the request. Equal inputs make equal requests.
pub fn encode(call: &Call, form: &Form, credentials: &Credentials, stamp: &Stamp<'_>) -> Request {
    let mut draft = Draft::begin(call, form, credentials, stamp);
    match form.signature {
        SignatureVersion::V2 => draft.sign_parameters(),
        SignatureVersion::V3 => {}
        SignatureVersion::None => draft.name_caller(),
    }
    let mut request = draft.write();
    if form.signature == SignatureVersion::V3 {
        draft.sign_headers(&mut request);
    }
    request
}

/// A request that takes shape.
struct Draft<'a> {
    form: &'a Form,
    tamper: Option<Tamper>,
    credentials: &'a Credentials,
    stamp: &'a Stamp<'a>,
    access_key_id: &'a str,
    action: Option<&'a str>,
    version: Option<&'a str>,
    common: Vec<Parameter<'a>>,
    business: Vec<Parameter<'a>>,
    signature: Option<String>,
}

impl<'a> Draft<'a> {
    fn begin(
        call: &'a Call,
        form: &'a Form,
        credentials: &'a Credentials,
        stamp: &'a Stamp<'a>,
    ) -> Self {
        let tamper = form.tamper.filter(|tamper| tamper.applies(form));
        let mut draft = Draft {
            form,
            tamper,
            credentials,
            stamp,
            access_key_id: match tamper {
                Some(Tamper::MissingAccessKeyId) => "",
                Some(Tamper::UnknownAccessKeyId) => "sharespec-unknown-access-key",
                _ => &credentials.access_key_id,
            },
            action: match tamper {
                Some(Tamper::MissingAction) => None,
                Some(Tamper::UnknownAction) => Some("SharespecUnknownAction"),
                _ => Some(&call.operation),
            },
            version: match tamper {
                Some(Tamper::MissingVersion) => None,
                Some(Tamper::WrongVersion) => Some("1999-12-31"),
                _ => Some(VERSION),
            },
            common: Vec::with_capacity(16),
            business: flatten(&call.arguments, form.booleans),
            signature: None,
        };
        if form.arguments_reversed {
            reverse(&mut draft.business);
        }
        draft.add_names(call);
        draft
    }

    fn add(&mut self, name: &'static str, value: impl Into<Cow<'a, str>>) {
        self.common.push((Cow::Borrowed(name), value.into()));
    }

    /// Adds the parameters that requests of every signature may have.
    fn add_names(&mut self, call: &Call) {
        let form = self.form;
        if form.naming != Naming::Headers {
            if let Some(action) = self.action {
                self.add("Action", action);
            }
            if let Some(version) = self.version {
                self.add("Version", version);
            }
        }
        let unsupported = self.has(Tamper::UnsupportedFormat).then_some("YAML");
        if let Some(format) = unsupported.or(form.format.as_deref()) {
            self.add("Format", format);
        }
        if let Some(region) = &form.region
            && !call.arguments.contains_key("RegionId")
        {
            self.add("RegionId", region.as_str());
        }
    }

    /// Adds the access key of an unsigned request that has parameters for it.
    fn name_caller(&mut self) {
        // A target that knows its callers by other means may have given them no keys.
        if self.form.naming != Naming::Headers && !self.access_key_id.is_empty() {
            self.add_access_key();
        }
    }

    fn add_access_key(&mut self) {
        if !self.has(Tamper::MissingAccessKeyId) {
            self.add("AccessKeyId", self.access_key_id);
        }
        if let Some(token) = self.token() {
            self.add("SecurityToken", token);
        }
    }

    /// The token of temporary credentials.
    fn token(&self) -> Option<&'a str> {
        let token = self.credentials.security_token.as_deref()?;
        match self.tamper {
            Some(Tamper::MissingToken) => None,
            Some(Tamper::WrongToken) => Some("sharespec-unknown-token"),
            _ => Some(token),
        }
    }

    fn sign_parameters(&mut self) {
        let (form, stamp) = (self.form, self.stamp);
        self.add_access_key();
        let unknown = self.has(Tamper::UnknownSignatureMethod);
        self.add("SignatureMethod", if unknown { "HMAC-MD5" } else { PARAMETER_METHOD });
        let wrong = self.has(Tamper::WrongSignatureVersion);
        self.add("SignatureVersion", if wrong { "2.0" } else { "1.0" });
        if !self.has(Tamper::MissingNonce) {
            self.add("SignatureNonce", stamp.nonce);
        }
        if let Some(time) = self.time() {
            self.add("Timestamp", time);
        }
        if form.empty_signature_type {
            self.add("SignatureType", "");
        }
        if self.has(Tamper::MissingSignature) {
            return;
        }
        let mut signed = self.pairs(true, true);
        self.swap(&mut signed);
        signed.sort_unstable();
        let string_to_sign = parameter_string_to_sign(self.signed_method(), &signed);
        let signature = parameter_signature(&self.secret(), &string_to_sign);
        self.signature = Some(self.cut(signature));
    }

    fn pairs(&self, common: bool, business: bool) -> Vec<(&str, &str)> {
        let mut pairs = Vec::with_capacity(self.common.len() + self.business.len() + 1);
        let chosen = [(&self.common, common), (&self.business, business)];
        for (parameters, _) in chosen.into_iter().filter(|(_, wanted)| *wanted) {
            pairs.extend(parameters.iter().map(|(key, value)| (key.as_ref(), value.as_ref())));
        }
        pairs
    }

    fn has(&self, tamper: Tamper) -> bool {
        self.tamper == Some(tamper)
    }

    /// Changes parameters that are signed, so that others were sent.
    fn swap(&self, signed: &mut Vec<(&str, &str)>) {
        match self.tamper {
            Some(Tamper::ParameterRemoved) => signed.push(("SharespecTampered", "1")),
            Some(Tamper::ParameterAdded) => drop(signed.pop()),
            Some(Tamper::ParameterChanged) => {
                signed.last_mut().into_iter().for_each(|(_, value)| *value = "sharespec-tampered");
            }
            Some(Tamper::OtherActionSigned) => {
                let actions = signed.iter_mut().filter(|(key, _)| *key == "Action");
                actions.for_each(|(_, value)| *value = OTHER_ACTION);
            }
            _ => {}
        }
    }

    /// The signature as it is sent.
    fn cut(&self, mut signature: String) -> String {
        match self.tamper {
            Some(Tamper::EmptySignature) => signature.clear(),
            Some(Tamper::TruncatedSignature) => signature.truncate(signature.len() - 4),
            _ => {}
        }
        signature
    }

    fn secret(&self) -> Cow<'a, str> {
        let secret = &self.credentials.access_key_secret;
        match self.has(Tamper::WrongSecret) {
            true => Cow::Owned(format!("{secret}x")),
            false => Cow::Borrowed(secret),
        }
    }

    fn method(&self) -> &'static str {
        match self.has(Tamper::UnsupportedMethod) {
            true => "PUT",
            false => self.form.method.as_str(),
        }
    }

    fn signed_method(&self) -> &'static str {
        match (self.has(Tamper::OtherMethodSigned), self.form.method) {
            (false, _) => self.method(),
            (true, Method::Post) => Method::Get.as_str(),
            (true, Method::Get) => Method::Post.as_str(),
        }
    }

    fn time(&self) -> Option<String> {
        let shift = match self.tamper {
            Some(Tamper::MissingTimestamp) => return None,
            Some(Tamper::MalformedTimestamp) => return Some("no time".to_owned()),
            Some(Tamper::ShiftedTimestamp { millis }) => millis,
            _ => 0,
        };
        let millis = self.stamp.now_millis.saturating_add(shift);
        Some(timestamp::write(millis, self.form.timestamp))
    }

    /// Writes method, target, body and the headers that no signature needs.
    fn write(&self) -> Request {
        let form = self.form;
        let placement = match form.method {
            Method::Get => Placement::Query,
            Method::Post => form.placement,
        };
        let mut target = String::with_capacity(640);
        target.push('/');
        let mut body = String::new();
        match placement {
            Placement::Query => self.write_query(&mut target, true),
            Placement::Body => self.write_pairs(&mut body, self.pairs(true, true), true),
            Placement::Split => {
                self.write_query(&mut target, false);
                self.write_pairs(&mut body, self.pairs(false, true), false);
            }
        }
        let mut headers = Vec::with_capacity(16);
        push(&mut headers, "host", self.stamp.host);
        if let Some(accept) = &form.accept {
            push(&mut headers, "accept", accept);
        }
        if !body.is_empty() || form.content_type_always {
            push(&mut headers, "content-type", FORM_TYPE);
        }
        self.push_names(&mut headers);
        if form.credentials_provider && form.signature != SignatureVersion::None {
            let temporary = self.credentials.security_token.is_some();
            let provider = if temporary { "static_sts" } else { "static_ak" };
            push(&mut headers, "x-acs-credentials-provider", provider);
        }
        Request { method: self.method().to_owned(), target, headers, body: body.into_bytes() }
    }

    fn write_query(&self, target: &mut String, business: bool) {
        let pairs = self.pairs(true, business);
        if !pairs.is_empty() || self.signature.is_some() {
            target.push('?');
            self.write_pairs(target, pairs, true);
        }
    }

    /// Writes parameters, with the signature if it belongs there, in the order of the form.
    fn write_pairs<'b>(
        &'b self,
        out: &mut String,
        mut pairs: Vec<(&'b str, &'b str)>,
        signed: bool,
    ) {
        let signature = self.signature.as_deref().filter(|_| signed);
        pairs.extend(signature.map(|signature| ("Signature", signature)));
        self.form.order.arrange(&mut pairs);
        Escapes::of(self.form).write(out, pairs);
    }

    fn push_names(&self, headers: &mut Vec<(String, String)>) {
        if self.form.naming == Naming::Parameters {
            return;
        }
        if let Some(action) = self.action {
            push(headers, "x-acs-action", action);
        }
        if let Some(version) = self.version {
            push(headers, "x-acs-version", version);
        }
        let unsigned = self.form.signature == SignatureVersion::None;
        if unsigned && self.form.naming == Naming::Headers {
            self.push_credentials(headers, true);
        }
    }

    /// Pushes the access key, which temporary and unsigned credentials need, and the token.
    fn push_credentials(&self, headers: &mut Vec<(String, String)>, always: bool) {
        let token = self.token();
        let wanted = always || token.is_some();
        if wanted && !self.has(Tamper::MissingAccessKeyId) {
            push(headers, "x-acs-accesskey-id", self.access_key_id);
        }
        if let Some(token) = token {
            push(headers, "x-acs-security-token", token);
        }
    }

    fn sign_headers(&self, request: &mut Request) {
        let hash = match self.has(Tamper::WrongContentHash) {
            true => content_hash(b"another body"),
            false => content_hash(&request.body),
        };
        self.push_signed(&mut request.headers, &hash);
        let signed_headers = self.signed_headers(&request.headers);
        let mut query = match (self.form.method, self.form.placement) {
            (Method::Post, Placement::Body) => Vec::new(),
            (Method::Post, Placement::Split) => self.pairs(true, false),
            _ => self.pairs(true, true),
        };
        self.swap(&mut query);
        query.sort_unstable();
        let signed_hash = match self.has(Tamper::OtherBodySigned) && !request.body.is_empty() {
            true => Cow::Owned(content_hash(b"another body")),
            false => Cow::Borrowed(hash.as_str()),
        };
        let canonical = CanonicalRequest {
            method: self.signed_method(),
            path: "/",
            query: &query,
            headers: &signed_headers,
            content_hash: &signed_hash,
        };
        let authorization = self.authorization(&canonical);
        push(&mut request.headers, "authorization", &authorization);
    }

    fn push_signed(&self, headers: &mut Vec<(String, String)>, hash: &str) {
        if let Some(time) = self.time() {
            push(headers, "x-acs-date", &time);
        }
        if !self.has(Tamper::MissingNonce) {
            push(headers, "x-acs-signature-nonce", self.stamp.nonce);
        }
        push(headers, "x-acs-content-sha256", hash);
        self.push_credentials(headers, false);
        if self.form.signed_headers == SignedHeaders::Wide {
            push(headers, "user-agent", "sharespec");
        }
    }

    fn signed_headers<'b>(&self, headers: &'b [(String, String)]) -> Vec<(&'b str, &'b str)> {
        let wide = self.form.signed_headers == SignedHeaders::Wide;
        let mut signed: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, _)| wide || *name == "host" || name.starts_with("x-acs-"))
            .collect();
        let mut swap = |name: &str, other: &'static str| {
            let found = signed.iter_mut().filter(|(known, _)| *known == name);
            found.for_each(|(_, value)| *value = other);
        };
        match self.tamper {
            Some(Tamper::OtherActionSigned) => swap("x-acs-action", OTHER_ACTION),
            Some(Tamper::OtherHostSigned) => swap("host", "other.example"),
            Some(Tamper::AbsentSignedHeader) => signed.push(("x-acs-sharespec-absent", "1")),
            Some(Tamper::UnsignedHeader) => signed.retain(|(name, _)| *name != UNSIGNED_HEADER),
            _ => {}
        }
        signed.sort_unstable();
        signed
    }

    fn authorization(&self, canonical: &CanonicalRequest<'_>) -> String {
        let algorithm = match self.has(Tamper::UnknownSignatureMethod) {
            true => "ACS3-HMAC-MD5",
            false => HEADER_ALGORITHM,
        };
        if self.has(Tamper::MalformedAuthorization) {
            return format!("{algorithm} malformed");
        }
        let signature = header_signature(&self.secret(), &canonical.string_to_sign());
        let mut out = String::with_capacity(320);
        for piece in [algorithm, " Credential=", self.access_key_id, ",SignedHeaders="] {
            out.push_str(piece);
        }
        out.push_str(&canonical.signed_headers());
        if !self.has(Tamper::MissingSignature) {
            out.push_str(",Signature=");
            out.push_str(&self.cut(signature));
        }
        out
    }
}

fn push(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    headers.push((name.to_owned(), value.to_owned()));
}
