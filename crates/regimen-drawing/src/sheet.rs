//! Style sheets: rules that are understood, written in one way.
//!
//! Whoever applies a style sheet tries each of its selectors on each element, and a selector of several parts on all that is around.
//! So what that takes is counted with it.

mod selector;

use crate::css::{LONGEST_VALUE, Token, danger, font_address, trimmed, value};
use crate::list::{FONT_DESCRIPTORS, PROPERTIES, has};
use selector::Selector;

/// What styles come to.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    /// The style sheet, or the declarations, rewritten.
    pub(crate) text: String,
    /// Why they must not be handed on.
    pub(crate) refused: Vec<String>,
    /// What of them is left out.
    pub(crate) left_out: Vec<String>,
    pub(crate) cost: Cost,
}

/// What a style sheet takes to apply.
#[derive(Debug, Default, Clone)]
pub(crate) struct Cost {
    pub(crate) rules: usize,
    /// How many selectors have so many parts that are looked for all the way up, by the sum of all their parts.
    pub(crate) selectors: Vec<(u32, u64)>,
    /// How many declarations there are, each as often as its rule has selectors.
    pub(crate) declarations: u64,
    /// Whether an attribute is searched for words.
    pub(crate) searches: bool,
}

impl Cost {
    pub(crate) fn add(&mut self, other: Self) {
        self.rules += other.rules;
        self.selectors.extend(other.selectors);
        self.declarations += other.declarations;
        self.searches |= other.searches;
    }
}

/// Reads a style sheet.
pub(crate) fn sheet(tokens: &[Token<'_>]) -> Styles {
    let mut styles = Styles::default();
    styles.refused.extend(danger(tokens).map(str::to_owned));
    styles.rules(tokens, Within::Sheet);
    styles
}

/// Reads the declarations of a `style` attribute.
pub(crate) fn declarations(tokens: &[Token<'_>]) -> Styles {
    let mut styles = Styles::default();
    styles.refused.extend(danger(tokens).map(str::to_owned));
    let declared: Vec<String> = styles.declared(tokens, &PROPERTIES).into_iter().map(|(text, _)| text).collect();
    styles.text = declared.join(";");
    styles
}

/// Around a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Sheet,
    Media,
    Keyframes,
}

impl Styles {
    fn rules(&mut self, mut tokens: &[Token<'_>], within: Within) {
        while let Some((head, body, rest)) = rule(tokens) {
            tokens = rest;
            match (trimmed(head), body) {
                ([Token::At(name), prelude @ ..], body) => self.at(&name.to_ascii_lowercase(), prelude, body, within),
                // The signs of a comment of HTML around the whole.
                ([], None) => {}
                (selectors, Some(body)) if within == Within::Keyframes => self.frame(selectors, body),
                (selectors, Some(body)) => self.rule(selectors, body),
                (_, None) => {}
            }
        }
    }

    fn at(&mut self, name: &str, prelude: &[Token<'_>], body: Option<&[Token<'_>]>, within: Within) {
        match (name, body) {
            ("charset" | "namespace", None) => {}
            // It refuses the drawing.
            ("import", _) => {}
            ("font-face", Some(body)) => {
                let declared: Vec<String> =
                    self.declared(body, &FONT_DESCRIPTORS).into_iter().map(|(text, _)| text).collect();
                self.text.push_str(&format!("@font-face{{{}}}", declared.join(";")));
            }
            ("media", Some(body)) if within == Within::Sheet => match media(prelude) {
                Some(condition) => self.block(&format!("@media {condition}"), body, Within::Media),
                None => self.lose("@media"),
            },
            ("keyframes" | "-webkit-keyframes", Some(body)) if within != Within::Keyframes => match value(prelude) {
                Some(called) => self.block(&format!("@keyframes {called}"), body, Within::Keyframes),
                None => self.lose("@keyframes"),
            },
            _ => self.lose(&format!("@{name}")),
        }
    }

    fn block(&mut self, head: &str, body: &[Token<'_>], within: Within) {
        self.text.push_str(head);
        self.text.push('{');
        self.rules(body, within);
        self.text.push('}');
    }

    fn frame(&mut self, selectors: &[Token<'_>], body: &[Token<'_>]) {
        let Some(at) = value(selectors) else { return self.lose("@keyframes") };
        let declared: Vec<String> = self.declared(body, &PROPERTIES).into_iter().map(|(text, _)| text).collect();
        self.text.push_str(&format!("{at}{{{}}}", declared.join(";")));
    }

    fn rule(&mut self, selectors: &[Token<'_>], body: &[Token<'_>]) {
        let mut read = Vec::new();
        for selector in selectors.split(|token| *token == Token::Sign(',')) {
            match Selector::read(trimmed(selector)) {
                Some(selector) => read.push(selector),
                None => return self.lose(&selector::shown(trimmed(selectors))),
            }
        }
        let declared = self.declared(body, &PROPERTIES);
        if declared.is_empty() {
            return;
        }
        self.cost.rules += 1;
        self.cost.selectors.extend(read.iter().map(|one| (one.upwards, one.parts)));
        self.cost.searches |= read.iter().any(|one| one.searches);
        // `marker` and `font` stand for several.
        let each: u64 =
            declared.iter().map(|(_, name)| if matches!(name.as_str(), "font" | "marker") { 20 } else { 1 }).sum();
        self.cost.declarations += each * read.len() as u64;
        let selectors: Vec<String> = read.into_iter().map(|one| one.text).collect();
        let declared: Vec<String> = declared.into_iter().map(|(text, _)| text).collect();
        self.text.push_str(&format!("{}{{{}}}", selectors.join(","), declared.join(";")));
    }

    fn lose(&mut self, what: &str) {
        self.left_out.push(format!("its style of `{what}` is left out"));
    }

    /// The declarations that are on a list, each as `name:value` and by its name.
    fn declared(&mut self, tokens: &[Token<'_>], allowed: &[&str]) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for declaration in split(tokens) {
            let [Token::Name(name), rest @ ..] = trimmed(declaration) else { continue };
            let [Token::Sign(':'), rest @ ..] = trimmed(rest) else { continue };
            let own = name.starts_with("--") && allowed.len() == PROPERTIES.len();
            let name = if own { name.clone().into_owned() } else { name.to_ascii_lowercase() };
            if !(has(allowed, &name) || own && crate::css::plain(&name).is_some()) {
                continue;
            }
            let value = match name.as_str() {
                "src" => sources(rest),
                "unicode-range" => range(rest),
                _ => value(rest),
            };
            match value {
                Some(value) if value.len() > LONGEST_VALUE && name != "src" => {
                    let (length, most) = (value.len(), LONGEST_VALUE);
                    self.refused.push(format!("its `{name}` has {length} letters; at most {most} are read"));
                }
                Some(value) => found.push((format!("{name}:{value}"), name)),
                None => self.lose(&name),
            }
        }
        found
    }
}

/// The tokens between semicolons that are in no brackets.
fn split<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut open = 0_usize;
    let parts = tokens.split(move |token| {
        match token {
            Token::Function(_) | Token::Sign('(' | '[' | '{') => open += 1,
            Token::Sign(')' | ']' | '}') => open = open.saturating_sub(1),
            _ => {}
        }
        open == 0 && *token == Token::Sign(';')
    });
    parts.collect()
}

/// A rule: what is before its block, the block if there is one, and what comes behind.
type Taken<'t, 'a> = (&'t [Token<'a>], Option<&'t [Token<'a>]>, &'t [Token<'a>]);

