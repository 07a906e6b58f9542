//! Selectors, as far as they are read: names, classes, ids, attributes, states and positions, one within or behind the other.

use crate::css::{Token, plain, quoted, trimmed};
use crate::list::{ATTRIBUTES, PROPERTIES, PSEUDO_CLASSES, has};

/// A selector, written in one way, and what it takes to try it on an element.
#[derive(Debug)]
pub(super) struct Selector {
    pub(super) text: String,
    /// How often it goes all the way up from an element: each time for all the ways that the others went.
    pub(super) upwards: u32,
    /// How many names, classes and so on are compared.
    pub(super) parts: u64,
    /// Whether it asks for one word of an attribute other than `class`.
    pub(super) searches: bool,
}

impl Selector {
    pub(super) fn read(mut tokens: &[Token<'_>]) -> Option<Self> {
        let mut selector = Self { text: String::new(), upwards: 0, parts: 0, searches: false };
        loop {
            let before = selector.parts;
            tokens = selector.compound(tokens)?;
            if selector.parts == before {
                return None;
            }
            if tokens.is_empty() {
                return Some(selector);
            }
            let blank = tokens.first() == Some(&Token::Space);
            tokens = trimmed(tokens);
            let last = match tokens.first()? {
                Token::Sign('>') => ">",
                Token::Sign('+') => "+",
                Token::Sign('~') => "~",
                _ if blank => " ",
                _ => return None,
            };
            if last != " " {
                tokens = trimmed(&tokens[1..]);
            }
            if matches!(last, " " | "~") {
                selector.upwards += 1;
            }
            selector.text.push_str(last);
        }
    }

    /// Reads what is said of one element, and gives what follows.
    fn compound<'t, 'a>(&mut self, mut tokens: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
        let mut first = true;
        loop {
            tokens = match tokens {
                [Token::Name(name), rest @ ..] if first => {
                    self.text.push_str(plain(name)?);
                    rest
                }
                [Token::Sign('*'), rest @ ..] if first => {
                    self.text.push('*');
                    rest
                }
                [Token::Hash(id), rest @ ..] => {
                    self.named('#', id)?;
                    rest
                }
                [Token::Sign('.'), Token::Name(class), rest @ ..] => {
                    self.named('.', class)?;
                    rest
                }
                [Token::Sign('['), rest @ ..] => self.attribute(rest)?,
                [Token::Sign(':'), Token::Name(class), rest @ ..] => {
                    let class = class.to_ascii_lowercase();
                    has(&PSEUDO_CLASSES, &class).then(|| self.named(':', &class))??;
                    rest
                }
                [Token::Sign(':'), Token::Function(class), rest @ ..] => {
                    self.position(&class.to_ascii_lowercase(), rest)?
                }
                _ => return Some(tokens),
            };
            self.parts += 1;
            first = false;
        }
    }

    fn named(&mut self, sign: char, name: &str) -> Option<()> {
        let name = plain(name).filter(|name| !name.starts_with(|c: char| c.is_ascii_digit()))?;
        self.text.push(sign);
        self.text.push_str(name);
        Some(())
    }

    /// `[name]`, `[name="value"]` and the like, behind the bracket.
    fn attribute<'t, 'a>(&mut self, tokens: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
        let end = tokens.iter().position(|token| *token == Token::Sign(']'))?;
        let inside: Vec<&Token<'_>> = tokens[..end].iter().filter(|token| **token != Token::Space).collect();
        let (Token::Name(name), test) = (inside.first()?, &inside[1..]) else { return None };
        (has(&ATTRIBUTES, name) || has(&PROPERTIES, name)).then_some(())?;
        self.text.push('[');
        self.text.push_str(name);
        let (sign, value) = match test {
            [] => ("", None),
            [Token::Sign('='), value] => ("=", Some(value)),
            [Token::Sign('~'), Token::Sign('='), value] => ("~=", Some(value)),
            [Token::Sign('|'), Token::Sign('='), value] => ("|=", Some(value)),
            [Token::Sign('^'), Token::Sign('='), value] => ("^=", Some(value)),
            [Token::Sign('$'), Token::Sign('='), value] => ("$=", Some(value)),
            [Token::Sign('*'), Token::Sign('='), value] => ("*=", Some(value)),
            _ => return None,
        };
        self.searches |= !matches!(sign, "" | "=");
        self.text.push_str(sign);
        if let Some(value) = value {
            let (Token::Quoted(text) | Token::Name(text)) = value else { return None };
            self.text.push_str(&quoted(text)?);
        }
        self.text.push(']');
        Some(&tokens[end + 1..])
    }

    /// `:nth-child(2n+1)` or `:lang(de)`, behind the bracket.
    fn position<'t, 'a>(&mut self, class: &str, tokens: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
        let takes = class.starts_with("nth-") || class == "lang";
        let end = tokens.iter().position(|token| *token == Token::Sign(')'))?;
        (takes && has(&PSEUDO_CLASSES, class)).then(|| self.named(':', class))??;
        self.text.push('(');
        for token in &tokens[..end] {
            match token {
                Token::Name(name) => self.text.push_str(plain(name)?),
                Token::Number(number) => self.text.push_str(number),
                Token::Sign(sign @ ('+' | '-')) => self.text.push(*sign),
                Token::Space => {}
                _ => return None,
            }
        }
        self.text.push(')');
        Some(&tokens[end + 1..])
    }
}

/// A selector that is not read, for people: short, and of words alone.
pub(super) fn shown(tokens: &[Token<'_>]) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            Token::Name(name) => text.push_str(name),
            Token::Function(name) => text.extend([name, "("]),
            Token::Hash(name) => text.extend(["#", name]),
            Token::At(name) => text.extend(["@", name]),
            Token::Number(number) => text.push_str(number),
            Token::Quoted(_) | Token::Address(_) | Token::Wrong => text.push('…'),
            Token::Sign(sign) => text.push(*sign),
            Token::Space => text.push(' '),
        }
    }
    let short: String = text.chars().filter(|c| *c != '`' && !c.is_control()).take(40).collect();
    if short.len() < text.len() { short + "…" } else { short }
}
