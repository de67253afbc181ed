//! Why a server cannot start or cannot go on.

use std::io;
use std::io::ErrorKind;

/// Why a server cannot start or cannot go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Another program listens there.
    #[error(
        "{address} is already in use: stop the program that listens there, or choose another \
         port (port 0 takes any free one)"
    )]
    AddressInUse {
        /// The address as it was given.
        address: String,
    },
    /// The system keeps this port for others.
    #[error(
        "the system does not allow listening on {address}: choose a port above 1023 (port 0 \
         takes any free one)"
    )]
    NotAllowed {
        /// The address as it was given.
        address: String,
    },
    /// No interface of this machine has this address.
    #[error(
        "{address} is not an address of this machine: listen on 127.0.0.1, or on 0.0.0.0 for \
         all of its addresses"
    )]
    NotLocal {
        /// The address as it was given.
        address: String,
    },
    /// The text is not an address, or its host name is unknown.
    #[error(
        "`{address}` does not name an address ({source}): write a host and a port, such as \
         127.0.0.1:8080"
    )]
    NotAnAddress {
        /// The address as it was given.
        address: String,
        /// What the resolver said.
        source: io::Error,
    },
    /// Listening failed for another reason.
    #[error("cannot listen on {address} ({source}): try 127.0.0.1 with port 0")]
    Bind {
        /// The address as it was given.
        address: String,
        /// What the system said.
        source: io::Error,
    },
    /// The system handed out no more connections.
    #[error(
        "accepting a connection failed {times} times in a row ({source}): raise the limit of \
         open files (`ulimit -n`) or let fewer clients connect at once, then start again"
    )]
    Accept {
        /// How often in a row.
        times: u32,
        /// What the system said the last time.
        source: io::Error,
    },
}

impl ServeError {
    /// The error for what the system said about listening on `address`.
    pub(crate) fn from_bind(address: &str, source: io::Error) -> Self {
        let address = address.to_owned();
        match source.kind() {
            ErrorKind::AddrInUse => Self::AddressInUse { address },
            ErrorKind::PermissionDenied => Self::NotAllowed { address },
            ErrorKind::AddrNotAvailable => Self::NotLocal { address },
            _ => Self::Bind { address, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_becomes_advice() {
        let text = |kind: ErrorKind| ServeError::from_bind("[::1]:80", kind.into()).to_string();
        assert!(text(ErrorKind::AddrInUse).contains("stop the program"));
        assert!(text(ErrorKind::PermissionDenied).contains("above 1023"));
        assert!(text(ErrorKind::AddrNotAvailable).contains("127.0.0.1"));
        assert!(text(ErrorKind::Other).starts_with("cannot listen on [::1]:80"));
    }
}
