//! Everything that is wrong with a request before its operation is looked at: where it goes, what
//! its body is, who signed it, what of it, and when.

use super::VERSION;
use super::authorization::Authorization;
use super::body::Content;
use super::operations::Operation;
use super::sign::{
    CanonicalRequest, SERVICE, Scope, canonical_path, canonical_query, canonical_value, signature,
};
use super::timestamp;
use crate::alibaba::sign::content_hash;
use crate::alibaba::{Format, GatewayError, Incoming, Inspection, Keeper, Key, SignatureKind};
use crate::http::{Request, header};
use sharespec_model::aws::conditions as c;
use sharespec_model::belief::Window;
use sharespec_model::condition::Condition;
use sharespec_model::prediction::Wrong;

/// How far the time of a request may be off, in milliseconds.
pub const OFF_AT_MOST: i64 = 15 * 60_000;

/// Looks at a request as `keeper` does.
///
/// Without a known access key nothing else of the signature is looked at. Signatures in the query
/// are not read: such a request counts as unsigned.
///
/// # Errors
/// None: there is a condition for everything that can be wrong. The type is that of the other API.
pub fn inspect<K: Keeper + ?Sized>(
    request: &Request,
    keeper: &K,
) -> Result<Inspection, GatewayError> {
    let said = header(&request.headers, "authorization").map(Authorization::read);
    let inspection = Inspection {
        incoming: incoming(request, said),
        wrong: Wrong::default(),
        string_to_sign: None,
    };
    let mut inspector = Inspector { request, keeper, inspection };
    inspector.place();
    match said {
        Some(authorization) => inspector.authorization(authorization),
        None => inspector.holds(c::GATEWAY_SIGNATURE_MISSING),
    }
    Ok(inspector.inspection)
}

/// The request as far as it can be understood without its place.
fn incoming(request: &Request, said: Option<Authorization<'_>>) -> Incoming {
    let owned = |name: &str| header(&request.headers, name).map(str::to_owned);
    let authorization = said.unwrap_or_default();
    Incoming {
        action: String::new(),
        version: VERSION.to_owned(),
        access_key_id: authorization.access_key_id.to_owned(),
        format: Format::Json,
        arguments: Default::default(),
        irregular: Vec::new(),
        region_id: authorization.scope().map(|scope| scope.region.to_owned()),
        signature: if said.is_some() { SignatureKind::V4 } else { SignatureKind::Unsigned },
        timestamp: owned("x-amz-date").or_else(|| owned("date")),
        nonce: None,
        security_token: owned("x-amz-security-token"),
    }
}

struct Inspector<'a, K: ?Sized> {
    request: &'a Request,
    keeper: &'a K,
    inspection: Inspection,
}

impl<'a, K: Keeper + ?Sized> Inspector<'a, K> {
    fn holds(&mut self, condition: Condition) {
        self.inspection.wrong.holds(condition);
    }

    fn holds_if(&mut self, holds: bool, condition: Condition) {
        if holds {
            self.holds(condition);
        }
    }

