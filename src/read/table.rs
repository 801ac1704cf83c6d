//! Rows of an export to documents: one document a row, so that no row lends another what is written in it.
//!
//! A row may hold its words in several columns (what happened, what was done, the talk afterwards). They are read
//! together, each under the name of its column, because what one leaves out another may say. A column that is known
//! by its name is taken at its word; then no other is guessed.

use super::{Input, plain};
use crate::document::{BlockKind, Document, Place};

/// Rows that are looked at before it is decided which columns hold words.
const SAMPLE: usize = 50;
/// A cell of so many words is running text.
const PROSE: usize = 8;
/// A column whose cells have so many words on average is running text.
const OFTEN: usize = 4;
/// A name of a record longer than this, in bytes, is none.
const LONGEST_ID: usize = 40;

/// A table on its way in.
pub(super) struct Table<'i> {
    format: &'static str,
    input: &'i Input<'i>,
    lost: usize,
    names: Option<Vec<String>>,
    head: Option<Head>,
    waiting: Vec<Vec<String>>,
    number: u32,
    remark: Option<String>,
}

/// What the columns are for.
struct Head {
    names: Vec<String>,
    text: Vec<usize>,
    id: Option<usize>,
    title: Option<usize>,
    date: Option<usize>,
}

impl<'i> Table<'i> {
    /// A table of `input`; `lost` is how many places of it hold bytes that are no characters.
    pub(super) fn new(format: &'static str, input: &'i Input<'i>, lost: usize) -> Self {
        Self { format, input, lost, names: None, head: None, waiting: Vec::new(), number: 0, remark: None }
    }

    /// A table whose columns are named already.
    pub(super) fn named(format: &'static str, input: &'i Input<'i>, names: Vec<String>) -> Self {
        Self { names: Some(names), ..Self::new(format, input, 0) }
    }

