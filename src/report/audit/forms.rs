//! The account for programs and spreadsheets.

use super::{Audit, Quote};
use crate::report::csv::cell_of;

const COLUMNS: [&str; 9] = ["document", "what", "rule", "title", "part", "state", "rights", "words", "place"];

impl Audit {
    /// As JSON, in the form `dignity/audit/1`.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// One row a part of a clause, a concern, or a file that was not read. It begins with a byte-order mark, and no cell
    /// begins like a formula.
    pub fn csv(&self) -> String {
        let mut table = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        // Writing to memory does not fail, and every row has the same number of cells.
        let mut row = |cells: [&str; 9]| {
            let _ = table.write_record(cells.map(cell_of));
        };
        row(COLUMNS);
        for account in &self.documents {
            for clause in &account.clauses {
                for element in &clause.elements {
                    let (text, place) = words(element.quote.as_ref());
                    row([
                        &account.name,
                        "clause",
                        &clause.rule,
                        &clause.title,
                        &element.name,
                        element.state.words(),
                        &clause.rights.join(", "),
                        text,
                        place,
                    ]);
                }
            }
            for concern in &account.concerns {
                let (text, place) = words(concern.quote.as_ref());
                let (rule, title, part) = (&concern.rule, &concern.title, &concern.missing.join(" · "));
                row([
                    &account.name,
                    "concern",
                    rule,
                    title,
                    part,
                    concern.level,
                    &concern.rights.join(", "),
                    text,
                    place,
                ]);
            }
            for problem in &account.problems {
                row([&account.name, "partly read", "", problem, "", "", "", "", ""]);
            }
        }
        for (name, why) in &self.unread {
            row([name, "not read", "", why, "", "", "", "", ""]);
        }
        String::from_utf8(table.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

fn words(quote: Option<&Quote>) -> (&str, &str) {
    quote.map(|quote| (quote.text.as_str(), quote.place.as_str())).unwrap_or_default()
}
