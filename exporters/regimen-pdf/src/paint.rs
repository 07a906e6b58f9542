//! Positioned items to the operators of pages. The only module that knows printpdf.
//!
//! Fonts and pictures are called by names of our own and put into the file later: printpdf would embed them again for
//! every document, and number them across threads.

mod content;

use std::ops::Range;

use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, Pt};

use crate::finish::Painted;
use crate::fonts::{Embedded, Face, Faces, Library, Sign, Signs, Stretch, stretches};
use crate::layout::{Ink, Item, LaidOut, Owner, Tree};
use crate::picture::Picture;
use crate::press;
use crate::style::{Colour, Press};
use crate::text::Part;

use content::ContentStream;

/// Paints all pages.
pub(crate) fn paint(laid: &LaidOut, faces: &Faces, library: &Library, press: Press) -> Painted {
    let mut document = PdfDocument::new("");
    let mut marked = Vec::with_capacity(laid.pages.len());
    for page in &laid.pages {
        let mut painter = Painter::new(laid.sheet.height, faces, library, &laid.tree);
        painter.press = press;
        let is_cut = |item: &&Item| press.is_press() && item.is_cut(&laid.sheet);
        for item in page.items.iter().filter(|item| !is_cut(item)) {
            painter.item(item);
        }
        if press.is_press() {
            let cuts = || page.items.iter().filter(is_cut);
            let upright: Vec<f32> = cuts().filter(|cut| cut.x > 0.0).map(|cut| cut.x).collect();
            let across: Vec<f32> = cuts().filter(|cut| cut.y > 0.0).map(|cut| cut.y).collect();
            painter.marks(&press::marks(&laid.sheet, &upright, &across));
        }
        painter.close();
        let (width, height) = (Pt(laid.sheet.width).into(), Pt(laid.sheet.height).into());
        // An operator that printpdf does not know is written as it is.
        let operators = Op::Unknown { key: painter.content.finish(), value: Vec::new() };
        document.pages.push(PdfPage::new(width, height, vec![operators]));
        marked.push(painter.marked);
    }
    let options = PdfSaveOptions { secure: false, subset_fonts: false, image_optimization: None, ..Default::default() };
    Painted { raw: document.to_lopdf_document(&options, &mut Vec::new()), marked, press }
}

struct Painter<'a> {
    height: f32,
    faces: &'a Faces,
    library: &'a Library,
    tree: &'a Tree,
    content: ContentStream,
    marked: Vec<usize>,
    owner: Option<Owner>,
    in_text: bool,
    fill: Option<Colour>,
    font: Option<(Face, f32)>,
    press: Press,
}

impl<'a> Painter<'a> {
    fn new(height: f32, faces: &'a Faces, library: &'a Library, tree: &'a Tree) -> Self {
        let (content, marked) = (ContentStream::default(), Vec::new());
        let (fill, font, press) = (None, None, Press::No);
        Self { height, faces, library, tree, content, marked, owner: None, in_text: false, fill, font, press }
    }

    fn item(&mut self, item: &Item) {
        self.mark(item.owner);
        match &item.ink {
            Ink::Text { part, baseline } if part.is_hyphen => {
                self.mark_actual(item.owner, "\u{ad}");
                self.text(part, item.x, *baseline);
                self.close();
            }
            Ink::Text { part, baseline } if part.shaped.plain => self.text(part, item.x, *baseline),
            Ink::Text { part, baseline } => {
                self.read_text(part, LineStart { x: item.x, baseline: *baseline }, item.owner);
            }
            Ink::Fill(colour) => {
                self.end_text();
                self.colour(*colour);
                let y = self.height - item.y - item.height;
                self.content.numbers(&[item.x, y, item.width, item.height]).operator("re").operator("f");
            }
            Ink::Picture(picture) => {
                self.end_text();
                self.picture(picture, item);
            }
            Ink::Room => {}
        }
    }

    fn picture(&mut self, picture: &Picture, item: &Item) {
        let (x_scale, y_scale) = (item.width / picture.width, item.height / picture.height);
        let [a, b, c, d, e, f] = picture.placement;
        self.content.operator("q");
        // Scales are small numbers that meet large ones.
        for scale in [a * x_scale, b * y_scale, c * x_scale, d * y_scale] {
            self.content.decimal(scale, 6);
        }
        let y = self.height - item.y - item.height;
        self.content.numbers(&[e * x_scale + item.x, f * y_scale + y]).operator("cm");
        self.content.name(&picture.name).operator("Do").operator("Q");
    }

