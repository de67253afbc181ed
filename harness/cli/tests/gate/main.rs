//! sharespec in front of every merge: known failures, reports and comparisons, with the binary.

#[cfg(test)]
mod alone;
#[cfg(test)]
mod edition;
#[cfg(test)]
mod history;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod known;
#[cfg(test)]
mod parts;
#[cfg(test)]
#[path = "../shared/scratch.rs"]
mod scratch;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod support;
