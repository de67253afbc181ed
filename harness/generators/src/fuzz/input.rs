//! Inputs of a fuzzing engine: a case as JSON, so that what the engine keeps is what everything else
//! keeps. Other bytes are a source of choice from which a case is built.

use super::{Grammar, Scope, build, mutate, repair};
use arbitrary::Unstructured;
use sharespec_wire::case::Case;

/// How many bytes of choice a change takes at most.
const CHOICE: usize = 2048;

/// The case of an input, mended; none if there are too few bytes for one.
pub fn read(grammar: &dyn Grammar, scope: &Scope, input: &[u8]) -> Option<Case> {
    match serde_json::from_slice(input) {
        Ok(case) => Some(mended(grammar, scope, case)),
        Err(_) => built(grammar, scope, input),
    }
}

/// A case that an engine may have put together from parts, made whole.
pub fn mended(grammar: &dyn Grammar, scope: &Scope, case: Case) -> Case {
    let one_connection = case.one_connection;
    Case { one_connection, ..repair(grammar, scope, &id(grammar), case.base) }
}

/// A case from bytes that are none.
pub fn built(grammar: &dyn Grammar, scope: &Scope, bytes: &[u8]) -> Option<Case> {
    let choice = &mut Unstructured::new(bytes);
    build(choice, grammar, scope, &id(grammar)).ok().map(|(case, _)| case)
}

/// Changes a case in one to four things, and writes it; none if it takes more bytes than `most`.
pub fn changed(
    grammar: &dyn Grammar,
    scope: &Scope,
    case: &Case,
    most: usize,
    seed: u32,
) -> Option<Vec<u8>> {
    let mut state = u64::from(seed) << 1 | 1;
    let bytes: Vec<u8> = (0..CHOICE)
        .map(|_| {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            (state >> 56) as u8
        })
        .collect();
    let choice = &mut Unstructured::new(&bytes);
    let changed = mutate(choice, grammar, scope, &case.id, case, None).ok()?;
    serde_json::to_vec(&changed).ok().filter(|bytes| bytes.len() <= most)
}

fn id(grammar: &dyn Grammar) -> String {
    format!("{}/engine", grammar.prefix())
}
