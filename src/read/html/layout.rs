//! What has to be known of a page before its first word: where its text is, and which tables and lists are only
//! there to set things out.

use super::tokens::{Token, What};
use std::collections::BTreeSet;

/// See the module page. Numbers are those of tokens.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Start tags of tables of one column: frames, not tables.
    pub(super) frames: BTreeSet<usize>,
    /// Start tags of lists in which every word is a link: a menu, or a list of contents.
    pub(super) menus: BTreeSet<usize>,
    /// Whether the page marks its main part.
    pub(super) main: bool,
}

#[derive(Default)]
struct Table {
    start: usize,
    column: u32,
    columns: u32,
}

#[derive(Default)]
struct List {
    start: usize,
    items: u32,
    loose: bool,
}

/// Fewer links than this make no menu.
const MENU: u32 = 3;

/// Looks through all of a page once.
pub(super) fn look(text: &str, tokens: &[Token]) -> Layout {
    let mut layout = Layout::default();
    let mut tables: Vec<Table> = Vec::new();
    let mut lists: Vec<List> = Vec::new();
    let mut links = 0_u32;
    let mut in_main = false;
    for (index, token) in tokens.iter().enumerate() {
        match &token.what {
            What::Words => {
                let blank = text.get(token.range.clone()).is_none_or(|words| words.trim().is_empty());
                layout.main |= in_main && !blank;
                if !blank && links == 0 {
                    for list in &mut lists {
                        list.loose = true;
                    }
                }
            }
            What::Start(name, attributes) => {
                in_main |= is_main(name, attributes);
                match name.as_str() {
                    "table" => tables.push(Table { start: index, ..Table::default() }),
                    "tr" => {
                        if let Some(table) = tables.last_mut() {
                            table.column = 0;
                        }
                    }
                    "td" | "th" => {
                        if let Some(table) = tables.last_mut() {
                            table.column += 1;
                            table.columns = table.columns.max(table.column);
                        }
                    }
                    "ul" | "ol" => lists.push(List { start: index, ..List::default() }),
                    "li" => {
                        if let Some(list) = lists.last_mut() {
                            list.items += 1;
                        }
                    }
                    "a" if attributes.iter().any(|(key, _)| key == "href") => links += 1,
                    _ => {}
                }
            }
            What::End(name) => match name.as_str() {
                "table" => {
                    layout.frames.extend(tables.pop().filter(|table| table.columns <= 1).map(|table| table.start));
                }
                "ul" | "ol" => {
                    let menu = lists.pop().filter(|list| !list.loose && list.items >= MENU);
                    layout.menus.extend(menu.map(|list| list.start));
                }
                "a" => links = links.saturating_sub(1),
                "main" => in_main = false,
                _ => {}
            },
        }
    }
    layout
}

/// Whether an element is the main part of its page.
pub(super) fn is_main(name: &str, attributes: &[(String, String)]) -> bool {
    name == "main" || attributes.iter().any(|(key, value)| key == "role" && value.eq_ignore_ascii_case("main"))
}
