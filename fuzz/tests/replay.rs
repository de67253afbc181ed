//! The seeds and a seeded run through every target, without the engine.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sharespec_fuzz::{Seen, examine};
use std::io::Result;
use std::path::{Path, PathBuf};

const INPUTS: usize = 4_000;

/// Not every byte is tried here: the tests of the wire do that, and the engine much more.
const STEP: usize = 11;

fn seeds(target: &str) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
    let files = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files = files.collect::<Result<Vec<_>>>()?;
    files.sort();
    files.into_iter().map(|path| Ok((path.clone(), std::fs::read(path)?))).collect()
}

/// Inputs as an engine would make them up: of all lengths, none remembered.
fn made_up(count: usize) -> impl Iterator<Item = Seen> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    (0..count).map(move |_| {
        let mut input = vec![0; random.next_u32() as usize % 257];
        random.fill_bytes(&mut input);
        examine(&input)
    })
}

#[test]
fn every_seed_is_decoded() -> Result<()> {
    let seeds = seeds("request_decoder")?;
    assert!(seeds.len() >= 15, "one for each known client at least");
    for (path, bytes) in seeds {
        assert!(examine(&bytes).decoded, "{}", path.display());
    }
    Ok(())
}

#[test]
fn seeds_are_survived_when_cut_or_changed() -> Result<()> {
    for (_, bytes) in seeds("request_decoder")? {
        for place in (0..bytes.len()).step_by(STEP) {
            let (start, end) = bytes.split_at(place);
            examine(start);
            let changed = end.first().map(|byte| byte ^ 0x01);
            let rest = end.iter().copied().skip(1);
            let changed: Vec<u8> = start.iter().copied().chain(changed).chain(rest).collect();
            examine(&changed);
        }
    }
    Ok(())
}

/// A generator that decays into inputs that nothing is learnt from must not go unnoticed.
#[test]
fn made_up_inputs_are_worth_their_time() {
    let seen: Vec<Seen> = made_up(INPUTS).collect();
    let share = |what: fn(&Seen) -> bool| {
        let count = seen.iter().filter(|seen| what(seen)).count();
        count as f64 / INPUTS as f64
    };
    let decoded = share(|seen| seen.decoded);
    let with_arguments = share(|seen| seen.arguments > 0);
    let verified = share(|seen| seen.verified);
    let survived = share(|seen| seen.survived);
    assert!((0.5..0.99).contains(&decoded), "decoded: {decoded}");
    assert!(with_arguments > 0.3, "with arguments: {with_arguments}");
    assert!(verified > 0.1, "verified: {verified}");
    assert!(survived > 0.005, "changed and verified: {survived}");
}
