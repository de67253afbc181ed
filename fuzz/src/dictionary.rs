//! The words that an engine should know: parameters, members, values, codes, as the spec tables have them.

use sharespec_model::spec::Spec;
use sharespec_model::{alibaba, aws};
use std::collections::BTreeSet;

/// The dictionary of the fuzz targets, in the form of libFuzzer: the words of every API, as an engine takes one
/// dictionary alone. `fuzz/words.dict` is this text.
pub fn dictionary() -> String {
    let alibaba =
        alibaba::LIBRARY.spec_of(alibaba::NEWEST).map(|spec| words(alibaba::OPERATIONS, &spec));
    let aws = aws::LIBRARY.spec_of(aws::NEWEST).map(|spec| words(aws::OPERATIONS, &spec));
    let mut words: BTreeSet<String> = [alibaba, aws].into_iter().flatten().flatten().collect();
    words.retain(|word| word.len() > 1 && word.is_ascii() && !word.contains(['"', '\\']));
    words.into_iter().map(|word| format!("\"{word}\"\n")).collect()
}

fn words(operations: &[&str], spec: &Spec) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = operations.iter().map(|name| (*name).to_owned()).collect();
    for operation in spec.operations().into_values().chain([spec.gateway()]) {
        words.extend(operation.parameters.iter().map(|each| each.name.clone()));
        words.extend(operation.rows.iter().map(|row| row.code.clone()));
        for member in &operation.members {
            words.extend(member.path.split('.').map(|part| part.trim_end_matches("[]").to_owned()));
            words.extend(member.values.iter().cloned());
        }
    }
    words
}
