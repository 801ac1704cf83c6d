//! List marks, and how deep they stand.

/// A list mark at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Bytes of the mark and the white space behind it.
    pub(super) length: usize,
    /// How it is written; another way of writing at the same indentation stands deeper.
    pub(super) style: Style,
}

/// How a list mark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `-`, `*`, `•` and the like.
    Bullet,
    /// `1.`, `1)`, `(1)`.
    Number,
    /// `4.2`, with so many parts.
    Parts(u8),
    /// `a)`, `(a)`, `a.`; holds the letter.
    Letter(u8),
    /// `iv)`, `(iv)`.
    Roman,
}

impl Style {
    fn same(self, other: Self) -> bool {
        matches!((self, other), (Self::Letter(_), Self::Letter(_))) || self == other
    }
}

/// The list mark that `words` opens with.
pub(super) fn mark(words: &str) -> Option<Mark> {
    let bytes = words.as_bytes();
    let (sign, style) = match *bytes.first()? {
        b'-' | b'*' | b'+' => (1, Style::Bullet),
        b'o' if bytes.get(1) == Some(&b'\t') => (1, Style::Bullet),
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => written(bytes, false)?,
        b'(' => written(&bytes[1..], true).map(|(length, style)| (length + 1, style))?,
        0x80.. => {
            let c = words.chars().next()?;
            let bullet = matches!(c, '\u{2022}' | '\u{2023}' | '\u{2043}' | '\u{25AA}' | '\u{25CF}' | '\u{25CB}')
                || matches!(c, '\u{25E6}' | '\u{00B7}' | '\u{2013}' | '\u{2014}' | '\u{F0B7}' | '\u{25BA}');
            bullet.then(|| (c.len_utf8(), Style::Bullet))?
        }
        _ => return None,
    };
    let rest = &words[sign..];
    let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    // A bullet needs no white space behind it; a letter, a digit or a dash does.
    let alone = bytes[0] >= 0x80 && !words.starts_with(['\u{2013}', '\u{2014}', '\u{00B7}']);
    if space == 0 && !alone {
        return None;
    }
    (sign + space < words.len()).then_some(Mark { length: sign + space, style })
}

/// Length and style of a number or letter with its `.` or `)`.
fn written(bytes: &[u8], open: bool) -> Option<(usize, Style)> {
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 {
        return number(bytes, digits, open);
    }
    let letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let close = bytes.get(letters).copied();
    let small = bytes[..letters].iter().all(u8::is_ascii_lowercase);
    let roman = letters > 0 && letters < 5 && bytes[..letters].iter().all(|b| b"ivxIVX".contains(b));
    match close {
        Some(b')') if letters == 1 && !(roman && bytes[0].eq_ignore_ascii_case(&b'i')) => {
            Some((2, Style::Letter(bytes[0].to_ascii_lowercase())))
        }
        Some(b')') if roman => Some((letters + 1, Style::Roman)),
        Some(b'.') if letters == 1 && small && !open => Some((2, Style::Letter(bytes[0]))),
        Some(b'.') if roman && small && !open => Some((letters + 1, Style::Roman)),
        _ => None,
    }
}

fn number(bytes: &[u8], mut length: usize, open: bool) -> Option<(usize, Style)> {
    if length > 3 {
        return None;
    }
    let mut parts = 1_u8;
    loop {
        match bytes.get(length)? {
            b')' => return Some((length + 1, Style::Number)),
            b'.' if !open => {
                let more = bytes[length + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
                if more == 0 {
                    // `1.)` is written too.
                    let bracket = usize::from(bytes.get(length + 1) == Some(&b')'));
                    let style = if parts > 1 { Style::Parts(parts) } else { Style::Number };
                    return Some((length + 1 + bracket, style));
                }
                length += 1 + more;
                parts = parts.saturating_add(1);
            }
            // `4.2.1 Words`: two parts alone may be a dose.
            b' ' | b'\t' if parts > 2 => return Some((length, Style::Parts(parts))),
            _ => return None,
        }
    }
}

/// The lists that are open, outermost first: indentation and style of each.
#[derive(Debug, Default)]
pub(super) struct Depths(Vec<(usize, Style)>);

impl Depths {
    /// Depth of an item, 0 outermost, and remembers it.
    pub(super) fn place(&mut self, indent: usize, mut style: Style) -> u8 {
        while self.0.last().is_some_and(|(outer, _)| *outer > indent) {
            self.0.pop();
        }
        // `(i)` behind `(h)` is a letter.
        if style == Style::Roman && self.0.last().is_some_and(|(_, last)| *last == Style::Letter(b'h')) {
            style = Style::Letter(b'i');
        }
        let known = self.0.iter().rposition(|(outer, known)| *outer == indent && known.same(style));
        if let Some(index) = known {
            self.0.truncate(index + 1);
            self.0[index].1 = style;
        } else {
            self.0.push((indent, style));
        }
        u8::try_from(self.0.len() - 1).unwrap_or(u8::MAX)
    }

    /// How deep the innermost open list stands.
    pub(super) fn deepest(&self) -> u8 {
        u8::try_from(self.0.len().saturating_sub(1)).unwrap_or(u8::MAX)
    }

    /// No list is open any more.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether a list is open.
    pub(super) fn is_open(&self) -> bool {
        !self.0.is_empty()
    }
}
