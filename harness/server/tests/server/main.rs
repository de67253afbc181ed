//! The server as a client sees it: plain sockets on the loopback interface, byte for byte.

#[cfg(test)]
mod deliveries;
#[cfg(test)]
mod hooks;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod stopping;
#[cfg(test)]
mod support;
#[cfg(test)]
mod terraform;
