//! Paragraphs of a word processor on their way to the builder: put in order, counted, set into their tables.
//!
//! Readers say what begins and ends; a paragraph that stands inside another (a text box) comes behind it. Tables
//! are held back until they end, because only then is it known whether they are tables or only a frame.

use super::plain;
use crate::document::{BlockKind, Builder, Place};

/// What a paragraph is, wherever it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// Running text.
    #[default]
    Text,
    /// A heading of this level, from 1.
    Heading(u8),
    /// An item of a list, 0 outermost.
    Item(u8),
    /// A quotation set apart.
    Quote,
    /// Words that are never statements: code, a line of the table of contents, a remark in the margin.
    Aside,
}

/// Row and column, from 0, and whether the row is the header.
#[derive(Clone, Copy, Debug)]
struct Cell {
    row: u32,
    column: u32,
    header: bool,
}

#[derive(Debug, Default)]
struct Para {
    shape: Shape,
    words: String,
    /// Whether words that are not bold stand in it.
    light: bool,
    cell: Option<Cell>,
    /// How many tables it stands in.
    depth: usize,
    /// How many paragraphs waited when it began.
    at: usize,
}

#[derive(Debug, Default)]
struct Table {
    /// Where its paragraphs begin among those that wait.
    start: usize,
    /// Rows begun.
    rows: u32,
    /// Where the paragraphs of the row begin.
    row_start: usize,
    column: u32,
    columns: u32,
    header: bool,
}

/// See the module page.
pub(super) struct Flow<'b> {
    /// Where the blocks go; problems and headers may be told it at any time.
    pub(super) into: &'b mut Builder,
    open: Vec<Para>,
    waiting: Vec<Para>,
    tables: Vec<Table>,
    /// Paragraphs with words so far.
    pub(super) count: u32,
}

/// Tables in one another deeper than this are read as if they stood side by side.
const TABLES: usize = 64;

impl<'b> Flow<'b> {
    pub(super) fn new(into: &'b mut Builder) -> Self {
        Self { into, open: Vec::new(), waiting: Vec::new(), tables: Vec::new(), count: 0 }
    }

    /// A paragraph begins, inside the one that is open if one is.
    pub(super) fn begin(&mut self) {
        let cell = self.tables.last().map(|table| Cell {
            row: table.rows.saturating_sub(1),
            column: table.column,
            header: false,
        });
        let at = self.waiting.len();
        self.open.push(Para { cell, depth: self.tables.len(), at, ..Para::default() });
    }

    /// Whether a paragraph is open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// What the open paragraph is.
    pub(super) fn shape(&mut self, shape: Shape) {
        if let Some(para) = self.open.last_mut() {
            para.shape = shape;
        }
    }

    /// Words of the open paragraph; where none is open, one begins with them unless they are blank.
    pub(super) fn words(&mut self, words: &str, bold: bool) {
        let blank = words.trim().is_empty();
        if self.open.is_empty() {
            if blank {
                return;
            }
            self.begin();
        }
        if let Some(para) = self.open.last_mut() {
            para.words.push_str(words);
            para.light |= !bold && !blank;
        }
    }

    /// The open paragraph ends.
    pub(super) fn end(&mut self) {
        let Some(para) = self.open.pop() else { return };
        if !para.words.trim().is_empty() {
            // What stands inside it has ended before it, and goes behind it.
            let at = para.at.min(self.waiting.len());
            self.waiting.insert(at, para);
        }
        self.pass();
    }

    /// Every paragraph that is open ends.
    pub(super) fn end_all(&mut self) {
        while self.is_open() {
            self.end();
        }
    }

    /// A table begins.
    pub(super) fn table(&mut self) {
        if self.tables.len() < TABLES {
            self.tables.push(Table { start: self.waiting.len(), ..Table::default() });
        }
    }

    /// A row begins.
    pub(super) fn row(&mut self) {
        let waiting = self.waiting.len();
        if let Some(table) = self.tables.last_mut() {
            table.rows += 1;
            table.row_start = waiting;
            table.column = 0;
            table.header = false;
        }
    }

    /// The row that is open heads its table.
    pub(super) fn header_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.header = true;
        }
    }

    /// The cell that is open ends; it was this many columns wide.
    pub(super) fn cell_end(&mut self, wide: u32) {
        if let Some(table) = self.tables.last_mut() {
            table.column = table.column.saturating_add(wide.clamp(1, 1000));
            table.columns = table.columns.max(table.column);
        }
    }

    /// The row ends. The first row heads its table if it is marked so, or if it is all bold and short.
    pub(super) fn row_end(&mut self) {
        let depth = self.tables.len();
        let Some(table) = self.tables.last() else { return };
        let row = self.waiting.get_mut(table.row_start..).unwrap_or_default();
        let mut own = row.iter().filter(|para| para.depth == depth).peekable();
        let short = |para: &Para| !para.light && para.words.trim().len() <= LABEL && !para.words.trim().ends_with('.');
        let header = table.header || (table.rows == 1 && table.columns > 1 && own.peek().is_some() && own.all(short));
        for para in row.iter_mut().filter(|para| para.depth == depth) {
            if let Some(cell) = &mut para.cell {
                cell.header = header;
            }
        }
    }

    /// The table ends. One of a single column, or of a single row that heads nothing, was only a frame.
    pub(super) fn table_end(&mut self) {
        let depth = self.tables.len();
        let Some(table) = self.tables.pop() else { return };
        for para in self.waiting.get_mut(table.start..).unwrap_or_default() {
            if para.depth == depth {
                let frame = table.columns <= 1;
                let lone = table.rows <= 1;
                para.cell = para.cell.filter(|_| !frame).map(|cell| Cell { header: cell.header && !lone, ..cell });
            }
        }
        self.pass();
    }

    /// Hands over what waits, unless something around it is still open.
    fn pass(&mut self) {
        if !self.open.is_empty() || !self.tables.is_empty() {
            return;
        }
        for para in std::mem::take(&mut self.waiting) {
            self.count += 1;
            let kind = match (para.shape, para.cell) {
                (Shape::Heading(level), _) => BlockKind::Heading(level.max(1)),
                (Shape::Item(depth), _) => BlockKind::Item(depth),
                (Shape::Aside, _) => BlockKind::Code,
                (_, Some(Cell { row, column, header })) => BlockKind::Cell { row, column, header },
                (Shape::Quote, None) => BlockKind::Quote,
                (Shape::Text, None) => BlockKind::Paragraph,
            };
            self.into.open(kind).run(&para.words, Place::Paragraph { paragraph: self.count });
            let boxed = para.words.contains(['\u{2610}', '\u{2611}', '\u{2612}']);
            if kind == BlockKind::Paragraph || (boxed && !kind.is_structure()) {
                self.into.close_with(|text, range, marks| plain::paragraph(text, range, kind, marks));
            } else {
                self.into.close();
            }
        }
    }

    /// Whatever is still open ends.
    pub(super) fn finish(&mut self) {
        self.end_all();
        while !self.tables.is_empty() {
            self.row_end();
            self.table_end();
        }
        self.pass();
    }
}

/// A cell of more bytes is no label.
const LABEL: usize = 60;

/// A box with or without a tick, as the words of a form show it.
pub(super) fn tick_box(ticked: bool) -> &'static str {
    if ticked { "\u{2612} " } else { "\u{2610} " }
}
