//! From the tree to a drawing rewritten, element by element.

use roxmltree::{Document, Node};

use crate::Remark;
use crate::attributes::{Verdict, judge, name};
use crate::css::{ELSEWHERE, tokens};
use crate::list::{ELEMENTS, REFUSED, SILENT, has};
use crate::pixels::{MOST_PIXELS, pixels};
use crate::sheet::{self, Cost};

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// How deeply elements may be nested, and how deeply all together: readers look for inherited styles all the way up.
const DEEPEST: usize = 1_000;
const MOST_DEPTHS: usize = 4_000_000;
/// Text is set letter by letter.
const MOST_LETTERS: usize = 20_000;
/// Effects are computed for each pixel.
const MOST_EFFECTS: usize = 1_000;
/// Nobody reads more.
const MOST_REMARKS: usize = 10;

/// A drawing rewritten.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) left_out: Vec<Remark>,
    pub(crate) styles: Cost,
    /// Whether something in it refers to another part, so that it may come to more than it is.
    pub(crate) refers: bool,
}

/// Rewrites a drawing, or says why it must not be handed on.
pub(crate) fn walk(document: &Document<'_>) -> Result<Written, Vec<Remark>> {
    let outermost = document.root_element();
    if outermost.tag_name().name() != "svg" || !is_own(outermost) {
        let name = outermost.tag_name().name();
        let message = format!("it is no SVG: its outermost element is `{name}`, not `svg`");
        return Err(vec![Remark::whole(message)]);
    }
    let written = Written {
        text: String::with_capacity(document.input_text().len()),
        left_out: Vec::new(),
        styles: Cost::default(),
        refers: false,
    };
    let mut walk =
        Walk { document, written, refused: Vec::new(), opened: 0, pixels: 0, letters: 0, depths: 0, effects: 0 };
    let elsewhere = |node: &Node<'_, '_>| node.pi().is_some_and(|pi| pi.target == "xml-stylesheet");
    if let Some(instruction) = document.root().children().find(elsewhere) {
        walk.refuse(instruction, ELSEWHERE.to_owned(), "`xml-stylesheet`".to_owned());
    }
    walk.all(outermost);
    walk.refuse_much();
    walk.written.text.push('\n');
    if walk.refused.is_empty() { Ok(walk.written) } else { Err(walk.refused) }
}

/// Whether an element is one of drawings by its namespace. Without one only browsers do not draw it.
fn is_own(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().namespace(), None | Some(SVG))
}

struct Walk<'d, 'input> {
    document: &'d Document<'input>,
    written: Written,
    refused: Vec<Remark>,
    /// Where what was written ended behind the last start of an element.
    opened: usize,
    pixels: u64,
    letters: usize,
    depths: usize,
    effects: usize,
}

impl<'d, 'input> Walk<'d, 'input> {
    /// Goes through the tree without recursion, so that its depth costs nothing.
    fn all(&mut self, outermost: Node<'d, 'input>) {
        let (mut node, mut depth) = (outermost, 0_usize);
        loop {
            self.depths += depth;
            if depth > DEEPEST || self.depths > MOST_DEPTHS {
                return self.refuse(node, "its parts stand in each other too deeply".to_owned(), String::new());
            }
            if let Some(child) = self.open(node) {
                (node, depth) = (child, depth + 1);
                continue;
            }
            loop {
                if node == outermost {
                    return;
                }
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                let Some(parent) = node.parent() else { return };
                (node, depth) = (parent, depth - 1);
                self.close(node);
            }
        }
    }

    /// Writes a node, and gives its first child if the children are to be written.
    fn open(&mut self, node: Node<'d, 'input>) -> Option<Node<'d, 'input>> {
        if node.is_text() {
            let text = node.text().unwrap_or_default();
            if node.ancestors().any(|above| matches!(above.tag_name().name(), "text" | "flowRoot")) {
                self.letters += text.len();
                self.written.refers = true;
            }
            push_text(&mut self.written.text, text);
        }
        if !node.is_element() {
            return None;
        }
        let name = node.tag_name().name();
        if !is_own(node) || !has(&ELEMENTS, name) {
            self.leave(node);
            return None;
        }
        self.effects += usize::from(name.starts_with("fe"));
        match name {
            "style" => {
                self.style(node);
                None
            }
            // Nobody draws one without.
            "image" if !node.attributes().any(|attribute| attribute.name() == "href") => None,
            _ => {
                self.start(node);
                let child = node.first_child();
                self.written.text.push_str(if child.is_some() { ">" } else { "/>" });
                self.opened = child.map_or(0, |_| self.written.text.len());
                child
            }
        }
    }

    /// Writes the end of an element; one of which nothing was written is closed where it begins.
    fn close(&mut self, node: Node<'d, 'input>) {
        if self.opened == self.written.text.len() {
            self.written.text.pop();
            self.written.text.push_str("/>");
        } else {
            self.written.text.extend(["</", node.tag_name().name(), ">"]);
        }
    }

    /// Writes the start of an element, up to its `>`.
    fn start(&mut self, node: Node<'d, 'input>) {
        self.written.text.extend(["<", node.tag_name().name()]);
        let outermost = node.parent_element().is_none();
        let namespace = node.tag_name().namespace();
        if outermost && namespace.is_some()
            || !outermost && node.parent_element().map(|one| one.tag_name().namespace()) != Some(namespace)
        {
            push_attribute(&mut self.written.text, "xmlns", namespace.unwrap_or_default());
        }
        let refers =
            |node: Node<'_, '_>| node.attributes().any(|one| one.namespace() == Some(XLINK) && one.name() == "href");
        let says = || self.document.input_text().contains(XLINK);
        if outermost && says() && self.document.descendants().any(refers) {
            push_attribute(&mut self.written.text, "xmlns:xlink", XLINK);
        }
        for (name, value) in self.attributes(node) {
            self.written.refers |= name.ends_with("href") || value.contains("url(");
            push_attribute(&mut self.written.text, &name, &value);
        }
    }