    /// Opens a marked piece if the owner changes.
    fn mark(&mut self, owner: Owner) {
        if self.owner == Some(owner) {
            return;
        }
        self.close();
        self.owner = Some(owner);
        match owner {
            Owner::Node(node) => {
                self.content.name(self.tree.nodes[node].role.tag()).written("<</MCID");
                self.content.integer(self.marked.len() as i64).written(">>");
                self.marked.push(node);
            }
            Owner::Decoration => {
                self.content.written("/Artifact <</Type/Layout>>");
            }
            Owner::Header => {
                self.content.written("/Artifact <</Type/Pagination/Subtype/Header>>");
            }
            Owner::Footer => {
                self.content.written("/Artifact <</Type/Pagination/Subtype/Footer>>");
            }
        }
        self.content.operator("BDC");
    }

    /// Marks what follows apart, to be read as `text`; a hyphen is read as U+00AD, so that whoever copies or hears it gets
    /// the word whole. It is a piece of its own, since some readers lose what stands behind a mark within a mark.
    fn mark_actual(&mut self, owner: Owner, text: &str) {
        if let Owner::Node(node) = owner {
            self.close();
            self.owner = Some(owner);
            self.content.written("/Span <</MCID").integer(self.marked.len() as i64);
            self.content.actual_text(text).operator("BDC");
            self.marked.push(node);
        }
    }

    /// Text whose glyphs are not all read as their own characters.
    fn read_text(&mut self, part: &Part, at: LineStart, owner: Owner) {
        for stretch in stretches(&part.shaped, &part.glyphs, part.runs_left()) {
            match (stretch, owner) {
                (Stretch::Mapped(signs), _) => {
                    self.mark(owner);
                    self.signs(part, &signs, at);
                }
                (Stretch::Spread(glyphs, signs), _) => {
                    self.mark(owner);
                    self.spread(part, &glyphs, &signs, at);
                }
                (Stretch::Actual(text, signs), Owner::Node(_)) => {
                    self.mark_actual(owner, &text);
                    self.signs(part, &signs, at);
                    self.close();
                }
                (Stretch::Actual(text, signs), _) => {
                    // What is no part of the reading order has no pieces.
                    self.mark(owner);
                    self.end_text();
                    self.content.written("/Span <<").actual_text(&text).operator("BDC");
                    self.signs(part, &signs, at);
                    self.end_text();
                    self.content.operator("EMC");
                }
            }
        }
    }

    /// Marks to trim and cut along, beyond the trimmed page.
    fn marks(&mut self, marks: &[[f32; 4]]) {
        self.mark(Owner::Decoration);
        self.end_text();
        self.colour(Colour([0; 3]));
        for [x, y, width, height] in marks {
            self.content.numbers(&[*x, self.height - y - height, *width, *height]).operator("re");
        }
        self.content.operator("f");
    }

    fn close(&mut self) {
        self.end_text();
        if self.owner.take().is_some() {
            self.content.operator("EMC");
        }
    }

