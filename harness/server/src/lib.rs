//! The reference implementation over HTTP, with hooks.
//!
//! One accept loop and one code path from request to answer, and two ways of moving the bytes:
//! `http` through axum and hyper, which is fast and always correct HTTP, and `raw`, which
//! does with a connection whatever a [`Delivery`](sharespec_reference::answer::Delivery) says,
//! incorrect HTTP included. Which one a server uses is settled once, at its start, by
//! [`Service::needs_raw_connection`].
//!
//! ```no_run
//! # async fn example(service: Box<dyn sharespec_server::Service>) -> Result<(), sharespec_server::ServeError> {
//! let listener = sharespec_server::bind("127.0.0.1:0").await?;
//! let options = sharespec_server::Options::default();
//! sharespec_server::serve(listener, service, options, std::future::pending()).await
//! # }
//! ```

mod body;
mod clock;
mod deliver;
mod error;
mod front;
mod head;
mod hooks;
mod http;
mod raw;
mod responder;
mod serve;
mod service;

pub use error::ServeError;
pub use front::{ACCOUNT_HEADER, Callers, Front};
pub use hooks::PREFIX as HOOK_PREFIX;
pub use serve::{Options, bind, serve};
pub use service::Service;
