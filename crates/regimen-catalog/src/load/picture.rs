//! Pictures: found by their name, and refused if they are not what it says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use regimen_drawing::Remark;

use super::Available;
use regimen_model::diagnostic::Diagnostic;
use regimen_model::suggest::Suggestions;

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
            regimen_drawing::is_drawing(bytes).then_some(Self::Svg)
        }
    }
}

/// A picture as it is handed on, and what of it is left out.
pub(super) type Found = (Arc<[u8]>, Vec<Diagnostic>);

/// Finds pictures, each once however often it is named.
pub(super) fn find_all<'a>(names: impl Iterator<Item = &'a str>, files: Available<'_>) -> Pictures {
    let names: BTreeSet<&str> = names.collect();
    let (there, missing): (Vec<_>, Vec<_>) = names.into_iter().partition(|file| files.has(file));
    let there = there.into_par_iter().map(|file| (file.to_owned(), find(file, files, &Suggestions::new())));
    let mut found: Pictures = there.collect();
    let suggestions = Suggestions::new();
    found.extend(missing.into_iter().map(|file| (file.to_owned(), find(file, files, &suggestions))));
    found
}

/// Each picture by its file, or what is wrong with it.
pub(super) type Pictures = BTreeMap<String, Result<Found, Vec<Diagnostic>>>;

/// The picture of a file, or what is wrong with it. A drawing is one that was rewritten.
fn find(file: &str, files: Available<'_>, suggestions: &Suggestions) -> Result<Found, Vec<Diagnostic>> {
    let wrong = |message: String, help: String| Err(vec![Diagnostic::error("picture", message).help(help)]);
    let Some(format) = Format::named(file) else {
        let help = "a picture is an `.svg`, `.png`, `.jpg` or `.jpeg` file";
        return wrong(format!("`{file}` is not a picture that can be printed"), help.into());
    };
    let bytes = match files.get(file) {
        Some(Ok(bytes)) => bytes,
        Some(Err(refused)) => return wrong(refused.to_owned(), UNREADABLE.into()),
        None => return wrong(format!("there is no file `{file}`"), where_it_is(file, files, suggestions)),
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
    match format {
        Format::Svg => drawing(file, bytes),
        Format::Png | Format::Jpeg => match regimen_drawing::refuse_size(bytes) {
            Ok(()) => Ok((Arc::clone(bytes), Vec::new())),
            Err(why) => wrong(format!("`{file}` is refused: {why}"), "save it about 1600 pixels wide".into()),
        },
    }
}

/// A drawing rewritten; as it is if nothing changed, so that it is in memory once.
fn drawing(file: &str, bytes: &Arc<[u8]>) -> Result<Found, Vec<Diagnostic>> {
    let refused = |remark: Remark| {
        let help = "save it as a plain SVG, in UTF-8 and with nothing but shapes, paths, text and embedded PNG or JPEG";
        Diagnostic::error("picture", format!("`{file}` is refused: {remark}")).help(help)
    };
    let left_out = |remark: Remark| {
        let help = "change that in your drawing program: it is in no handout and on no page";
        Diagnostic::warning("picture-left-out", format!("in `{file}`, {remark}")).help(help)
    };
    match regimen_drawing::clean(bytes) {
        Ok(clean) => {
            let same = clean.text.as_bytes() == &**bytes;
            let written = if same { Arc::clone(bytes) } else { clean.text.into_bytes().into() };
            Ok((written, clean.left_out.into_iter().map(left_out).collect()))
        }
        Err(remarks) => Err(remarks.into_iter().map(refused).collect()),
    }
}

/// What to do where the system refuses to read a file.
pub(super) const UNREADABLE: &str = "see that you may read the file, and that its disk is there";

fn where_it_is(file: &str, files: Available<'_>, suggestions: &Suggestions) -> String {
    let pictures = files.names().map(AsRef::as_ref).filter(|name: &&str| Format::named(name).is_some());
    match suggestions.nearest(file, pictures) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "put the file there; its path counts from the catalogue's root".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Files;
    use super::*;

    /// What is found in `bytes` under a name: its kind of trouble and the way out.
    fn found(file: &str, bytes: &[u8]) -> String {
        let files = Files::from([("media/a.svg".into(), b"<svg/>".as_slice().into()), (file.into(), bytes.into())]);
        match find(file, Available::in_memory(&files), &Suggestions::new()) {
            Ok((_, left_out)) if left_out.is_empty() => "fine".into(),
            Ok((_, findings)) | Err(findings) => {
                format!("{} = {}", findings[0].message, findings[0].help.clone().unwrap())
            }
        }
    }

    #[test]
    fn a_picture_holds_what_its_name_says() {
        let (png, jpeg) = (b"\x89PNG\r\n\x1a\nrest".as_slice(), b"\xff\xd8\xff\xe0".as_slice());
        for (file, bytes) in [
            ("media/b.png", png),
            ("media/b.jpg", jpeg),
            ("media/b.jpeg", jpeg),
            ("media/b.svg", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>"),
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
    fn a_drawing_is_handed_on_as_it_was_understood() {
        let written = |text: &str| {
            let files = Files::from([("a.svg".into(), text.as_bytes().into())]);
            let (bytes, _) = find("a.svg", Available::in_memory(&files), &Suggestions::new()).unwrap();
            (std::str::from_utf8(&bytes).unwrap().to_owned(), Arc::ptr_eq(&bytes, &files["a.svg"]))
        };
        assert_eq!(
            written("<svg><!-- a --><path d='M0 0'/></svg>"),
            ("<svg><path d=\"M0 0\"/></svg>\n".to_owned(), false)
        );
        let plain = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>\n";
        assert_eq!(written(plain), (plain.to_owned(), true), "once in memory");
    }

    #[test]
    fn a_drawing_that_runs_something_or_is_left_out_in_part_says_where() {
        let help = "save it as a plain SVG, in UTF-8 and with nothing but shapes, paths, text and embedded PNG or JPEG";
        for (hostile, why) in [
            ("<svg>\n<script/></svg>", "it holds a script (line 2, `script`)"),
            ("<svg onload ='x()'/>", "it holds an event handler, such as `onclick` (line 1, `onload` of `svg`)"),
            ("<html/>", "it is no SVG: its outermost element is `html`, not `svg`"),
        ] {
            assert_eq!(found("media/b.svg", hostile.as_bytes()), format!("`media/b.svg` is refused: {why} = {help}"));
        }
        let wide: Vec<u8> = "<svg/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(found("media/b.svg", &wide).contains("UTF-16"));
        assert!(found("media/b.svg", b"<svg><rectt/></svg>").starts_with("in `media/b.svg`, it has a `rectt`, which"));
        let huge = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\x01\0\0";
        assert!(found("media/b.png", huge).contains("its size is 65536 by 65536 pixels"));
    }
}
