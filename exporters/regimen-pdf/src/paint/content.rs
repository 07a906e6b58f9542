//! The operators of a page as they are in the file.
//!
//! They are written here, because translating them one by one took printpdf a quarter of the time of a document.

use std::fmt::Write as _;

/// What is painted on a page, operator by operator.
#[derive(Debug, Default)]
pub(super) struct ContentStream {
    text: String,
}

impl ContentStream {
    /// Ends with an operator.
    pub(super) fn operator(&mut self, operator: &str) -> &mut Self {
        self.text.push_str(operator);
        self.text.push('\n');
        self
    }

    /// An operand as it is in the file.
    pub(super) fn written(&mut self, operand: &str) -> &mut Self {
        self.text.push_str(operand);
        self.text.push(' ');
        self
    }

    /// A name of letters.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.text.push('/');
        self.written(name)
    }

    /// A whole number.
    pub(super) fn integer(&mut self, value: i64) -> &mut Self {
        self.digits(value);
        self.text.push(' ');
        self
    }

    /// A length to the hundredth of a point.
    pub(super) fn number(&mut self, value: f32) -> &mut Self {
        self.decimal(value, 2)
    }

    /// Lengths to the hundredth of a point.
    pub(super) fn numbers(&mut self, values: &[f32]) -> &mut Self {
        values.iter().for_each(|value| {
            self.number(*value);
        });
        self
    }

    /// A number with as many decimals at most.
    pub(super) fn decimal(&mut self, value: f32, decimals: u32) -> &mut Self {
        let parts = 10_i64.pow(decimals);
        let rounded = (f64::from(value) * parts as f64).round() as i64;
        if rounded < 0 {
            self.text.push('-');
        }
        let rounded = rounded.unsigned_abs();
        self.digits((rounded / parts.unsigned_abs()) as i64);
        let mut rest = rounded % parts.unsigned_abs();
        if rest > 0 {
            self.text.push('.');
        }
        let mut place = parts.unsigned_abs();
        while rest > 0 {
            place /= 10;
            self.text.push(char::from(b'0' + (rest / place) as u8));
            rest %= place;
        }
        self.text.push(' ');
        self
    }

    fn digits(&mut self, value: i64) {
        if value < 0 {
            self.text.push('-');
        }
        let (mut rest, mut digits, mut at) = (value.unsigned_abs(), [0; 20], 20);
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.text.extend(digits[at..].iter().map(|digit| char::from(*digit)));
    }

    /// What a piece is read as, and the end of the dictionary that says so.
    pub(super) fn actual_text(&mut self, text: &str) -> &mut Self {
        self.text.push_str("/ActualText<FEFF");
        for unit in text.encode_utf16() {
            let _ = write!(self.text, "{unit:04X}");
        }
        self.written(">>>")
    }

    /// Everything so far.
    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn open_array(&mut self) {
        self.text.push('[');
    }

    pub(super) fn close_array(&mut self) {
        self.text.push_str("] ");
    }

    pub(super) fn open_string(&mut self) {
        self.text.push('(');
    }

    pub(super) fn close_string(&mut self) {
        self.text.push(')');
    }

    /// Two bytes of an open string. The text around them stays UTF-8, so the upper half is escaped.
    pub(super) fn glyph(&mut self, number: u16) {
        for byte in number.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.text.extend(['\\', char::from(byte)]),
                b'\r' => self.text.push_str("\\r"),
                0..0x80 => self.text.push(char::from(byte)),
                _ => self.text.extend(['\\', octal(byte >> 6), octal(byte >> 3), octal(byte)]),
            }
        }
    }
}

fn octal(value: u8) -> char {
    char::from(b'0' + (value & 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: &str, write: impl FnOnce(&mut ContentStream)) {
        let mut content = ContentStream::default();
        write(&mut content);
        assert_eq!(content.finish(), expected);
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        check("0 -0.5 12.34 100 0.01 -7.1 ", |content| {
            content.numbers(&[-0.001, -0.5, 12.338, 99.999, 0.0149, -7.1]);
        });
        check("0.067 1 ", |content| {
            content.decimal(17.0 / 255.0, 3).decimal(1.0, 3);
        });
        check("-120 0 9007 ", |content| {
            content.integer(-120).integer(0).integer(9007);
        });
    }

    #[test]
    fn any_glyph_number_is_read_back() {
        for number in 0..=u16::MAX {
            let mut content = ContentStream::default();
            content.open_string();
            content.glyph(number);
            content.close_string();
            content.operator("Tj");
            let read = lopdf::content::Content::decode(content.finish().as_bytes()).unwrap();
            assert_eq!(read.operations[0].operands[0].as_str().unwrap(), number.to_be_bytes(), "{number}");
        }
    }
}
