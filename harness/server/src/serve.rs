//! Binding, accepting and stopping: what both transports have in common.

use crate::clock::Clock;
use crate::error::ServeError;
use crate::responder::Responder;
use crate::service::Service;
use crate::{http, raw};
use axum::Router;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Failures to accept in a row after which the server gives up.
const ACCEPT_ATTEMPTS: u32 = 100;

/// How long the server waits after a failure to accept: long enough for a client to go away.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The bounds of a server.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The largest body of a request; a larger one is answered with 413.
    pub body_limit: usize,
    /// How long a raw connection waits for a request, and how long one delivery may take, `Hang`
    /// and `Endless` included, so that a forgotten client does not keep a connection for ever.
    pub patience: Duration,
    /// How long requests in flight may go on after the stop.
    pub grace: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            body_limit: 1024 * 1024,
            patience: Duration::from_secs(120),
            grace: Duration::from_secs(5),
        }
    }
}

/// Listens on `address`, such as `127.0.0.1:0`. What port it became, the listener says.
///
/// # Errors
///
/// If the address is not one, is not free, or is not ours to listen on.
pub async fn bind(address: &str) -> Result<TcpListener, ServeError> {
    let resolved = tokio::net::lookup_host(address)
        .await
        .map_err(|source| ServeError::NotAnAddress { address: address.to_owned(), source })?;
    let candidates: Vec<_> = resolved.collect();
    TcpListener::bind(candidates.as_slice())
        .await
        .map_err(|source| ServeError::from_bind(address, source))
}

/// Serves until `stop` is ready. Then nothing more is accepted, idle connections are closed, and
/// requests in flight have `options.grace` to end.
///
/// # Errors
///
/// If the system goes on refusing to hand out connections.
pub async fn serve(
    listener: TcpListener,
    service: Box<dyn Service>,
    options: Options,
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let transport = Transport::new(service, options);
    let (stopper, stopping) = watch::channel(false);
    let mut connections = JoinSet::new();
    let drive = |stream| transport.clone().drive(stream, Stop(stopping.clone()));
    let outcome = accept(&listener, &mut connections, stop, drive).await;
    drop(listener);
    stopper.send_replace(true);
    // What is left when the grace is over is aborted with the set.
    tokio::time::timeout(options.grace, async { while connections.join_next().await.is_some() {} })
        .await
        .ok();
    outcome
}

/// How the bytes of a connection are moved: settled once, for the whole server.
#[derive(Clone)]
enum Transport {
    Ordinary(Router),
    Raw(Arc<Responder>, Options),
}

impl Transport {
    fn new(service: Box<dyn Service>, options: Options) -> Self {
        let needs_raw = service.needs_raw_connection();
        let responder = Arc::new(Responder::new(service, Clock::of_the_system()));
        if needs_raw {
            Self::Raw(responder, options)
        } else {
            Self::Ordinary(http::router(responder, options.body_limit))
        }
    }

    /// Serves one connection until it ends.
    async fn drive(self, stream: TcpStream, stop: Stop) {
        match self {
            Self::Ordinary(router) => http::serve_connection(stream, router, stop).await,
            Self::Raw(responder, options) => {
                raw::Connection::new(stream, responder, options, stop).run().await;
            }
        }
    }
}

/// Accepts connections and starts their tasks until `stop` is ready.
async fn accept<Task>(
    listener: &TcpListener,
    connections: &mut JoinSet<()>,
    stop: impl Future<Output = ()>,
    drive: impl Fn(TcpStream) -> Task,
) -> Result<(), ServeError>
where
    Task: Future<Output = ()> + Send + 'static,
{
    let mut stop = pin!(stop);
    let mut failures = 0;
    loop {
        let accepted: io::Result<_> = tokio::select! {
            biased;
            () = &mut stop => return Ok(()),
            // Tasks that ended must leave the set, or it would grow with every connection.
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                failures = 0;
                // A small answer must not wait for the acknowledgement of the one before. A
                // socket that refuses is one that the client has left already.
                stream.set_nodelay(true).ok();
                connections.spawn(drive(stream));
            }
            Err(source) if failures >= ACCEPT_ATTEMPTS => {
                return Err(ServeError::Accept { times: failures, source });
            }
            Err(_) => {
                failures += 1;
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Tells a connection that the server stops.
#[derive(Clone)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Ready once the server stops.
    pub(crate) async fn wait(&mut self) {
        // A sender that is gone is a server that is gone: the same thing.
        self.0.wait_for(|stopping| *stopping).await.ok();
    }

    /// Whether the server stops.
    pub(crate) fn is_set(&self) -> bool {
        *self.0.borrow()
    }
}
