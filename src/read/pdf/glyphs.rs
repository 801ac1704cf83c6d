//! What is drawn on a page: every letter with its place and size, and how much of the page is picture.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, Name};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use std::ops::Range;

/// One letter, or a few that one sign stands for. Lengths are in points, from the upper left corner of the page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Bytes of [`Sheet::letters`].
    pub(super) letters: Range<u32>,
    /// Where it begins on its base line.
    pub(super) start: (f32, f32),
    /// Where the next one would begin.
    pub(super) end: (f32, f32),
    /// Height of the font.
    pub(super) size: f32,
    /// Whether the font is a heavy one.
    pub(super) bold: bool,
    /// Whether the file says that it is no part of the text (a running head, a page number).
    pub(super) artifact: bool,
}

/// Everything drawn on one page.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) letters: String,
    pub(super) glyphs: Vec<Glyph>,
    /// Width and height in points.
    pub(super) size: (f32, f32),
    /// Straight lines that run across, as (left, right, height from the top).
    pub(super) rules: Vec<(f32, f32, f32)>,
    /// Share of the page that pictures cover; may be more than 1 where they lie over each other.
    pub(super) pictured: f32,
    /// Shapes drawn.
    pub(super) shapes: u32,
    /// Glyphs that no character is known for.
    pub(super) unknown: u32,
    marked: Vec<bool>,
}

/// More letters than this on one page are not text for reading.
const MOST: usize = 400_000;
/// Units of a font's own grid to its height.
const UNITS: f64 = 1000.0;

impl Sheet {
    pub(super) fn new(size: (f32, f32)) -> Self {
        Self { size, ..Self::default() }
    }

    fn push(&mut self, glyph: &Drawn<'_>, place: Affine, bold: bool) {
        if self.glyphs.len() >= MOST {
            return;
        }
        let from = self.letters.len();
        match glyph.as_unicode() {
            Some(BfString::Char(c)) => self.letters.push(c),
            Some(BfString::String(text)) => self.letters.push_str(&text),
            // A font of drawings without a map most often keeps the codes of its letters.
            None => {
                let code = char::from_u32(glyph.char_code()).filter(|c| matches!(c, ' '..='~'));
                let Some(c) = code.filter(|_| matches!(glyph, Drawn::Type3(_))) else {
                    self.unknown += 1;
                    return;
                };
                self.letters.push(c);
            }
        }
        let advance = match glyph {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(drawing) => drawing.advance_width(),
        };
        let point = |x: f64, y: f64| {
            let at = place * Point::new(x, y);
            (narrow(at.x), narrow(at.y))
        };
        let (start, top) = (point(0.0, 0.0), point(0.0, UNITS));
        let end = point(f64::from(advance.unwrap_or(500.0)), 0.0);
        let size = (top.0 - start.0).hypot(top.1 - start.1);
        let sane = [start.0, start.1, end.0, end.1, size].iter().all(|value| value.is_finite() && value.abs() < 1e5);
        let (width, height) = self.size;
        let inside = (-5.0..=width + 5.0).contains(&start.0) && (-5.0..=height + 5.0).contains(&start.1);
        if !sane || !inside || size < 0.5 {
            self.letters.truncate(from);
            return;
        }
        let letters = index(from)..index(self.letters.len());
        self.glyphs.push(Glyph { letters, start, end, size, bold, artifact: self.marked.contains(&true) });
    }

    fn rule(&mut self, bounds: Rect) {
        if bounds.width() > 20.0 && bounds.height() < 3.0 && self.rules.len() < 10_000 {
            self.rules.push((narrow(bounds.x0), narrow(bounds.x1), narrow(bounds.y0)));
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "points of a page need no more digits")]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// [`MOST`] keeps the letters of a page far below the limit.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<'a> Device<'a> for Sheet {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.shapes = self.shapes.saturating_add(1);
        // A drawing of many strokes is no table.
        if path.elements().len() > 64 {
            return;
        }
        let bounds = (props.transform * path.clone()).bounding_box();
        if matches!(mode, DrawMode::Fill(_)) || bounds.height() < 3.0 {
            self.rule(bounds);
        } else {
            self.rule(Rect { y1: bounds.y0, ..bounds });
            self.rule(Rect { y0: bounds.y1, ..bounds });
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if let (DrawMode::Stroke(_), Some(first), Some(last)) = (mode, run.glyphs().first(), self.glyphs.last()) {
            // Letters that are filled and then outlined come twice.
            let at = props.transform * first.transform() * Point::ZERO;
            let (x, y) = (narrow(at.x), narrow(at.y));
            if (last.start.1 - y).abs() < 0.5 && last.end.0 >= x {
                return;
            }
        }
        let bold = run.glyphs().first().is_some_and(|glyph| is_bold(glyph));
        for glyph in run.glyphs() {
            self.push(glyph, props.transform * glyph.transform(), bold);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let bounds = (props.transform * pixels.to_path(0.1)).bounding_box();
        let page = f64::from(self.size.0 * self.size.1).max(1.0);
        self.pictured += narrow(bounds.area() / page);
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let of_pages = |dict: &Dict<'_>| {
            let kind = dict.get::<Name<'_>>(b"Type");
            kind.is_some_and(|kind| kind.as_str() == "Pagination")
        };
        self.marked.push(tag == b"Artifact" && properties.is_some_and(of_pages));
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn is_bold(glyph: &Drawn<'_>) -> bool {
    let Drawn::Outline(outline) = glyph else { return false };
    let Some(font) = outline.font_data() else { return false };
    let named = |name: &str| ["Bold", "bold", "Black", "Heavy", "Semi"].iter().any(|heavy| name.contains(heavy));
    font.weight.is_some_and(|weight| weight >= 600) || font.postscript_name.as_deref().is_some_and(named)
}
