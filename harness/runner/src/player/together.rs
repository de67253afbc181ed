//! Calls that are made at the same time. Some order of them, in which none comes before one that was answered
//! before it was sent, must explain every answer; what is believed after is what any such order leads to.
//! Where no order of whole calls explains the answers, but one of single entities may, nothing is said: the
//! documents do not say whether a call is done at once.

use super::{Player, Stop};
use crate::footprint::Footprint;
use crate::record::Record;
use sharespec_model::belief::{Belief, Window};
use sharespec_model::call::Call;
use sharespec_oracles::finding::Finding;
use sharespec_oracles::paging::Walk;
use sharespec_wire::case::{CallStep, Step};
use sharespec_wire::form::Form;

/// The calls that are made together from a step on; that step alone if none is beside it.
pub(super) fn group(steps: &[Step], from: usize) -> Vec<&CallStep> {
    let mut group = Vec::new();
    for step in steps.iter().skip(from) {
        match step {
            Step::Call(call) if group.is_empty() || call.beside => group.push(call),
            _ => break,
        }
    }
    group
}

/// A call that was sent, with how it was written.
type Sent = (Call, Form);

/// What judging changes.
#[derive(Clone)]
struct Judged {
    belief: Belief,
    findings: Vec<(Finding, usize)>,
    record: Record,
    footprint: Footprint,
}

impl Player<'_> {
    /// Makes calls at the same time, and judges what came of all of them.
    ///
    /// # Errors
    /// [`Stop`] if no order explains the answers, or if what is read back is not what one leads to.
    pub(super) async fn together(&mut self, steps: &[&CallStep]) -> Result<(), Stop> {
        let mut calls: Vec<Sent> = Vec::new();
        for step in steps {
            if let Some(call) = self.known(&step.call)? {
                let form = step.form.clone().unwrap_or_else(|| self.setup.form.clone());
                calls.push((call, form));
            }
        }
        let mut requests = Vec::with_capacity(calls.len());
        for (call, form) in &calls {
            requests.push([self.request(call, form)?, self.request(call, form)?]);
        }
        let first = self.trace.len();
        for (exchange, (call, _)) in
            self.connection.together(requests).await.into_iter().zip(&calls)
        {
            self.trace.add(self.label, call, exchange);
        }
        let explained = self.explain(first, &calls);
        self.trace.look_at(None);
        explained?;
        self.label = "read back";
        if !steps.iter().any(|step| step.unsettled) {
            self.settle().await?;
        }
        self.read_back().await
    }

    /// Finds the orders that explain the answers, and believes what they lead to.
    fn explain(&mut self, first: usize, calls: &[Sent]) -> Result<(), Stop> {
        let windows: Vec<Window> = (0..calls.len())
            .map(|place| {
                self.trace.look_at(Some(first + place));
                self.trace.last_window()
            })
            .collect();
        let before = self.judged();
        let mut explaining: Vec<Judged> = Vec::new();
        let mut furthest: Option<(usize, Judged)> = None;
        for order in orders(&windows) {
            self.put(before.clone());
            let done = self.in_order(first, calls, &order)?;
            if done == calls.len() {
                explaining.push(self.judged());
            } else if furthest.as_ref().is_none_or(|(most, _)| done > *most) {
                furthest = Some((done, self.judged()));
            }
        }
        let mut explaining = explaining.into_iter();
        let Some(mut explained) = explaining.next() else {
            return self.by_entities(first, calls, before, furthest.map(|(_, judged)| judged));
        };
        for other in explaining {
            // Which of them it was is not known, nor what it says of open points.
            explained.record = before.record.clone();
            if other.belief != explained.belief {
                explained.belief.join(&other.belief);
            }
        }
        self.put(explained);
        Ok(())
    }

    /// Judges calls in an order, and says how many of them it explains.
    fn in_order(&mut self, first: usize, calls: &[Sent], order: &[usize]) -> Result<usize, Stop> {
        for (done, place) in order.iter().enumerate() {
            let Some((call, form)) = calls.get(*place) else { continue };
            self.trace.look_at(Some(first + place));
            (self.footprint.asked, self.footprint.together) = (true, true);
            let judged = self.judge(call, form, None, &mut Walk::default());
            (self.footprint.asked, self.footprint.together) = (false, false);
            match judged {
                Ok(_) => {}
                Err(Stop::Failed) => return Ok(done),
                Err(stop) => return Err(stop),
            }
        }
        Ok(order.len())
    }

    /// Judges each call as if any of the others had been done or not, entity by entity. If that explains the
    /// answers, the documents leave them open; if not, nothing does.
    fn by_entities(
        &mut self,
        first: usize,
        calls: &[Sent],
        before: Judged,
        furthest: Option<Judged>,
    ) -> Result<(), Stop> {
        for place in 0..calls.len() {
            self.put(before.clone());
            self.loosen(first, calls, Some(place));
            if self.in_order(first, calls, &[place])? == 0 {
                self.put(furthest.unwrap_or(before));
                return Err(Stop::Failed);
            }
        }
        let touched = furthest.map_or_else(|| before.footprint.clone(), |each| each.footprint);
        self.put(Judged { footprint: touched, ..before });
        self.loosen(first, calls, None);
        Ok(())
    }

    /// Believes that each call but one was done or not. Twice: one may have been made possible by another.
    fn loosen(&mut self, first: usize, calls: &[Sent], but: Option<usize>) {
        let api = &*self.setup.api;
        for _ in 0..2 {
            for (place, (call, _)) in calls.iter().enumerate() {
                if Some(place) == but {
                    continue;
                }
                self.trace.look_at(Some(first + place));
                let window = self.trace.last_window();
                self.belief.close(window.to);
                if let Ok(prediction) = api.predict(&self.belief, call, window) {
                    api.observe_silence(&mut self.belief, call, &prediction, window);
                }
            }
        }
    }

    fn judged(&self) -> Judged {
        Judged {
            belief: self.belief.clone(),
            findings: self.findings.clone(),
            record: self.record.clone(),
            footprint: self.footprint.clone(),
        }
    }

    fn put(&mut self, judged: Judged) {
        let Judged { belief, findings, record, footprint } = judged;
        (self.belief, self.findings) = (belief, findings);
        (self.record, self.footprint) = (record, footprint);
    }
}

/// The orders in which calls may have been done: what was answered before another was sent comes first.
fn orders(windows: &[Window]) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for _ in windows {
        let mut longer = Vec::new();
        for order in &orders {
            let left = || (0..windows.len()).filter(|place| !order.contains(place));
            for next in left() {
                let sent = windows.get(next).map_or(i64::MIN, |window| window.from);
                let over = |place: &usize| windows.get(*place).is_some_and(|each| each.to < sent);
                if !left().any(|place| over(&place)) {
                    longer.push(order.iter().copied().chain([next]).collect());
                }
            }
        }
        orders = longer;
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_answered_before_another_was_sent_comes_first() {
        let at = |from, to| Window::new(from, to);
        assert_eq!(orders(&[at(0, 9), at(1, 9), at(2, 9)]).len(), 6);
        assert_eq!(orders(&[at(0, 1), at(2, 3)]), [vec![0, 1]]);
        assert_eq!(orders(&[at(5, 6), at(0, 1), at(0, 9)]).len(), 3);
        assert_eq!(orders(&[at(0, 1), at(1, 2)]).len(), 2, "the same moment tells nothing");
    }
}
