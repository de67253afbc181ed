//! Made-up cases: the builders are driven by seeded bytes and by proptest, and what they make is whole.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the test")]

use arbitrary::Unstructured;
use proptest::prelude::*;
use sharespec_generators::alibaba;
use sharespec_generators::fuzz::{
    Calls, Grammar, LONGEST, Scope, Tier, build, mutate, repair, sequence_of, simpler, size,
};
use sharespec_model::world::WorldFile;
use sharespec_wire::case::{Case, Step};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static GRAMMAR: LazyLock<Calls> = LazyLock::new(|| {
    let world: WorldFile =
        serde_json::from_str(sharespec_fixtures::ALIBABA_EXTENDED_WORLD).unwrap();
    Calls::alibaba(&world)
});

static LIBRARY: LazyLock<Vec<Case>> = LazyLock::new(alibaba);

fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    (0..4096).map(next).collect()
}

fn calls(case: &Case) -> usize {
    case.base.iter().filter(|step| matches!(step, Step::Call(_))).count()
}

/// What every made-up case must be, whoever made it.
fn hold(case: &Case) {
    assert!(calls(case) <= LONGEST);
    assert!(matches!(case.base.get(case.test), Some(Step::Call(_))) || calls(case) == 0);
    let text = serde_json::to_string(case).unwrap();
    assert_eq!(serde_json::from_str::<Case>(&text).unwrap(), *case, "it survives being written");
    let mended = repair(&*GRAMMAR, &Scope::default(), &case.id, case.base.clone());
    assert_eq!(mended.base, case.base, "nothing is left to mend");
}

#[test]
fn the_builders_make_every_operation_and_tier() {
    let (mut operations, mut tiers, mut mistakes) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut callers = 0;
    for seed in 0..1000 {
        let bytes = bytes(seed);
        let choice = &mut Unstructured::new(&bytes);
        let (case, built) = build(choice, &*GRAMMAR, &Scope::default(), "x").unwrap();
        hold(&case);
        for each in &built {
            *tiers.entry(each.tier).or_insert(0) += 1;
            for name in &each.mistakes {
                *mistakes.entry(*name).or_insert(0) += 1;
            }
            if let Step::Call(call) = &each.step {
                *operations.entry(call.call.operation.clone()).or_insert(0) += 1;
            }
        }
        let mut all: Vec<&str> = built
            .iter()
            .filter_map(|each| match &each.step {
                Step::Call(call) => Some(call.call.caller.as_str()),
                _ => None,
            })
            .collect();
        all.sort_unstable();
        all.dedup();
        callers += usize::from(all.len() > 1);
    }
    for operation in GRAMMAR.operations() {
        assert!(operations[*operation] >= 20, "{operation}: {operations:?}");
    }
    let total: i32 = tiers.values().sum();
    let share = |tier| f64::from(tiers[&tier]) / f64::from(total);
    assert!((0.5..0.9).contains(&share(Tier::Valid)), "{tiers:?}");
    assert!((0.08..0.4).contains(&share(Tier::NearMiss)), "{tiers:?}");
    assert!((0.02..0.2).contains(&share(Tier::Raw)), "{tiers:?}");
    assert!(mistakes.len() >= 45, "{} kinds of mistakes: {mistakes:?}", mistakes.len());
    assert!(callers > 300, "{callers} of 1000 cases have several callers");
}

#[test]
fn the_same_bytes_make_the_same_case() {
    let bytes = bytes(7);
    let made =
        || build(&mut Unstructured::new(&bytes), &*GRAMMAR, &Scope::default(), "x").unwrap().0;
    assert_eq!(made(), made());
}

#[test]
fn what_a_target_does_not_have_is_not_built() {
    let scope = Scope {
        absent: ["CreateResourceShare".to_owned()].into(),
        caller: Some("owner".to_owned()),
        hooks: false,
        tampering: false,
        longest: 9,
    };
    for seed in 0..300 {
        let bytes = bytes(seed);
        let case = match seed % 2 {
            0 => build(&mut Unstructured::new(&bytes), &*GRAMMAR, &scope, "x").unwrap().0,
            _ => {
                let base = &LIBRARY[seed as usize * 7 % LIBRARY.len()];
                mutate(&mut Unstructured::new(&bytes), &*GRAMMAR, &scope, "x", base, None).unwrap()
            }
        };
        assert!(calls(&case) <= 9);
        for step in &case.base {
            match step {
                Step::Call(call) => {
                    assert_ne!(call.call.operation, "CreateResourceShare");
                    assert_eq!(call.call.caller, "owner");
                    assert!(call.form.as_ref().is_none_or(|form| !form.is_tampered()));
                }
                Step::Hook(hook) => panic!("{hook:?}"),
                Step::Read | Step::Settle | Step::Wait(_) => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// proptest drives the same builders: its bytes are the source of choice.
    #[test]
    fn any_bytes_make_a_whole_case(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        if let Ok((case, _)) =
            build(&mut Unstructured::new(&bytes), &*GRAMMAR, &Scope::default(), "x")
        {
            hold(&case);
        }
    }

    #[test]
    fn a_changed_case_is_whole(
        bytes in proptest::collection::vec(any::<u8>(), 0..2000),
        base in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
    ) {
        let (base, other) = (base.get(&LIBRARY), other.get(&LIBRARY));
        let choice = &mut Unstructured::new(&bytes);
        let mutated = mutate(choice, &*GRAMMAR, &Scope::default(), "x", base, Some(other));
        if let Ok(case) = mutated {
            hold(&case);
        }
    }
}

/// Whatever must stay is found again, and nothing else is left.
#[test]
fn shrinking_leaves_what_matters() {
    let needed = |case: &Case| {
        let removes = |step: &Step| {
            matches!(step, Step::Call(call) if call.call.operation == "DisassociateResourceShare"
                && call.call.arguments.get("Targets").is_some_and(|list| list.as_array().is_some_and(|list| !list.is_empty())))
        };
        case.base.iter().any(removes)
    };
    let mut found = 0;
    for seed in 0..120 {
        let bytes = bytes(seed);
        let choice = &mut Unstructured::new(&bytes);
        let mut case = build(choice, &*GRAMMAR, &Scope::default(), "x").unwrap().0;
        if !needed(&case) {
            continue;
        }
        found += 1;
        while let Some(smaller) =
            simpler(&*GRAMMAR, &Scope::default(), &case).into_iter().find(|each| needed(each))
        {
            assert!(size(&smaller) < size(&case), "it ends");
            case = smaller;
        }
        assert!(
            calls(&case) <= 2,
            "the removal, and at most what makes the share: {:?}",
            case.base
        );
        let Some(Step::Call(last)) = case.base.last() else { panic!("{:?}", case.base) };
        assert_eq!(last.call.arguments["Targets"].as_array().unwrap().len(), 1);
    }
    assert!(found > 15, "{found}");
}

#[test]
fn the_enumerated_suite_can_be_changed_further() {
    for case in LIBRARY.iter().step_by(5) {
        let mended = repair(&*GRAMMAR, &Scope::default(), &case.id, sequence_of(case));
        hold(&mended);
    }
}
