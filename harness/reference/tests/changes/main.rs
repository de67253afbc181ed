//! Variants and faults from outside: what they say of themselves, and that they show.

#[cfg(test)]
mod around;
#[cfg(test)]
mod driver;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod gate;
#[cfg(test)]
mod listing;
#[cfg(test)]
mod older;
#[cfg(test)]
mod script;
#[cfg(test)]
mod sharing;
#[cfg(test)]
mod variants;
