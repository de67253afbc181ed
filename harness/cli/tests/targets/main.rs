//! Targets as data, by the binary as a user has it: `sharespec.toml`, and each key at work against
//! `sharespec serve`.

#[cfg(test)]
mod calling;
#[cfg(test)]
mod file;
#[cfg(test)]
mod life;
#[cfg(test)]
mod preflight;
#[cfg(test)]
mod process;
#[cfg(test)]
#[path = "../shared/scratch.rs"]
mod scratch;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod seeded;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tls;
