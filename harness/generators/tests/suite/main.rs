//! The suite against the model and the reference implementation: every case is what it says.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, and says how large the suite is"
)]

mod player;
mod symbols;

use player::{Outcome, Stage};
use sharespec_generators::{alibaba, hash};
use sharespec_model::alibaba::{Alibaba, OPERATIONS};
use sharespec_model::api::Api;
use sharespec_wire::case::{Case, Lock, Step};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, OnceLock};
use std::time::Instant;

static STAGE: LazyLock<Stage> = LazyLock::new(Stage::new);

/// Every case with what came of it, played once for all tests.
fn outcomes() -> &'static [(Case, Outcome)] {
    static OUTCOMES: OnceLock<Vec<(Case, Outcome)>> = OnceLock::new();
    OUTCOMES.get_or_init(|| {
        let play = |case: Case| {
            let outcome = STAGE.play(&case);
            (case, outcome)
        };
        alibaba().into_iter().map(play).collect()
    })
}

/// Whether some lawful reading may accept what the case provokes, or settle it otherwise.
fn is_probe(case: &Case) -> bool {
    case.id.contains("/probe/")
}

fn is_pair(case: &Case) -> bool {
    case.id.contains("/pairs/")
}

/// Whether the case is wrong, or odd, in as many ways as come together.
fn is_combined(case: &Case) -> bool {
    case.id.contains("/combined/")
}

fn is_unsettled(case: &Case) -> bool {
    case.id.contains("/unsettled/")
}

/// What leaves every other expectation as it is: a server may answer so beside whatever the case is about.
const BESIDE: &[&str] = &[
    "share-ids/invisible",
    "services/type-unsupported",
    "directory/sharing-off",
    "resources/type-elsewhere",
];

/// Whether nothing speaks against a call but what may be said beside.
fn is_plain(possible: &[&str]) -> bool {
    possible.iter().all(|name| BESIDE.contains(name))
}

/// Fails with every complaint, not with the first.
fn check(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn ids_are_sorted_and_come_once() {
    let started = Instant::now();
    let cases = alibaba();
    println!("{} cases built in {:?}", cases.len(), started.elapsed());
    assert!(cases.windows(2).all(|pair| pair[0].id < pair[1].id), "an id comes twice");
    for case in &cases {
        let letters = |letter: char| letter.is_ascii_alphanumeric() || "/-+".contains(letter);
        assert!(case.id.starts_with("alibaba/") && case.id.chars().all(letters), "{}", case.id);
    }
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for case in &cases {
        let group: Vec<&str> = case.id.split('/').take(3).collect();
        *groups.entry(group.join("/")).or_default() += 1;
    }
    for (group, count) in groups {
        println!("{count:5} {group}");
    }
}

#[test]
fn no_two_cases_do_the_same() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut complaints = Vec::new();
    for case in alibaba() {
        let mut plain = case.clone();
        let (steps, test) = case.steps();
        (plain.base, plain.edit, plain.test) = (steps, None, test);
        (plain.id, plain.rules) = (String::new(), Vec::new());
        if let Some(other) = seen.insert(hash(&plain), case.id.clone()) {
            complaints.push(format!("{} is {other}", case.id));
        }
    }
    check(&complaints);
}

#[test]
fn every_base_is_accepted_under_every_reading() {
    let mut complaints = Vec::new();
    for case in alibaba().iter().filter(|case| case.edit.is_some()) {
        let test = STAGE.play_base(case).test;
        if test.code.is_some() || !is_plain(&test.possible) {
            complaints.push(format!("{}: {:?} {:?}", case.id, test.code, test.possible));
        }
    }
    check(&complaints);
}

#[test]
fn set_up_is_accepted_under_every_reading() {
    let mut complaints = Vec::new();
    for (case, outcome) in outcomes() {
        for (number, played) in outcome.setup.iter().enumerate() {
            // What may be refused beside leaves the case without a verdict.
            let lawful = is_unsettled(case) || is_plain(&played.possible);
            if played.code.is_some() || !lawful {
                let what = (&played.operation, &played.code, &played.possible);
                complaints.push(format!("{} call {number}: {what:?}", case.id));
            }
        }
    }
    check(&complaints);
}

#[test]
fn every_answer_of_the_reference_implementation_is_admissible() {
    let mut complaints = Vec::new();
    for (case, outcome) in outcomes() {
        for played in std::iter::once(&outcome.test).chain(&outcome.after) {
            if !played.admissible {
                let what = (&played.operation, &played.code, &played.possible);
                complaints.push(format!("{}: {what:?}", case.id));
            }
        }
    }
    check(&complaints);
}