    fn header(&self, name: &str) -> Option<&'a str> {
        header(&self.request.headers, name)
    }

    /// Path, method, media types, query and body.
    fn place(&mut self) {
        let path = self.request.target.split('?').next().unwrap_or_default();
        let found = Operation::at(path).filter(|found| self.keeper.is_operation(found.name));
        let Some(operation) = found else { return self.holds(c::GATEWAY_ACTION_UNKNOWN) };
        self.holds_if(self.request.method != operation.method, c::GATEWAY_HTTP_METHOD);
        let accepts = self.header("accept").is_none_or(accepts_json);
        self.holds_if(!accepts, c::GATEWAY_ACCEPT);
        if operation.has_body() && !self.request.body.is_empty() {
            match self.header("content-type").map(str::trim).filter(|text| !text.is_empty()) {
                None => self.holds(c::GATEWAY_MEDIA_TYPE_MISSING),
                Some(found) => self.holds_if(!is_json(found), c::GATEWAY_MEDIA_TYPE),
            }
        }
        let content = Content::read(self.request, operation);
        content.wrong.iter().for_each(|condition| self.holds(*condition));
        let incoming = &mut self.inspection.incoming;
        operation.name.clone_into(&mut incoming.action);
        (incoming.arguments, incoming.irregular) = (content.arguments, content.irregular);
    }

    fn authorization(&mut self, authorization: Authorization<'a>) {
        if !authorization.is_known() {
            return self.holds(c::GATEWAY_ALGORITHM_UNKNOWN);
        }
        if !authorization.is_whole() {
            return self.holds(c::GATEWAY_SIGNATURE_INCOMPLETE);
        }
        let key = self.keeper.key(authorization.access_key_id);
        let key = match (authorization.access_key_id.is_empty(), key) {
            (true, _) => return self.holds(c::GATEWAY_KEY_MISSING),
            (false, None) => return self.holds(c::GATEWAY_KEY_UNKNOWN),
            (false, Some(key)) => key,
        };
        self.token(key);
        let time = self.time();
        let Some(scope) = authorization.scope() else {
            return self.holds(c::GATEWAY_SCOPE_MALFORMED);
        };
        let Some(time) = time else { return };
        self.scope(&scope, &time);
        self.signature(key, &scope, &time, &authorization);
    }

    fn token(&mut self, key: Key<'_>) {
        match (key.token, self.inspection.incoming.security_token.as_deref()) {
            (Some(_), None) => self.holds(c::GATEWAY_TOKEN_MISSING),
            (wanted, found) => self.holds_if(wanted != found, c::GATEWAY_TOKEN_WRONG),
        }
    }

    /// The time as it is signed, if there is one.
    fn time(&mut self) -> Option<String> {
        let Some(said) = self.inspection.incoming.timestamp.clone() else {
            self.holds(c::GATEWAY_TIME_MISSING);
            return None;
        };
        match timestamp::read_date(&said) {
            None => self.holds(c::GATEWAY_TIME_MALFORMED),
            Some(time) => {
                self.age(time);
                return Some(timestamp::write(time));
            }
        }
        Some(said)
    }

    /// How late a request is, by a clock that may be known roughly and may count whole seconds.
    fn age(&mut self, time: i64) {
        let now = self.keeper.now();
        let whole = now.from.saturating_sub(now.from.rem_euclid(1000));
        let late = Window::new(whole.saturating_sub(time), now.to.saturating_sub(time));
        let bands = [
            (c::GATEWAY_EXPIRED, Window::new(OFF_AT_MOST + 1, i64::MAX)),
            (c::GATEWAY_EARLY, Window::new(i64::MIN, -OFF_AT_MOST - 1)),
        ];
        for (condition, band) in bands {
            match late.meet(band) {
                met if met == late => self.holds(condition),
                met if !met.is_empty() => self.inspection.wrong.may_hold(condition),
                _ => {}
            }
        }
    }

    fn scope(&mut self, scope: &Scope<'_>, time: &str) {
        let is_time = timestamp::read(time).is_some();
        self.holds_if(is_time && !time.starts_with(scope.date), c::GATEWAY_SCOPE_DATE);
        let region = self.keeper.region().is_some_and(|region| region != scope.region);
        self.holds_if(region, c::GATEWAY_SCOPE_REGION);
        self.holds_if(scope.service != SERVICE, c::GATEWAY_SCOPE_SERVICE);
    }

    fn signature(
        &mut self,
        key: Key<'_>,
        scope: &Scope<'_>,
        time: &str,
        authorization: &Authorization<'_>,
    ) {
        let names: Vec<&str> = authorization.signed_headers.split(';').collect();
        let values: Option<Vec<(String, String)>> = names
            .iter()
            .map(|name| Some(((*name).to_owned(), signed_value(self.request, name)?)))
            .collect();
        let Some(headers) = values else { return self.holds(c::GATEWAY_HEADER_ABSENT) };
        self.holds_if(!names.contains(&"host"), c::GATEWAY_HOST_UNSIGNED);
        // Some services have the token added after signing.
        let due = |name: &str| name.starts_with("x-amz-") && name != "x-amz-security-token";
        let mut sent = self.request.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        let unsigned = sent.any(|name| due(&name) && !names.contains(&name.as_str()));
        self.holds_if(unsigned, c::GATEWAY_HEADER_UNSIGNED);
        let hash = content_hash(&self.request.body);
        let target = self.request.target.as_str();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let canonical = CanonicalRequest {
            method: &self.request.method,
            path: &canonical_path(path, true),
            query: &canonical_query(query),
            headers: &headers,
            content_hash: &hash,
        };
        let string_to_sign = canonical.string_to_sign(time, scope);
        if signature(key.secret, scope, &string_to_sign) != authorization.signature {
            self.holds(c::GATEWAY_SIGNATURE);
            self.inspection.string_to_sign = Some(string_to_sign);
            return;
        }
        // Of a request whose signature is wrong, whatever it says of its body.
        let said = self.header("x-amz-content-sha256");
        self.holds_if(said.is_some_and(|said| said != hash), c::GATEWAY_CONTENT_HASH);
    }
}

/// The value of a signed header: those of all headers of this name, in order.
fn signed_value(request: &Request, name: &str) -> Option<String> {
    let of_name = request.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    let values: Vec<String> = of_name.map(|(_, value)| canonical_value(value)).collect();
    match values.is_empty() {
        false => Some(values.join(",")),
        // It is left to the transport.
        true if name == "content-length" => Some(request.body.len().to_string()),
        true => None,
    }
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_json(content_type: &str) -> bool {
    essence(content_type) == "application/json"
}

fn accepts_json(accept: &str) -> bool {
    let accepted = ["*/*", "application/*", "application/json", ""];
    accept.split(',').any(|media_type| accepted.contains(&essence(media_type).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_accepted_where_it_is_named() {
        for accept in ["*/*", "text/html, application/JSON;q=0.5", "application/*", ""] {
            assert!(accepts_json(accept), "{accept}");
        }
        assert!(!accepts_json("application/xml"));
        assert!(
            is_json("Application/JSON; charset=utf-8") && !is_json("application/x-amz-json-1.1")
        );
    }
}
