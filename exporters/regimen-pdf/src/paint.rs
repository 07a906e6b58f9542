//! Positioned items to the operators of pages. The only module that knows printpdf.
//!
//! Fonts and pictures are called by names of our own and put into the file later: printpdf would embed them anew for
//! every document, and number them across threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use printpdf::{
    Color, CurTransMat, DictItem, FontId, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rgb, TextMatrix,
};

use crate::finish::Raw;
use crate::fonts::{Embedded, Face};
use crate::layout::{Ink, Item, Laid, Owner, Role, Tree};
use crate::style::Colour;
use crate::text::Part;

/// The subsets of the faces in use.
pub(crate) type Faces = BTreeMap<Face, Arc<Embedded>>;

/// Pages as operators, and for each page the elements that its marked pieces belong to, in order.
pub(crate) struct Painted {
    pub(crate) raw: Raw,
    pub(crate) marked: Vec<Vec<usize>>,
}

/// Paints all pages.
pub(crate) fn paint(laid: &Laid, faces: &Faces) -> Painted {
    let mut document = PdfDocument::new("");
    let mut marked = Vec::with_capacity(laid.pages.len());
    for page in &laid.pages {
        let mut painter = Painter::new(laid.sheet.height, faces, &laid.tree);
        for item in &page.items {
            painter.item(item);
        }
        painter.close();
        let (width, height) = (Pt(laid.sheet.width).into(), Pt(laid.sheet.height).into());
        document.pages.push(PdfPage::new(width, height, painter.ops));
        marked.push(painter.marked);
    }
    // Glyph ids go through operators that printpdf does not know for fonts it has not seen.
    let options = PdfSaveOptions { secure: false, subset_fonts: false, image_optimization: None, ..Default::default() };
    Painted { raw: document.to_lopdf_document(&options, &mut Vec::new()), marked }
}

struct Painter<'a> {
    height: f32,
    faces: &'a Faces,
    tree: &'a Tree,
    ops: Vec<Op>,
    marked: Vec<usize>,
    owner: Option<Owner>,
    in_text: bool,
    fill: Option<Colour>,
    font: Option<(Face, f32)>,
}

impl<'a> Painter<'a> {
    fn new(height: f32, faces: &'a Faces, tree: &'a Tree) -> Self {
        let (ops, marked) = (Vec::new(), Vec::new());
        Self { height, faces, tree, ops, marked, owner: None, in_text: false, fill: None, font: None }
    }

    fn item(&mut self, item: &Item) {
        self.mark(item.owner);
        match &item.ink {
            Ink::Text { part, baseline } => self.text(part, item.x, *baseline),
            Ink::Fill(colour) => {
                self.end_text();
                self.colour(*colour);
                let y = self.height - item.y - item.height;
                self.raw("re", [item.x, y, item.width, item.height].map(number).to_vec());
                self.raw("f", Vec::new());
            }
            Ink::Picture(picture) => {
                self.end_text();
                let (x_scale, y_scale) = (item.width / picture.width, item.height / picture.height);
                let y = self.height - item.y - item.height;
                let [a, b, c, d, e, f] = picture.placement;
                let (x, y) = (hundredths(item.x), hundredths(y));
                let matrix = [a * x_scale, b * y_scale, c * x_scale, d * y_scale, e * x_scale + x, f * y_scale + y];
                self.ops.push(Op::SaveGraphicsState);
                self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
                self.raw("Do", vec![DictItem::Name(picture.name.clone().into_bytes())]);
                self.ops.push(Op::RestoreGraphicsState);
            }
        }
    }

    /// Opens a marked piece if the owner changes.
    fn mark(&mut self, owner: Owner) {
        if self.owner == Some(owner) {
            return;
        }
        self.close();
        self.owner = Some(owner);
        let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
        let (tag, properties) = match owner {
            Owner::Node(node) => {
                self.marked.push(node);
                let number = DictItem::Int(self.marked.len() as i64 - 1);
                (tag(self.tree.nodes[node].role), vec![("MCID", number)])
            }
            Owner::Decoration => ("Artifact", vec![("Type", name("Layout"))]),
            Owner::Header => ("Artifact", vec![("Type", name("Pagination")), ("Subtype", name("Header"))]),
            Owner::Footer => ("Artifact", vec![("Type", name("Pagination")), ("Subtype", name("Footer"))]),
        };
        let map = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let properties = DictItem::Dict { map };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    fn close(&mut self) {
        self.end_text();
        if self.owner.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn end_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.ops.push(Op::EndTextSection);
        }
    }

