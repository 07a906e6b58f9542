//! Pictures: found by their name, and refused if they are not what it says.

use std::sync::Arc;

use super::Files;
use regimen_model::diagnostic::Diagnostic;
use regimen_model::suggest::nearest;

/// What a picture may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Svg,
    Png,
    Jpeg,
}

impl Format {
    const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Jpeg];

    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Svg => &[".svg"],
            Self::Png => &[".png"],
            Self::Jpeg => &[".jpg", ".jpeg"],
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Svg => "SVG",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
        }
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Svg => "an SVG",
            Self::Png => "a PNG",
            Self::Jpeg => "a JPEG",
        }
    }

    fn named(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.endings().iter().any(|ending| file.ends_with(ending)))
    }

    /// What the bytes are, by how they begin.
    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else {
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
            text.starts_with(b"<").then_some(Self::Svg)
        }
    }
}

/// The bytes of a picture, or what is wrong with it.
pub(super) fn find(file: &str, files: &Files) -> Result<Arc<[u8]>, Diagnostic> {
    let wrong = |message: String, help: String| Err(Diagnostic::error("picture", message).help(help));
    let Some(format) = Format::named(file) else {
        let help = "a picture is an `.svg`, `.png`, `.jpg` or `.jpeg` file";
        return wrong(format!("`{file}` is not a picture that can be printed"), help.into());
    };
    let Some(bytes) = files.get(file) else {
        return wrong(format!("there is no file `{file}`"), where_it_is(file, files));
    };
    match Format::of(bytes) {
        Some(found) if found == format => {}
        Some(found) => {
            let (stem, ending) = (file.rsplit_once('.').map_or(file, |(stem, _)| stem), found.endings()[0]);
            let message = format!("`{file}` holds no {}, but {}", format.name(), found.kind());
            return wrong(message, format!("rename it to `{stem}{ending}`"));
        }
        None => {
            let help = format!("save it anew as {}: a new name does not change what a file holds", format.name());
            return wrong(format!("`{file}` holds no {}", format.name()), help);
        }
    }
    match (format, danger(bytes)) {
        (Format::Svg, Some(danger)) => {
            let help = "save it as a plain SVG: shapes and paths only";
            wrong(format!("`{file}` is refused: {danger}"), help.into())
        }
        _ => Ok(Arc::clone(bytes)),
    }
}

fn where_it_is(file: &str, files: &Files) -> String {
    let pictures = files.keys().map(AsRef::as_ref).filter(|name: &&str| Format::named(name).is_some());
    match nearest(file, pictures) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "put the file there; its path counts from the catalogue's root".into(),
    }
}

/// Why a drawing must not be handed on: pages show it as it is, and a page must not run what is in it.
fn danger(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let frames = ["<iframe", "<embed", "<object"];
    if text.contains("<script") || text.contains(":script") || text.contains("javascript:") {
        Some("it holds a script")
    } else if has_handler(&text) {
        Some("it holds an event handler, such as `onclick`")
    } else if text.contains("foreignobject") {
        Some("it holds a piece of a web page (`foreignObject`)")
    } else if frames.iter().any(|frame| text.contains(frame)) || has_document(&text) {
        Some("it holds another document, in a frame or in a `data:` address")
    } else if text.contains("<!entity") {
        Some("it declares entities")
    } else {
        None
    }
}

/// Whether an attribute is called `on` and something, also if there is space before its `=`.
fn has_handler(text: &str) -> bool {
    text.match_indices('=').any(|(at, _)| {
        let before = text[..at].trim_end();
        let rest = before.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        let name = &before[rest.len()..];
        name.len() > 2 && name.starts_with("on") && rest.ends_with([' ', '\t', '\n', '\r', '\x0c', '/', '"', '\''])
    })
}

/// Whether an address holds something that is neither a picture nor a font.
fn has_document(text: &str) -> bool {
    text.match_indices("data:").any(|(at, _)| {
        let fine = ["image/", "font/", "application/font", "application/x-font"];
        let is_address = text[..at].ends_with(['"', '\'', '(', ' ', '\t', '\n', '\r']);
        is_address && !fine.iter().any(|kind| text[at + "data:".len()..].starts_with(kind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in `bytes` under a name: its kind of trouble and the way out.
    fn found(file: &str, bytes: &[u8]) -> String {
        let files = Files::from([("media/a.svg".into(), b"<svg/>".as_slice().into()), (file.into(), bytes.into())]);
        match find(file, &files) {
            Ok(_) => "fine".into(),
            Err(finding) => format!("{} = {}", finding.message, finding.help.unwrap()),
        }
    }

    #[test]
    fn a_picture_holds_what_its_name_says() {
        let (png, jpeg) = (b"\x89PNG\r\n\x1a\nrest".as_slice(), b"\xff\xd8\xff\xe0".as_slice());
        for (file, bytes) in [
            ("media/b.png", png),
            ("media/b.jpg", jpeg),
            ("media/b.jpeg", jpeg),
            ("media/b.svg", b"\xef\xbb\xbf\n<?xml version='1.0'?><svg/>"),
        ] {
            assert_eq!(found(file, bytes), "fine", "{file}");
        }
        for (file, bytes, expected) in [
            ("media/b.png", jpeg, "`media/b.png` holds no PNG, but a JPEG = rename it to `media/b.jpg`"),
            ("media/b.svg", png, "`media/b.svg` holds no SVG, but a PNG = rename it to `media/b.png`"),
            ("media/b.jpg", b"<svg/>", "`media/b.jpg` holds no JPEG, but an SVG = rename it to `media/b.svg`"),
        ] {
            assert_eq!(found(file, bytes), expected);
        }
        assert!(found("media/b.jpeg", b"RIFF....WEBP").starts_with("`media/b.jpeg` holds no JPEG = save it anew"));
        assert!(found("media/b.png", b"").starts_with("`media/b.png` holds no PNG"));
        assert!(found("media/b.gif", b"GIF89a").ends_with("an `.svg`, `.png`, `.jpg` or `.jpeg` file"));
    }

    #[test]
    fn a_drawing_that_runs_something_is_refused() {
        for hostile in [
            "<svg><script/></svg>",
            "<svg onload='x()'/>",
            "<svg><g onload ='x()'/></svg>",
            "<svg><g id='a'onload\n=\n'x()'/></svg>",
            "<svg><a href='data:text/html;base64,PHA+'/></svg>",
            "<svg><style>a{b:url( data:text/css,a)}</style></svg>",
            "<svg><iframe src='a.html'/></svg>",
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
        ] {
            assert!(found("media/b.svg", hostile.as_bytes()).contains("is refused: it "), "{hostile}");
        }
    }

    #[test]
    fn embedded_pictures_and_fonts_are_fine() {
        for fine in [
            "<svg><image href='data:image/png;base64,AAAA'/></svg>",
            "<svg><style>@font-face{src:url(data:font/woff2;base64,AA)}</style></svg>",
            "<svg><desc>a=b, metadata: on = go</desc></svg>",
        ] {
            assert_eq!(found("media/b.svg", fine.as_bytes()), "fine");
        }
    }
}
