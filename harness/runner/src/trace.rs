//! The exchanges of one case, kept until it is clear that nobody needs them.

use serde_json::Value;
use sharespec_events::ExchangeText;
use sharespec_model::api::Api;
use sharespec_model::belief::Window;
use sharespec_model::call::Call;
use sharespec_model::names::Names;
use sharespec_oracles::floor;
use sharespec_wire::exchange::Exchange;
use sharespec_wire::http::{Request, Response};
use sharespec_wire::protocol::Protocol;
use sharespec_wire::redact;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// How much of a body is kept in a report, in bytes.
const BODY_SHOWN: usize = 16 * 1024;

/// How many pages of a list are kept so, and how much of each further one but the last.
const WHOLE_PAGES: usize = 10;
const PAGE_SHOWN: usize = 1024;

/// The exchanges of a case, in order.
#[derive(Debug)]
pub struct Trace {
    names: &'static Names,
    entries: Vec<Entry>,
    looked_at: Option<usize>,
}

#[derive(Debug)]
struct Entry {
    label: &'static str,
    caller: String,
    operation: String,
    /// The share that the call was about.
    share: Option<String>,
    /// The token by which a call that comes again is known.
    token: Option<String>,
    exchange: Exchange,
    /// How many bytes of the answer were forgotten.
    forgotten: usize,
}

impl Trace {
    /// None yet, of an API that calls things so.
    pub fn new(names: &'static Names) -> Self {
        Self { names, entries: Vec::new(), looked_at: None }
    }

    /// Adds an exchange.
    pub fn add(&mut self, label: &'static str, call: &Call, exchange: Exchange) {
        let text = |name: &str| call.arguments.get(name).and_then(Value::as_str).map(str::to_owned);
        self.entries.push(Entry {
            label,
            caller: call.caller.clone(),
            operation: call.operation.clone(),
            share: text(self.names.share_id),
            token: self.names.client_token.and_then(text),
            exchange,
            forgotten: 0,
        });
    }

    /// Forgets what no report shows of the last answer: it was judged, and another of so many pages follows.
    /// Of a list that does not end soon each page has its beginning.
    pub fn page_over(&mut self, pages: usize) {
        let kept = if pages <= WHOLE_PAGES { BODY_SHOWN } else { PAGE_SHOWN };
        let Some(entry) = self.entries.last_mut() else { return };
        if let Ok(response) = &mut entry.exchange.response {
            entry.forgotten += response.body.len().saturating_sub(kept);
            response.body.truncate(kept);
            response.body.shrink_to_fit();
        }
    }

    /// The exchange that is looked at: the last one, unless another one was named.
    pub fn position(&self) -> usize {
        self.looked_at.unwrap_or(self.entries.len().saturating_sub(1))
    }

    /// Names the exchange that is looked at; none for the last one.
    pub fn look_at(&mut self, position: Option<usize>) {
        self.looked_at = position;
    }

    /// The exchange that is looked at.
    pub fn last(&self) -> Option<&Exchange> {
        self.entries.get(self.position()).map(|entry| &entry.exchange)
    }

    /// When the exchange that is looked at happened.
    pub fn last_window(&self) -> Window {
        self.last().map_or(Window::ALWAYS, |last| Window::new(last.sent, last.received))
    }

    /// Whether the last exchange came to a success, or was about something that is gone.
    pub fn last_succeeded(&self) -> bool {
        let response = self.last().and_then(|exchange| exchange.response.as_ref().ok());
        response.is_some_and(|response| matches!(response.status, 200..=299 | 404))
    }

    /// The callers and ids of all shares that a reply, however broken, says were created.
    pub fn created(&self) -> Vec<(String, String)> {
        let names = self.names;
        let creations =
            self.entries.iter().filter(|each| each.operation == names.operations.create);
        let created = creations.filter_map(|entry| {
            let response = entry.exchange.response.as_ref().ok()?;
            let body: Value = serde_json::from_slice(&response.body).ok()?;
            let id = body.get(names.share)?.get(names.share_id)?.as_str()?;
            Some((entry.caller.clone(), id.to_owned()))
        });
        created.collect()
    }

    /// Whether a call that is no list came to a success.
    pub fn changed(&self, api: &dyn Api) -> bool {
        self.entries.iter().any(|entry| {
            let response = entry.exchange.response.as_ref();
            let accepted = response.is_ok_and(|response| matches!(response.status, 200..=299));
            accepted && !api.is_list(&entry.operation)
        })
    }

