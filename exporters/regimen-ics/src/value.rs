//! Values as iCalendar writes them (RFC 5545 §3.3).
//!
//! Text of a user enters a calendar only through [`Text`] or [`Uri`]. Both can hold no line break and no
//! control character once they are written, so no title can end an event or begin another.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::{self, DateTime};
use regimen_export::compose::clipped;
use regimen_export::schemars::{self, JsonSchema};

/// Text (RFC 5545 §3.3.11), free of what a calendar cannot hold: lines end with `\n`, tabs are blanks,
/// other control characters and byte-order marks are gone, and so are blanks at both ends, which readers
/// that trim their lines would lose.
///
/// The same text is in the calendars of many schedules, so it is shared, and its written form with it.
#[derive(Debug, Clone)]
pub(crate) struct Text(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    text: String,
    /// Made when it is first asked for.
    escaped: OnceLock<String>,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for Text {}

impl Text {
    fn of(text: String) -> Self {
        Self(Arc::new(Shared { text, escaped: OnceLock::new() }))
    }

    /// Text of several lines.
    pub(crate) fn new(raw: &str) -> Self {
        // Most texts can be kept as they are, up to their end.
        let Some(first) = first_needing_care(raw) else {
            return Self::of(raw.trim().to_owned());
        };
        let mut text = String::with_capacity(raw.len());
        text.push_str(&raw[..first]);
        let mut before = ' ';
        for c in raw[first..].chars() {
            match c {
                '\n' if before == '\r' => {}
                c if is_line_break(c) => text.push('\n'),
                '\t' => text.push(' '),
                c if needs_care(c) => {}
                c => text.push(c),
            }
            before = c;
        }
        Self::of(text.trim().to_owned())
    }

    /// Text from its written form; what no writer of ours would write is put right.
    pub(crate) fn from_escaped(value: &str) -> Self {
        let mut text = String::with_capacity(value.len());
        let mut chars = value.chars();
        while let Some(c) = chars.next() {
            match (c == '\\').then(|| chars.next()).flatten() {
                Some('n' | 'N') => text.push('\n'),
                Some(escaped) => text.push(escaped),
                None => text.push(c),
            }
        }
        Self::new(&text)
    }

    /// Text of one line: line breaks and runs of blanks become one blank.
    pub(crate) fn line(raw: &str) -> Self {
        let text = Self::new(raw);
        let mut line = String::with_capacity(text.as_str().len());
        for word in text.as_str().split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        Self::of(line)
    }

    /// Text of one line without the characters that must be escaped, for readers that do not unescape
    /// (Nextcloud and the name of a calendar).
    pub(crate) fn plain_line(raw: &str) -> Self {
        Self::line(&raw.replace([',', ';', '\\'], " "))
    }

    /// The same text, cut to `limit` characters.
    #[must_use]
    pub(crate) fn clipped(self, limit: usize) -> Self {
        Self::of(clipped(self.as_str(), limit, |text| text.chars().count()))
    }

    /// The text itself.
    pub(crate) fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The text as a value: `\`, `;`, `,` and line breaks escaped.
    pub(crate) fn escaped(&self) -> &str {
        self.0.escaped.get_or_init(|| escaped(&self.0.text))
    }
}

fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_escaped) {
        let (plain, escaped) = rest.split_at(at);
        value.push_str(plain);
        value.push('\\');
        // All of them are of one byte.
        value.push_str(if escaped.starts_with('\n') { "n" } else { &escaped[..1] });
        rest = &escaped[1..];
    }
    value.push_str(rest);
    value
}

/// How many octets a text has as a value.
pub(crate) fn written_len(raw: &str) -> usize {
    let count = |text: &str| text.len() + text.bytes().filter(|byte| is_escaped(*byte)).count();
    match first_needing_care(raw) {
        None => count(raw.trim()),
        Some(_) => count(Text::new(raw).as_str()),
    }
}

/// What stands behind a backslash in a value (RFC 5545 §3.3.11).
fn is_escaped(byte: u8) -> bool {
    KINDS[usize::from(byte)] & ESCAPED != 0
}

/// The byte stands behind a backslash in a value.
const ESCAPED: u8 = 1;
/// The byte may begin a character that needs care.
const SUSPICIOUS: u8 = 2;

/// What there is to know of each byte. Every text is looked over by bytes twice, so a table pays.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'\\' | b';' | b',' | b'\n' => ESCAPED,
            // Control characters, and the first bytes of those beyond ASCII, of line separators and of byte-order marks.
            0..b' ' | 0x7f | 0xc2 | 0xe2 | 0xef => SUSPICIOUS,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// What cannot stand in a text as it is.
fn needs_care(c: char) -> bool {
    c != '\n' && (c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}'))
}

/// Where the first character stands that needs care. Most texts have none, so that they are looked over by bytes
/// first, and only what may begin such a character is decoded.
fn first_needing_care(raw: &str) -> Option<usize> {
    let suspicious = |byte: &u8| KINDS[usize::from(*byte)] & SUSPICIOUS != 0;
    let mut from = 0;
    while let Some(at) = raw.as_bytes()[from..].iter().position(suspicious) {
        let at = from + at;
        let c = raw[at..].chars().next()?;
        if needs_care(c) {
            return Some(at);
        }
        from = at + c.len_utf8();
    }
    None
}

/// The line breaks of Unicode's annex 14. Python's `splitlines` ends a line at each of them, so none may
/// stay inside a value.
fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// An `http` or `https` address (RFC 5545 §3.3.13).
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend(
    "pattern" = r"^https?://[A-Za-z0-9\[][^\s]*$",
    "errorMessage" = "write an address such as `https://example.org/plan`",
))]
pub(crate) struct Uri(String);

