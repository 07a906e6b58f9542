//! Drawings: SVG read by usvg and written as the operators of a form.
//!
//! A drawing is bounded in size and parts, and never reaches for another file.

use std::fmt::Write as _;

use usvg::tiny_skia_path::{PathSegment, Transform};

use super::gate;

/// The operators of a drawing, in a box with the origin below on the left.
#[derive(Debug)]
pub(crate) struct Form {
    /// Deflated.
    pub(crate) operators: Vec<u8>,
    /// The opacities that the operators call, in hundredths: fill and stroke.
    pub(crate) opacities: Vec<u8>,
}

/// A drawing with its size.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) form: Form,
    pub(super) size: (f32, f32),
    /// What could not be drawn as it is meant.
    pub(super) lost: Option<&'static str>,
}

/// The largest file that is read, in bytes.
pub(super) const LARGEST: usize = 2 * 1024 * 1024;
const MOST_PARTS: usize = 50_000;
/// What a drawing may become, in bytes: parts that are used or clip many times multiply.
const MOST_OPERATORS: usize = 16 * 1024 * 1024;

pub(super) fn read(bytes: &[u8]) -> Result<Drawn, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is neither SVG nor PNG nor JPEG".to_owned())?;
    if text.matches('<').take(MOST_PARTS + 1).count() > MOST_PARTS {
        return Err(format!("it has more than {MOST_PARTS} parts"));
    }
    // A document type is common and harmless; entities of its own are neither.
    let xml = usvg::roxmltree::ParsingOptions {
        allow_dtd: !text.contains("<!ENTITY"),
        nodes_limit: 4 * MOST_PARTS as u32,
        ..Default::default()
    };
    let unreadable = |error: &dyn std::fmt::Display| format!("it is not a readable SVG: {error}");
    let document = usvg::roxmltree::Document::parse_with_options(text, xml).map_err(|error| unreadable(&error))?;
    gate::refuse_costly(&document)?;
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_xmltree(&document, &options).map_err(|error| unreadable(&error))?;
    let size = tree.size();
    // Beyond this, numbers in a PDF lose their meaning for other programs.
    let sane = |length: f32| (0.1..=20_000.0).contains(&length);
    if !sane(size.width()) || !sane(size.height()) {
        return Err(format!("its size is {} by {}; from 0.1 to 20000 can be printed", size.width(), size.height()));
    }
    let mut drawing = Drawing { lost: gate::left_out(&document), ..Drawing::default() };
    // SVG runs downwards, PDF upwards.
    let upwards = Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, size.height());
    drawing.group(tree.root(), upwards, 1.0)?;
    let form = Form { operators: crate::fonts::deflate(drawing.operators.as_bytes()), opacities: drawing.opacities };
    Ok(Drawn { form, size: (size.width(), size.height()), lost: drawing.lost })
}

/// A drawing taken apart: the outline of each path by its id, in the order in which they are drawn.
pub(super) struct Outlined {
    pub(super) size: (f32, f32),
    pub(super) paths: Vec<(String, String)>,
}

/// Takes a drawing of our own apart.
pub(super) fn outlined(svg: &str) -> Outlined {
    let mut taken = Outlined { size: (1.0, 1.0), paths: Vec::new() };
    // It ships with the program, and tests read it.
    let Ok(tree) = usvg::Tree::from_str(svg, &usvg::Options::default()) else {
        return taken;
    };
    taken.size = (tree.size().width(), tree.size().height());
    let upwards = Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, taken.size.1);
    for node in tree.root().children() {
        if let usvg::Node::Path(path) = node {
            let mut drawing = Drawing::default();
            drawing.outline(path.data(), upwards.pre_concat(path.abs_transform()));
            taken.paths.push((path.id().to_owned(), drawing.operators));
        }
    }
    taken
}

#[derive(Default)]
struct Drawing {
    operators: String,
    opacities: Vec<u8>,
    parts: usize,
    lost: Option<&'static str>,
}

