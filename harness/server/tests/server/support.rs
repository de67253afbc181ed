//! A service that does what a test says, and a client that hides nothing.

use sharespec_reference::answer::{Answer, Delivery};
use sharespec_server::{Options, ServeError, Service, bind, serve};
use sharespec_wire::http::{Request, Response};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What `Whole` looks like for a request without a body.
pub const HELLO: &str = "HTTP/1.1 200 OK\r\nx-a: 1\r\ncontent-length: 11\r\n\r\nhello world";

/// A request that is always answered whole.
pub const PLAIN: &str = "GET /plain HTTP/1.1\r\nHost: x\r\n\r\n";

/// What the service was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Handled(Request, i64),
    Reset,
    Held,
    Released,
}

/// Answers with the body of the request, or a greeting if it has none.
struct Fake {
    delivery: Delivery,
    raw: bool,
    events: Arc<Mutex<Vec<Event>>>,
}

impl Fake {
    fn note(&self, event: Event) {
        self.events.lock().unwrap().push(event);
    }
}

impl Service for Fake {
    fn handle(&mut self, request: &Request, now: i64) -> Answer {
        assert_ne!(request.target, "/panic", "a test wants this panic");
        self.note(Event::Handled(request.clone(), now));
        let whole = request.target.starts_with("/plain");
        let status = if request.target == "/empty" { 204 } else { 200 };
        let empty = request.body.is_empty();
        let body = if empty { b"hello world".to_vec() } else { request.body.clone() };
        let headers = vec![("x-a".to_owned(), "1".to_owned())];
        let delivery = if whole { Delivery::Whole } else { self.delivery };
        Answer { response: Response { status, headers, body }, delivery }
    }

    fn reset(&mut self) {
        self.note(Event::Reset);
    }

    fn hold(&mut self) {
        self.note(Event::Held);
    }

    fn release(&mut self) {
        self.note(Event::Released);
    }

    fn needs_raw_connection(&self) -> bool {
        self.raw
    }
}

/// A server under test.
pub struct Running {
    pub address: SocketAddr,
    events: Arc<Mutex<Vec<Event>>>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<Result<(), ServeError>>,
}

/// Starts a server on a free port.
pub async fn start(raw: bool, delivery: Delivery, options: Options) -> Running {
    let events = Arc::new(Mutex::new(Vec::new()));
    let fake = Box::new(Fake { delivery, raw, events: Arc::clone(&events) });
    let listener = bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, fake, options, async {
        stopped.await.ok();
    }));
    Running { address, events, stop, server }
}

/// Starts a server that answers everything whole, with the default options.
pub async fn start_plain(raw: bool) -> Running {
    start(raw, Delivery::Whole, Options::default()).await
}

impl Running {
    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends `bytes` on a connection of its own and reads until the server closes it.
    pub async fn ask(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect().await;
        stream.write_all(bytes.as_ref()).await.unwrap();
        read_to_end(&mut stream).await
    }

    pub fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap().clone()
    }

    /// The only request that the service has seen.
    pub fn request(&self) -> Request {
        match self.events().as_slice() {
            [Event::Handled(request, _)] => request.clone(),
            other => panic!("not one request: {other:?}"),
        }
    }

    /// Tells the server to stop, and goes on.
    pub fn tell_to_stop(self) -> JoinHandle<Result<(), ServeError>> {
        self.stop.send(()).unwrap();
        self.server
    }

    /// Stops the server and waits for its end.
    pub async fn stop(self) {
        soon(self.tell_to_stop()).await.unwrap().unwrap();
    }
}

/// The output of a future that must not take long.
pub async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future).await.expect("took too long")
}

/// Sends `request` and expects exactly `answer`, without an end of the connection.
pub async fn expect(stream: &mut TcpStream, request: &str, answer: &str) {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = vec![0; answer.len()];
    soon(stream.read_exact(&mut bytes)).await.unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), answer);
}

/// Everything up to the end of the connection.
pub async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    soon(stream.read_to_string(&mut text)).await.unwrap();
    text
}