impl TryFrom<String> for Uri {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        // Everything else has to be percent-encoded in an address (RFC 3986 §2).
        let allowed = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
        let starts = host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['));
        if starts && text.chars().all(allowed) && text.len() <= 2000 {
            Ok(Self(text))
        } else {
            Err(format!("`{}` is not an address such as `https://example.org/plan`", text.escape_debug()))
        }
    }
}

impl Uri {
    /// The address.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A point of time in UTC, to the second (RFC 5545 §3.3.5, form 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Utc(pub(crate) Timestamp);

impl Utc {
    /// Seconds since 1970, kept within the years that a calendar can write.
    pub(crate) fn from_epoch(seconds: i64) -> Self {
        Self(Timestamp::from_second(seconds.max(0)).unwrap_or(Timestamp::MAX))
    }

    /// `20270104T180000Z`
    pub(crate) fn written(self) -> String {
        written_local(jiff::tz::Offset::UTC.to_datetime(self.0)) + "Z"
    }
}

/// When an event starts or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A day (RFC 5545 §3.3.4).
    Day(civil::Date),
    /// A time by the reader's own clock, wherever that is (§3.3.5, form 1).
    Floating(DateTime),
    /// A point of time in UTC (form 2).
    Utc(Utc),
    /// The time on the clocks of a zone that the calendar describes (form 3).
    Zoned(DateTime, &'static str),
}

impl Moment {
    /// Whether it is before another one that is written in the same way. Of a fold nothing is written by the clocks of
    /// a zone, so that their order is that of time.
    pub(crate) fn is_before(self, other: Self) -> bool {
        match (self, other) {
            (Self::Day(one), Self::Day(other)) => one < other,
            (Self::Floating(one), Self::Floating(other)) => one < other,
            (Self::Utc(one), Self::Utc(other)) => one.0 < other.0,
            (Self::Zoned(one, zone), Self::Zoned(other, same)) => one < other && zone == same,
            _ => false,
        }
    }

    /// `20270104` or `20270104T180000`, with `Z` for UTC.
    pub(crate) fn written(self) -> String {
        match self {
            Self::Day(date) => written_date(date),
            Self::Floating(local) | Self::Zoned(local, _) => written_local(local),
            Self::Utc(utc) => utc.written(),
        }
    }
}

fn written_date(date: civil::Date) -> String {
    let mut text = String::with_capacity(16);
    push_date(&mut text, date);
    text
}

/// `20270104T180000`
pub(crate) fn written_local(local: DateTime) -> String {
    let mut text = String::with_capacity(16);
    push_date(&mut text, local.date());
    text.push('T');
    for part in [local.hour(), local.minute(), local.second()] {
        push_digits(&mut text, part.into(), 10);
    }
    text
}

fn push_date(text: &mut String, date: civil::Date) {
    push_digits(text, date.year(), 1000);
    push_digits(text, date.month().into(), 10);
    push_digits(text, date.day().into(), 10);
}

/// The digits of a number that is not negative, from that of the given power of ten on.
fn push_digits(text: &mut String, number: i16, first: i16) {
    let powers = [1000, 100, 10, 1].into_iter().filter(|power| *power <= first);
    text.extend(powers.filter_map(|power| char::from_digit(u32::try_from(number / power % 10).ok()?, 10)));
}

/// An offset from UTC in seconds as `+0100` or `-033045` (RFC 5545 §3.3.14).
pub(crate) fn written_offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (minutes, rest) = (seconds.abs() / 60, seconds.abs() % 60);
    let offset = format!("{sign}{:02}{:02}", minutes / 60, minutes % 60);
    if rest == 0 { offset } else { format!("{offset}{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_what_a_calendar_can_hold() {
        let cases = [
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("a\n\r\nb", "a\n\nb"),
            ("tab\tand\u{0}null\u{7f}\u{1b}[0m", "tab andnull[0m"),
            ("  \u{feff}both ends \u{a0}\n", "both ends"),
            ("one\u{2028}two\u{2029}three\u{85}four\u{b}five", "one\ntwo\nthree\nfour\nfive"),
        ];
        for (raw, kept) in cases {
            assert_eq!(Text::new(raw).as_str(), kept);
        }
    }

    #[test]
    fn text_is_escaped_so_that_it_stays_one_value() {
        let text = Text::new("a,b;c\\d\nEND:VEVENT \"q\"");
        assert_eq!(text.escaped(), r#"a\,b\;c\\d\nEND:VEVENT "q""#);
        assert_eq!(Text::from_escaped(text.escaped()), text);
    }

    #[test]
    fn names_of_calendars_need_no_escapes() {
        let name = Text::plain_line("Hamstrings, strong; \\ long\nand well");
        assert_eq!(name.as_str(), "Hamstrings strong long and well");
    }

    #[test]
    fn only_web_addresses_are_addresses() {
        for good in ["https://example.org/a?b=c,d;e", "http://[::1]:8000/"] {
            assert!(Uri::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["javascript:alert(1)", "https://", "https://a b", "https://a\r\nEND:VEVENT", "ftp://a"] {
            assert!(Uri::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }

    #[test]
    fn times_are_written_in_the_basic_format() {
        assert_eq!(Utc::from_epoch(1_799_020_800).written(), "20270104T000000Z");
        assert_eq!(Utc::from_epoch(-5).written(), "19700101T000000Z");
        assert_eq!(Moment::Day(civil::date(2027, 1, 4)).written(), "20270104");
        assert_eq!([0, 5400, -12_645].map(written_offset), ["+0000", "+0130", "-033045"]);
    }
}