#[test]
fn every_negative_case_provokes_exactly_its_conditions() {
    let mut complaints = Vec::new();
    for (case, outcome) in outcomes() {
        if is_probe(case) || is_combined(case) || case.provokes.is_empty() {
            continue;
        }
        let test = &outcome.test;
        let expected: BTreeSet<&str> = case.provokes.iter().map(String::as_str).collect();
        let beside = |name: &&str| !BESIDE.contains(name) || expected.contains(name);
        let certain: BTreeSet<&str> = test.certain.iter().copied().filter(beside).collect();
        let possible: BTreeSet<&str> = test.possible.iter().copied().collect();
        let exact = match of_ending_share(case) {
            // What was in a share that is going ends with it: its entities are ended too.
            true => expected.iter().any(|name| possible.contains(name)),
            false => certain == expected,
        };
        let accepts = !is_pair(case) && test.success;
        let open = test.open && !possible.contains("services/type-unsupported");
        if !exact || accepts || open {
            complaints.push(format!("{}: certain {certain:?}, possible {possible:?}", case.id));
        }
        if !is_pair(case) && case.provokes.len() != 1 && !of_ending_share(case) {
            complaints.push(format!("{} provokes {:?}", case.id, case.provokes));
        }
    }
    check(&complaints);
}

fn of_ending_share(case: &Case) -> bool {
    case.provokes.iter().any(|name| name == "share/deleting" || name == "share/deleted")
}

#[test]
fn every_probe_provokes_its_conditions() {
    // The reference implementation never calls a share with an open invitation pending.
    let unreachable = ["share/pending"];
    let mut complaints = Vec::new();
    for (case, outcome) in outcomes().iter().filter(|(case, _)| is_probe(case)) {
        let missing: Vec<&String> = case
            .provokes
            .iter()
            .filter(|name| !outcome.test.certain.contains(&name.as_str()))
            .filter(|name| !unreachable.contains(&name.as_str()))
            .collect();
        if !missing.is_empty() {
            complaints.push(format!("{}: {missing:?} of {:?}", case.id, outcome.test.possible));
        }
        if !outcome.test.success && !outcome.test.open {
            complaints.push(format!("{} is no probe: no reading accepts it", case.id));
        }
    }
    check(&complaints);
}

#[test]
fn every_combined_case_provokes_its_conditions() {
    let mut complaints = Vec::new();
    let mut accepted = 0;
    for (case, outcome) in outcomes().iter().filter(|(case, _)| is_combined(case)) {
        let test = &outcome.test;
        accepted += usize::from(test.code.is_none());
        let missing: Vec<&String> =
            case.provokes.iter().filter(|name| !test.certain.contains(&name.as_str())).collect();
        let wrong = case.provokes.is_empty() && test.code.is_some();
        if !missing.is_empty() || wrong {
            complaints.push(format!("{}: {missing:?} of {:?}", case.id, test.possible));
        }
    }
    println!("{accepted} combined cases are accepted");
    assert!(accepted > 20, "{accepted}");
    check(&complaints);
}

#[test]
fn every_positive_case_is_accepted_under_every_reading() {
    let mut complaints = Vec::new();
    for (case, outcome) in outcomes() {
        if is_probe(case) || is_combined(case) || is_unsettled(case) || !case.provokes.is_empty() {
            continue;
        }
        let test = &outcome.test;
        // What a principal sees of permissions is open.
        let open = case.id == "alibaba/list-permissions/other-accounts";
        if !open && (test.code.is_some() || !is_plain(&test.possible)) {
            complaints.push(format!("{}: {:?} {:?}", case.id, test.code, test.possible));
        }
    }
    check(&complaints);
}

#[test]
fn every_condition_that_can_be_reached_is_provoked() {
    let spec = STAGE.api.spec();
    let mut provoked: BTreeSet<(String, &str)> = BTreeSet::new();
    let mut admissible: BTreeSet<(String, String)> = BTreeSet::new();
    for (case, outcome) in outcomes() {
        for name in outcome.test.possible.iter().filter(|_| !is_unsettled(case)) {
            provoked.insert((case.operation().to_owned(), name));
        }
        for code in &outcome.test.codes {
            admissible.insert((case.operation().to_owned(), code.clone()));
        }
    }
    let mut complaints = Vec::new();
    // The gateway is in front of every operation: it is provoked with the one that most is about.
    let operations = spec.operations();
    let gateway = ("DisassociateResourceShare", spec.gateway());
    for (name, operation) in operations.into_iter().chain([gateway]) {
        for row in operation.rows.iter().filter(|row| row.rule.is_some()) {
            let observable = !row.conditions.is_empty();
            let reached = admissible.contains(&(name.to_owned(), row.code.clone()));
            if observable && !reached {
                complaints.push(format!("{name}: no case admits {}", row.code));
            }
            for condition in row.conditions.iter() {
                let condition = spec.condition_name(condition);
                if !provoked.contains(&(name.to_owned(), condition)) {
                    complaints.push(format!("{name}: no case provokes {condition}"));
                }
            }
        }
    }
    complaints.retain(|complaint| !UNREACHABLE.iter().any(|(end, _)| complaint.ends_with(end)));
    complaints.sort();
    complaints.dedup();
    check(&complaints);
}

