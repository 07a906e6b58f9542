//! Objects of a PDF file, read from bytes that no one vouches for: nesting and size are bounded, and no byte is read twice.

/// An object. Numbers with a point are not told from each other, since nothing here needs them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Other,
    Integer(i64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Value>),
    Dictionary(Vec<(Vec<u8>, Value)>),
    Reference(u32),
}

impl Value {
    /// The last entry of a dictionary with this key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Dictionary(entries) => {
                entries.iter().rfind(|(name, _)| name == key.as_bytes()).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    pub(super) fn integer(&self) -> Option<i64> {
        if let Self::Integer(value) = self { Some(*value) } else { None }
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        matches!(self, Self::Name(own) if own == name.as_bytes())
    }
}

/// Arrays and dictionaries nest at most this deep, and hold at most so many objects.
const DEEPEST: usize = 32;
const MOST: usize = 300_000;

/// Reads objects from a place on.
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// How many objects may still be read.
    left: usize,
}

impl<'a> Parser<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, left: MOST }
    }

    /// The next object; none if there is none, or if it is deeper or larger than any that is needed.
    pub(super) fn value(&mut self) -> Option<Value> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        if depth > DEEPEST {
            return None;
        }
        self.blanks();
        match self.peek()? {
            b'/' => self.name().map(Value::Name),
            b'(' => self.literal().map(Value::Text),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.blanks();
                    if self.takes(b"]") {
                        return Some(Value::Array(items));
                    }
                    items.push(self.nested(depth + 1)?);
                }
            }
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                let mut entries = Vec::new();
                loop {
                    self.blanks();
                    if self.takes(b">>") {
                        return Some(Value::Dictionary(entries));
                    }
                    let key = self.name()?;
                    entries.push((key, self.nested(depth + 1)?));
                }
            }
            b'<' => self.hexadecimal().map(Value::Text),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            b'a'..=b'z' => {
                while self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
                    self.at += 1;
                }
                Some(Value::Other)
            }
            _ => None,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes past these bytes if they are next.
    pub(super) fn takes(&mut self, word: &[u8]) -> bool {
        let is_next = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    /// Goes past blanks and comments.
    pub(super) fn blanks(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                        self.at += 1;
                    }
                }
                byte if is_blank(byte) => self.at += 1,
                _ => return,
            }
        }
    }

    /// A whole number, or two of them and an `R`, which are a reference.
    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')) {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.bytes[start..self.at]).ok()?;
        let Ok(number) = number.parse::<i64>() else { return Some(Value::Other) };
        let after = self.at;
        if let Some(id) = u32::try_from(number).ok().filter(|_| self.is_generation()) {
            return Some(Value::Reference(id));
        }
        self.at = after;
        Some(Value::Integer(number))
    }

    /// Goes past ` 0 R`; a generation has at most five digits.
    fn is_generation(&mut self) -> bool {
        let step = |at: &mut usize, is_wanted: &dyn Fn(u8) -> bool, most: usize| {
            let count = self.bytes[*at..].iter().take(most).take_while(|byte| is_wanted(**byte)).count();
            *at += count;
            count > 0
        };
        let mut at = self.at;
        let is_digit = |byte: u8| byte.is_ascii_digit();
        let found = step(&mut at, &is_blank, 8) && step(&mut at, &is_digit, 5) && step(&mut at, &is_blank, 8);
        let ends = !self.bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        let is_reference = found && self.bytes.get(at) == Some(&b'R') && ends;
        self.at = if is_reference { at + 1 } else { self.at };
        is_reference
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        if !self.takes(b"/") {
            return None;
        }
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !is_blank(*byte) && !b"()<>[]{}/%".contains(byte)) {
            let escaped = (byte == b'#').then(|| self.bytes.get(self.at + 1..self.at + 3)).flatten();
            let escaped = escaped.and_then(|digits| Some(digit(digits[0])? << 4 | digit(digits[1])?));
            name.push(escaped.unwrap_or(byte));
            self.at += if escaped.is_some() { 3 } else { 1 };
        }
        Some(name)
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let (mut text, mut upper) = (Vec::new(), None);
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match (byte, digit(byte), upper) {
                (b'>', ..) => {
                    text.extend(upper.map(|upper| upper << 4));
                    return Some(text);
                }
                (_, Some(value), None) => upper = Some(value),
                (_, Some(value), Some(first)) => {
                    text.push(first << 4 | value);
                    upper = None;
                }
                (blank, None, _) if is_blank(blank) => {}
                _ => return None,
            }
        }
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1_usize);
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'\\' => self.escaped(&mut text)?,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            match (byte, open) {
                (b'\\', _) => {}
                (b')', 0) => return Some(text),
                _ => text.push(byte),
            }
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self, text: &mut Vec<u8>) -> Option<()> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next) = self.peek().filter(|next| matches!(next, b'0'..=b'7')) else { break };
                    value = value * 8 + u32::from(next - b'0');
                    self.at += 1;
                }
                text.push(value.to_le_bytes()[0]);
            }
            // The line goes on.
            b'\r' => _ = self.takes(b"\n"),
            b'\n' => {}
            other => text.push(other),
        }
        Some(())
    }
}

pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// A text string: UTF-16 or UTF-8 if it says so, else `PDFDocEncoding`, of which the codes from 128 on are in `DOCUMENT`.
pub(super) fn text(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    let middle = |byte: u8| DOCUMENT.chars().nth(usize::from(byte.checked_sub(0x80)?));
    bytes.iter().map(|byte| middle(*byte).unwrap_or(char::from(*byte))).collect()
}

/// The characters of `PDFDocEncoding` from 128 to 160 (PDF 32000-1, annex D.2).
const DOCUMENT: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u{fffd}€";

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(written: &str) -> Option<Value> {
        Parser::new(written.as_bytes(), 0).value()
    }

    #[test]
    fn objects_are_read() {
        let name = |name: &str| Value::Name(name.into());
        assert_eq!(parsed(" % no\n /A#20b"), Some(name("A b")));
        assert_eq!(parsed("[1 0 R -2 .5 true]"), {
            Some(Value::Array(vec![Value::Reference(1), Value::Integer(-2), Value::Other, Value::Other]))
        });
        assert_eq!(parsed("(a(b)\\)\\101\\n\\\r\nc)"), Some(Value::Text(b"a(b))A\nc".to_vec())));
        assert_eq!(parsed("<FE ff 004>"), Some(Value::Text(vec![0xfe, 0xff, 0, 0x40])));
        let both = parsed("<</K 1/K 2/L<</M(x)>>>>").unwrap();
        assert_eq!(both.get("K").and_then(Value::integer), Some(2));
        assert_eq!(both.get("L").and_then(|inner| inner.get("M")), Some(&Value::Text(b"x".to_vec())));
    }

    #[test]
    fn what_is_no_object_is_none() {
        for wrong in ["", "(", "<</A", "<<1 2>>", "[1", "<x>", ")", "\\"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
        assert_eq!(parsed(&"[".repeat(100_000)), None);
        assert_eq!(parsed(&format!("[{}]", "0 ".repeat(MOST))), None);
    }

    #[test]
    fn strings_say_how_they_are_written() {
        assert_eq!(text(b"\xfe\xff\x00a\x20\x13\xd8\x00"), "a–\u{fffd}");
        assert_eq!(text("\u{feff}é".as_bytes()), "é");
        assert_eq!(text(b"a\x85\xa0\xe9"), "a–€é");
    }
}