fn rule<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<Taken<'t, 'a>> {
    let tokens = trimmed(tokens);
    let at = matches!(tokens.first()?, Token::At(_));
    let Some(end) = tokens.iter().position(|token| *token == Token::Sign('{') || at && *token == Token::Sign(';'))
    else {
        return Some((tokens, None, &[]));
    };
    if tokens[end] == Token::Sign(';') {
        return Some((&tokens[..end], None, &tokens[end + 1..]));
    }
    let mut open = 0_usize;
    let close = tokens.iter().enumerate().skip(end).find(|(_, token)| {
        match token {
            Token::Sign('{') => open += 1,
            Token::Sign('}') => open -= 1,
            _ => {}
        }
        open == 0
    });
    // Browsers close at the end what is open.
    let close = close.map_or(tokens.len(), |(at, _)| at);
    Some((&tokens[..end], Some(&tokens[end + 1..close]), &tokens[(close + 1).min(tokens.len())..]))
}

/// The condition of `@media`: names, numbers and brackets.
fn media(prelude: &[Token<'_>]) -> Option<String> {
    let mut text = String::new();
    for token in trimmed(prelude) {
        match token {
            Token::Name(name) => text.push_str(crate::css::plain(name)?),
            Token::Number(number) => text.push_str(number),
            Token::Space => text.push(' '),
            Token::Sign(sign @ ('(' | ')' | ':' | ',' | '/' | '<' | '>' | '=')) => text.push(*sign),
            _ => return None,
        }
    }
    Some(text)
}

/// Where a font is: in the drawing, or on the machine of who reads it.
fn sources(tokens: &[Token<'_>]) -> Option<String> {
    let mut text = String::new();
    for token in trimmed(tokens) {
        match token {
            Token::Address(address) => text.push_str(&font_address(address)?),
            Token::Sign(')') => text.push(')'),
            Token::Sign(',') => text.push(','),
            Token::Space => text.push(' '),
            Token::Function(name) if matches!(&**name, "format" | "local") => {
                text.push_str(name);
                text.push('(');
            }
            Token::Quoted(name) => text.push_str(&crate::css::quoted(name)?),
            Token::Name(name) => text.push_str(crate::css::plain(name)?),
            _ => return None,
        }
    }
    (text.matches('(').count() == text.matches(')').count()).then_some(text)
}

/// Which characters a font is for: `U+0-7F, U+4??`.
fn range(tokens: &[Token<'_>]) -> Option<String> {
    let mut text = String::new();
    for token in trimmed(tokens) {
        match token {
            Token::Name(name) => text.push_str(crate::css::plain(name)?),
            Token::Number(number) => text.push_str(number),
            Token::Sign(sign @ ('?' | ',' | '+' | '-')) => text.push(*sign),
            Token::Space => text.push(' '),
            _ => return None,
        }
    }
    Some(text)
}