    /// The first call of set-up that was refused, and with which code.
    pub fn refused(&self, protocol: &dyn Protocol) -> Option<(&str, String)> {
        let set_up = self.entries.iter().filter(|entry| entry.label == "set-up");
        set_up.into_iter().find_map(|entry| {
            let Exchange { request, response, .. } = &entry.exchange;
            let response = response.as_ref().ok()?;
            let operation = protocol.spec().operation(&entry.operation)?;
            let asked = protocol.format_asked(request);
            let (reply, _) = floor::read(protocol, operation, response, asked).ok()?;
            let code = reply.code().filter(|_| matches!(response.status, 400..=499))?;
            Some((entry.operation.as_str(), code.to_owned()))
        })
    }

    /// How many creations came to nothing, to a share that was made before, or to one that was deleted since.
    pub fn accounted(&self) -> usize {
        let operations = &self.names.operations;
        let of = |operation: &'static str, statuses: RangeInclusive<u16>| {
            self.entries.iter().filter(move |each| {
                let response = each.exchange.response.as_ref();
                let status = response.map_or(0, |response| response.status);
                each.operation == operation && statuses.contains(&status)
            })
        };
        let refused = of(operations.create, 400..=499).count();
        let made = of(operations.create, 200..=299).count();
        let mut tokens = BTreeSet::new();
        let again = of(operations.create, 200..=299)
            .filter_map(|each| Some((&each.caller, each.token.as_ref()?)))
            .filter(|token| !tokens.insert(*token))
            .count();
        let deleted: BTreeSet<&str> =
            of(operations.delete, 200..=299).filter_map(|each| each.share.as_deref()).collect();
        refused + again + deleted.len().min(made - again)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The request of an exchange, secrets taken out.
    pub fn request(&self, position: usize, secrets: &[&str]) -> Option<Request> {
        self.entries.get(position).map(|entry| redact(&entry.exchange.request, secrets))
    }

    /// What the step of an exchange was.
    pub fn label(&self, position: usize) -> &'static str {
        self.entries.get(position).map_or("", |entry| entry.label)
    }

    /// The exchanges as texts, secrets taken out, up to the one at `last`.
    pub fn texts(&self, last: usize, secrets: &[&str]) -> Vec<ExchangeText> {
        let start = self.entries.first().map_or(0, |entry| entry.exchange.sent);
        let millis = |from: i64, to: i64| u64::try_from(to - from).unwrap_or(0);
        self.entries
            .iter()
            .take(last + 1)
            .map(|entry| ExchangeText {
                step: entry.label.to_owned(),
                caller: entry.caller.clone(),
                operation: entry.operation.clone(),
                request: request_text(&redact(&entry.exchange.request, secrets)),
                response: match &entry.exchange.response {
                    Ok(response) => masked(&response_text(response, entry.forgotten), secrets),
                    Err(silence) => format!("no answer: {silence}"),
                },
                started_ms: millis(start, entry.exchange.sent),
                took_ms: millis(entry.exchange.sent, entry.exchange.received),
            })
            .collect()
    }
}

/// A text without secrets.
pub fn masked(text: &str, secrets: &[&str]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
}

fn request_text(request: &Request) -> String {
    let mut text = format!("{} {} HTTP/1.1\n", request.method, request.target);
    headers(&mut text, &request.headers);
    text.push_str(&body(&request.body, 0));
    text
}

fn response_text(response: &Response, forgotten: usize) -> String {
    let mut text = format!("HTTP/1.1 {}\n", response.status);
    headers(&mut text, &response.headers);
    text.push_str(&body(&response.body, forgotten));
    text
}

fn headers(text: &mut String, headers: &[(String, String)]) {
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
}

fn body(bytes: &[u8], forgotten: usize) -> String {
    if bytes.is_empty() {
        return String::new();
    }
    let shown = bytes.get(..BODY_SHOWN).unwrap_or(bytes);
    let mut text = format!("\n{}", String::from_utf8_lossy(shown));
    let more = bytes.len() - shown.len() + forgotten;
    if more > 0 {
        text.push_str(&format!("\n... {more} more bytes"));
    }
    text
}
