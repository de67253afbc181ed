//! Oracles: predictions and exchanges become verdicts.
