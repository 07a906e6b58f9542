//! Scripts other than Latin: what is copied from a page, or found in it, is what was written.

use regimen_catalog::prose::Inline;
use regimen_export::document::{Block, ColumnRole, Direction, Document};
use regimen_pdf::{Layout, Renderer, Style};

use super::{judge, sample};

struct Script {
    language: &'static str,
    font: &'static str,
    sentence: &'static str,
}

const fn script(language: &'static str, font: &'static str, sentence: &'static str) -> Script {
    Script { language, font, sentence }
}

const LEFTWARDS: [Script; 5] = [
    script(
        "ar",
        "NotoNaskhArabic",
        "قف مستقيماً، ثم ارفع كعبيك ببطء 10-15 مرة وانزل خلال 3 ثوانٍ. لا تحبس نَفَسَكَ، واسأل مُدَرِّبَكَ.",
    ),
    script("ar", "NotoKufiArabic", "خلال الإطالة الأول سلام لا الظلال."),
    script("fa", "NotoNaskhArabic", "می\u{200c}توانید پاشنه\u{200c}ها را آرام بالا ببرید."),
    script("he", "NotoSansHebrew", "הָרִימוּ אֶת הָעֲקֵבִים לְאַט, וְשִׁמְרוּ עַל גַּב יָשָׁר."),
    script("ur", "NotoNastaliqUrdu", "سیدھے کھڑے ہوں"),
];

const RIGHTWARDS: [Script; 3] = [
    script(
        "hi",
        "NotoSansDevanagari",
        "सीधे खड़े हों और संतुलन के लिए दीवार को छुएँ। दोनों एड़ियाँ ऊपर उठाएँ। क्षत्रिय, श्री, ज्ञान, कर्म, क्\u{200d}ष",
    ),
    script("th", "NotoSansThai", "ยืนตัวตรงแล้วแตะผนัง ทำซ้ำสิบครั้ง ผู้ใหญ่ดื่มน้ำหลังออกกำลังกายและพักหนึ่งนาที"),
    script(
        "km",
        "NotoSansKhmer",
        "សូម\u{200b}ឈរ\u{200b}ត្រង់ ហើយ\u{200b}លើក\u{200b}កែង\u{200b}ជើង\u{200b}ឡើង\u{200b}យឺតៗ កុំ\u{200b}ទប់\u{200b}ដង្ហើម",
    ),
];

fn document(script: &Script, direction: Direction) -> Document {
    sample::script(script.language, script.font, direction, script.sentence)
}

fn print(document: &Document, style: &Style) -> Vec<u8> {
    let rendered = Renderer::new().render(document, style, &sample::media);
    assert_eq!(rendered.problems, []);
    rendered.bytes
}

/// A text without what lines and readers add.
fn bare(text: &str) -> String {
    let added = |letter: &char| letter.is_whitespace() || matches!(letter, '\u{202a}'..='\u{202e}');
    text.chars().filter(|letter| !added(letter)).collect()
}

fn check(script: &Script, direction: Direction, style: &Style) {
    let bytes = print(&document(script, direction), style);
    let Some(text) = judge("pdftotext", &["FILE", "-"], &bytes) else { return };
    let found = bare(&text).matches(&bare(script.sentence)).count();
    assert!(found >= 6, "{} {}: {found} times in {text}", script.language, script.font);
    judge("qpdf", &["--check", "FILE"], &bytes);
}

#[test]
fn text_that_runs_to_the_left_is_copied_as_it_was_written() {
    for script in &LEFTWARDS {
        check(script, Direction::RightToLeft, &Style::default());
    }
}

/// Words that a reader would part or put on lines of their own.
#[test]
fn words_are_copied_without_blanks_in_them() {
    let words = [
        (script("hi", "NotoSansDevanagari", "सेकंड दोनों छुएँ। कर्म, संड एड़ियाँ"), Direction::LeftToRight),
        (script("ur", "NotoNastaliqUrdu", "سیدھے کھڑے ہوں"), Direction::RightToLeft),
        (script("he", "NotoSansHebrew", "הָרִימוּ אֶת הָעֲקֵבִים לְאַט"), Direction::RightToLeft),
    ];
    for (script, direction) in words {
        let bytes = print(&document(&script, direction), &Style::default());
        let Some(text) = judge("pdftotext", &["FILE", "-"], &bytes) else { return };
        let text: String = text.chars().filter(|letter| !('\u{202a}'..='\u{202e}').contains(letter)).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.matches(script.sentence).count() >= 6, "{}: {text}", script.language);
    }
}