    fn colour(&mut self, colour: Colour) {
        if self.fill.replace(colour) != Some(colour) {
            let [r, g, b] = colour.0.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
            self.ops.push(Op::SetFillColor { col: Color::Rgb(Rgb { r, g, b, icc_profile: None }) });
        }
    }

    fn text(&mut self, part: &Part, x: f32, baseline: f32) {
        let Some(face) = self.faces.get(&part.face) else {
            return;
        };
        self.colour(part.colour);
        if !std::mem::replace(&mut self.in_text, true) {
            self.ops.push(Op::StartTextSection);
        }
        if self.font.replace((part.face, part.size)) != Some((part.face, part.size)) {
            let font = PdfFontHandle::External(FontId(part.face.resource().to_owned()));
            self.ops.push(Op::SetFont { font, size: Pt(part.size) });
        }
        let at = [1.0, 0.0, 0.0, 1.0, hundredths(x), hundredths(self.height - baseline)];
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(at) });
        if part.is_hyphen {
            // Whoever copies or hears the text gets the word whole.
            let map = [("ActualText".to_owned(), DictItem::Bytes(SOFT_HYPHEN.to_vec()))].into();
            let properties = DictItem::Dict { map };
            self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
        }
        let mut run = GlyphRun::default();
        for glyph in &part.shaped.glyphs[part.glyphs.clone()] {
            if glyph.offset.1 != 0 {
                self.show(&mut run);
                self.raw("Ts", vec![number(glyph.offset.1 as f32 * part.size / 1000.0)]);
            }
            run.shift(-glyph.offset.0);
            run.codes.extend(face.number(glyph.id).to_be_bytes());
            run.shift(glyph.natural - glyph.advance + glyph.offset.0);
            if glyph.offset.1 != 0 {
                self.show(&mut run);
                self.raw("Ts", vec![number(0.0)]);
            }
        }
        self.show(&mut run);
        if part.is_hyphen {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn show(&mut self, run: &mut GlyphRun) {
        let items = run.take();
        if !items.is_empty() {
            self.raw("TJ", vec![DictItem::Array(items)]);
        }
    }

    fn raw(&mut self, key: &str, value: Vec<DictItem>) {
        self.ops.push(Op::Unknown { key: key.to_owned(), value });
    }
}

/// U+00AD as a text string of PDF.
const SOFT_HYPHEN: [u8; 4] = [0xfe, 0xff, 0x00, 0xad];

/// Glyphs and the shifts between them, as `TJ` takes them.
#[derive(Default)]
struct GlyphRun {
    items: Vec<DictItem>,
    codes: Vec<u8>,
}

impl GlyphRun {
    /// Moves what follows to the left, in thousandths.
    fn shift(&mut self, by: i32) {
        if by != 0 {
            self.flush();
            self.items.push(DictItem::Int(i64::from(by)));
        }
    }

    fn flush(&mut self) {
        if !self.codes.is_empty() {
            self.items.push(DictItem::Bytes(std::mem::take(&mut self.codes)));
        }
    }

    fn take(&mut self) -> Vec<DictItem> {
        self.flush();
        std::mem::take(&mut self.items)
    }
}

fn hundredths(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn number(value: f32) -> DictItem {
    DictItem::Real(hundredths(value))
}

/// The standard name of a role.
pub(crate) const fn tag(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Section => "Sect",
        Role::Division => "Div",
        Role::Heading(0 | 1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::Quote => "BlockQuote",
        Role::List(_) => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::Body => "LBody",
        Role::Table => "Table",
        Role::Row => "TR",
        Role::HeaderCell(..) => "TH",
        Role::Cell(_) => "TD",
        Role::Figure => "Figure",
        Role::Link => "Link",
        Role::Span => "Span",
        Role::Contents => "TOC",
        Role::ContentsEntry => "TOCI",
        Role::Reference => "Reference",
    }
}
