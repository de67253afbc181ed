//! Everything that it takes to judge an implementation from its own `cargo test`. Each group of cases is a test
//! of its own.

mod mine;

use mine::{Mine, mine};
use sharespec_runner::library::{Implementation, Request, Response, Suite};

sharespec_runner::conformance!(Suite::alibaba(|| mine(&[])));

#[test]
fn a_bug_is_told_with_its_rule() {
    let suite = Suite::alibaba(|| mine(&["unknown-share-as-400"]));
    let judged = suite.judge("alibaba/disassociate/owner-mode/omitted");
    assert!(!judged.is_conforming());
    let said = judged.to_string();
    assert!(said.contains("/error/EntityNotExists.ResourceShare"), "{said}");
    assert!(said.contains("400 EntityNotExists.ResourceShare"), "{said}");
}

#[test]
fn who_panics_does_not_answer_and_the_rest_is_judged() {
    struct Panics(Mine);
    impl Implementation for Panics {
        fn answer(&mut self, request: &Request) -> Response {
            assert!(!request.target.contains("Action=DescribeRegions"), "not here");
            self.0.answer(request)
        }
        fn now(&self) -> i64 {
            self.0.now()
        }
        fn pass(&mut self, millis: u64) {
            self.0.pass(millis);
        }
    }
    let suite = Suite::alibaba(|| Panics(mine(&[])));
    assert!(!suite.judge_group("regions").is_conforming());
    suite.judge_group("check").conforms();
}

#[test]
fn what_cannot_be_judged_is_no_success() {
    let suite = Suite::alibaba(|| mine(&[]));
    assert!(!suite.judge("alibaba/no-such-group").is_conforming());
    assert!(!suite.in_world("{").judge_group("check").is_conforming());
}