#[test]
fn text_with_marks_and_joined_letters_is_copied_as_it_was_written() {
    for script in &RIGHTWARDS {
        check(script, Direction::LeftToRight, &Style::default());
        let document = document(script, Direction::LeftToRight);
        let cards = Renderer::new().render_in(&Layout::CARDS_2, &document, &Style::default(), &sample::media);
        let bytes = cards.bytes;
        let Some(text) = judge("pdftotext", &["FILE", "-"], &bytes) else { return };
        assert!(bare(&text).contains(&bare(script.sentence)), "{text}");
    }
}

#[test]
fn programs_that_know_single_glyphs_only_find_every_letter_too() {
    for script in &RIGHTWARDS {
        let bytes = print(&document(script, Direction::LeftToRight), &Style::default());
        let Some(text) = judge("mutool", &["draw", "-F", "txt", "FILE"], &bytes) else { return };
        let letters = |text: &str| bare(text).replace('\u{200b}', "");
        assert!(letters(&text).contains(&letters(script.sentence)), "{text}");
    }
}

#[test]
fn outlines_of_cff_are_copied_as_they_were_written() {
    let text = "強く\u{200b}強\u{2060}く強く";
    let mut document = sample::script("ja", "", Direction::LeftToRight, text);
    document.frame.fonts.regular = Some("../../../../tests/fixtures/fonts/japanese.otf".into());
    let bytes = print(&document, &Style::default());
    judge("qpdf", &["--check", "FILE"], &bytes);
    // mupdf knows one text for each outline of such a font.
    let Some(copied) = judge("pdftotext", &["FILE", "-"], &bytes) else { return };
    assert!(bare(&copied).matches(text).count() >= 6, "{copied}");
}

/// What those hear who read by the elements of the page.
fn heard(document: &Document) -> Option<String> {
    judge("pdfinfo", &["-struct-text", "FILE"], &print(document, &Style::default()))
}

#[test]
fn lines_are_apart_for_those_who_hear_them() {
    let lines = vec![Inline::Text("Week 1".into()), Inline::Break, Inline::Text("5 January".into())];
    let mut table = sample::table("T", &[("Day", ColumnRole::Name), ("x", ColumnRole::Log)], &[&["a", "b"]]);
    if let Block::Table(table) = &mut table {
        table.columns[1].title.clone_from(&lines);
        table.rows[0].cells[1].clone_from(&lines);
    }
    let code = Block::Code { language: None, text: "one\ntwo\n".into() };
    let blocks = vec![Block::Paragraph(lines), table, code];
    let Some(text) = heard(&sample::document("T", blocks)) else { return };
    assert_eq!(text.matches("\"Week 1 5 January\"").count(), 3, "{text}");
    assert!(text.contains("\"one two\""), "{text}");
}

#[test]
fn wrapped_lines_that_run_to_the_left_are_apart_for_those_who_hear_them() {
    let word = "הרימו";
    let script = script("he", "NotoSansHebrew", word);
    let mut long = document(&script, Direction::RightToLeft);
    long.blocks = vec![sample::paragraph(&format!("{word} ").repeat(60))];
    let Some(text) = heard(&long) else { return };
    let turned: String = word.chars().rev().collect();
    assert!(!text.contains(&format!("{turned}{turned}")), "{text}");
}

#[test]
fn joiners_reach_the_shaper_and_words_part_only_where_their_author_says() {
    let letters = ('a'..='z').map(|letter| letter.to_string().repeat(7)).collect::<Vec<_>>();
    let text = format!("Auf\u{200c}lage {}.", letters.join("\u{200b}"));
    let bytes = print(&sample::document("T", vec![sample::paragraph(&text)]), &Style::default());
    let Some(copied) = judge("pdftotext", &["FILE", "-"], &bytes) else { return };
    assert!(bare(&copied).contains(&bare(&text)), "{copied}");
    assert!(!copied.contains('-') && !copied.contains('\u{ad}'), "{copied}");
    let whole = |line: &str| letters.iter().all(|word| line.contains(word) || !line.contains(&word[..4]));
    assert!(copied.lines().all(whole), "{copied}");
}
