//! Every target but the request decoder on stable Rust, without the engine: seeds, seeded bytes, and what the
//! mutator makes. A fault in what they look at is noticed.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sharespec_fuzz::{case_of, changed, dictionary, readers, reply_decoder, round_trip, sequences};
use sharespec_wire::case::{Case, Step};
use std::path::Path;

/// Inputs as an engine would make them up: of all lengths, none remembered.
fn made_up(count: usize, most: usize) -> Vec<Vec<u8>> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let inputs = (0..count).map(|_| {
        let mut input = vec![0; random.next_u32() as usize % most];
        random.fill_bytes(&mut input);
        input
    });
    inputs.collect()
}

#[test]
fn sequences_of_any_bytes_are_lawful() {
    let played = made_up(150, 900).iter().filter(|input| sequences(input).is_some()).count();
    assert!(played > 100, "{played}");
}

#[test]
fn the_mutator_changes_cases_and_mends_them() {
    let mut input = Vec::new();
    let (mut different, mut calls) = (0, 0);
    for seed in 0..150 {
        let next = changed(&input, 60_000, seed).unwrap();
        different += usize::from(next != input);
        let case: Case = serde_json::from_slice(&next).unwrap();
        assert_eq!(case_of(&next).unwrap().base, case.base, "nothing is left to mend");
        let count = case.base.iter().filter(|step| matches!(step, Step::Call(_))).count();
        assert!(count <= 8);
        calls = calls.max(count);
        sequences(&next);
        input = next;
    }
    assert!(different > 120 && calls >= 5, "{different} different, {calls} calls");
    assert_eq!(changed(&input, 3, 1), None, "what does not fit is not written");
}

#[test]
fn calls_survive_being_written() {
    let calls: usize = made_up(600, 900).iter().map(|input| round_trip(input)).sum();
    assert!(calls > 600, "{calls}");
}

#[test]
fn answers_of_any_bytes_are_survived() {
    for input in made_up(2000, 300) {
        reply_decoder(&input);
    }
    // The answers of the vectors, cut and changed anywhere.
    let vectors: serde_json::Value =
        serde_json::from_str(sharespec_fixtures::WIRE_REPLIES_ALIBABA).unwrap();
    let mut bodies = Vec::new();
    texts(&vectors, &mut bodies);
    let mut decoded = 0;
    for body in bodies {
        let mut input = vec![0];
        input.extend(body.as_bytes());
        decoded += usize::from(reply_decoder(&input));
        for place in (1..input.len()).step_by(17) {
            reply_decoder(input.get(..place).unwrap());
            let mut other = input.clone();
            if let Some(byte) = other.get_mut(place) {
                *byte ^= 1;
            }
            reply_decoder(&other);
        }
    }
    assert!(decoded >= 5, "{decoded} of the vectors are answers");
}

fn texts(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if text.starts_with(['{', '<']) => found.push(text.clone()),
        serde_json::Value::Array(values) => values.iter().for_each(|each| texts(each, found)),
        serde_json::Value::Object(members) => members.values().for_each(|each| texts(each, found)),
        _ => {}
    }
}

#[test]
fn files_of_any_bytes_are_survived() {
    for input in made_up(2000, 300) {
        readers(&input);
    }
    let case = changed(b"", 60_000, 7).unwrap();
    let world = sharespec_fixtures::ALIBABA_WORLD.as_bytes().to_vec();
    for file in [case, world] {
        assert!(readers(&file));
        for place in (0..file.len()).step_by(file.len() / 60 + 1) {
            readers(file.get(..place).unwrap());
            let mut other = file.clone();
            if let Some(byte) = other.get_mut(place) {
                *byte ^= 4;
            }
            readers(&other);
        }
    }
}

/// Written anew with `SHARESPEC_WRITE=1 cargo test -p sharespec-fuzz dictionary`.
#[test]
fn the_dictionary_is_that_of_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("words.dict");
    if std::env::var_os("SHARESPEC_WRITE").is_some() {
        std::fs::write(&path, dictionary()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), dictionary());
}
