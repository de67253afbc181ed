//! Findings: what an oracle has to say against an exchange, with the rule that was broken.

use sharespec_model::spec::{Level, RuleIndex, Spec};

/// The checks of a case, each with a verdict of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Every answer stands on it.
    Floor,
    /// Status and code are admissible.
    Code,
    /// The message is the documented one.
    Message,
    /// Members, types, enums.
    Shape,
    /// What was asked for happened, and nothing did after a rejection.
    Effects,
    /// Nothing else changed or is shown.
    Isolation,
    /// Times name the events that they should.
    Times,
    /// Pages hold every row once.
    Paging,
    /// The readings that a recorded behaviour holds the target to.
    Behaviour,
}

/// A rule of no document: a reading that a target is held to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRule {
    /// The id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Where it comes from.
    pub citation: String,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// How firmly the rule is documented.
    pub level: Level,
    /// The rule.
    pub rule: Option<RuleIndex>,
    /// The rule, if it is of no document.
    pub own_rule: Option<Box<OwnRule>>,
    /// What was observed, in words that do not vary between cases.
    pub observed: String,
    /// What would have been admissible, one a line.
    pub expected: Vec<String>,
    /// What came, in full.
    pub actual: String,
    /// Whether the target says of itself that it failed, which may happen now and then.
    pub by_itself: bool,
}

impl Finding {
    /// A finding against a rule, with the level of the rule.
    pub fn new(
        spec: &Spec,
        check: Check,
        rule: Option<RuleIndex>,
        observed: impl Into<String>,
    ) -> Self {
        let level = rule.and_then(|rule| spec.rule(rule)).map_or(Level::Must, |rule| rule.level);
        let observed = observed.into();
        Self {
            check,
            level,
            rule,
            own_rule: None,
            actual: observed.clone(),
            observed,
            expected: Vec::new(),
            by_itself: false,
        }
    }

    /// That a target says to have failed, if it is so.
    #[must_use]
    pub fn by_itself(mut self, is_so: bool) -> Self {
        self.by_itself = is_so;
        self
    }

    /// Against a rule of no document.
    #[must_use]
    pub fn own_rule(mut self, rule: OwnRule) -> Self {
        self.own_rule = Some(Box::new(rule));
        self
    }

    /// With what would have been admissible.
    #[must_use]
    pub fn expected(mut self, expected: impl IntoIterator<Item = String>) -> Self {
        self.expected.extend(expected);
        self
    }

    /// With what came.
    #[must_use]
    pub fn actual(mut self, actual: impl Into<String>) -> Self {
        self.actual = actual.into();
        self
    }

    /// Whether the finding fails its check, rather than being a warning.
    pub fn fails(&self, strict: bool) -> bool {
        match self.level {
            Level::Must => true,
            Level::Should => strict,
            Level::Open => false,
        }
    }
}
