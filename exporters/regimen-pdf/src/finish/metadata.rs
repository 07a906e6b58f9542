//! What programs are told of a file: XMP metadata, and the same in the dictionary that came before it.

use lopdf::{Dictionary, dictionary};
use regimen_catalog::prose::plain_text;
use regimen_export::document::Document;

use super::text;
use crate::style::Press;

/// Who made the file.
const PRODUCER: &str = concat!("Regimen ", env!("CARGO_PKG_VERSION"), " with printpdf");
const CREATOR: &str = "Regimen";

/// What metadata is about.
pub(super) struct About<'a> {
    pub(super) document: &'a Document,
    pub(super) press: Press,
    pub(super) identity: &'a [u8],
}

/// PDF/X-4 wants to know when a file was made. The same catalogue gives the same bytes, so that this is the day of the edition, or
/// where the content has none, always the same day.
const UNDATED: &str = "2000-01-01";

impl About<'_> {
    /// The first second of its day.
    fn day(&self) -> String {
        let dated = self.document.frame.dated.map(|date| date.to_string());
        format!("{}T00:00:00Z", dated.as_deref().unwrap_or(UNDATED))
    }
}

/// The information dictionary, without dates unless a press asks for them: a file has none of when it was made.
pub(super) fn information(about: &About<'_>) -> Dictionary {
    let document = about.document;
    let mut information = dictionary! {
        "Title" => text(&document.title),
        "Creator" => text(CREATOR),
        "Producer" => text(PRODUCER),
    };
    let fields = [
        ("Author", document.authors.join(", ")),
        ("Subject", plain_text(&document.summary)),
        ("Keywords", document.keywords.join(", ")),
    ];
    for (key, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        information.set(key, text(&value));
    }
    if about.press.is_press() {
        information.set("Trapped", "False");
        information.set("GTS_PDFXVersion", text("PDF/X-4"));
        for key in ["CreationDate", "ModDate"] {
            information.set(key, text(&format!("D:{}", about.day().replace(['-', ':', 'T'], ""))));
        }
    }
    information
}

/// A standard that the file keeps to, as its metadata claims it.
struct Claim {
    prefix: &'static str,
    namespace: &'static str,
    entries: &'static [(&'static str, &'static str)],
}

/// Accessible, and readable for good.
const KEPT: &[Claim] = &[
    Claim { prefix: "pdfuaid", namespace: "http://www.aiim.org/pdfua/ns/id/", entries: &[("part", "1")] },
    Claim {
        prefix: "pdfaid",
        namespace: "http://www.aiim.org/pdfa/ns/id/",
        entries: &[("part", "2"), ("conformance", "A")],
    },
];

/// Ready for the press, without marks of trapping.
const PRESS: &[Claim] = &[
    Claim {
        prefix: "pdfxid",
        namespace: "http://www.npes.org/pdfx/ns/id/",
        entries: &[("GTS_PDFXVersion", "PDF/X-4")],
    },
    Claim {
        prefix: "xmpMM",
        namespace: "http://ns.adobe.com/xap/1.0/mm/",
        entries: &[("VersionID", "1"), ("RenditionClass", "default")],
    },
];

/// PDF/A knows the names of its own claim but not those of PDF/UA, so that they are explained (ISO 19005-2, 6.6.2.3).
const EXPLAINED: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file keeps</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"#;

/// The metadata in XMP, every value escaped.
pub(super) fn xmp(about: &About<'_>) -> String {
    let document = about.document;
    let (claims, explained) = if about.press.is_press() { (PRESS, "") } else { (KEPT, EXPLAINED) };
    let (summary, keywords) = (plain_text(&document.summary), document.keywords.join(", "));
    let mut out = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description rdf:about=\"\"\n \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
    );
    for Claim { prefix, namespace, .. } in claims {
        out += &format!("\n xmlns:{prefix}=\"{namespace}\"");
    }
    out += ">\n<dc:format>application/pdf</dc:format>\n";
    let one = |text: &str| format!("<rdf:li>{}</rdf:li>", escaped(text));
    let in_words = |text: &str| format!("<rdf:li xml:lang=\"x-default\">{}</rdf:li>", escaped(text));
    let all = |texts: &[String]| texts.iter().map(|text| one(text)).collect::<String>();
    let described = if summary.is_empty() { String::new() } else { in_words(&summary) };
    for (name, kind, items) in [
        ("title", "Alt", in_words(&document.title)),
        ("description", "Alt", described),
        ("creator", "Seq", all(&document.authors)),
        ("subject", "Bag", all(&document.keywords)),
        ("language", "Bag", one(&document.language)),
    ] {
        if !items.is_empty() {
            out += &format!("<dc:{name}><rdf:{kind}>{items}</rdf:{kind}></dc:{name}>\n");
        }
    }
    for (name, value) in [("pdf:Keywords", &*keywords), ("pdf:Producer", PRODUCER), ("xmp:CreatorTool", CREATOR)] {
        if !value.is_empty() {
            out += &format!("<{name}>{}</{name}>\n", escaped(value));
        }
    }
    for Claim { prefix, entries, .. } in claims {
        for (name, value) in *entries {
            out += &format!("<{prefix}:{name}>{value}</{prefix}:{name}>\n");
        }
    }
    if about.press.is_press() {
        let digits: String = about.identity.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        out += &format!("<xmpMM:DocumentID>uuid:{digits}</xmpMM:DocumentID>\n<pdf:Trapped>False</pdf:Trapped>\n");
        let day = about.day();
        for name in ["CreateDate", "ModifyDate", "MetadataDate"] {
            out += &format!("<xmp:{name}>{day}</xmp:{name}>\n");
        }
    }
    out + "</rdf:Description>\n" + explained + "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
}

fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            control if control.is_control() => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_escaped() {
        assert_eq!(escaped("a < b & c\u{0}"), "a &lt; b &amp; c ");
    }
}
