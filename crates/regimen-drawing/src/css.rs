//! Words of CSS: taken apart as browsers do, and written in one way that all readers understand alike.

use std::borrow::Cow;

use crate::list::{FUNCTIONS, LOADING, has};

/// A word of CSS. Escapes in it are resolved, so that it is what it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    Name(Cow<'a, str>),
    /// A name with `(` behind it.
    Function(Cow<'a, str>),
    /// `@media` without its sign.
    At(Cow<'a, str>),
    Hash(Cow<'a, str>),
    Quoted(Cow<'a, str>),
    /// What is in `url()`.
    Address(Cow<'a, str>),
    /// A number with its unit.
    Number(&'a str),
    Sign(char),
    Space,
    /// Something that is never right, such as a quote without an end.
    Wrong,
}

/// Takes a text apart. Comments leave nothing.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut reader = Reader { text, at: 0 };
    let mut found = Vec::new();
    while let Some(token) = reader.next() {
        // Blanks around a comment are one.
        if token != Token::Space || found.last() != Some(&Token::Space) {
            found.push(token);
        }
    }
    found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            // The signs of a comment of HTML around a style sheet say nothing.
            if let Some(sign) = ["<!--", "-->"].iter().find(|sign| rest.starts_with(**sign)) {
                self.at += sign.len();
            } else if let Some(comment) = rest.strip_prefix("/*") {
                self.at = comment.find("*/").map_or(self.text.len(), |end| self.at + end + 4);
            } else {
                break;
            }
        }
        let c = self.peek()?;
        Some(match c {
            ' ' | '\t' | '\n' | '\r' | '\x0c' => {
                self.blanks();
                Token::Space
            }
            '"' | '\'' => self.quoted(c),
            '#' if self.starts_name(1, false) => {
                self.at += 1;
                Token::Hash(self.name())
            }
            '@' if self.starts_name(1, true) => {
                self.at += 1;
                Token::At(self.name())
            }
            _ if self.starts_number() => self.number(),
            _ if self.starts_name(0, true) => self.named(),
            _ => {
                self.at += c.len_utf8();
                if c == '\\' || c.is_control() { Token::Wrong } else { Token::Sign(c) }
            }
        })
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']).len();
    }

    /// Whether a name starts so many bytes ahead; one that stands alone does not start with a digit.
    fn starts_name(&self, ahead: usize, alone: bool) -> bool {
        let mut signs = self.rest()[ahead..].chars();
        let starts = |c: char| is_name(c) && !c.is_ascii_digit();
        match signs.next() {
            Some('-') if alone => signs.next().is_some_and(|c| starts(c) || c == '\\'),
            Some('\\') => signs.next().is_some_and(|c| c != '\n'),
            Some(c) => {
                if alone {
                    starts(c)
                } else {
                    is_name(c)
                }
            }
            None => false,
        }
    }

    fn starts_number(&self) -> bool {
        let digits = self.rest().strip_prefix(['+', '-']).unwrap_or(self.rest());
        digits.strip_prefix('.').unwrap_or(digits).starts_with(|c: char| c.is_ascii_digit())
    }

    fn number(&mut self) -> Token<'a> {
        let rest = self.rest();
        let end = rest.char_indices().skip(1).find(|(at, c)| {
            let exponent = matches!(c, '+' | '-') && rest[..*at].ends_with(['e', 'E']);
            !(c.is_ascii_alphanumeric() || matches!(c, '.' | '%') || exponent)
        });
        let number = &rest[..end.map_or(rest.len(), |(at, _)| at)];
        self.at += number.len();
        if self.peek().is_some_and(|c| c == '\\' || !c.is_ascii()) { Token::Wrong } else { Token::Number(number) }
    }

    fn named(&mut self) -> Token<'a> {
        let name = self.name();
        if self.peek() != Some('(') {
            return Token::Name(name);
        }
        self.at += 1;
        if name.eq_ignore_ascii_case("url") { self.address() } else { Token::Function(name) }
    }

    fn name(&mut self) -> Cow<'a, str> {
        let rest = self.rest();
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        self.at += end;
        if self.peek() != Some('\\') {
            return rest[..end].into();
        }
        let mut name = rest[..end].to_owned();
        while let Some(c) = self.peek() {
            if c == '\\' {
                name.push(self.escaped());
            } else if is_name(c) {
                name.push(c);
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        name.into()
    }

    /// The character that a backslash and what follows it mean.
    fn escaped(&mut self) -> char {
        self.at += 1;
        let digits: String = self.rest().chars().take(6).take_while(char::is_ascii_hexdigit).collect();
        if digits.is_empty() {
            let c = self.peek().unwrap_or('\u{fffd}');
            self.at = (self.at + c.len_utf8()).min(self.text.len());
            return c;
        }
        self.at += digits.len();
        if self.peek().is_some_and(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')) {
            self.at += 1;
        }
        u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).filter(|c| *c != '\0').unwrap_or('\u{fffd}')
    }

    /// What is between this quote and the next; without one there is nothing right behind it.
    fn quoted(&mut self, quote: char) -> Token<'a> {
        self.at += 1;
        let start = self.at;
        let mut resolved: Option<String> = None;
        while let Some(c) = self.peek() {
            match c {
                '\n' => return Token::Wrong,
                '\\' => {
                    let mut before = resolved.take().unwrap_or_else(|| self.text[start..self.at].to_owned());
                    before.push(self.escaped());
                    resolved = Some(before);
                }
                c => {
                    let end = self.at;
                    self.at += c.len_utf8();
                    if c == quote {
                        return Token::Quoted(resolved.map_or_else(|| self.text[start..end].into(), Cow::Owned));
                    }
                    if let Some(resolved) = &mut resolved {
                        resolved.push(c);
                    }
                }
            }
        }
        Token::Wrong
    }

    fn address(&mut self) -> Token<'a> {
        self.blanks();
        if let Some(quote @ ('"' | '\'')) = self.peek() {
            let Token::Quoted(address) = self.quoted(quote) else { return Token::Wrong };
            self.blanks();
            // What is said of how to load it is of no use where nothing is loaded.
            let Some(end) = self.rest().find(')') else { return Token::Wrong };
            self.at += end + 1;
            return Token::Address(address);
        }
        let mut address = String::new();
        while let Some(c) = self.peek() {
            match c {
                '\\' => address.push(self.escaped()),
                ')' => {
                    self.at += 1;
                    return Token::Address(address.trim().to_owned().into());
                }
                c => {
                    address.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        Token::Wrong
    }
}

/// The longest value of a style. Each element within inherits it, and it is read for each.
pub(crate) const LONGEST_VALUE: usize = 4_096;

/// A value as it is rewritten, or none if it has something that is on no list.
pub(crate) fn value(tokens: &[Token<'_>]) -> Option<String> {
    let mut written = Written { text: String::new(), open: 0 };
    for token in trimmed(tokens) {
        written.push(token)?;
    }
    (written.open == 0 && !written.text.is_empty()).then_some(written.text)
}

/// Without the blanks around.
pub(crate) fn trimmed<'t, 'a>(mut tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [Token::Space, rest @ ..] | [rest @ .., Token::Space] = tokens {
        tokens = rest;
    }
    tokens
}

/// A value while it is written.
struct Written {
    text: String,
    open: usize,
}

impl Written {
    fn push(&mut self, token: &Token<'_>) -> Option<()> {
        match token {
            // A bracket may follow that some reader takes for an address.
            Token::Name(name) if name.eq_ignore_ascii_case("url") => return None,
            Token::Name(name) => self.word(plain(name)?),
            Token::Number(number) => self.word(number),
            Token::Hash(name) => {
                self.text.push('#');
                self.text.push_str(plain(name)?);
            }
            Token::Function(name) => {
                let name = name.to_ascii_lowercase();
                has(&FUNCTIONS, &name).then(|| self.word(&name))?;
                self.text.push('(');
                self.open += 1;
            }
            Token::Quoted(text) => self.text.push_str(&quoted(text)?),
            Token::Address(address) => {
                let id = identity(address.trim().strip_prefix('#')?)?;
                self.word("url(#");
                self.text.push_str(id);
                self.text.push(')');
            }
            Token::Sign('(') => {
                // Else a comment between them would make them a function.
                self.word("");
                self.text.push('(');
                self.open += 1;
            }
            Token::Sign(')') => {
                self.open = self.open.checked_sub(1)?;
                self.text.push(')');
            }
            Token::Sign(sign @ (',' | '/' | '*' | '+' | '-' | '!')) => self.text.push(*sign),
            Token::Space => self.text.push(' '),
            Token::At(_) | Token::Sign(_) | Token::Wrong => return None,
        }
        Some(())
    }

    /// Two words that a comment parted do not become one.
    fn word(&mut self, word: &str) {
        let joins = word.chars().next().is_none_or(is_name);
        if joins && self.text.ends_with(|c| is_name(c) || matches!(c, '%' | '#' | '.' | '@')) {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }
}

/// A name that needs no escapes.
pub(crate) fn plain(name: &str) -> Option<&str> {
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// The id of a part, as an address names it.
pub(crate) fn identity(id: &str) -> Option<&str> {
    let odd = |c: char| {
        matches!(c, '"' | '\'' | '\\' | '(' | ')' | '<' | '{' | '}' | ';') || c.is_whitespace() || c.is_control()
    };
    (!id.is_empty() && !id.contains(odd)).then_some(id)
}

/// A text between quotes, if no reader could see its end too early or too late.
pub(crate) fn quoted(text: &str) -> Option<String> {
    let odd = |c: char| matches!(c, '"' | '\'' | '\\' | '{' | '}' | ';' | '<' | '@') || c.is_control();
    let fine = !text.contains(odd) && !text.contains("/*");
    fine.then(|| format!("'{text}'"))
}

/// Why a style must not be handed on, whatever becomes of the rest of it.
pub(crate) fn danger(tokens: &[Token<'_>]) -> Option<&'static str> {
    tokens.iter().find_map(|token| match token {
        Token::Address(address) => address_danger(address),
        Token::Function(name) if has(&LOADING, &name.to_ascii_lowercase()) => Some(ELSEWHERE),
        Token::At(name) if name.eq_ignore_ascii_case("import") => {
            Some("it takes a style sheet from elsewhere (`@import`)")
        }
        _ => None,
    })
}

/// What refuses an address of another place.
pub(crate) const ELSEWHERE: &str = "it takes something from another file or address";
/// What refuses an address that is a document itself.
pub(crate) const DOCUMENT: &str = "it holds another document, in a frame or in a `data:` address";

fn address_danger(address: &str) -> Option<&'static str> {
    let address = address.trim().to_ascii_lowercase();
    match address.strip_prefix("data:") {
        _ if address.starts_with('#') || address.is_empty() => None,
        Some(data) if is_pixels(data) || is_font(data) => None,
        Some(_) => Some(DOCUMENT),
        None => Some(ELSEWHERE),
    }
}

/// Whether data behind `data:` is said to be an image of pixels.
pub(crate) fn is_pixels(data: &str) -> bool {
    data.starts_with("image/") && !data.starts_with("image/svg")
}

/// Whether data behind `data:` is said to be a font.
fn is_font(data: &str) -> bool {
    ["font/", "application/font-", "application/x-font-"].iter().any(|kind| data.starts_with(kind))
}

/// A font within a style sheet, as it is rewritten.
pub(crate) fn font_address(address: &str) -> Option<String> {
    let (kind, data) = address.trim().strip_prefix("data:")?.split_once(";base64,")?;
    let kind = kind.split(';').next().filter(|kind| is_font(&kind.to_ascii_lowercase()))?;
    let named = kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-+.".contains(&byte));
    let data: String = data.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let fine = named && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    fine.then(|| format!("url(data:{kind};base64,{data})"))
}
