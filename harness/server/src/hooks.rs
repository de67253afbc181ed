//! The hooks: what a test may do to the server beside the API.
//!
//! They live under a path that no API has, so that no request of a client can be taken for one.

use crate::responder::{Responder, json_response};
use serde::Deserialize;
use serde_json::{Value, json};
use sharespec_model::world::{SeededAssociation, SeededShare};
use sharespec_wire::http::{Request, Response};

/// The path prefix that the hooks live under.
pub const PREFIX: &str = "/_sharespec";

/// The hooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hook {
    Reset,
    AdvanceClock,
    Hold,
    Release,
    Seed,
    Health,
}

impl Hook {
    const ALL: [Self; 6] =
        [Self::Reset, Self::AdvanceClock, Self::Hold, Self::Release, Self::Seed, Self::Health];

    fn name(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::AdvanceClock => "advance-clock",
            Self::Hold => "hold",
            Self::Release => "release",
            Self::Seed => "seed",
            Self::Health => "health",
        }
    }

    fn method(self) -> &'static str {
        match self {
            Self::Reset | Self::AdvanceClock | Self::Hold | Self::Release | Self::Seed => "POST",
            Self::Health => "GET",
        }
    }

    /// How it is called, for a client that called something else.
    fn usage(self) -> String {
        let parameters = match self {
            Self::AdvanceClock => "?millis=N",
            Self::Reset | Self::Hold | Self::Release | Self::Seed | Self::Health => "",
        };
        format!("{} {PREFIX}/{}{parameters}", self.method(), self.name())
    }
}

/// The body of `advance-clock`, for clients that would rather send one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    millis: u64,
}

/// The path below the prefix, if `target` is a hook's at all.
pub(crate) fn path_of(target: &str) -> Option<&str> {
    let rest = target.strip_prefix(PREFIX)?;
    let path = rest.split('?').next().unwrap_or_default();
    (path.is_empty() || path.starts_with('/')).then(|| path.trim_start_matches('/'))
}

/// Does what the hook says and answers.
pub(crate) fn answer(path: &str, request: &Request, responder: &Responder) -> Response {
    let called = |hook: &Hook| hook.name() == path && hook.method() == request.method;
    match Hook::ALL.into_iter().find(called) {
        Some(hook) => call(hook, request, responder),
        None => refuse(404, "there is no such hook: call one of those listed"),
    }
}

fn call(hook: Hook, request: &Request, responder: &Responder) -> Response {
    match hook {
        Hook::Reset => responder.service().reset(),
        Hook::Hold => responder.service().hold(),
        Hook::Release => responder.service().release(),
        Hook::AdvanceClock => return advance(request, responder),
        Hook::Seed => return seed(request, responder),
        Hook::Health => {}
    }
    done(responder.clock().now())
}

/// What is wished for, in the form in which sharespec wishes.
#[derive(Deserialize)]
struct Wishes {
    shares: Vec<Wish>,
}

#[derive(Deserialize)]
struct Wish {
    /// How many cases the share is for, which is of no matter here.
    #[serde(default, rename = "cases")]
    _cases: usize,
    name: String,
    owner: String,
    status: String,
    #[serde(default)]
    external: Option<bool>,
    #[serde(rename = "use")]
    usage: String,
    #[serde(default)]
    associations: Vec<SeededAssociation>,
}

/// Makes the shares that are wished for, and says which.
fn seed(request: &Request, responder: &Responder) -> Response {
    let wishes: Wishes = match serde_json::from_slice(&request.body) {
        Ok(wishes) => wishes,
        Err(error) => return refuse(400, &format!("the wishes cannot be read: {error}")),
    };
    let now = responder.clock().now();
    let mut service = responder.service();
    let made = wishes.shares.into_iter().filter_map(|wish| {
        let Wish { name, owner, status, external, usage, associations, .. } = wish;
        let id = String::new();
        let share = SeededShare { name, id, owner, status, external, usage, associations };
        let id = service.seed(&share, now)?;
        Some(json!({ "name": share.name, "id": id }))
    });
    let made: Vec<Value> = made.collect();
    json_response(200, &json!({ "shares": made }))
}

fn advance(request: &Request, responder: &Responder) -> Response {
    let Some(millis) = millis_of(request) else {
        let error = "advance-clock needs `millis`, a whole number from 0 on: send it in the \
                     query or as a JSON body {\"millis\": N}";
        return refuse(400, error);
    };
    match responder.clock().advance(millis) {
        Some(now) => done(now),
        None => refuse(400, "the clock would pass the year 9999: send a smaller `millis`"),
    }
}

/// The query wins over the body, as it is what a person types.
fn millis_of(request: &Request) -> Option<u64> {
    let query = request.target.split_once('?').map(|(_, query)| query).unwrap_or_default();
    match query.split('&').find_map(|pair| pair.strip_prefix("millis=")) {
        Some(text) => text.parse().ok(),
        None => serde_json::from_slice::<Advance>(&request.body).ok().map(|body| body.millis),
    }
}

fn done(now: i64) -> Response {
    json_response(200, &json!({ "ok": true, "now": now }))
}

fn refuse(status: u16, error: &str) -> Response {
    let hooks: Vec<String> = Hook::ALL.into_iter().map(Hook::usage).collect();
    json_response(status, &json!({ "ok": false, "error": error, "hooks": hooks }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_prefix_as_a_whole_segment_is_a_hook() {
        assert_eq!(path_of("/_sharespec/reset"), Some("reset"));
        assert_eq!(path_of("/_sharespec/advance-clock?millis=1"), Some("advance-clock"));
        assert_eq!(path_of("/_sharespec"), Some(""));
        assert_eq!(path_of("/_sharespec?x"), Some(""));
        assert_eq!(path_of("/_sharespecial"), None);
        assert_eq!(path_of("/?x=/_sharespec/reset"), None);
    }

    #[test]
    fn millis_come_from_the_query_or_the_body() {
        let request = |target: &str, body: &str| Request {
            target: target.to_owned(),
            body: body.as_bytes().to_vec(),
            ..Request::default()
        };
        assert_eq!(millis_of(&request("/a?x=1&millis=20", "")), Some(20));
        assert_eq!(millis_of(&request("/a", " {\"millis\": 30}\n")), Some(30));
        assert_eq!(millis_of(&request("/a?millis=40", "{\"millis\": 30}")), Some(40));
        for (target, body) in [
            ("/a", ""),
            ("/a?millis=", ""),
            ("/a?millis=-1", ""),
            ("/a?millis=1.5", ""),
            ("/a", "{\"millis\": \"1\"}"),
            ("/a", "{\"millis\": 1, \"seconds\": 1}"),
        ] {
            assert_eq!(millis_of(&request(target, body)), None, "{target} {body}");
        }
    }
}
