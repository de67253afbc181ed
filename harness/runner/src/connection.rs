//! Connections: how requests reach a target, and what time it is there.

use crate::builtin::Builtin;
use crate::in_process::InProcess;
use crate::url::UrlConnection;
use sharespec_wire::case::Hook;
use sharespec_wire::exchange::Exchange;
use sharespec_wire::http::Request;

/// One case's way to its target.
pub enum Connection {
    /// The reference implementation in this process, with a virtual clock.
    Builtin(Box<Builtin>),
    /// An implementation in this process.
    InProcess(InProcess),
    /// A server at a URL.
    Url(Box<UrlConnection>),
}

/// How a request is to be sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sending {
    /// Without a `content-length` of an empty body.
    pub no_content_length: bool,
}

/// Why a hook could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoHook(pub String);

impl Connection {
    /// The time on our clock, in milliseconds since the Unix epoch.
    pub fn now(&self) -> i64 {
        match self {
            Self::Builtin(builtin) => builtin.now(),
            Self::InProcess(own) => own.now(),
            Self::Url(url) => url.now(),
        }
    }

    /// The value of the header `host`.
    pub fn host(&self) -> &str {
        match self {
            Self::Builtin(_) => "builtin",
            Self::InProcess(_) => "localhost",
            Self::Url(url) => url.host(),
        }
    }

    /// Sends a request that `make` writes, and again, written anew, if a connection that was kept
    /// open dies before the answer begins.
    pub async fn send(&mut self, sending: Sending, make: &mut dyn FnMut() -> Request) -> Exchange {
        match self {
            Self::Builtin(builtin) => builtin.send(make()),
            Self::InProcess(own) => own.send(make()),
            Self::Url(url) => url.send(sending, make).await,
        }
    }

    /// Sends requests at the same time. Each is written twice: the second one is sent if a connection that
    /// was kept open dies before the answer to the first begins. In this process they are answered one
    /// after another, in some order.
    pub async fn together(&mut self, requests: Vec<[Request; 2]>) -> Vec<Exchange> {
        match self {
            Self::Builtin(builtin) => {
                builtin.together(requests.into_iter().map(|[first, _]| first).collect())
            }
            Self::InProcess(own) => {
                requests.into_iter().map(|[first, _]| own.send(first)).collect()
            }
            Self::Url(url) => url.together(requests).await,
        }
    }

    /// Waits. The virtual clock is put forward instead.
    pub async fn wait(&mut self, millis: u64) {
        match self {
            Self::Builtin(builtin) => builtin.advance(i64::try_from(millis).unwrap_or(i64::MAX)),
            Self::InProcess(own) => own.pass(millis),
            Self::Url(_) => tokio::time::sleep(std::time::Duration::from_millis(millis)).await,
        }
    }

    /// Uses a hook of the target.
    ///
    /// # Errors
    /// [`NoHook`] if the target does not offer it.
    pub async fn hook(&mut self, hook: Hook) -> Result<(), NoHook> {
        match self {
            Self::Builtin(builtin) => {
                builtin.hook(hook);
                Ok(())
            }
            Self::InProcess(_) => Err(NoHook("it has no hooks".to_owned())),
            Self::Url(url) => url.hook(hook).await,
        }
    }
}
