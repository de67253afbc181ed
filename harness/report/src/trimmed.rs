//! Cases fit for a report: each message at most 16 KiB, and the exchanges that matter alone.

use sharespec_events::{CaseEvent, ExchangeText, Failure};

/// The most bytes of one message.
pub const MESSAGE_LIMIT: usize = 16 * 1024;
/// The most exchanges of a failure, besides those of the failed step.
const CONTEXT: usize = 12;

/// The case with its failure cut.
pub fn trimmed(case: &CaseEvent) -> CaseEvent {
    let mut case = case.clone();
    if let Some(failure) = &mut case.failure {
        cut_failure(failure);
    }
    case
}

fn cut_failure(failure: &mut Failure) {
    let Failure { actual, diff, expected, exchanges, curl, stderr, step, .. } = failure;
    for text in [actual, diff, curl].into_iter().chain(expected).chain(stderr) {
        cut(text);
    }
    // Of many exchanges the failed step and what came just before it are what is read.
    let first = exchanges.iter().position(|each| each.step == *step).unwrap_or(exchanges.len());
    let from = first.saturating_sub(CONTEXT);
    exchanges.drain(..from);
    exchanges.truncate(2 * CONTEXT);
    for ExchangeText { request, response, .. } in exchanges {
        cut(request);
        cut(response);
    }
}

/// Cuts a text that is longer than a message may be, and says so.
pub fn cut(text: &mut String) {
    if text.len() > MESSAGE_LIMIT {
        let whole = text.len();
        text.truncate(text.floor_char_boundary(MESSAGE_LIMIT));
        text.push_str(&format!("\n… (cut: the first 16 KiB of {whole} bytes)"));
    }
}
