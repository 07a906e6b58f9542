//! How large a PNG or JPEG says it is, from its headers alone.

/// More than any camera makes, and as much as fits in memory.
pub const MOST_PIXELS: u64 = 40_000_000;
const LONGEST: u32 = 20_000;

/// Refuses an image that says it is larger than anybody needs; one whose headers are damaged is for others to refuse.
///
/// # Errors
/// If it is too large, as the end of a sentence about it.
pub fn refuse_size(bytes: &[u8]) -> Result<(), String> {
    size(bytes).map_or(Ok(()), refuse_pixels)
}

/// Refuses an image of so many pixels in width and height if these are more than anybody needs.
///
/// # Errors
/// As [`refuse_size`].
pub fn refuse_pixels((width, height): (u32, u32)) -> Result<(), String> {
    if width > LONGEST || height > LONGEST || pixels((width, height)) > MOST_PIXELS {
        let millions = MOST_PIXELS / 1_000_000;
        return Err(format!(
            "its size is {width} by {height} pixels; at most {LONGEST} a side and {millions} million are read"
        ));
    }
    Ok(())
}

pub(crate) fn pixels(size: (u32, u32)) -> u64 {
    u64::from(size.0) * u64::from(size.1)
}

/// Width and height.
pub(crate) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    if let Some(rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        let (width, height) = (rest.get(8..12)?, rest.get(12..16)?);
        return Some((u32::from_be_bytes(width.try_into().ok()?), u32::from_be_bytes(height.try_into().ok()?)));
    }
    if bytes.starts_with(b"\xff\xd8\xff") { frame(&bytes[2..]) } else { None }
}

/// The size in the frame of a JPEG.
fn frame(mut rest: &[u8]) -> Option<(u32, u32)> {
    loop {
        let at = rest.iter().position(|byte| *byte != 0xff).filter(|at| *at > 0)?;
        let marker = rest[at];
        let body = &rest[at + 1..];
        let length = usize::from(u16::from_be_bytes([*body.first()?, *body.get(1)?]));
        match marker {
            // Tables of codes, and codes of arithmetic, have numbers between those of frames.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let side = |at: usize| Some(u32::from(u16::from_be_bytes([*body.get(at)?, *body.get(at + 1)?])));
                return Some((side(5)?, side(3)?));
            }
            0xd8..=0xda => return None,
            _ => rest = body.get(length.max(2)..)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_how_large_an_image_is() {
        let png = |width: u32, height: u32| {
            [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", &width.to_be_bytes()[..], &height.to_be_bytes()].concat()
        };
        let jpeg = [b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x0b\x08", &[0x75, 0x30, 0x00, 0x10][..]].concat();
        assert_eq!(size(&png(3, 70_000)), Some((3, 70_000)));
        assert_eq!(size(&jpeg), Some((16, 30_000)));
        for cut in 0..jpeg.len() {
            assert_eq!(size(&jpeg[..cut]), None);
        }
        assert_eq!(size(b"\xff\xd8\xff\xd8"), None);
        assert_eq!(refuse_size(&png(20_000, 2_000)), Ok(()));
        for large in [png(20_001, 1), png(20_000, 2_001), png(u32::MAX, u32::MAX), jpeg] {
            assert!(refuse_size(&large).is_err());
        }
    }
}
