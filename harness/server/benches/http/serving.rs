//! A server on threads of its own, whose requests and time on cores are counted.

use sharespec_reference::answer::Answer;
use sharespec_reference::pipeline::{Blueprint, Pipeline};
use sharespec_reference::platform::Platform;
use sharespec_server::{Options, Service, bind, serve};
use sharespec_wire::http::Request;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// What the threads of a server are called.
const THREADS: &str = "bench-serve";

/// The reference implementation, without signatures and without transitions to wait for.
pub fn pipeline(api: &Arc<dyn Platform>) -> Pipeline {
    Pipeline::new(Arc::new(Blueprint::new(Arc::clone(api), &[]).with_transition(0)), 1)
}

/// A service whose requests are counted.
pub struct Counted {
    pipeline: Pipeline,
    count: Arc<AtomicU64>,
    taken: Option<Arc<Mutex<Vec<Request>>>>,
    instead: Option<Arc<Vec<Request>>>,
}

impl Counted {
    /// Counts what a pipeline is asked.
    pub fn with(pipeline: Pipeline) -> Self {
        Self { pipeline, count: Arc::default(), taken: None, instead: None }
    }

    /// Counts requests.
    pub fn new(api: &Arc<dyn Platform>) -> Self {
        Self::with(pipeline(api))
    }

    /// Also takes them down.
    pub fn recording(api: &Arc<dyn Platform>) -> Self {
        Self { taken: Some(Arc::default()), ..Self::new(api) }
    }

    /// Handles these requests one after the other, whatever comes: prepared requests overtake each
    /// other, and the ids in them would be wrong.
    pub fn replaying(api: &Arc<dyn Platform>, requests: &Arc<Vec<Request>>) -> Self {
        Self { instead: Some(Arc::clone(requests)), ..Self::new(api) }
    }
}

impl Service for Counted {
    fn handle(&mut self, request: &Request, now: i64) -> Answer {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        if let Some(taken) = &self.taken {
            taken.lock().unwrap().push(request.clone());
        }
        let instead = self.instead.as_ref();
        let request = instead.and_then(|all| all.get(number as usize)).unwrap_or(request);
        self.pipeline.handle(request, now)
    }

    fn reset(&mut self) {
        self.pipeline.reset();
    }

    fn hold(&mut self) {
        self.pipeline.hold();
    }

    fn release(&mut self) {
        self.pipeline.release();
    }

    fn needs_raw_connection(&self) -> bool {
        self.pipeline.needs_raw_connection()
    }
}

/// A server that ends when it is dropped.
pub struct Serving {
    url: String,
    count: Arc<AtomicU64>,
    taken: Option<Arc<Mutex<Vec<Request>>>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// How many requests there were, how long they took, and how long cores worked.
#[derive(Clone, Copy)]
pub struct Measured {
    requests: f64,
    wall: Duration,
    server: Duration,
    others: Duration,
}

impl Serving {
    /// Serves as `sharespec serve` does.
    pub fn of(service: Counted) -> Self {
        let (count, taken) = (Arc::clone(&service.count), service.taken.clone());
        Self::start(count, taken, |listener, stopped| async move {
            let stop = async { drop(stopped.await) };
            serve(listener, Box::new(service), Options::default(), stop).await.unwrap();
        })
    }

    /// Serves one answer with a handler of axum.
    pub fn of_handler(answer: Vec<u8>) -> Self {
        let count = Arc::<AtomicU64>::default();
        let answer = bytes::Bytes::from(answer);
        let handler = move || {
            let answer = answer.clone();
            async move { ([("content-type", "application/json")], answer) }
        };
        let router = axum::Router::new().fallback(handler);
        Self::start(count, None, |listener, stopped| async move {
            let stop = async { drop(stopped.await) };
            // Answers that are under way when it ends are nobody's any more.
            tokio::select! {
                result = async { axum::serve(listener, router).await } => result.unwrap(),
                () = stop => {}
            }
        })
    }

    fn start<Task: Future<Output = ()>>(
        count: Arc<AtomicU64>,
        taken: Option<Arc<Mutex<Vec<Request>>>>,
        serve: impl FnOnce(TcpListener, oneshot::Receiver<()>) -> Task + Send + 'static,
    ) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel::<SocketAddr>();
        let run = move || {
            let mut builder = tokio::runtime::Builder::new_multi_thread();
            let runtime = builder.enable_all().thread_name(THREADS).build().unwrap();
            runtime.block_on(async {
                let listener = bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                serve(listener, stopped).await;
            });
        };
        let thread = std::thread::Builder::new().name(THREADS.to_owned()).spawn(run).unwrap();
        let url = format!("http://{}", told.recv().unwrap());
        Self { url, count, taken, stop: Some(stop), thread: Some(thread) }
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The requests that it took down.
    pub fn requests(&self) -> Vec<Request> {
        self.taken.as_ref().map(|taken| taken.lock().unwrap().clone()).unwrap_or_default()
    }

    /// Measures what `run` does with the server.
    pub fn measure(&self, run: impl FnOnce()) -> Measured {
        let before = self.count.load(Ordering::Relaxed);
        self.measure_load(|_| {
            run();
            (self.count.load(Ordering::Relaxed) - before) as f64
        })
    }

    /// Measures a load that counts its requests itself.
    pub fn measure_load(&self, load: impl FnOnce(&str) -> f64) -> Measured {
        let (began, all, server) = (Instant::now(), core_time(), server_time());
        let requests = load(&self.url);
        let wall = began.elapsed();
        let server = server_time().saturating_sub(server);
        let all = core_time().saturating_sub(all);
        Measured { requests, wall, server, others: all.saturating_sub(server) }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the server ends without a panic");
        }
    }
}

/// Prints the median of some rounds and returns its requests a second.
pub fn median(name: &str, rounds: &[Measured]) -> f64 {
    let rate = |each: &Measured| each.requests / each.wall.as_secs_f64();
    let mut sorted = rounds.to_vec();
    sorted.sort_by(|one, other| rate(one).total_cmp(&rate(other)));
    let median = sorted.get(sorted.len() / 2).copied().unwrap();
    let spread: Vec<String> = sorted.iter().map(|each| format!("{:.0}", rate(each))).collect();
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / median.requests;
    println!(
        "{name}: {:.0} requests/s (rounds: {}; core time for a request: {:.0} µs server, {:.0} µs others)",
        rate(&median),
        spread.join(", "),
        micros(median.server),
        micros(median.others),
    );
    rate(&median)
}

/// For how long the threads of the server were on cores; zero where that is not told.
fn server_time() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let time = |task: std::fs::DirEntry| {
        let name = std::fs::read_to_string(task.path().join("comm")).ok()?;
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        let nanos: u64 = text.split(' ').next()?.parse().ok()?;
        (name.trim_end() == THREADS).then_some(nanos)
    };
    Duration::from_nanos(tasks.filter_map(time).sum())
}

/// For how long this process was on cores, all its threads together, ended ones included.
fn core_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // The fields after the name start with the third; these are the 14th and 15th, in 1/100 s.
    let ticks = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}
