//! A server at a URL as a target: lanes of kept connections, time limits, hooks.

use crate::client::{Access, Rate};
use crate::connection::{NoHook, Sending};
use crate::hooks::Hooks;
use crate::raw;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use sharespec_wire::alibaba::BODY_LIMIT;
use sharespec_wire::case::Hook;
use sharespec_wire::exchange::{Exchange, Silence};
use sharespec_wire::http::{Request, Response};
use std::error::Error;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Semaphore;

/// Why a URL cannot be a target.
#[derive(Debug, thiserror::Error)]
pub enum UrlError {
    /// The text is not a URL that can be used.
    #[error("`{0}` is not a URL of a target; give one such as http://127.0.0.1:8080")]
    Form(String),
    /// There is a colon, and no port after it.
    #[error("`{0}` has no port after the colon; give one such as http://127.0.0.1:8080")]
    Port(String),
    /// The name cannot be resolved.
    #[error("the name in `{0}` cannot be resolved: {1}")]
    Resolve(String, std::io::Error),
    /// The address is public.
    #[error(
        "{0} is a public address; sharespec sends only to loopback, link-local and private addresses"
    )]
    Public(IpAddr),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made: {0}")]
    Client(#[from] reqwest::Error),
}

/// What is added to the reason if a request went unanswered before the target was out of reach.
pub(crate) const UNANSWERED: &str = ", after a request that was not answered";

/// A server at a URL.
#[derive(Debug)]
pub struct UrlTarget {
    base: String,
    url: Url,
    host: String,
    name: String,
    addresses: Vec<SocketAddr>,
    access: Access,
    hooks: Hooks,
    rate: Arc<Rate>,
    lanes: Mutex<Vec<Lane>>,
    in_flight: Arc<Semaphore>,
    ahead: Arc<AtomicI64>,
}

/// A client with at most one kept connection, used by one request at a time: so it is known whether
/// a request goes over a connection that was kept open.
#[derive(Debug)]
struct Lane {
    client: reqwest::Client,
    kept: bool,
}

impl UrlTarget {
    /// A target at this URL, whose name is resolved once.
    ///
    /// # Errors
    /// [`UrlError`] if the text is no URL, its name cannot be resolved, or its address is public.
    pub fn new(text: &str, timeout: Duration, jobs: usize) -> Result<Self, UrlError> {
        Self::with(text, Access { timeout, jobs, ..Access::default() }, Hooks::default())
    }

    /// A target at this URL that is reached in a way of its own.
    ///
    /// # Errors
    /// As [`UrlTarget::new`], and if certificates cannot be read or the proxy is no near URL.
    pub fn with(text: &str, access: Access, hooks: Hooks) -> Result<Self, UrlError> {
        let form = || UrlError::Form(text.to_owned());
        let url = Url::parse(text).map_err(|_| form())?;
        let authority = text.split("://").nth(1).and_then(|rest| rest.split('/').next());
        if authority.is_some_and(|authority| authority.ends_with(':')) {
            return Err(UrlError::Port(text.to_owned()));
        }
        if !matches!(url.scheme(), "http" | "https") || !matches!(url.path(), "" | "/") {
            return Err(form());
        }
        let name = url.host_str().ok_or_else(form)?.trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default().ok_or_else(form)?;
        let addresses: Vec<SocketAddr> = (name.as_str(), port)
            .to_socket_addrs()
            .map_err(|error| UrlError::Resolve(text.to_owned(), error))?
            .collect();
        if let Some(public) = addresses.iter().find(|address| !is_near(address.ip())) {
            return Err(UrlError::Public(public.ip()));
        }
        let host = match (&access.host, url.port()) {
            (Some(host), _) => host.clone(),
            (None, Some(port)) => format!("{}:{port}", url.host_str().unwrap_or_default()),
            (None, None) => url.host_str().unwrap_or_default().to_owned(),
        };
        if let Some(proxy) = &access.proxy {
            // A proxy is held to what a target is held to.
            Self::new(proxy, access.timeout, 1)?;
        }
        let target = Self {
            base: text.trim_end_matches('/').to_owned(),
            url,
            host,
            name,
            addresses,
            hooks,
            rate: Arc::new(Rate::new(access.rate)),
            lanes: Mutex::new(Vec::new()),
            in_flight: Arc::new(Semaphore::new(access.jobs.max(1))),
            ahead: Arc::default(),
            access,
        };
        // What is wrong with certificates is said now, not in every case.
        drop(target.fresh_lane()?);
        Ok(target)
    }

    /// The same target with connections of its own: a connection ends with the runtime that opened it.
    pub fn apart(&self) -> Self {
        Self {
            base: self.base.clone(),
            url: self.url.clone(),
            host: self.host.clone(),
            name: self.name.clone(),
            addresses: self.addresses.clone(),
            access: self.access.clone(),
            hooks: self.hooks.clone(),
            rate: Arc::clone(&self.rate),
            lanes: Mutex::default(),
            in_flight: Arc::clone(&self.in_flight),
            ahead: Arc::clone(&self.ahead),
        }
    }

