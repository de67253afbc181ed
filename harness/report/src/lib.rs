//! Consumers of events: console and JSON Lines.