    /// The attributes of an element that are on the list.
    fn attributes(&mut self, node: Node<'d, 'input>) -> Vec<(std::borrow::Cow<'d, str>, std::borrow::Cow<'d, str>)> {
        let mut kept = Vec::new();
        for attribute in node.attributes() {
            let Some(name) = name(&attribute) else { continue };
            let part = || format!("`{name}` of `{}`", node.tag_name().name());
            match judge(node, &name, attribute.value()) {
                Verdict::Kept(value) => kept.push((name, value)),
                Verdict::Image(address, size) => {
                    self.pixels += pixels(size);
                    kept.push((name, address.into()));
                }
                Verdict::Dropped => {}
                Verdict::LeftOut(message) => self.miss(node, message, part()),
                Verdict::Refused(message) => self.refuse(node, message, part()),
            }
        }
        kept
    }

    fn style(&mut self, node: Node<'d, 'input>) {
        if node.attribute("type").is_some_and(|kind| !kind.trim().eq_ignore_ascii_case("text/css")) {
            return;
        }
        let text: String = node.children().filter(Node::is_text).filter_map(|child| child.text()).collect();
        let styles = sheet::sheet(&tokens(&text));
        for message in styles.refused {
            self.refuse(node, message, "`style`".to_owned());
        }
        for message in styles.left_out {
            self.miss(node, message, "`style`".to_owned());
        }
        self.written.styles.add(styles.cost);
        if styles.text.is_empty() {
            return;
        }
        self.written.refers = true;
        self.start(node);
        self.written.text.push('>');
        push_text(&mut self.written.text, &styles.text);
        self.written.text.push_str("</style>");
    }

    /// Leaves an element out, with all that is in it, after a look for what refuses the drawing.
    fn leave(&mut self, node: Node<'d, 'input>) {
        for inner in node.descendants().filter(Node::is_element) {
            let name = inner.tag_name().name();
            if inner.tag_name().namespace() == Some(XHTML) {
                self.refuse(inner, "it holds a piece of a web page".to_owned(), format!("`{name}`"));
            } else if has(&REFUSED, &name.to_ascii_lowercase()) && is_own(inner) {
                self.refuse(inner, refusal(name).to_owned(), format!("`{name}`"));
            } else if is_own(inner) {
                // What must not be said is found by its way, and nothing of it is written.
                let _unwritten = self.attributes(inner);
            }
        }
        let name = node.tag_name().name();
        let unseen = |above: Node<'_, '_>| matches!(above.tag_name().name(), "defs" | "symbol" | "title" | "desc");
        if is_own(node) && !has(&SILENT, name) && !node.ancestors().any(unseen) {
            let message = format!("it has a `{name}`, which is no element of SVG that is drawn, and is left out");
            self.miss(node, message, format!("`{name}`"));
        }
    }

    fn refuse_much(&mut self) {
        let all = self.document.root_element();
        if self.letters > MOST_LETTERS {
            let letters = self.letters;
            self.refuse(all, format!("its text has {letters} letters; at most {MOST_LETTERS} are read"), String::new());
        }
        if self.pixels > MOST_PIXELS {
            self.refuse(all, format!("its embedded images have more than {MOST_PIXELS} pixels"), String::new());
        }
        if self.effects > MOST_EFFECTS {
            self.refuse(all, format!("its filters have more than {MOST_EFFECTS} steps"), String::new());
        }
    }

    fn refuse(&mut self, node: Node<'_, '_>, message: String, part: String) {
        add(&mut self.refused, self.document, node, (message, part));
    }

    fn miss(&mut self, node: Node<'_, '_>, message: String, part: String) {
        add(&mut self.written.left_out, self.document, node, (message, part));
    }
}

fn add(remarks: &mut Vec<Remark>, document: &Document<'_>, node: Node<'_, '_>, (message, part): (String, String)) {
    if remarks.len() < MOST_REMARKS && !remarks.iter().any(|known| known.message == message) {
        remarks.push(Remark { line: document.text_pos_at(node.range().start).row, message, part });
    }
}

/// What is wrong with an element that refuses a drawing.
fn refusal(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "script" | "handler" | "listener" => "it holds a script",
        "foreignobject" => "it holds a piece of a web page (`foreignObject`)",
        "audio" | "video" | "source" | "link" | "canvas" | "meta" => ELSEWHERE,
        _ => "it holds another document, in a frame or in a `data:` address",
    }
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.extend([" ", name, "=\""]);
    let mut rest = value;
    while let Some(at) = rest.find(['&', '<', '"', '\n', '\r', '\t']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'"' => "&quot;",
            b'\n' => "&#10;",
            b'\r' => "&#13;",
            _ => "&#9;",
        });
        rest = &rest[at + 1..];
    }
    out.extend([rest, "\""]);
}

fn push_text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '\r', '>']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'\r' => "&#13;",
            // Nothing else would end a section that nobody opened.
            _ if out.ends_with("]]") => "&gt;",
            _ => ">",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
