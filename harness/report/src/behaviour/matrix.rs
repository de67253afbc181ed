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
    let share_lost = |name: &&str| {
        let own = |pair: &&PairRecord| {
            pair.won.len() == 1 && pair.conditions.iter().any(|each| each == name)
        };
        let (mut met, mut lost) = (0_u64, 0_u64);
        for pair in pairs.iter().filter(own) {
            met += 1;
            lost += u64::from(!pair.won.contains_key(*name));
        }
        // In thousandths; one that met nobody stands in the middle.
        (lost * 1000).checked_div(met).unwrap_or(500)
    };
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by_cached_key(share_lost);
    names
}
