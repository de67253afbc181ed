//! Made-up calls of the Alibaba API: what is in order, what is nearly so, and anything at all.

mod grammar;
mod mistakes;
mod raw;
mod valid;
