//! HTTP clients for a target: TLS, proxy, time limit, and nothing that nobody asked for.

use std::net::SocketAddr;
use std::time::Duration;

/// How a URL is reached.
#[derive(Clone, Debug)]
pub struct Access {
    /// How long to wait for an answer.
    pub timeout: Duration,
    /// How many requests may be in flight.
    pub jobs: usize,
    /// The value of the header `host`, if it is not what the URL says.
    pub host: Option<String>,
    /// Certificates of the only authorities that are trusted, PEM; those of the system without it.
    pub authorities: Option<Vec<u8>>,
    /// The client's certificate and its private key, PEM.
    pub certificate: Option<Secret>,
    /// Whether any certificate of the target will do.
    pub insecure: bool,
    /// A proxy.
    pub proxy: Option<String>,
    /// How many requests may be sent in a second.
    pub rate: Option<u32>,
}

/// Bytes that `Debug` does not show.
#[derive(Clone)]
pub struct Secret(pub Vec<u8>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("***")
    }
}

impl Default for Access {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(5),
            jobs: 32,
            host: None,
            authorities: None,
            certificate: None,
            insecure: false,
            proxy: None,
            rate: None,
        }
    }
}

impl Access {
    /// A client with at most one kept connection to `name`, which is at `addresses`.
    ///
    /// # Errors
    /// If certificates cannot be read, or the proxy is no URL.
    pub fn client(
        &self,
        tls: bool,
        name: &str,
        addresses: &[SocketAddr],
    ) -> Result<reqwest::Client, reqwest::Error> {
        let builder = reqwest::Client::builder()
            .http1_only()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(1)
            .tcp_nodelay(true)
            .timeout(self.timeout)
            .resolve_to_addrs(name, addresses);
        let builder = match &self.proxy {
            Some(proxy) => builder.proxy(reqwest::Proxy::all(proxy)?),
            None => builder,
        };
        if !tls {
            // Reading the system's certificates takes milliseconds, for each lane.
            return builder.tls_certs_only([]).build();
        }
        let builder = match &self.authorities {
            Some(pem) => builder.tls_certs_only(reqwest::Certificate::from_pem_bundle(pem)?),
            None => builder,
        };
        let builder = match &self.certificate {
            Some(Secret(pem)) => builder.identity(reqwest::Identity::from_pem(pem)?),
            None => builder,
        };
        builder.tls_danger_accept_invalid_certs(self.insecure).build()
    }
}

/// Lets at most so many requests a second through, evenly.
#[derive(Debug)]
pub(crate) struct Rate {
    gap: Option<Duration>,
    next: std::sync::Mutex<tokio::time::Instant>,
}

impl Rate {
    pub(crate) fn new(a_second: Option<u32>) -> Self {
        let gap = a_second.map(|number| Duration::from_secs(1) / number.max(1));
        Self { gap, next: std::sync::Mutex::new(tokio::time::Instant::now()) }
    }

    /// Waits for its turn.
    pub(crate) async fn turn(&self) {
        let Some(gap) = self.gap else { return };
        let turn = {
            let mut next = self.next.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let turn = (*next).max(tokio::time::Instant::now());
            *next = turn + gap;
            turn
        };
        tokio::time::sleep_until(turn).await;
    }
}
