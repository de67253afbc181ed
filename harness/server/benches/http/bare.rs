//! The least that a client can do: prepared requests over the same HTTP client, with the same
//! settings as the runner's, and nothing done with the answers.

use crate::IN_FLIGHT;
use reqwest::{Client, Method, Url};
use sharespec_runner::client::Access;
use sharespec_wire::http::Request;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the client writes by itself.
const OWN_HEADERS: [&str; 3] = ["host", "content-length", "accept"];

/// Requests as the client takes them.
pub fn prepare(requests: &[Request], url: &str) -> Arc<Vec<reqwest::Request>> {
    let client = client(url);
    let prepared = requests.iter().map(|request| {
        let method = Method::from_bytes(request.method.as_bytes()).unwrap();
        let mut builder = client.request(method, format!("{url}{}", request.target));
        for (name, value) in &request.headers {
            if !OWN_HEADERS.contains(&name.as_str()) {
                builder = builder.header(name, value);
            }
        }
        if !request.body.is_empty() {
            builder = builder.body(request.body.clone());
        }
        builder.build().unwrap()
    });
    Arc::new(prepared.collect())
}

/// Sends every request once, over as many kept connections as the runner has.
pub fn send_all(prepared: &Arc<Vec<reqwest::Request>>, url: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let next = Arc::new(AtomicUsize::new(0));
    runtime.block_on(async {
        let mut lanes = tokio::task::JoinSet::new();
        for _ in 0..IN_FLIGHT {
            lanes.spawn(lane(client(url), Arc::clone(prepared), Arc::clone(&next)));
        }
        lanes.join_all().await;
    });
}

async fn lane(client: Client, prepared: Arc<Vec<reqwest::Request>>, next: Arc<AtomicUsize>) {
    while let Some(request) = prepared.get(next.fetch_add(1, Ordering::Relaxed)) {
        let request = request.try_clone().unwrap();
        let response = client.execute(request).await.unwrap();
        response.bytes().await.unwrap();
    }
}

/// A client of the runner's lanes.
fn client(url: &str) -> Client {
    let url = Url::parse(url).unwrap();
    let address: SocketAddr =
        format!("{}:{}", url.host_str().unwrap(), url.port().unwrap()).parse().unwrap();
    Access::default().client(false, url.host_str().unwrap(), &[address]).unwrap()
}
