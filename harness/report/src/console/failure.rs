//! One failure as a bug report: what was sent, what the rule says, what came, how to see it again.

use sharespec_events::{CaseEvent, ExchangeText, Failure, Outcome, Verdict};

use super::page::Page;
use super::styles::Styles;
use super::text;

/// How many admissible outcomes are shown.
const SHOWN_OUTCOMES: usize = 12;
/// How many exchanges are shown whole.
const SHOWN_EXCHANGES: usize = 3;

/// The text below the heading of a cause.
pub fn example(case: &CaseEvent, failure: &Failure, styles: &Styles) -> String {
    let mut page = Page::new(styles);
    page.field("example:", &case.id);
    rule(&mut page, failure);
    expected(&mut page, &failure.expected);
    actual(&mut page, failure);
    others(&mut page, case, failure);
    exchanges(&mut page, failure);
    if let Some(stderr) = &failure.stderr {
        page.field("stderr:", "the end of what the target said");
        page.marked("|", stderr);
    }
    if failure.alone == Some(Outcome::Pass) {
        let alone =
            "it passes when it is played again alone: it fails only in parallel, or now and then";
        page.field("alone:", alone);
    }
    page.command("reproduce:", "reproduce", &failure.reproduce);
    page.command("", "curl", &failure.curl);
    page.into_text()
}

fn rule(page: &mut Page<'_>, failure: &Failure) {
    let rule = &failure.rule;
    page.field("rule:", &rule.id);
    page.field("", &format!("\"{}\"", rule.text));
    page.field("", &rule.citation);
}

fn expected(page: &mut Page<'_>, outcomes: &[String]) {
    for (index, outcome) in outcomes.iter().take(SHOWN_OUTCOMES).enumerate() {
        let label = if index == 0 { "expected:" } else { "or:" };
        page.field(label, outcome);
    }
    if let Some(left) = outcomes.len().checked_sub(SHOWN_OUTCOMES).filter(|left| *left > 0) {
        page.field("or:", &format!("one of {left} more"));
    }
}

fn actual(page: &mut Page<'_>, failure: &Failure) {
    if failure.actual.contains('\n') {
        page.field("actual:", "");
        page.marked("|", &failure.actual);
    } else {
        page.field("actual:", &failure.actual);
    }
    if !failure.diff.is_empty() {
        page.field("diff:", "- admissible, + actual");
        page.marked("|", &failure.diff);
    }
}

/// One failure decides a case, but the case may have broken more.
fn others(page: &mut Page<'_>, case: &CaseEvent, failure: &Failure) {
    let names: Vec<_> = case
        .checks_with(Verdict::Fail)
        .filter(|check| check.name != failure.check)
        .map(|check| check.name.name())
        .collect();
    if !names.is_empty() {
        page.field("besides:", &format!("{} failed too", names.join(", ")));
    }
}

/// The exchanges of the failed step whole, the others by name: they are context, and often polls.
fn exchanges(page: &mut Page<'_>, failure: &Failure) {
    // A step that has no exchange leaves all of them as the best guess.
    let named = failure.exchanges.iter().any(|exchange| exchange.step == failure.step);
    let matching =
        failure.exchanges.iter().filter(|exchange| !named || exchange.step == failure.step);
    // Of many polls the last ones show what the check saw.
    let skipped = matching.clone().count().saturating_sub(SHOWN_EXCHANGES);
    let whole: Vec<_> = matching.skip(skipped).collect();
    let left = failure.exchanges.len() - whole.len();
    for exchange in whole {
        message(page, exchange);
    }
    if left > 0 {
        let left = text::count(left, "other exchange");
        page.field("context:", &format!("{left} of this case in the JSON Lines report"));
    }
}

fn message(page: &mut Page<'_>, exchange: &ExchangeText) {
    let ExchangeText { step, caller, operation, started_ms, took_ms, .. } = exchange;
    let after = text::duration(*started_ms);
    let took = text::duration(*took_ms);
    page.field(
        "exchange:",
        &format!("{step}, {operation} by {caller}, sent after {after}, took {took}"),
    );
    for (mark, text) in [(">", &exchange.request), ("<", &exchange.response)] {
        let (head, body) = text::split_message(text);
        page.marked(mark, head);
        if !body.is_empty() {
            page.marked(mark, "\n");
            page.marked(mark, body);
        }
    }
}