    /// The URL without a path.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether requests go over plain HTTP, straight to the target.
    pub fn is_plain(&self) -> bool {
        self.base.starts_with("http:") && self.access.proxy.is_none()
    }

    /// The addresses that the name was resolved to.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Takes it that the target's clock was not put forward.
    pub fn forget_clock(&self) {
        self.ahead.store(0, Ordering::Relaxed);
    }

    /// Sends a request as it is, once, beside the cases.
    ///
    /// # Errors
    /// Why there is no whole answer.
    pub async fn plainly(&self, request: &Request) -> Result<Response, Silence> {
        let lane = self.lane().map_err(|error| Silence::Unreachable(error.to_string()))?;
        let response = self.over_client(&lane.client, request).await;
        self.give_back(lane);
        response
    }

    /// Whether the target is called without TLS and answers with it.
    pub async fn wants_tls(&self) -> bool {
        let Some(rest) = self.base.strip_prefix("http:") else { return false };
        let access = Access { insecure: true, ..self.access.clone() };
        let Ok(client) = access.client(true, &self.name, &self.addresses) else { return false };
        client.get(format!("https:{rest}/")).send().await.is_ok()
    }

    /// Waits until a request could be sent, behind those that wait already.
    pub async fn turn(&self) {
        drop(self.in_flight.acquire().await);
    }

    fn lane(&self) -> Result<Lane, reqwest::Error> {
        let kept = self.lanes.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match kept {
            Some(lane) => Ok(lane),
            None => self.fresh_lane(),
        }
    }

    fn fresh_lane(&self) -> Result<Lane, reqwest::Error> {
        let tls = !self.base.starts_with("http:");
        let client = self.access.client(tls, &self.name, &self.addresses)?;
        Ok(Lane { client, kept: false })
    }

    fn give_back(&self, lane: Lane) {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner).push(lane);
    }

    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        millis.saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    async fn attempt(
        &self,
        lane: &mut Lane,
        sending: Sending,
        request: &Request,
    ) -> Result<Response, Silence> {
        if sending.no_content_length {
            return raw::send(&self.addresses, request, self.access.timeout).await;
        }
        let result = self.over_client(&lane.client, request).await;
        lane.kept = result.is_ok();
        result
    }

    async fn over_client(
        &self,
        client: &reqwest::Client,
        request: &Request,
    ) -> Result<Response, Silence> {
        let written = self.written(client, request);
        let written = written.map_err(|error| Silence::NoAnswer(error.to_string()))?;
        let response = written.send().await.map_err(|error| self.silence(&error))?;
        self.read(response).await
    }

    /// A request as the client takes it.
    fn written(
        &self,
        client: &reqwest::Client,
        request: &Request,
    ) -> Result<reqwest::RequestBuilder, Box<dyn Error + Send + Sync>> {
        let method = Method::from_bytes(request.method.as_bytes())?;
        let mut headers = HeaderMap::with_capacity(request.headers.len());
        for (name, value) in &request.headers {
            let name = HeaderName::from_bytes(name.as_bytes())?;
            headers.append(name, HeaderValue::from_str(value)?);
        }
        // Joined, the part before the target need not be parsed each time.
        let written = client.request(method, self.url.join(&request.target)?).headers(headers);
        Ok(match request.body.is_empty() {
            true => written,
            false => written.body(request.body.clone()),
        })
    }

    async fn read(&self, mut response: reqwest::Response) -> Result<Response, Silence> {
        let status = response.status().as_u16();
        let header = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let headers = response.headers().iter().map(header).collect();
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    body.extend_from_slice(&chunk);
                    if body.len() > BODY_LIMIT {
                        return Err(Silence::TooLarge(BODY_LIMIT));
                    }
                }
                Ok(None) => return Ok(Response { status, headers, body }),
                Err(error) if error.is_timeout() => return Err(self.silence(&error)),
                Err(error) => return Err(Silence::Cut(chain(&error))),
            }
        }
    }

    fn silence(&self, error: &reqwest::Error) -> Silence {
        let text = chain(error);
        if error.is_connect() {
            Silence::Unreachable(text)
        } else if error.is_timeout() {
            Silence::TimedOut(u64::try_from(self.access.timeout.as_millis()).unwrap_or(u64::MAX))
        } else if text.contains("invalid HTTP") || text.contains("parse") {
            Silence::NotHttp(text)
        } else {
            Silence::NoAnswer(text)
        }
    }
}

/// Loopback, link-local and private addresses need no permission.
fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            address.is_loopback() || address.is_private() || address.is_link_local()
        }
        IpAddr::V6(address) => {
            address.is_loopback()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.to_ipv4_mapped().is_some_and(|mapped| is_near(IpAddr::V4(mapped)))
        }
    }
}

