//! Plays cases against targets and turns exchanges into events.
