//! The name of a share: its conditions.

use super::conditions as c;
use super::evaluate::Scene;
use crate::evaluation::Evaluation;
use crate::facts::Facts;

/// The conditions of a share's name.
pub fn name<F: Facts>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) {
    match scene.arguments.text("ResourceShareName") {
        None => evaluation.holds(c::SHARE_NAME_MISSING),
        Some("") => evaluation.holds(c::SHARE_NAME_EMPTY),
        Some(name) => {
            let length = name.chars().count();
            evaluation.holds_if(length > 50, c::SHARE_NAME_TOO_LONG);
            evaluation.holds_if(name.chars().any(is_no_name_letter), c::SHARE_NAME_INVALID);
            let certain = |letter: char| letter.is_ascii() || is_chinese(letter);
            evaluation.holds_if(!name.chars().all(certain), c::VALUES_SPELLING);
        }
    }
}

/// Letters, digits, Chinese characters, and three marks are allowed. Which letters is not said: only
/// what is ASCII can be certainly wrong.
fn is_no_name_letter(letter: char) -> bool {
    letter.is_ascii() && !letter.is_ascii_alphanumeric() && !matches!(letter, '.' | '_' | '-')
}

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{4E00}'..='\u{9FFF}')
}
