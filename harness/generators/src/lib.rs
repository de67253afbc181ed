//! Enumerated cases: what is sent, from which state, and by whom.
