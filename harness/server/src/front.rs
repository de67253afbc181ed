//! What stands in front of a service: a path of its own, and other ways of knowing who calls.

use crate::service::Service;
use sharespec_model::world::SeededShare;
use sharespec_reference::answer::Answer;
use sharespec_wire::http::{Request, header};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The header with the id of the account that calls.
pub const ACCOUNT_HEADER: &str = "x-sharespec-account";

/// How callers are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Callers {
    /// By the access key of the request.
    #[default]
    Keys,
    /// By the account id in [`ACCOUNT_HEADER`]; access keys by account id.
    Header(BTreeMap<String, String>),
    /// Everybody has this access key.
    Single(String),
}

/// A service behind a path, with callers that are known in some way.
#[derive(Debug)]
pub struct Front<S> {
    inner: S,
    path: String,
    callers: Callers,
}

impl<S> Front<S> {
    /// `inner` at `path`, where `/` is the usual place.
    pub fn new(inner: S, path: &str, callers: Callers) -> Self {
        Self { inner, path: path.to_owned(), callers }
    }

    /// The request as the service behind is to see it.
    fn seen<'r>(&self, request: &'r Request) -> Cow<'r, Request> {
        let key = match &self.callers {
            Callers::Keys if self.path == "/" => return Cow::Borrowed(request),
            Callers::Keys => None,
            Callers::Single(key) => Some(key.as_str()),
            Callers::Header(keys) => {
                let id = header(&request.headers, ACCOUNT_HEADER).unwrap_or_default();
                Some(keys.get(id).map_or("", String::as_str))
            }
        };
        let mut seen = request.clone();
        if self.path != "/" {
            let (path, query) = match request.target.split_once('?') {
                Some((path, query)) => (path, Some(query)),
                None => (request.target.as_str(), None),
            };
            // Any other path is no place of the API's, `/` included.
            let inner = if path == self.path { "/" } else { "/elsewhere" };
            seen.target = query.map_or(inner.to_owned(), |query| format!("{inner}?{query}"));
        }
        if let Some(key) = key {
            call_as(&mut seen, key);
        }
        Cow::Owned(seen)
    }
}

/// Makes a request one of this access key, whatever it said before. How it is signed stays as it is,
/// since the format of the answer hangs on it.
fn call_as(request: &mut Request, key: &str) {
    request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("x-acs-accesskey-id"));
    request.headers.push(("x-acs-accesskey-id".to_owned(), key.to_owned()));
    for (_, value) in request.headers.iter_mut().filter(|(name, _)| name == "authorization") {
        if let Some((head, rest)) = value.split_once("Credential=") {
            let rest = rest.find(',').and_then(|at| rest.get(at..)).unwrap_or_default();
            *value = format!("{head}Credential={key}{rest}");
        }
    }
    if let Some((path, query)) = request.target.split_once('?') {
        request.target = format!("{path}?{}", without_key(query));
    }
    let form = header(&request.headers, "content-type").is_some_and(|kind| kind.contains("form"));
    if let (true, Ok(body)) = (form, std::str::from_utf8(&request.body)) {
        request.body = without_key(body).into_bytes();
    }
}

fn without_key(pairs: &str) -> String {
    let kept = pairs.split('&').filter(|pair| !pair.starts_with("AccessKeyId="));
    kept.collect::<Vec<_>>().join("&")
}

impl<S: Service> Service for Front<S> {
    fn handle(&mut self, request: &Request, now: i64) -> Answer {
        let seen = self.seen(request);
        self.inner.handle(&seen, now)
    }

    fn reset(&mut self) {
        self.inner.reset();
    }

    fn hold(&mut self) {
        self.inner.hold();
    }

    fn release(&mut self) {
        self.inner.release();
    }

    fn seed(&mut self, share: &SeededShare, now: i64) -> Option<String> {
        self.inner.seed(share, now)
    }

    fn needs_raw_connection(&self) -> bool {
        self.inner.needs_raw_connection()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(target: &str, account: &str) -> Request {
        Request {
            target: target.into(),
            headers: vec![
                (ACCOUNT_HEADER.into(), account.into()),
                ("authorization".into(), "ACS3-X Credential=other,Signature=s".into()),
                ("content-type".into(), "application/x-www-form-urlencoded".into()),
            ],
            body: b"AccessKeyId=other&A=1".to_vec(),
            ..Request::default()
        }
    }

    #[test]
    fn a_request_is_one_of_the_account_in_its_header() {
        let keys = BTreeMap::from([("1".to_owned(), "KEY".to_owned())]);
        let front = Front::new((), "/", Callers::Header(keys));
        let asked = request("/?A=2&AccessKeyId=other", "1");
        let seen = front.seen(&asked);
        assert_eq!((seen.target.as_str(), seen.body.as_slice()), ("/?A=2", &b"A=1"[..]));
        assert_eq!(header(&seen.headers, "x-acs-accesskey-id"), Some("KEY"));
        let signed = header(&seen.headers, "authorization");
        assert_eq!(signed, Some("ACS3-X Credential=KEY,Signature=s"));
        let unknown = request("/", "2");
        assert_eq!(header(&front.seen(&unknown).headers, "x-acs-accesskey-id"), Some(""));
    }

    #[test]
    fn only_the_path_itself_leads_to_the_service() {
        let front = Front::new((), "/ram", Callers::Keys);
        let seen = |target: &str| front.seen(&request(target, "1")).target.clone();
        assert_eq!(seen("/ram?A=1"), "/?A=1");
        assert_eq!(seen("/?A=1"), "/elsewhere?A=1");
        assert_eq!(seen("/ram/"), "/elsewhere");
    }
}