    /// Takes the next row; the first may be the names of the columns.
    pub(super) fn row<'c>(&mut self, cells: impl Iterator<Item = &'c str>, each: &mut dyn FnMut(Document)) {
        if self.head.is_some() {
            let cells: Vec<&str> = cells.collect();
            return self.read(&cells, each);
        }
        self.waiting.push(cells.map(str::to_owned).collect());
        if self.waiting.len() > SAMPLE {
            self.decide(each);
        }
    }

    /// The table has ended.
    pub(super) fn finish(mut self, each: &mut dyn FnMut(Document)) {
        if self.head.is_none() {
            self.decide(each);
        }
        if self.head.is_none_or(|head| head.text.is_empty()) && self.number > 0 {
            let mut into = self.input.document();
            into.format(self.format);
            if self.input.reading.text_column.is_some() {
                into.unreadable("There is no column of the name that --text-column gives. Check its spelling.");
            } else if self.format == "json" {
                // Settings and the like lie about in every folder.
                into.passed_over(
                    "No field of this file seems to hold running text. If one does, name it with --text-column.",
                );
            } else {
                into.unreadable(
                    "No column of this table seems to hold running text. If one does, name it with --text-column.",
                );
            }
            each(into.finish());
        }
    }

    fn decide(&mut self, each: &mut dyn FnMut(Document)) {
        let mut rows = std::mem::take(&mut self.waiting).into_iter();
        let given = self.names.take();
        let Some(first) = (if given.is_some() { given.clone() } else { rows.next() }) else { return };
        let mut rest: Vec<Vec<String>> = rows.collect();
        let names = if given.is_some() || is_head(&first) {
            first
        } else {
            rest.insert(0, first);
            let numbers = 1..=rest[0].len();
            numbers.map(|number| format!("column {number}")).collect()
        };
        let reading = self.input.reading;
        let known =
            |list: &[&str]| names.iter().position(|name| list.iter().any(|known| plainly(known) == plainly(name)));
        let by_name = |wanted: &str| (0..names.len()).filter(|at| plainly(&names[*at]) == plainly(wanted)).collect();
        let text: Vec<usize> = if let Some(wanted) = reading.text_column {
            by_name(wanted)
        } else if let Some(known) = known(reading.columns.text) {
            vec![known]
        } else {
            (0..names.len()).filter(|at| is_prose(&rest, *at)).collect()
        };
        if reading.text_column.is_none() && !text.is_empty() {
            let columns: Vec<&str> = text.iter().filter_map(|at| names.get(*at)).map(String::as_str).collect();
            let (word, columns) = (if columns.len() == 1 { "column" } else { "columns" }, columns.join(", "));
            self.remark = Some(format!("its words are in the {word} {columns}; --text-column names another"));
        }
        let (id, title, date) = (known(reading.columns.id), known(reading.columns.title), known(reading.columns.date));
        self.head = Some(Head { names, text, id, title, date });
        for row in rest {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            self.read(&cells, each);
        }
    }

    fn read(&mut self, cells: &[&str], each: &mut dyn FnMut(Document)) {
        self.number += 1;
        let Some(head) = &self.head else { return };
        let cell = |at: usize| cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let texts: Vec<(&String, &str)> =
            head.text.iter().filter_map(|at| Some((head.names.get(*at)?, cell(*at)?))).collect();
        if !texts.iter().any(|(_, words)| words.contains(char::is_alphanumeric)) {
            return;
        }
        let place = |column: &String, line| Place::Cell { row: self.number, column: column.clone(), line };
        let mut into = self.input.document_of(&self.part(head, cells));
        into.format(self.format);
        if let Some(remark) = self.remark.take() {
            into.remark(remark);
            if self.lost > 0 {
                into.problem(super::LOST, None);
            }
        }
        if let Some((date, name)) = head.date.and_then(|at| Some((cell(at)?, head.names.get(at)?))) {
            into.header(name, date);
        }
        if let Some((title, name)) = head.title.and_then(|at| Some((cell(at)?, head.names.get(at)?)))
            && title.contains(char::is_alphabetic)
        {
            into.block(BlockKind::Heading(1), title, place(name, None));
        }
        for (name, words) in &texts {
            if texts.len() > 1 {
                into.block(BlockKind::Heading(2), name, place(name, None));
            }
            plain::text(words, &|line| place(name, line), &mut into);
        }
        each(into.finish());
    }

    /// `row 12`, and the name the record has in its own system where there is one; never that of a person.
    fn part(&self, head: &Head, cells: &[&str]) -> String {
        let id = head.id.and_then(|at| Some((head.names.get(at)?, cells.get(at)?.trim())));
        let id = id.filter(|(_, id)| !id.is_empty() && id.len() <= LONGEST_ID && !id.contains(char::is_whitespace));
        match id {
            Some((name, id)) => format!("row {}, {name} {id}", self.number),
            None => format!("row {}", self.number),
        }
    }
}

/// A name of a column as it is compared: letters and figures, lower case.
fn plainly(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether these are names: some letters in each that is filled in, a few words at most, and nothing that ends a sentence.
/// The first words of a note must never be taken for a name, for names are shown.
fn is_head(cells: &[String]) -> bool {
    let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some()
        && filled.all(|cell| {
            let begins_well = cell.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '#' | '('));
            let words = cell.split_whitespace().count();
            begins_well && words <= OFTEN && !cell.contains(['\n', '\r']) && !cell.ends_with(['.', '!', ';', ','])
        })
}

/// Whether the cells of a column are running text.
fn is_prose(rows: &[Vec<String>], column: usize) -> bool {
    let words = rows
        .iter()
        .filter_map(|row| row.get(column))
        .map(|cell| cell.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count());
    let (mut cells, mut all, mut most) = (0, 0, 0);
    for count in words.filter(|count| *count > 0) {
        (cells, all, most) = (cells + 1, all + count, most.max(count));
    }
    most >= PROSE || (cells > 0 && all >= OFTEN * cells)
}
