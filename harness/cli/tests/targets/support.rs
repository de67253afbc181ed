//! A scratch folder with a `sharespec.toml`, a server to judge, and a wire that is listened in on.

pub use crate::scratch::{Outcome, SHARESPEC, Scratch, outcome};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

/// A few cases that make a share, remove something from it, and read back.
pub const REMOVAL: &str = "alibaba/disassociate/targets/count";

impl Scratch {
    /// A folder with a file of targets.
    pub fn new(file: &str) -> Self {
        let scratch = Self::empty();
        scratch.write("sharespec.toml", file);
        scratch
    }

    pub fn path(&self) -> PathBuf {
        self.directory.path().to_owned()
    }

    pub fn run(&self, arguments: &[&str]) -> Outcome {
        outcome(&mut self.command(arguments))
    }

    /// Plays the sample against `@mine`.
    pub fn judge(&self) -> Outcome {
        self.run(&["run", REMOVAL, "--target", "@mine", "--report", "jsonl=report.jsonl"])
    }
}

/// `sharespec serve`.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
}

impl Served {
    pub fn new(arguments: &[&str]) -> Self {
        let own = arguments.contains(&"--transition");
        let quick = if own { [].as_slice() } else { &["--transition", "10"] };
        let mut child = Command::new(SHARESPEC)
            .arg("serve")
            .args(quick)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        Self { child, address }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sends it a signal, by name.
    pub fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    /// Makes shares by its own hook.
    pub fn seed(&self, wishes: &serde_json::Value) -> serde_json::Value {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let body = wishes.to_string();
        let length = body.len();
        let head = format!("host: x\r\ncontent-length: {length}\r\nconnection: close");
        write!(stream, "POST /_sharespec/seed HTTP/1.1\r\n{head}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    /// The answer to a call of an account, by its access key.
    pub fn ask(&self, query: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let key = "LTAIOWNER0000001";
        let head = "HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let query = format!("Version=2020-01-10&Format=JSON&AccessKeyId={key}&{query}");
        write!(stream, "POST /?{query} {head}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

/// Sends a signal to a process.
pub fn signal(process: u32, name: &str) {
    let arguments = ["-s", name, &process.to_string()];
    assert!(Command::new("kill").args(arguments).status().unwrap().success());
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Passes bytes on to a server and keeps what clients sent.
pub struct Tap {
    pub address: SocketAddr,
    sent: Arc<Mutex<Vec<u8>>>,
}

impl Tap {
    pub fn new(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&sent);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(to).unwrap();
                let (client_in, server_in) =
                    (client.try_clone().unwrap(), server.try_clone().unwrap());
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || pass(client_in, server, Some(&kept)));
                std::thread::spawn(move || pass(server_in, client, None));
            }
        });
        Self { address, sent }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What clients sent.
    pub fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent.lock().unwrap()).into_owned()
    }

    /// How many requests there were.
    pub fn requests(&self) -> usize {
        self.sent().matches(" HTTP/1.1\r\n").count()
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, kept: Option<&Mutex<Vec<u8>>>) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        if let Some(kept) = kept {
            kept.lock().unwrap().extend_from_slice(&bytes[..read]);
        }
        if to.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// Whether anything listens there.
pub fn listens(address: SocketAddr) -> bool {
    TcpStream::connect(address).is_ok()
}

/// All files below a folder.
pub fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}
