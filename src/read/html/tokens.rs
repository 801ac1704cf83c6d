//! HTML as a row of tags and words, each with its place in the text.

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::ops::Range;

/// A tag or a stretch of words.
#[derive(Debug, Default)]
pub(super) struct Token {
    /// Where it stands in the text, in bytes.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) what: What,
}

/// What a token is.
#[derive(Debug, Default)]
pub(super) enum What {
    /// Words, entities still as they are written.
    #[default]
    Words,
    /// A start tag with its attributes; names in lower case.
    Start(String, Vec<(String, String)>),
    /// An end tag; its name in lower case.
    End(String),
}

/// Collects what the tokenizer sees.
#[derive(Default)]
struct Collect {
    open: Option<Token>,
}

impl Callback<Token, usize> for Collect {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Token> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.open = Some(Token { range: span.start..span.end, what: What::Start(text(name), Vec::new()) });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(Token { what: What::Start(_, attributes), .. }) = &mut self.open {
                    attributes.push((text(name), String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(Token { what: What::Start(_, attributes), .. }) = &mut self.open
                    && let Some((_, last)) = attributes.last_mut()
                {
                    last.push_str(&text(value));
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                return self.open.take().map(|token| Token { range: token.range.start..span.end, ..token });
            }
            CallbackEvent::EndTag { name } => {
                return Some(Token { range: span.start..span.end, what: What::End(text(name)) });
            }
            CallbackEvent::String { .. } => {
                return Some(Token { range: span.start..span.end, what: What::Words });
            }
            _ => {}
        }
        None
    }
}

/// All tags and words of `text`, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut emitter = CallbackEmitter::new(Collect::default());
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).filter_map(Result::ok).collect()
}

/// The characters that `written` stands for where it holds entities.
pub(super) fn unescaped(written: &str) -> String {
    Tokenizer::new(written)
        .filter_map(Result::ok)
        .filter_map(|token| match token {
            html5gum::Token::String(words) => Some(String::from_utf8_lossy(&words).into_owned()),
            _ => None,
        })
        .collect()
}

/// Cuts words where they are written otherwise than they are read: plain stretches, and single entities.
pub(super) fn pieces(words: &str) -> impl Iterator<Item = (Range<usize>, bool)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = words.get(at..).filter(|rest| !rest.is_empty())?;
        let entity = rest.starts_with('&') && rest[1..].starts_with(|sign: char| sign == '#' || sign.is_alphabetic());
        let length = if entity {
            let name = rest[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
            1 + name + usize::from(rest[1 + name..].starts_with(';'))
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            rest[first..].find('&').map_or(rest.len(), |next| first + next)
        };
        let range = at..at + length;
        at = range.end;
        Some((range, entity))
    })
}
