//! TLS: an authority of one's own, a client certificate, and insecure, said loudly.

use crate::support::{Scratch, Served};
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::RootCertStore;
use rustls::server::WebPkiClientVerifier;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = parameters.self_signed(&key).unwrap();
        Self { certificate, issuer: Issuer::new(parameters, key) }
    }

    fn issue(&self, name: &str) -> (Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
        (parameters.signed_by(&key, &self.issuer).unwrap(), key)
    }
}

/// TLS in front of a server, until the test ends.
fn front(authority: &Authority, to: SocketAddr, wants_client: bool) -> SocketAddr {
    let (certificate, key) = authority.issue("127.0.0.1");
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate.der().clone()).unwrap();
    let builder = rustls::ServerConfig::builder();
    let builder = match wants_client {
        true => builder.with_client_cert_verifier(
            WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap(),
        ),
        false => builder.with_no_client_auth(),
    };
    let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = builder.with_single_cert(vec![certificate.der().clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            while let Ok((client, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut client) = acceptor.accept(client).await else { return };
                    let mut server = TcpStream::connect(to).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                });
            }
        });
    });
    receiver.recv().unwrap()
}

#[test]
fn certificates_are_checked_against_the_authority_that_is_named() {
    let served = Served::new(&[]);
    let authority = Authority::new();
    let address = front(&authority, served.address, false);
    let file = |lines: &str| {
        let scratch =
            Scratch::new(&format!("[target.mine]\nurl = \"https://{address}\"\n{lines}\n"));
        scratch.write("ca.pem", &authority.certificate.pem());
        scratch.write("other.pem", &Authority::new().certificate.pem());
        scratch
    };
    file("tls.ca = \"ca.pem\"").judge().exits(0);
    for lines in ["tls.ca = \"other.pem\"", ""] {
        file(lines).judge().exits(3).says("certificate").says("tls.ca = \"FILE\"");
    }
    let scratch = file("tls.insecure = true");
    scratch.judge().exits(0).says("warning: INSECURE");
    assert!(scratch.read("report.jsonl").contains("INSECURE"));
    let scratch = Scratch::new(&format!("[target.mine]\nurl = \"http://{address}\"\n"));
    scratch.judge().exits(2).says("wants TLS").says("https://");
    file("tls.ca = \"none.pem\"").judge().exits(2).says("none.pem of `tls.ca` cannot be read");
}

#[test]
fn a_client_certificate_is_shown_to_a_target_that_wants_one() {
    let served = Served::new(&[]);
    let authority = Authority::new();
    let address = front(&authority, served.address, true);
    let (certificate, key) = authority.issue("client");
    let file = |lines: &str| {
        let lines =
            format!("[target.mine]\nurl = \"https://{address}\"\ntls.ca = \"ca.pem\"\n{lines}\n");
        let scratch = Scratch::new(&lines);
        scratch.write("ca.pem", &authority.certificate.pem());
        scratch.write("client.pem", &certificate.pem());
        scratch.write("client.key", &key.serialize_pem());
        scratch.write("both.pem", &format!("{}{}", certificate.pem(), key.serialize_pem()));
        scratch
    };
    file("tls.certificate = \"client.pem\"\ntls.key = \"client.key\"").judge().exits(0);
    file("tls.certificate = \"both.pem\"").judge().exits(0);
    file("").judge().exits(3);
}
