//! Whether an attribute is on the list, and what is in it.

use std::borrow::Cow;

use roxmltree::{Attribute, Node};

use crate::css::{self, DOCUMENT, ELSEWHERE, LONGEST_VALUE, danger, identity, is_pixels, tokens, value};
use crate::embedded::{self, Embedded};
use crate::list::{ATTRIBUTES, PROPERTIES, REFERENCES, has};
use crate::sheet;

const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

const SCRIPT: &str = "it holds a script";

/// What becomes of an attribute.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict<'a> {
    /// It is written with this value.
    Kept(Cow<'a, str>),
    /// An embedded image of so many pixels, with its address.
    Image(String, (u32, u32)),
    /// It is on no list, or means nothing.
    Dropped,
    /// Somebody may see that it is gone.
    LeftOut(String),
    /// The drawing must not be handed on.
    Refused(String),
}

/// The name of an attribute as it is written, if its namespace is one of drawings.
pub(crate) fn name<'a>(attribute: &Attribute<'a, '_>) -> Option<Cow<'a, str>> {
    match attribute.namespace() {
        None => Some(attribute.name().to_owned().into()),
        Some(XLINK) => Some(format!("xlink:{}", attribute.name()).into()),
        Some(XML) => Some(format!("xml:{}", attribute.name()).into()),
        Some(_) => None,
    }
}

/// Judges an attribute of an element by its name as it is written.
pub(crate) fn judge<'a>(node: Node<'a, '_>, name: &str, text: &'a str) -> Verdict<'a> {
    let element = node.tag_name().name();
    let small = name.to_ascii_lowercase();
    if small.len() > 2 && small.starts_with("on") {
        return Verdict::Refused("it holds an event handler, such as `onclick`".to_owned());
    }
    match name {
        "xml:base" if !text.trim().is_empty() => Verdict::Refused(ELSEWHERE.to_owned()),
        "href" | "xlink:href" => address(element, text),
        "style" => style(text),
        "attributeName" => moved(text),
        "values" | "from" | "to" | "by" if has_css(text) => steps(name, text),
        // Each word of it is compared with each class of a style sheet.
        "class" if text.len() > LONGEST_VALUE => too_long(name, text),
        _ if has(&ATTRIBUTES, name) => Verdict::Kept(text.into()),
        _ if has(&PROPERTIES, name) => property(name, text),
        _ => Verdict::Dropped,
    }
}

/// Whether a value has to be understood: brackets may name something, and escapes and comments hide it.
fn has_css(text: &str) -> bool {
    text.contains(['(', '\\', '@', '{', '<']) || text.contains("/*")
}

fn property<'a>(name: &str, text: &'a str) -> Verdict<'a> {
    if text.len() > LONGEST_VALUE {
        return too_long(name, text);
    }
    if !has_css(text) {
        return Verdict::Kept(text.into());
    }
    let tokens = tokens(text);
    match (danger(&tokens), value(&tokens)) {
        (Some(danger), _) => Verdict::Refused(danger.to_owned()),
        (None, Some(value)) => Verdict::Kept(value.into()),
        (None, None) => Verdict::LeftOut(format!("its `{name}` is not understood and left out")),
    }
}

fn too_long<'a>(name: &str, text: &str) -> Verdict<'a> {
    Verdict::Refused(format!("its `{name}` has {} letters; at most {LONGEST_VALUE} are read", text.len()))
}

/// The steps of a movement.
fn steps<'a>(name: &str, text: &str) -> Verdict<'a> {
    let tokens = tokens(text);
    if let Some(danger) = danger(&tokens) {
        return Verdict::Refused(danger.to_owned());
    }
    let steps = tokens.split(|token| *token == css::Token::Sign(';')).filter(|step| !css::trimmed(step).is_empty());
    match steps.map(value).collect::<Option<Vec<_>>>() {
        Some(steps) => Verdict::Kept(steps.join(";").into()),
        None => Verdict::LeftOut(format!("its `{name}` is not understood and left out")),
    }
}

fn style<'a>(text: &str) -> Verdict<'a> {
    let mut styles = sheet::declarations(&tokens(text));
    match (styles.refused.pop(), styles.left_out.pop()) {
        (Some(refused), _) => Verdict::Refused(refused),
        (None, Some(left_out)) if styles.text.is_empty() => Verdict::LeftOut(left_out),
        (None, _) if styles.text.is_empty() => Verdict::Dropped,
        (None, _) => Verdict::Kept(styles.text.into()),
    }
}

/// The attribute that a movement changes.
fn moved(text: &str) -> Verdict<'_> {
    let name = text.trim();
    let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    if local == "href" {
        Verdict::Refused("it moves an address".to_owned())
    } else if local.starts_with("on") {
        Verdict::Refused("it holds an event handler, such as `onclick`".to_owned())
    } else if matches!(name, "style" | "id" | "class") || !(has(&ATTRIBUTES, name) || has(&PROPERTIES, name)) {
        Verdict::Dropped
    } else {
        Verdict::Kept(name.into())
    }
}

/// Where an element leads, or takes something from.
fn address<'a>(element: &str, text: &'a str) -> Verdict<'a> {
    // As browsers read addresses.
    let plain: Cow<'_, str> =
        if text.contains(['\t', '\n', '\r']) { text.replace(['\t', '\n', '\r'], "").into() } else { text.into() };
    let plain = match plain {
        Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
        Cow::Owned(text) => Cow::Owned(trimmed(&text).to_owned()),
    };
    let start: String = plain.chars().take(20).collect::<String>().to_ascii_lowercase();
    let scheme = start.split_once(':').map(|(scheme, _)| scheme);
    match (element, scheme) {
        (_, None) if plain.is_empty() => Verdict::Dropped,
        _ if plain.starts_with('#') => {
            let known = has(&REFERENCES, element) && identity(&plain[1..]).is_some();
            if known { Verdict::Kept(plain) } else { Verdict::Dropped }
        }
        (_, Some("javascript" | "vbscript")) => Verdict::Refused(SCRIPT.to_owned()),
        ("image" | "feImage", Some("data")) if is_pixels(&start["data:".len()..]) => {
            match embedded::read(&plain["data:".len()..]) {
                Embedded::Image(address, size) => Verdict::Image(address, size),
                Embedded::LeftOut(why) => Verdict::LeftOut(why.to_owned()),
                Embedded::Refused(why) => Verdict::Refused(why),
            }
        }
        (_, Some("data")) => Verdict::Refused(DOCUMENT.to_owned()),
        ("a", Some("http" | "https" | "mailto")) => Verdict::Kept(plain),
        ("a", _) => {
            Verdict::LeftOut("its link leads to no address of `http`, `https` or `mailto` and is left out".to_owned())
        }
        _ => Verdict::Refused(ELSEWHERE.to_owned()),
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_control() || c.is_whitespace())
}