    fn end_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.content.operator("ET");
        }
    }

    fn colour(&mut self, colour: Colour) {
        if self.fill.replace(colour) == Some(colour) {
            return;
        }
        if self.press.is_press() {
            let inks = press::inks(colour.0.map(|part| f32::from(part) / 255.0));
            self.content.operator(&inks.operators(false));
        } else {
            for part in colour.0 {
                self.content.decimal(f32::from(part) / 255.0, 3);
            }
            self.content.operator("rg");
        }
    }

    fn text(&mut self, part: &Part, x: f32, baseline: f32) {
        if let Some(face) = self.faces.get(&part.face) {
            self.open_text(part, x, baseline);
            self.glyphs(part, face);
        }
    }

    fn open_text(&mut self, part: &Part, x: f32, baseline: f32) {
        self.colour(part.colour);
        if !std::mem::replace(&mut self.in_text, true) {
            self.content.operator("BT");
        }
        if self.font.replace((part.face, part.size)) != Some((part.face, part.size)) {
            self.content.name(&part.face.resource()).number(part.size).operator("Tf");
        }
        self.content.written("1 0 0 1").numbers(&[x, self.height - baseline]).operator("Tm");
    }

    /// Some signs of a part, each in its place.
    fn signs(&mut self, part: &Part, signs: &Signs, at: LineStart) {
        let Some(face) = self.faces.get(&part.face) else { return };
        self.open_text(part, at.x, at.baseline);
        let glyphs = &part.shaped.glyphs;
        let mut starts = vec![0; part.glyphs.len() + 1];
        for (at, glyph) in glyphs[part.glyphs.clone()].iter().enumerate() {
            starts[at + 1] = i32::saturating_add(starts[at], glyph.advance);
        }
        let start = |at: usize| starts[at - part.glyphs.start];
        let (mut run, mut pen) = (GlyphRun::default(), 0);
        for sign in signs {
            let Some((number, advance)) = face.sign(self.library, part.face, &part.shaped, sign) else { continue };
            let (place, rise) = match sign.0 {
                Sign::Glyph(at) => (start(at).saturating_add(glyphs[at].offset.0), glyphs[at].offset.1),
                Sign::Blank(at, back) => (start(at + 1).saturating_sub(back), 0),
                Sign::Last(at) => (start(at + 1).saturating_sub(advance), 0),
            };
            if rise != 0 {
                run.close(&mut self.content);
                self.content.number(rise as f32 * part.size / 1000.0).operator("Ts");
            }
            run.shift(i32::saturating_sub(pen, place));
            run.show(number, &mut self.content);
            pen = place.saturating_add(advance);
            if rise != 0 {
                run.close(&mut self.content);
                self.content.number(0.0).operator("Ts");
            }
        }
        run.close(&mut self.content);
    }

    /// Blanks as wide as these glyphs, next to each other: readers part words where there are gaps.
    fn spread(&mut self, part: &Part, glyphs: &Range<usize>, signs: &Signs, at: LineStart) {
        let Some(face) = self.faces.get(&part.face) else { return };
        let advance = |range: Range<usize>| {
            let advances = part.shaped.glyphs[range].iter().map(|glyph| i64::from(glyph.advance));
            advances.sum::<i64>() as f32
        };
        let blanks: Vec<(u16, i32)> =
            signs.iter().filter_map(|sign| face.sign(self.library, part.face, &part.shaped, sign)).collect();
        let wide = blanks.iter().map(|(_, advance)| i64::from(*advance)).sum::<i64>().max(1) as f32;
        let before = advance(part.glyphs.start..glyphs.start) * part.size / 1000.0;
        self.open_text(part, at.x + before, at.baseline);
        self.content.number(100.0 * advance(glyphs.clone()) / wide).operator("Tz");
        let mut run = GlyphRun::default();
        blanks.iter().for_each(|(number, _)| run.show(*number, &mut self.content));
        run.close(&mut self.content);
        self.content.number(100.0).operator("Tz");
    }

    fn glyphs(&mut self, part: &Part, face: &Embedded) {
        let mut run = GlyphRun::default();
        for glyph in &part.shaped.glyphs[part.glyphs.clone()] {
            let rise = glyph.offset.1 as f32 * part.size / 1000.0;
            if glyph.offset.1 != 0 {
                run.close(&mut self.content);
                self.content.number(rise).operator("Ts");
            }
            run.shift(-glyph.offset.0);
            run.show(face.number(glyph.id), &mut self.content);
            run.shift(glyph.natural - glyph.advance + glyph.offset.0);
            if glyph.offset.1 != 0 {
                run.close(&mut self.content);
                self.content.number(0.0).operator("Ts");
            }
        }
        run.close(&mut self.content);
    }
}

/// Where a part of a line starts.
#[derive(Clone, Copy)]
struct LineStart {
    x: f32,
    baseline: f32,
}

/// Glyphs and the shifts between them, as `TJ` takes them.
#[derive(Default)]
struct GlyphRun {
    in_array: bool,
    in_string: bool,
    /// How far what follows moves to the left, in thousandths.
    shift: i32,
}

impl GlyphRun {
    fn shift(&mut self, by: i32) {
        self.shift += by;
    }

    fn show(&mut self, number: u16, content: &mut ContentStream) {
        if !std::mem::replace(&mut self.in_array, true) {
            content.open_array();
        }
        self.flush(content);
        if !std::mem::replace(&mut self.in_string, true) {
            content.open_string();
        }
        content.glyph(number);
    }

    fn flush(&mut self, content: &mut ContentStream) {
        let by = std::mem::take(&mut self.shift);
        if by != 0 {
            self.end_string(content);
            content.integer(i64::from(by));
        }
    }

    fn end_string(&mut self, content: &mut ContentStream) {
        if std::mem::take(&mut self.in_string) {
            content.close_string();
        }
    }

    /// Shows the glyphs so far; later ones have shifts of their own.
    fn close(&mut self, content: &mut ContentStream) {
        if std::mem::take(&mut self.in_array) {
            self.flush(content);
            self.end_string(content);
            content.close_array();
            content.operator("TJ");
        }
    }
}
