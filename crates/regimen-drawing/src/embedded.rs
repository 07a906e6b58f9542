//! Images within a drawing: PNG and JPEG, written as `data:` in one way.

use crate::pixels::{refuse_size, size};

/// What an embedded image comes to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Embedded {
    /// Its address rewritten, and its width and height.
    Image(String, (u32, u32)),
    /// Nobody shows it everywhere; why.
    LeftOut(&'static str),
    /// It would take too long; why.
    Refused(String),
}

/// Reads what is behind `data:`.
pub(crate) fn read(data: &str) -> Embedded {
    let kinds = Embedded::LeftOut("its image is neither PNG nor JPEG in base64 and is left out");
    let Some((kind, data)) = data.split_once(',') else { return kinds };
    if !kind.trim_end().to_ascii_lowercase().ends_with(";base64") {
        return kinds;
    }
    let Some((text, bytes)) = letters(data).and_then(|text| decode(&text).map(|bytes| (text, bytes))) else {
        return Embedded::LeftOut("its image is damaged and left out");
    };
    let kind = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, 0xff, ..] => "jpeg",
        _ => return kinds,
    };
    match (refuse_size(&bytes), size(&bytes)) {
        (Err(why), _) => Embedded::Refused(format!("an image in it is too large: {why}")),
        (Ok(()), Some(size)) => Embedded::Image(format!("data:image/{kind};base64,{text}"), size),
        (Ok(()), None) => Embedded::LeftOut("its image is damaged and left out"),
    }
}

/// The letters of base64, without blanks and without the escapes of addresses.
fn letters(data: &str) -> Option<String> {
    let mut text = String::with_capacity(data.len());
    let mut bytes = data.bytes();
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                u8::try_from(digit(bytes.next())? * 16 + digit(bytes.next())?).ok()?
            }
            byte => byte,
        };
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=' => text.push(char::from(byte)),
            byte if byte.is_ascii_whitespace() => {}
            _ => return None,
        }
    }
    Some(text)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for byte in four {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(value);
        }
        let [_, first, second, third] = (bits << (6 * (4 - four.len()))).to_be_bytes();
        match four.len() {
            4 => bytes.extend([first, second, third]),
            3 => bytes.extend([first, second]),
            2 => bytes.push(first),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==";

    #[test]
    fn images_are_written_in_one_way() {
        let written = Embedded::Image(format!("data:image/png;base64,{PIXEL}"), (1, 1));
        let spaced = format!("{}\n {}", &PIXEL[..10], &PIXEL[10..].replace('=', "%3D"));
        for data in [format!("image/png;base64,{PIXEL}"), format!("image/x;a=b;BASE64,{spaced}")] {
            assert_eq!(read(&data), written);
        }
    }

    #[test]
    fn what_is_no_image_is_left_out_and_what_is_huge_refused() {
        for data in [
            "image/gif;base64,R0lGODdh",
            "image/png",
            "image/png,%89PNG",
            "image/png;base64,A*A",
            "image/png;base64,iVBORw",
        ] {
            assert!(matches!(read(data), Embedded::LeftOut(_)), "{data}");
        }
        // 65535 by 65535 pixels.
        let huge = "image/png;base64,iVBORw0KGgoAAAANSUhEUgAA//8AAP//CAAAAAA=";
        assert!(matches!(read(huge), Embedded::Refused(why) if why.contains("65535 by 65535")));
    }
}
