//! Takes away what runs left behind: the shares whose names begin with the prefix of a run, of the
//! accounts that made shares in it. Nothing else is changed.

use crate::ledger::Left;
use crate::preflight::{PreflightError, Probe};
use crate::setup::Setup;
use sharespec_model::names::Own;
use sharespec_model::observation::{Observed, ShareRow};
use sharespec_model::status::ShareStatus;
use std::sync::Arc;

/// How often the pages of a list are followed.
const MOST_PAGES: usize = 1000;

/// How long to wait before what could not be deleted is deleted again, in milliseconds.
const PAUSE: u64 = 500;

/// What came of taking away what a run left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Shares that were deleted.
    pub deleted: usize,
    /// Shares that are still there.
    pub left: usize,
    /// How the last of them was refused to be deleted.
    pub refused: Option<String>,
}

/// Deletes the shares of a run.
///
/// # Errors
/// [`PreflightError`] if the target does not list what it holds.
pub async fn clean_up(setup: &Setup, run: &Left) -> Result<Taken, PreflightError> {
    let mut probe = Probe::new(setup, "cleanup")?;
    let mut taken = Taken::default();
    for role in &run.callers {
        let mut waited = 0;
        loop {
            let mut left = 0;
            for share in shares(&mut probe, role, &run.heading.prefix).await? {
                let answer = probe.own(role, Own::Delete(&share)).await?;
                let refused = answer.error().map(|(status, code)| format!("{status} {code}"));
                match answer.success() {
                    Some(_) => taken.deleted += 1,
                    None => {
                        left += 1;
                        taken.refused = refused.or(Some("no answer".to_owned()));
                    }
                }
            }
            // What is in transition can be deleted once that is over.
            if left == 0 || waited >= setup.pace.settle_deadline {
                taken.left += left;
                break;
            }
            probe.wait(PAUSE).await;
            waited += PAUSE;
        }
    }
    Ok(taken)
}

/// The ids of the shares of an account that a run made and that are not being deleted.
async fn shares(
    probe: &mut Probe<'_>,
    role: &str,
    prefix: &str,
) -> Result<Vec<String>, PreflightError> {
    let api = Arc::clone(probe.api());
    let names = api.names();
    let mut found = Vec::new();
    let (operation, mut arguments) = api.own(Own::Shares(&[]));
    if let Some(arguments) = arguments.as_object_mut() {
        arguments.remove(names.page_size);
    }
    for _ in 0..MOST_PAGES {
        let answer = probe.ask(role, operation, arguments.clone()).await?;
        let error = answer.error().map(|(status, code)| format!("{status} {code}"));
        let Some(members) = answer.success() else {
            let reason = error.unwrap_or_else(|| "no list".to_owned());
            return Err(PreflightError::NotThisApi { url: probe.url().to_owned(), reason });
        };
        let token = api.next_page(&members);
        if let Observed::Shares(rows) = api.read(operation, members) {
            let gone = [ShareStatus::Deleting, ShareStatus::Deleted].map(Some);
            let there = |row: &ShareRow| {
                row.name.as_deref().is_some_and(|name| name.starts_with(prefix))
                    && !gone.contains(&row.status)
            };
            found.extend(rows.into_iter().filter(there).map(|row| row.id));
        }
        match token {
            Some(token) if !token.is_empty() => {
                if let Some(arguments) = arguments.as_object_mut() {
                    arguments.insert(names.page_token.to_owned(), token.into());
                }
            }
            _ => break,
        }
    }
    Ok(found)
}
