//! Drawings: SVG read by usvg and written as the operators of a form.
//!
//! A drawing is bounded in size and parts, and never reaches for another file.

mod canvas;
mod clip;
mod draw;
mod paint;
mod seen;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

pub(super) use regimen_catalog::drawing::MOST_BYTES as LARGEST;
use regimen_catalog::drawing::MOST_PARTS;
use usvg::tiny_skia_path::Transform;

use super::form::{Form, FormPart};
use super::limits;
use canvas::Canvas;

/// A drawing with its size.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) form: Form,
    pub(super) size: (f32, f32),
    /// What could not be drawn as it is meant.
    pub(super) lost: Vec<String>,
    /// What is printed otherwise than browsers draw it.
    pub(super) differs: Vec<String>,
    /// The font that its text asks for, where another one is printed.
    pub(super) replaced: Option<String>,
}

/// A drawing while it is written.
#[derive(Default)]
struct Drawing {
    parts: Vec<FormPart>,
    /// Gradients, tiles and masks by their address in the tree and their matrix.
    known: HashMap<(usize, [u32; 6], bool), usize>,
    /// Embedded images by their bytes.
    images: HashMap<Arc<Vec<u8>>, usize>,
    pixels: u64,
    /// Whether colours are written as their brightness, for a mask.
    grey: bool,
    lost: Vec<String>,
    /// How many nodes were seen, and how many bytes parts have.
    seen: usize,
    written: usize,
    layers: usize,
}

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
    let outermost = document.root_element().tag_name().name();
    if outermost != "svg" {
        return Err(format!("it is no SVG: its outermost element is `{outermost}`, not `svg`"));
    }
    limits::refuse_costly(&document)?;
    let seen = Mutex::new(words::Seen::default());
    let tree = usvg::Tree::from_xmltree(&document, &words::options(&seen)).map_err(|error| unreadable(&error))?;
    let size = tree.size();
    // Beyond this, numbers in a PDF lose their meaning for other programs.
    let sane = |length: f32| (0.1..=20_000.0).contains(&length);
    if !sane(size.width()) || !sane(size.height()) {
        return Err(format!("its size is {} by {}; from 0.1 to 20000 can be printed", size.width(), size.height()));
    }
    let seen = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
    let mut drawing = Drawing::default();
    let limits::unread::Unread { lost, mut differs } = limits::unread::unread(&document);
    limits::left_out(&document).into_iter().chain(lost).chain(seen.lost).for_each(|lost| drawing.lose(lost));
    // SVG runs downwards, PDF upwards.
    let upwards = Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, size.height());
    let mut canvas = Canvas::new([0.0, 0.0, size.width(), size.height()]);
    drawing.group(&mut canvas, tree.root(), upwards, 1.0)?;
    drawing.count(&canvas)?;
    if drawing.lost.is_empty() && differs.is_empty() {
        differs.extend(seen::nothing_shown(&tree));
    }
    let form = Form { stream: canvas.stream(), parts: drawing.parts };
    Ok(Drawn { form, size: (size.width(), size.height()), lost: drawing.lost, differs, replaced: seen.replaced })
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
            let mut canvas = Canvas::default();
            canvas.outline(path.data(), upwards.pre_concat(path.abs_transform()));
            taken.paths.push((path.id().to_owned(), canvas.operators));
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::super::form::FormPart;
    use super::*;

    fn check(svg: &str) -> Result<Drawn, String> {
        read(svg.as_bytes())
    }

    fn svg(body: &str) -> String {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" width="200" height="100">{body}</svg>"#)
    }

    #[test]
    fn costly_and_senseless_drawings_are_refused_before_they_cost() {
        let uses =
            |level: usize| format!("<g id='u{level}'>{}</g>", format!("<use href='#u{}'/>", level - 1).repeat(20));
        let nested: String = (1..12).map(uses).collect();
        assert!(check(&svg(&format!("<g id='u0'/>{nested}"))).unwrap_err().contains("within parts"));
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
        std::io::Read::read_to_string(
            &mut flate2::read::ZlibDecoder::new(&picture.form.stream.operators[..]),
            &mut operators,
        )
        .unwrap();
        assert!(operators.contains("1 0 0 RG\n4 w 0 J 0 j 4 M [6 2] 0 d\n0 100 m\n20 80 l\nS"), "{operators}");
        assert_eq!(picture.size, (200.0, 100.0));
    }

    #[test]
    fn what_is_no_svg_is_refused_with_a_reason() {
        assert!(check("hello").unwrap_err().contains("not a readable SVG"));
        assert!(check("<html/>").unwrap_err().contains("outermost element is `html`"));
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
            assert!(!check(&svg(reaching)).unwrap().lost.is_empty(), "{reaching}");
        }
        let within =
            r##"<a href="https://e.org"><g id="a"><path d="M0 0h5" clip-path="url(#b)"/></g></a><clipPath id="b"/>"##;
        assert_eq!(check(&svg(within)).unwrap().lost, [""; 0]);
    }

    /// The parts of a drawing without a loss, by their kinds.
    fn kinds(body: &str) -> Vec<&'static str> {
        let drawn = check(&svg(body)).unwrap();
        assert_eq!(drawn.lost, [""; 0], "{body}");
        let kind = |part: &FormPart| match part {
            FormPart::Opacity(_) => "opacity",
            FormPart::Blend(_) => "blend",
            FormPart::Mask { .. } => "mask",
            FormPart::Group(..) => "group",
            FormPart::Image(_) => "image",
            FormPart::Tile(..) => "tile",
            FormPart::Gradient(_) => "gradient",
        };
        drawn.form.parts.iter().map(kind).collect()
    }

    fn operators(body: &str) -> String {
        let drawn = check(&svg(body)).unwrap();
        let mut operators = String::new();
        let packed = &drawn.form.stream.operators[..];
        std::io::Read::read_to_string(&mut flate2::read::ZlibDecoder::new(packed), &mut operators).unwrap();
        operators
    }

    #[test]
    fn what_drawing_programs_write_becomes_parts() {
        let stops = "<stop offset='0' stop-color='red'/><stop offset='1' stop-color='blue'/>";
        let sheer = "<stop offset='0'/><stop offset='1' stop-opacity='0'/>";
        let filled = |server: &str| format!("{server}<path d='M0 0h50v50z' fill='url(#a)'/>");
        let line = |stops: &str| filled(&format!("<linearGradient id='a'>{stops}</linearGradient>"));
        assert_eq!(kinds(&line(stops)), ["gradient"]);
        assert_eq!(kinds(&line(sheer)), ["gradient", "gradient", "group", "mask"]);
        assert_eq!(kinds(&filled(&format!("<radialGradient id='a'>{stops}</radialGradient>"))), ["gradient"]);
        let tile = "<pattern id='a' width='9' height='9' patternUnits='userSpaceOnUse'><path d='M0 0h4v4z'/></pattern>";
        assert_eq!(kinds(&filled(tile)), ["tile"]);
        let two = "<path d='M0 0h9v9z'/><path d='M3 3h9v9z'/>";
        assert_eq!(kinds(&format!("<g opacity='.5'>{two}</g>")), ["group", "opacity"]);
        assert_eq!(kinds("<g opacity='.5'><path d='M0 0h9v9z'/></g>"), ["opacity"], "a shape is opaque by itself");
        assert_eq!(kinds(&format!("<g style='mix-blend-mode:multiply'>{two}</g>")), ["group", "blend"]);
        let mask = "<mask id='m'><path fill='#fff' d='M0 0h9v9z'/></mask>";
        assert_eq!(kinds(&format!("{mask}<g mask='url(#m)'>{two}</g>")), ["group", "mask", "group", "group"]);
        let clip = |inner: &str| format!("<clipPath id='c'>{inner}</clipPath><g clip-path='url(#c)'>{two}</g>");
        assert_eq!(kinds(&clip("<path d='M0 0h5v5z'/>")), [""; 0], "an outline");
        assert_eq!(kinds(&clip(two)), ["group", "mask", "group", "group"], "shapes over each other");
        let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==";
        let image = format!("<image href='data:image/png;base64,{pixel}' width='9' height='9'/>").repeat(2);
        assert_eq!(kinds(&image), ["image"], "once for the same bytes");
    }

    #[test]
    fn arrowheads_and_text_are_drawn() {
        let arrow = "<marker id='h' markerWidth='4' markerHeight='4' orient='auto'><path d='M0 0L4 2L0 4z'/></marker>\
                     <path d='M10 10H50' stroke='#000' marker-end='url(#h)'/>";
        assert!(operators(arrow).contains("f\n"), "{}", operators(arrow));
        let text = operators("<text x='5' y='25' font-size='8'>45\u{b0}</text>");
        assert!(text.matches(" m\n").count() >= 4, "the outlines of three signs: {text}");
        let replaced = |style: &str| check(&svg(&format!("<text y='9' {style}>a</text>"))).unwrap().replaced;
        assert_eq!(replaced("font-family='Comic Sans MS'").as_deref(), Some("Comic Sans MS"));
        for fine in
            ["", "font-family='Arial, sans-serif'", "style='font-family:monospace'", "font-family='Source Sans 3'"]
        {
            assert_eq!(replaced(fine), None, "{fine}");
        }
        let lost = check(&svg("<text y='9'>\u{10ffff}</text>")).unwrap().lost;
        assert!(lost.len() == 1 && lost[0].contains("no font has the character"), "{lost:?}");
    }

    #[test]
    fn what_is_not_drawn_is_named() {
        let lost = |body: &str| check(&svg(body)).unwrap().lost.join("; ");
        let blurred =
            "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><path filter='url(#f)' d='M0 0h9v9z'/>";
        assert!(lost(blurred).contains("filters"), "{}", lost(blurred));
        assert!(lost("<image href='data:image/png;base64,AAAA' width='9' height='9'/>").contains("damaged"));
        assert!(lost("<image href='data:image/png;base64,A*A' width='9' height='9'/>").contains("others are left out"));
        assert!(lost("<image href='data:image/gif;base64,R0lGODdh' width='9' height='9'/>").contains("neither PNG"));
        assert!(lost("<path d='M0 0h9v9z'><animate attributeName='x'/></path>").contains("moves"));
    }

    #[test]
    fn what_the_library_passes_over_is_named() {
        let lost = |body: &str| {
            let drawn = check(&svg(body)).unwrap();
            [drawn.lost, drawn.differs].concat().join("; ")
        };
        let path = |written: &str| format!("<path d='M0 0h9v9z' {written}/>");
        for (written, named) in [
            ("style='transform: translate(50px,20px) rotate(45deg)'", "`transform`"),
            ("style='fill: var(--c)'", "var("),
            ("fill='oklch(0.7 0.1 20)'", "oklch"),
            ("fill='rgb(10 20 30 / 50%)'", "rgb(10 20 30 / 50%)"),
            ("style='clip-path: circle(20px)'", "`clip-path`"),
            ("style='mask: linear-gradient(red, blue)'", "`mask`"),
            ("fill='url(#missing)'", "`#missing`"),
            ("vector-effect='non-scaling-stroke'", "`vector-effect`"),
            ("style='vector-effect: non-scaling-stroke'", "`vector-effect`"),
            ("marker-end='url(#missing)'", "`#missing`"),
        ] {
            assert!(lost(&path(written)).contains(named), "{written}: {}", lost(&path(written)));
        }
        for (body, named) in [
            ("<use href='#missing'/>", "`#missing`"),
            ("<style>.a{fill:var(--a)} path{fill:hwb(9 9% 9%)}</style>", "hwb("),
            ("<style>path:not(.a){fill:red}</style>", "`path:not(.a)`"),
            ("<flowRoot><flowPara>Text</flowPara></flowRoot>", "flowRoot"),
            ("<style>svg{background:yellow}</style>", "`background`"),
            ("<style>@keyframes a{to{opacity:0}} path{animation:a 1s}</style>", "moves"),
        ] {
            let body = format!("{body}{}", path(""));
            assert!(lost(&body).contains(named), "{body}: {}", lost(&body));
        }
        for fine in [
            "style='display:none;fill:var(--c)'",
            "style='transform:none'",
            "transform='rotate(45 2 2)'",
            "fill='url(#missing) red'",
            "fill='rgb(10, 20, 30)'",
            "style='vector-effect:none;-inkscape-stroke:none'",
        ] {
            assert_eq!(lost(&format!("{}{}", path(fine), path(""))), "", "{fine}");
        }
        for fine in [
            "<style>.a{fill:var(--a)} #b, g > text{fill:oklch(0.7 0.1 20)}</style>",
            "<i:grid xmlns:i='http://www.inkscape.org/namespaces/inkscape'/>",
            "<style>:root{--a:red} /* .a{} */ path{fill:red}</style>",
        ] {
            assert_eq!(lost(&format!("{fine}{}", path(""))), "", "{fine}");
        }
        let unused = "<title>a</title><metadata><x fill='var(--a)'/></metadata><defs><use href='#missing'/></defs>\
                      <flowRoot> </flowRoot><style>@media print{path{fill:var(--a)}} a:hover{fill:var(--b)} \
                      svg{background:white}</style><path d='M0 0h9v9z'/>";
        assert_eq!(lost(unused), "");
    }

    #[test]
    fn a_drawing_that_shows_nothing_is_named() {
        let differs = |bytes: &str| check(bytes).unwrap().differs.join("; ");
        for nothing in [
            "",
            "<defs><path id='a' d='M0 0h9v9z'/></defs>",
            "<path d='M0 0h9v9z' fill='none'/>",
            "<path d='M200 0h9v9z'/><text x='300' y='300'>a</text>",
            "<g display='none'><path d='M0 0h9v9z'/></g>",
            "<path d='M0 0h9v9z' opacity='0'/>",
        ] {
            assert!(differs(&svg(nothing)).contains("shows nothing"), "{nothing}: {}", differs(&svg(nothing)));
        }
        for shown in ["<path d='M-9 5h20' stroke='red'/>", "<text x='5' y='20'>a</text>", "<path d='M-9 0h20v9z'/>"] {
            assert_eq!(differs(&svg(shown)), "", "{shown}");
        }
        let shape = svg("<path d='M0 0h9v9z'/>");
        assert!(differs(&shape.replace("0 0 100 50", "0 0 0 50")).contains("no size"));
        assert!(differs(&shape.replace("0 0 100 50", "0 0 100")).contains("four numbers"));
        assert_eq!(differs(&shape.replace("0 0 100 50", "0,0 , 100,50")), "");
        assert!(differs(&shape.replace(" xmlns=", " data-a=")).contains("`xmlns="));
    }

    #[test]
    fn repeated_gradients_cover_their_shape() {
        let of = |kind: &str, spread: &str| {
            let stops = "<stop offset='0' stop-color='#000'/><stop offset='1' stop-color='#fff'/>";
            let end = kind.split(' ').next().unwrap();
            let body = format!(
                "<{kind} spreadMethod='{spread}' gradientUnits='userSpaceOnUse'>{stops}</{end}>\
                 <path d='M0 0h100v50h-100z' fill='url(#a)'/>"
            );
            match check(&svg(&body)).unwrap().form.parts.swap_remove(0) {
                FormPart::Gradient(gradient) => gradient,
                other => panic!("{other:?}"),
            }
        };
        let line = of("linearGradient id='a' x1='10' x2='30' y1='0' y2='0'", "reflect");
        assert_eq!(line.between, [0.0, 0.0, 110.0, 0.0]);
        assert_eq!(line.ramp.first().unwrap(), &(0.0, [0.5; 3]), "half a turn before the first");
        let circle = of("radialGradient id='a' cx='50' cy='25' r='10'", "repeat");
        assert_eq!(circle.between, [50.0, 25.0, 0.0, 50.0, 25.0, 60.0], "six circles reach the corners");
    }

    #[test]
    fn groups_within_each_other_are_bounded() {
        let deep =
            format!("{}{}{}", "<g opacity='.5'>".repeat(40), "<path d='M0 0h9v9z'/>".repeat(2), "</g>".repeat(40));
        let halves = deep.replace("<g opacity='.5'>", "<g opacity='.5'><path d='M0 0h9v9z'/>");
        assert!(check(&svg(&halves)).unwrap_err().contains("within each other"));
    }
}