/// The variant of the reference implementation that calls a share with an open invitation pending.
const PENDING: &str = "invited-share-pending";

/// Conditions that no case reaches, with the reason.
const UNREACHABLE: &[(&str, &str)] = &[
    ("provokes share/pending", "the reference implementation calls no share pending by itself"),
    ("CreateResourceShare: no case provokes permissions/again", "a new share holds nothing yet"),
    ("ListResourceShares: no case provokes share-name/empty", "an empty filter is open altogether"),
];

#[test]
fn every_operation_is_under_test() {
    let tested: BTreeSet<String> =
        alibaba().iter().map(|case| case.operation().to_owned()).collect();
    let missing: Vec<&&str> =
        OPERATIONS.iter().filter(|operation| !tested.contains(**operation)).collect();
    assert!(missing.is_empty(), "no case tests {missing:?}");
}

#[test]
fn every_rule_that_is_cited_exists() {
    let spec = STAGE.api.spec();
    let documents = sharespec_fixtures::DOCUMENTS.iter();
    let specs: Vec<_> = documents.map(|(id, _)| Alibaba::spec_with(&[*id]).unwrap()).collect();
    let mut unknown = BTreeSet::new();
    for case in alibaba() {
        let known = |rule: &str| specs.iter().any(|spec| spec.rule_named(rule).is_some());
        let missing = case.rules.iter().filter(|rule| !known(rule));
        unknown.extend(missing.cloned());
        for name in &case.provokes {
            assert!(spec.condition(name).is_some(), "{}: {name}", case.id);
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_rule_is_cited() {
    let spec = STAGE.api.spec();
    let cases = alibaba();
    let cited: BTreeSet<&str> =
        cases.iter().flat_map(|case| &case.rules).map(String::as_str).collect();
    let missing: Vec<&str> = spec
        .rules
        .iter()
        // Cases name conditions, and so the rows that answer them.
        .filter(|rule| rule.unobservable.is_none() && !rule.id.contains("/error/"))
        .map(|rule| rule.id.as_str())
        .filter(|id| !cited.contains(id))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn locks_cover_what_is_made() {
    for case in alibaba() {
        let (steps, _) = case.steps();
        let calls = |operation: &str| {
            steps
                .iter()
                .filter(|step| matches!(step, Step::Call(call) if call.call.operation == operation))
                .count()
        };
        let sum =
            |wanted: fn(&Lock) -> Option<u32>| case.locks.iter().filter_map(wanted).sum::<u32>();
        let shares = sum(|lock| match lock {
            Lock::Shares(_, number) => Some(*number),
            _ => None,
        });
        let invitations = sum(|lock| match lock {
            Lock::Invitations(_, number) => Some(*number),
            _ => None,
        });
        let hooked = steps.iter().any(|step| matches!(step, Step::Hook(_)));
        assert_eq!(hooked, case.locks.contains(&Lock::Target), "{}", case.id);
        if case.locks.iter().any(|lock| matches!(lock, Lock::Account(_))) {
            continue;
        }
        assert!(shares as usize >= calls("CreateResourceShare"), "{}", case.id);
        let answered =
            calls("AcceptResourceShareInvitation") + calls("RejectResourceShareInvitation");
        assert!(answered == 0 || invitations > 0, "{}", case.id);
    }
}

#[test]
fn cases_are_short() {
    let mut total = 0;
    for (case, outcome) in outcomes() {
        let (steps, _) = case.steps();
        total += outcome.requests;
        assert!(steps.len() <= 25, "{} has {} steps", case.id, steps.len());
    }
    let exclusive = alibaba().iter().filter(|case| case.locks.contains(&Lock::Target)).count();
    println!("{total} requests in all; {exclusive} cases own the target while they run");
}

#[test]
fn a_share_is_pending_where_an_invitation_makes_it_so() {
    let variant = sharespec_reference::variants::variant(PENDING).unwrap();
    let stage = Stage::with(&[*variant]);
    let pending = |case: &Case| case.provokes.iter().any(|name| name == "share/pending");
    let cases: Vec<Case> = alibaba().into_iter().filter(pending).collect();
    assert!(!cases.is_empty());
    for case in cases {
        let outcome = stage.play(&case);
        let provoked = outcome.test.certain.contains(&"share/pending");
        assert!(provoked && outcome.test.admissible, "{}: {:?}", case.id, outcome.test.possible);
    }
}
