//! The precedence matrix of one operation as text: which of two conditions that held together was
//! answered.

use std::collections::{BTreeMap, BTreeSet};

use sharespec_events::PairRecord;

/// What the letters of a matrix mean.
pub const LEGEND: &str = "W: the condition of the row is answered; L: that of the column; x: now \
                          the one, now the other; =: the answer fits both; .: not held together";

/// How many columns stand without a gap.
const GROUP: usize = 5;

/// The matrix, a line each: first the numbers of the columns, then a line for each condition. Those
/// that win over most others come first.
pub fn lines(pairs: &[PairRecord]) -> Vec<String> {
    let conditions = ordered(pairs);
    let cells: BTreeMap<(&str, &str), char> = pairs.iter().flat_map(cells).collect();
    let width = conditions.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let digits = conditions.len().to_string().len();
    let mut lines = Vec::new();
    for digit in 0..digits {
        let number = |position: usize| {
            let text = format!("{:>digits$}", position + 1);
            text.chars().nth(digit).unwrap_or(' ')
        };
        let header = grouped((0..conditions.len()).map(number));
        lines.push(format!("{:width$} {header}", "", width = width + digits + 1));
    }
    for (position, row) in conditions.iter().enumerate() {
        let cell = |column: &&str| match row == column {
            true => '\\',
            false => cells.get(&(*row, *column)).copied().unwrap_or('.'),
        };
        let cells = grouped(conditions.iter().map(cell));
        lines.push(format!("{:>digits$} {row:width$} {cells}", position + 1));
    }
    lines
}

fn grouped(cells: impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    for (position, cell) in cells.enumerate() {
        if position > 0 && position % GROUP == 0 {
            text.push(' ');
        }
        text.push(cell);
    }
    text
}

/// Both cells of a pair.
fn cells(pair: &PairRecord) -> [((&str, &str), char); 2] {
    let [one, other] = pair.conditions.each_ref().map(String::as_str);
    let letters = match (pair.won.contains_key(one), pair.won.contains_key(other)) {
        (true, true) => ('x', 'x'),
        (true, false) => ('W', 'L'),
        (false, true) => ('L', 'W'),
        (false, false) => ('=', '='),
    };
    [((one, other), letters.0), ((other, one), letters.1)]
}

fn ordered(pairs: &[PairRecord]) -> Vec<&str> {
    let names: BTreeSet<&str> =
        pairs.iter().flat_map(|pair| pair.conditions.iter().map(String::as_str)).collect();
    let mut rank: BTreeMap<&str, i64> = names.iter().map(|name| (*name, 0)).collect();
    for pair in pairs.iter().filter(|pair| pair.won.len() == 1) {
        for condition in &pair.conditions {
            let step = if pair.won.contains_key(condition) { -1 } else { 1 };
            if let Some(rank) = rank.get_mut(condition.as_str()) {
                *rank += step;
            }
        }
    }
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by_key(|name| rank.get(name).copied().unwrap_or(0));
    names
}