/// An error with its causes, without what it says of the URL: queries hold keys and signatures.
fn chain(error: &reqwest::Error) -> String {
    let mut texts = Vec::new();
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(error.to_string());
        source = error.source();
    }
    match texts.is_empty() {
        true => "the request failed".to_owned(),
        false => texts.join(": "),
    }
}

/// One case's way to a server.
pub struct UrlConnection {
    target: Arc<UrlTarget>,
    own: Option<Lane>,
    hooks: bool,
}

impl UrlConnection {
    /// A way to the target; over one kept connection of its own if `one_connection`.
    ///
    /// # Errors
    /// [`UrlError`] if the HTTP client cannot be made.
    pub fn new(
        target: Arc<UrlTarget>,
        one_connection: bool,
        hooks: bool,
    ) -> Result<Self, UrlError> {
        let own = if one_connection { Some(target.fresh_lane()?) } else { None };
        Ok(Self { target, own, hooks })
    }

    /// The time on our clock, put forward as far as the target's was.
    pub fn now(&self) -> i64 {
        self.target.now()
    }

    /// The value of the header `host`.
    pub fn host(&self) -> &str {
        &self.target.host
    }

    /// Sends a request; see [`crate::connection::Connection::send`].
    pub async fn send(&mut self, sending: Sending, make: &mut dyn FnMut() -> Request) -> Exchange {
        let target = Arc::clone(&self.target);
        let _permit = target.in_flight.acquire().await;
        target.rate.turn().await;
        let private = self.own.is_some();
        let mut lane = match self.own.take().map_or_else(|| target.lane(), Ok) {
            Ok(lane) => lane,
            Err(error) => return unsent(make(), target.now(), &error),
        };
        let was_kept = lane.kept;
        let (sent, mut request) = (target.now(), make());
        let mut response = target.attempt(&mut lane, sending, &request).await;
        let resent = was_kept && matches!(response, Err(Silence::NoAnswer(_)));
        if resent {
            match target.fresh_lane() {
                Ok(fresh) => lane = fresh,
                Err(error) => return unsent(request, sent, &error),
            }
            request = make();
            response = target.attempt(&mut lane, sending, &request).await;
            if let Err(Silence::Unreachable(reason)) = &mut response {
                reason.push_str(UNANSWERED);
            }
        }
        let received = target.now();
        match private {
            true => self.own = Some(lane),
            false => target.give_back(lane),
        }
        Exchange { request, response, sent, received, resent }
    }

    /// Sends requests at the same time; see [`crate::connection::Connection::together`].
    pub async fn together(&self, requests: Vec<[Request; 2]>) -> Vec<Exchange> {
        let sent = requests.into_iter().map(async |written| {
            let target = Arc::clone(&self.target);
            let mut beside = Self { target, own: None, hooks: self.hooks };
            let mut written = written.into_iter();
            let make = &mut || written.next().unwrap_or_default();
            beside.send(Sending::default(), make).await
        });
        futures::future::join_all(sent).await
    }

    /// Uses a hook: one that the target is declared to have, or one of the reference server.
    ///
    /// # Errors
    /// [`NoHook`] if the target does not offer it, or refuses.
    pub async fn hook(&mut self, hook: Hook) -> Result<(), NoHook> {
        let reference = Hooks::of_reference();
        let found = self.hooks.then(|| reference.of(hook)).flatten();
        let Some(call) = self.target.hooks.of(hook).or(found) else {
            return Err(NoHook("the target offers no such hook".to_owned()));
        };
        let millis = if let Hook::Advance(millis) = hook { millis } else { 0 };
        let done = call.call(&self.target, millis, "").await;
        done.map_err(|error| NoHook(format!("the hook: {error}")))?;
        self.target.ahead.fetch_add(millis, Ordering::Relaxed);
        Ok(())
    }

    /// Whether the target offers the hooks of the reference server.
    pub async fn find_hooks(&mut self) -> bool {
        let request = Request {
            method: "GET".into(),
            target: "/_sharespec/health".into(),
            ..Request::default()
        };
        let response = self.target.plainly(&request).await;
        let body = response.ok().filter(|response| response.status == 200).map(|each| each.body);
        let health: Option<serde_json::Value> =
            body.and_then(|body| serde_json::from_slice(&body).ok());
        let now = health.and_then(|health| health.get("now")?.as_i64());
        if let Some(now) = now {
            // An earlier run may have put the clock forward: times are signed on the target's clock.
            let ahead = now - (self.target.now() - self.target.ahead.load(Ordering::Relaxed));
            if ahead.abs() > 60_000 {
                self.target.ahead.store(ahead, Ordering::Relaxed);
            }
        }
        self.hooks = now.is_some();
        self.hooks
    }
}

fn unsent(request: Request, now: i64, error: &reqwest::Error) -> Exchange {
    let response = Err(Silence::Unreachable(error.to_string()));
    Exchange { request, response, sent: now, received: now, resent: false }
}
