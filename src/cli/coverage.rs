//! What the rules cover, as a table, with every empty cell and its reason.

use super::answer::{Answer, Code};
use crate::report::words::{count, safe};
use crate::rule::RuleSet;
use crate::rule::coverage::{Cell, Row, Table, tables};
use std::fmt::Write;

/// Answers `dignity rules --coverage`. A cell that is empty without a reason, or a row that names no rule there is,
/// makes the answer a failure.
pub(super) fn coverage(rules: &RuleSet, format: &str) -> Answer {
    let tables = tables(rules);
    let mut answer = Answer::fine(match format {
        "json" => serde_json::to_string_pretty(&tables).unwrap_or_default() + "\n",
        "markdown" => markdown(&tables),
        _ => human(&tables),
    });
    let wrong = tables.iter().flat_map(|table| &table.rows).any(|row| !faults(row).is_empty());
    if wrong {
        answer.code = Code::Found;
    }
    answer
}

/// What is wrong with a row, in words.
fn faults(row: &Row) -> Vec<String> {
    let cells = [("policies", &row.policies), ("records", &row.records)];
    let mut faults: Vec<String> = cells
        .into_iter()
        .filter(|(_, cell)| !cell.is_answered())
        .map(|(name, cell)| match cell.rules.len() {
            0 => format!("{name}: empty, and nobody says why"),
            some => format!("{name}: said to be empty, and has {}", count(some, "rule", "rules")),
        })
        .collect();
    faults.extend(row.unknown.iter().map(|id| format!("there is no rule {id}")));
    faults
}

fn shown(cell: &Cell) -> String {
    match cell.rules.len() {
        0 => "-".to_owned(),
        rules => format!("{rules} ({}/{})", cell.flagged, cell.passed),
    }
}

/// The empty cells of a table, with the reason or the fault of each.
fn empty(table: &Table) -> Vec<String> {
    let mut lines = Vec::new();
    for row in &table.rows {
        for (name, cell) in [("policies", &row.policies), ("records", &row.records)] {
            if let (true, Some(reason)) = (cell.rules.is_empty(), &cell.reason) {
                lines.push(format!("{}, {name}: {}", row.name, safe(reason)));
            }
        }
        lines.extend(faults(row).into_iter().map(|fault| format!("{}, {fault} (to be put right)", row.name)));
    }
    lines
}

fn human(tables: &[Table]) -> String {
    let mut out = String::new();
    for table in tables {
        let name = table.rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
        let title = table.rows.iter().map(|row| row.title.chars().count()).max().unwrap_or(0);
        let _ = writeln!(out, "{}\n", safe(&table.title));
        let _ = writeln!(out, "  {:<name$}  {:<title$}  {:<14}  in records", "", "", "in policies");
        for row in &table.rows {
            let policies = shown(&row.policies);
            let line =
                format!("  {:<name$}  {:<title$}  {policies:<14}  {}", row.name, safe(&row.title), shown(&row.records));
            let _ = writeln!(out, "{}", line.trim_end());
        }
        let empty = empty(table);
        if !empty.is_empty() {
            let _ = writeln!(out, "\n  Empty, and why");
            for line in empty {
                let _ = writeln!(out, "  {line}");
            }
        }
        out.push('\n');
    }
    out + &sum(tables)
}

fn markdown(tables: &[Table]) -> String {
    let mut out = String::from("# What the rules cover\n");
    for table in tables {
        let _ = writeln!(out, "\n## {}\n\n| | | in policies | in records |\n| --- | --- | --- | --- |", table.title);
        for row in &table.rows {
            let _ =
                writeln!(out, "| {} | {} | {} | {} |", row.name, row.title, shown(&row.policies), shown(&row.records));
        }
        let empty = empty(table);
        if !empty.is_empty() {
            let _ = writeln!(out, "\nEmpty, and why:\n");
            for line in empty {
                let _ = writeln!(out, "- {line}");
            }
        }
    }
    out.push('\n');
    out + &sum(tables)
}

fn sum(tables: &[Table]) -> String {
    let rows = || tables.iter().flat_map(|table| &table.rows);
    let cells = || rows().flat_map(|row| [&row.policies, &row.records]);
    let filled = cells().filter(|cell| !cell.rules.is_empty()).count();
    let reasoned = cells().filter(|cell| cell.rules.is_empty() && cell.reason.is_some()).count();
    format!(
        "{} of {} have rules, as number of rules (examples flagged/examples passed); {reasoned} are empty with a reason, \
         {} without\n",
        filled,
        count(cells().count(), "cell", "cells"),
        cells().count() - filled - reasoned,
    )
}