impl Drawing {
    fn group(&mut self, group: &usvg::Group, base: Transform, opacity: f32) -> Result<(), String> {
        let opacity = opacity * group.opacity().get();
        if group.mask().is_some() || !group.filters().is_empty() {
            self.lost = Some("its masks or filters are left out");
        }
        self.operators.push_str("q\n");
        if let Some(clip) = group.clip_path() {
            let own = base.pre_concat(group.abs_transform()).pre_concat(clip.transform());
            let before = self.operators.len();
            self.clip(clip.root(), own);
            // Without any shape everything would be cut off; viewers disagree, so nothing is.
            if self.operators.len() > before {
                self.operators.push_str("W n\n");
            }
        }
        for node in group.children() {
            self.parts += 1;
            if self.parts > MOST_PARTS {
                return Err(format!("it has more than {MOST_PARTS} parts"));
            }
            if self.operators.len() > MOST_OPERATORS {
                return Err("its lines and curves are too many, counted as often as they are used".to_owned());
            }
            match node {
                usvg::Node::Group(inner) => self.group(inner, base, opacity)?,
                usvg::Node::Path(path) if path.is_visible() => self.path(path, base, opacity),
                usvg::Node::Path(_) | usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
        self.operators.push_str("Q\n");
        Ok(())
    }

    /// Everything outside the shapes of a clip path is cut off.
    fn clip(&mut self, root: &usvg::Group, base: Transform) {
        for node in root.children() {
            match node {
                usvg::Node::Path(path) => {
                    self.outline(path.data(), base.pre_concat(path.abs_transform()));
                }
                usvg::Node::Group(inner) => self.clip(inner, base),
                usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
    }

    fn path(&mut self, path: &usvg::Path, base: Transform, opacity: f32) {
        let place = base.pre_concat(path.abs_transform());
        let fill = path.fill().map(|fill| (self.flat(fill.paint()), fill.opacity().get(), fill.rule()));
        if let Some((colour, own, rule)) = fill {
            self.opacity(own * opacity);
            self.colour(colour, "rg");
            self.outline(path.data(), place);
            self.operators.push_str(if rule == usvg::FillRule::EvenOdd { "f*\n" } else { "f\n" });
        }
        if let Some(stroke) = path.stroke() {
            let colour = self.flat(stroke.paint());
            self.opacity(stroke.opacity().get() * opacity);
            self.colour(colour, "RG");
            self.pen(stroke, place);
            self.outline(path.data(), place);
            self.operators.push_str("S\n");
        }
    }

    /// Widths grow with the mean scale: strokes under a skewed transform come out even, which drawings do not notice.
    fn pen(&mut self, stroke: &usvg::Stroke, place: Transform) {
        let scale = (place.sx * place.sy - place.kx * place.ky).abs().sqrt();
        let cap = match stroke.linecap() {
            usvg::LineCap::Butt => 0,
            usvg::LineCap::Round => 1,
            usvg::LineCap::Square => 2,
        };
        let join = match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => 0,
            usvg::LineJoin::Round => 1,
            usvg::LineJoin::Bevel => 2,
        };
        let limit = stroke.miterlimit().get();
        let width = stroke.width().get() * scale;
        let dashes: Vec<String> =
            stroke.dasharray().unwrap_or(&[]).iter().map(|dash| number(dash * scale).to_string()).collect();
        let offset = number(stroke.dashoffset() * scale);
        let _ = writeln!(
            self.operators,
            "{} w {cap} J {join} j {} M [{}] {offset} d",
            number(width),
            number(limit),
            dashes.join(" ")
        );
    }

    fn outline(&mut self, data: &usvg::tiny_skia_path::Path, place: Transform) {
        if self.operators.len() > MOST_OPERATORS {
            return;
        }
        let Some(path) = data.clone().transform(place) else {
            return;
        };
        let out = &mut self.operators;
        let mut last = (0.0, 0.0);
        for segment in path.segments() {
            // Writing into a string does not fail.
            let _ = match segment {
                PathSegment::MoveTo(to) => {
                    last = (to.x, to.y);
                    writeln!(out, "{} {} m", number(to.x), number(to.y))
                }
                PathSegment::LineTo(to) => {
                    last = (to.x, to.y);
                    writeln!(out, "{} {} l", number(to.x), number(to.y))
                }
                PathSegment::QuadTo(by, to) => {
                    let near = |from: f32, by: f32| number(from + (by - from) * 2.0 / 3.0);
                    let (x1, y1) = (near(last.0, by.x), near(last.1, by.y));
                    let (x2, y2) = (near(to.x, by.x), near(to.y, by.y));
                    last = (to.x, to.y);
                    writeln!(out, "{x1} {y1} {x2} {y2} {} {} c", number(to.x), number(to.y))
                }
                PathSegment::CubicTo(one, two, to) => {
                    last = (to.x, to.y);
                    let [x1, y1, x2, y2] = [one.x, one.y, two.x, two.y].map(number);
                    writeln!(out, "{x1} {y1} {x2} {y2} {} {} c", number(to.x), number(to.y))
                }
                PathSegment::Close => writeln!(out, "h"),
            };
        }
    }

    fn flat(&mut self, paint: &usvg::Paint) -> usvg::Color {
        let stops = match paint {
            usvg::Paint::Color(colour) => return *colour,
            usvg::Paint::LinearGradient(gradient) => gradient.stops(),
            usvg::Paint::RadialGradient(gradient) => gradient.stops(),
            usvg::Paint::Pattern(_) => &[],
        };
        self.lost = Some("its gradients and patterns are printed as one colour");
        let middle = stops.get(stops.len() / 2);
        middle.map_or(usvg::Color::new_rgb(128, 128, 128), usvg::Stop::color)
    }

    fn colour(&mut self, colour: usvg::Color, operator: &str) {
        let [red, green, blue] = [colour.red, colour.green, colour.blue].map(|part| number(f32::from(part) / 255.0));
        let _ = writeln!(self.operators, "{red} {green} {blue} {operator}");
    }

    fn opacity(&mut self, opacity: f32) {
        let hundredths = (opacity.clamp(0.0, 1.0) * 100.0).round() as u8;
        if self.opacities.is_empty() && hundredths == 100 {
            return;
        }
        if !self.opacities.contains(&hundredths) {
            self.opacities.push(hundredths);
        }
        let _ = writeln!(self.operators, "/O{hundredths} gs");
    }
}

/// A number with at most three places, which is a thousandth of a point.
fn number(value: f32) -> f32 {
    let rounded = (value * 1000.0).round() / 1000.0;
    if rounded.is_finite() { rounded + 0.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(svg: &str) -> Result<Drawn, String> {
        read(svg.as_bytes())
    }

    fn svg(body: &str) -> String {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" width="200" height="100">{body}</svg>"#)
    }

    #[test]
    fn costly_and_senseless_drawings_are_refused_before_they_cost() {
        let rules = format!("<style>{}</style>{}", "*{fill:red}".repeat(20_000), "<path d='M0 0h5'/>".repeat(500));
        let uses =
            |level: usize| format!("<g id='u{level}'>{}</g>", format!("<use href='#u{}'/>", level - 1).repeat(20));
        let nested: String = (1..12).map(uses).collect();
        for (body, why) in [
            (rules.as_str(), "style sheet"),
            ("<defs><pattern id='p'/></defs>", "`pattern`"),
            (&format!("<g id='u0'/>{nested}"), "within parts"),
        ] {
            assert!(check(&svg(body)).unwrap_err().contains(why), "{why}");
        }
        for size in ["1e30", "1e-30"] {
            let bytes = svg("<path d='M0 0h5'/>").replace("\"200\"", &format!("\"{size}\""));
            let why = check(&bytes).unwrap_err();
            assert!(why.contains("its size is"), "{why}");
        }
    }

    #[test]
    fn a_document_type_is_fine_and_entities_are_not() {
        let drawing = svg("<path d='M0 0h5'/>");
        let typed = format!("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\">{drawing}");
        assert!(check(&typed).is_ok());
        assert!(check(&format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{drawing}")).is_err());
    }

    #[test]
    fn shapes_become_operators_that_run_upwards() {
        let bytes =
            svg(r##"<path d="M0 0L10 10" stroke="#f00" stroke-width="2" fill="none" stroke-dasharray="3 1"/>"##);
        let picture = check(&bytes).unwrap();
        let mut operators = String::new();
        std::io::Read::read_to_string(&mut flate2::read::ZlibDecoder::new(&picture.form.operators[..]), &mut operators)
            .unwrap();
        assert!(operators.contains("1 0 0 RG\n4 w 0 J 0 j 4 M [6 2] 0 d\n0 100 m\n20 80 l\nS"), "{operators}");
        assert_eq!(picture.size, (200.0, 100.0));
    }

    #[test]
    fn what_is_no_svg_is_refused_with_a_reason() {
        assert!(check("hello").unwrap_err().contains("not a readable SVG"));
        assert!(read(b"GIF89a\xff").unwrap_err().contains("neither SVG"));
    }

    #[test]
    fn a_drawing_with_too_many_parts_is_refused() {
        let many = svg(&r#"<path d="M0 0L1 1"/>"#.repeat(MOST_PARTS));
        assert!(check(&many).unwrap_err().contains("parts"));
        let mut bomb = String::from(r#"<defs><path id="a0" d="M0 0L1 1" stroke="red"/>"#);
        for level in 1..7 {
            let copy = format!(r##"<use href="#a{}"/>"##, level - 1).repeat(10);
            bomb.push_str(&format!(r#"<g id="a{level}">{copy}</g>"#));
        }
        assert!(check(&svg(&format!(r##"{bomb}</defs><use href="#a6"/>"##))).is_err());
    }

    #[test]
    fn other_files_are_never_read() {
        for reaching in [
            r#"<image href="/etc/passwd" width="9" height="9"/>"#,
            r#"<use href="other.svg#a"/>"#,
            r#"<path d="M0 0h5" fill="url('other.svg#a')"/>"#,
            r#"<path d="M0 0h5" style="fill: url(https://e.org/a)"/>"#,
            r#"<style>@import "other.css";</style>"#,
        ] {
            assert!(check(&svg(reaching)).unwrap().lost.is_some(), "{reaching}");
        }
        let within = r##"<a href="https://e.org"><g id="a"><path d="M0 0h5" clip-path="url(#b)"/></g></a>"##;
        assert_eq!(check(&svg(within)).unwrap().lost, None);
    }
}
