//! The cases of a page as JSON, a row each, spooled to a file while the run goes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};

use serde_json::{Value, json};
use sharespec_events::{CaseEvent, Cause, ExchangeText, Failure, Outcome};

use crate::digest::cause_of;
use crate::trimmed::trimmed;

/// How many cases of one cause come with their exchanges.
const WHOLE: usize = 5;
/// The most bytes of exchanges, so that a page opens however much a target sends.
const BUDGET: usize = 24 * 1024 * 1024;

/// Rows on their way to the page.
pub struct Cases {
    spool: BufWriter<File>,
    rules: BTreeMap<String, usize>,
    names: Vec<String>,
    causes: BTreeMap<Cause, usize>,
    budget: usize,
    rows: usize,
}

impl Cases {
    /// No row yet; the spool is a file without a name, which goes with the process.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            spool: BufWriter::new(tempfile::tempfile()?),
            rules: BTreeMap::new(),
            names: Vec::new(),
            causes: BTreeMap::new(),
            budget: BUDGET,
            rows: 0,
        })
    }

    /// Takes a case.
    pub fn add(&mut self, case: &CaseEvent) -> io::Result<()> {
        let rules: Vec<usize> = case.rules.iter().map(|rule| self.rule(rule)).collect();
        let mut row = json!({ "i": case.id, "o": case.outcome, "p": case.operation, "r": rules });
        if let Some(why) = why(case) {
            insert(&mut row, "w", why.into());
        }
        if let Some(known) = &case.known {
            insert(&mut row, "k", known.as_str().into());
        }
        if case.failure.is_some() {
            let failure = trimmed(case).failure;
            if let Some(failure) = failure {
                let whole = self.is_whole(case, &failure);
                insert(&mut row, "f", detail(&failure, whole));
            }
        }
        if self.rows > 0 {
            self.spool.write_all(b",\n")?;
        }
        self.rows += 1;
        self.spool.write_all(inert(&row).as_bytes())
    }

    /// Writes all rows to `out`, and then the names of the rules that they cite by number.
    pub fn write(&mut self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"<script type=\"application/json\" id=\"case-data\">[")?;
        self.spool.flush()?;
        let file = self.spool.get_mut();
        file.seek(SeekFrom::Start(0))?;
        io::copy(file, out)?;
        out.write_all(b"]</script>\n<script type=\"application/json\" id=\"rule-data\">")?;
        out.write_all(inert(&json!(self.names)).as_bytes())?;
        out.write_all(b"</script>\n")
    }

    fn rule(&mut self, name: &str) -> usize {
        if let Some(index) = self.rules.get(name) {
            return *index;
        }
        let index = self.names.len();
        self.names.push(name.to_owned());
        self.rules.insert(name.to_owned(), index);
        index
    }

    /// Whether a failure comes with its exchanges: the first of each cause do.
    fn is_whole(&mut self, case: &CaseEvent, failure: &Failure) -> bool {
        let size: usize =
            failure.exchanges.iter().map(|each| each.request.len() + each.response.len()).sum();
        let of_cause = self.causes.entry(cause_of(case)).or_default();
        let whole = *of_cause < WHOLE && size <= self.budget;
        if whole {
            *of_cause += 1;
            self.budget -= size;
        }
        whole
    }
}

fn insert(row: &mut Value, name: &str, value: Value) {
    if let Some(row) = row.as_object_mut() {
        row.insert(name.to_owned(), value);
    }
}

/// What a row says beside the id.
fn why(case: &CaseEvent) -> Option<String> {
    match case.outcome {
        Outcome::Fail | Outcome::Known => {
            let cause = cause_of(case);
            Some(format!("{}: {}", cause.check, cause.observed))
        }
        Outcome::UnexpectedPass => Some("passes, and is known to fail".to_owned()),
        Outcome::Unsupported | Outcome::Inconclusive | Outcome::Disabled => {
            case.reason.as_ref().map(|reason| format!("{}: {}", reason.kind, reason.detail))
        }
        Outcome::Pass => None,
    }
}

fn detail(failure: &Failure, whole: bool) -> Value {
    let exchanges: Vec<Value> = match whole {
        true => failure.exchanges.iter().map(exchange).collect(),
        false => Vec::new(),
    };
    let note = (!whole).then_some("The exchanges of this case are in the JSON Lines report.");
    json!({
        "rule": format!("{} ({})", failure.rule.id, failure.rule.level),
        "text": failure.rule.text,
        "citation": failure.rule.citation,
        "expected": failure.expected,
        "actual": failure.actual,
        "diff": failure.diff,
        "step": failure.step,
        "exchanges": exchanges,
        "note": note,
        "stderr": failure.stderr,
        "reproduce": failure.reproduce,
        "curl": if whole { failure.curl.as_str() } else { "" },
    })
}

fn exchange(exchange: &ExchangeText) -> Value {
    let ExchangeText { step, caller, operation, request, response, took_ms, .. } = exchange;
    let title = format!("{step}: {operation} by {caller}, {took_ms} ms");
    json!({ "step": step, "title": title, "request": request, "response": response })
}

/// JSON that no page takes for markup, wherever it stands.
fn inert(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
