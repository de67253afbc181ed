//! The words that an engine should know: parameters, members, values, codes, as the spec tables have them.

use sharespec_model::alibaba::{Alibaba, NEWEST, OPERATIONS};
use std::collections::BTreeSet;

/// The dictionary of the fuzz targets, in the form of libFuzzer. `fuzz/alibaba.dict` is this text.
pub fn dictionary() -> String {
    let Ok(spec) = Alibaba::spec_of(NEWEST) else { return String::new() };
    let mut words: BTreeSet<String> = OPERATIONS.iter().map(|name| (*name).to_owned()).collect();
    for operation in spec.operations().into_values().chain([spec.gateway()]) {
        words.extend(operation.parameters.iter().map(|each| each.name.clone()));
        words.extend(operation.rows.iter().map(|row| row.code.clone()));
        for member in &operation.members {
            words.extend(member.path.split('.').map(|part| part.trim_end_matches("[]").to_owned()));
            words.extend(member.values.iter().cloned());
        }
    }
    words.retain(|word| word.len() > 1 && word.is_ascii() && !word.contains(['"', '\\']));
    words.into_iter().map(|word| format!("\"{word}\"\n")).collect()
}
