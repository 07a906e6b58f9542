//! Which language words are in, where a translation is missing.

use regimen_catalog::LanguageTag;

use super::*;

/// Every word of the author ends in `EN`, so that none can be overlooked in a German document.
const ENGLISH: &[(&str, &str)] = &[
    ("languages/de.yaml", "{name: Deutsch}"),
    (
        "regimen.yaml",
        "language: en\nrules: {translation-safety: {severity: warning}}\nwords: {title: tEN, disclaimer: AskEN.}\n",
    ),
    (
        "muscles/soleus.yaml",
        "{latin: musculus soleus, region: lower-leg, side: back, actions: [ankle.plantarflexion], \
         heads: [{id: inner, latin: caput x}], words: {name: SoleusEN, summary: DeepEN., origin: ShinEN., \
         insertion: HeelEN., heads: {inner: {name: InnerEN, origin: FibulaEN.}}}}",
    ),
    ("equipment/step.yaml", "{kind: other, words: {name: StepEN}}"),
    ("equipment/wall.yaml", "{kind: other, words: {name: WallEN}}"),
    ("conditions/strain.yaml", "{words: {name: StrainEN}}"),
    ("media/a.svg", "<svg/>"),
    (
        "exercises/raise.yaml",
        "kind: strength\npattern: calf-raise\nlaterality: bilateral\nlevel: 2\ndefaults: {reps: 8, rpe: 7}\n\
         muscles: [{target: muscle:soleus, head: inner, role: prime}]\nequipment: [[step, wall], []]\n\
         contraindications: [strain]\nvariant_of: lift\n\
         media: [{id: a, file: media/a.svg, role: start, author: A, licence: CC0-1.0}]\n\
         words: {name: RaiseEN, aliases: [LiftEN, UpEN], summary: 'LiftsEN **wellEN**.', setup: [StandEN.], \
         steps: ['See [](exercise:lift) EN.'], breathing: OutEN., cues: [SlowEN.], mistakes: [FastEN.], \
         feel: CalfEN., stop_if: [PainEN.], alt: {a: ShownEN.}}\n",
    ),
    (
        "exercises/lift.yaml",
        "kind: strength\npattern: calf-raise\nlaterality: bilateral\nlevel: 2\ndefaults: {reps: 8}\n\
         muscles: [{target: muscle:soleus, role: prime}]\n\
         words: {name: LiftEN, summary: LEN., steps: [UpEN.]}\n",
    ),
    ("exercises/lift.de.yaml", "{name: Heben, summary: Hebt., steps: ['Siehe [](exercise:raise).']}"),
    (
        "sessions/day.yaml",
        "{kind: strength, duration: 30 min, warm_up: [{text: walk}], main: [{exercise: raise}, {text: walk}], \
         words: {name: DayEN, texts: {walk: WalkEN.}}}",
    ),
    (
        "programs/plan.yaml",
        "{level: 1, phases: [{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday}]}], \
         words: {name: PlanEN, summary: AllEN., goal: GoEN., audience: YouEN., notes: [NoteEN.], \
         phases: {a: FirstEN.}}}",
    ),
    (
        "guides/calves.md",
        "---\ntitle: CalvesEN\nsummary: StrongEN.\n---\n## WhyEN\n\nBothEN: [](exercise:lift).\n\n\
         ![](exercise:raise)\n\n![](muscle:soleus)\n\n![ShownEN.](media/a.svg)\n\n> [!CAUTION]\n> StopEN.\n\n\
         - OneEN\n  1. TwoEN\n\n> SaidEN.\n\n| aEN | bEN |\n|---|---|\n| cEN | dEN |\n\n![](equipment:step)\n",
    ),
];

/// Translations that have nothing but a name.
const NAMES: &[(&str, &str)] = &[
    ("regimen.de.yaml", "title: t\n"),
    ("muscles/soleus.de.yaml", "{name: Schollenmuskel, heads: {inner: {name: Innen}}}"),
    ("equipment/step.de.yaml", "{name: Stufe}"),
    ("conditions/strain.de.yaml", "{name: Zerrung}"),
    ("exercises/raise.de.yaml", "{name: Heben}"),
    ("sessions/day.de.yaml", "{name: Tag}"),
    ("programs/plan.de.yaml", "{name: Plan}"),
    ("guides/calves.de.md", "---\ntitle: Waden\n---\n"),
];

/// Translations that have something, but no name.
const NO_NAMES: &[(&str, &str)] = &[
    ("regimen.de.yaml", "disclaimer: Frag.\n"),
    ("muscles/soleus.de.yaml", "{summary: Tief., heads: {inner: {origin: Wadenbein.}}}"),
    ("equipment/step.de.yaml", "{summary: Hoch.}"),
    ("conditions/strain.de.yaml", "{summary: Tut weh.}"),
    ("exercises/raise.de.yaml", "{steps: [Heben., Senken.], stop_if: []}"),
    ("sessions/day.de.yaml", "{texts: {walk: Gehen.}}"),
    ("programs/plan.de.yaml", "{goal: Los.}"),
    ("guides/calves.de.md", "---\nsummary: Stark.\n---\n"),
];

/// The pages of all kinds of the catalogue.
fn pages(language: &str) -> Vec<Document> {
    pages_with(language, &[])
}

fn pages_with(language: &str, more: &[(&str, &str)]) -> Vec<Document> {
    let catalog = catalog("{reps: 8}", &[ENGLISH, more].concat());
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    with_unit(&catalog, language, |unit| {
        vec![
            guide(unit, &catalog.guides["calves"]),
            exercise(unit, &catalog.exercises["raise"]),
            program(unit, &catalog.programs["plan"], &plan),
        ]
    })
}

/// What is not marked as English, in whatever part of a document it stands.
fn unmarked(document: &Document) -> String {
    let mut written = format!("{document:?}");
    while let Some(start) = written.find("InLanguage { language: LanguageTag(\"en\")") {
        let mut depth = 0;
        let end = written[start..].find(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c == '}' && depth == 0
        });
        written.replace_range(start..=start + end.expect("a closing brace"), "");
    }
    // A table and a figure of muscles are described in one text, which has one language.
    for text in ["summary: \"DayEN\"", "summary: \"PlanEN\"", "summary: \"aEN, bEN\"", "Muscles: SoleusEN (main work)"]
    {
        written = written.replace(text, "");
    }
    written.replace("alt: \"ShownEN.\", alt_language: Some(LanguageTag(\"en\"))", "")
}

#[test]
fn no_word_of_another_language_is_left_unmarked() {
    for (more, titles) in [
        (&[][..], ["CalvesEN", "RaiseEN", "PlanEN"]),
        (NO_NAMES, ["CalvesEN", "RaiseEN", "PlanEN"]),
        (NAMES, ["Waden", "Heben", "Plan"]),
    ] {
        for (mut page, title) in pages_with("de", more).into_iter().zip(titles) {
            let language = page.title_language.as_ref().map(LanguageTag::as_str);
            assert_eq!((page.title.as_str(), language), (title, title.ends_with("EN").then_some("en")));
            page.title.clear();
            // So is what a place to write in is about.
            for block in &mut page.blocks {
                if let Block::Table(table) = block {
                    table.rows.iter_mut().for_each(|row| row.log.clear());
                }
            }
            let unmarked = unmarked(&page);
            let at = unmarked.find("EN");
            assert_eq!(at.map(|at| &unmarked[at.saturating_sub(300)..at + 2]), None, "{title}");
        }
    }
}

/// The items of the list under a heading, each with the language that it is marked with.
fn items_below(page: &Document, heading: &str) -> Vec<(String, Option<String>)> {
    let mut after = page
        .blocks
        .iter()
        .skip_while(|block| !matches!(block, Block::Heading { content, .. } if plain_text(content) == heading));
    let Some(Block::List { items, .. }) = after.nth(1) else { panic!("no list under {heading}") };
    let item = |blocks: &Vec<Block>| {
        let [Block::Paragraph(content)] = blocks.as_slice() else { panic!("{blocks:?}") };
        let language = match content.as_slice() {
            [Inline::InLanguage { language, .. }] => Some(language.to_string()),
            _ => None,
        };
        (plain_text(content), language)
    };
    items.iter().map(item).collect()
}

#[test]
fn each_word_stands_in_by_itself_and_a_list_as_a_whole() {
    let english = "words: {name: Raise, summary: S., steps: [Up., Hold., Down.], stop_if: [Pain., Swelling.], \
                   cues: [Slow., Tall.]}";
    let facts = "kind: strength\npattern: calf-raise\nlaterality: bilateral\nlevel: 2\ndefaults: {reps: 8}\n\
                 muscles: [{target: muscle:soleus, role: prime}]\n";
    let files = [
        ("regimen.yaml", "language: en\nrules: {translation-safety: {severity: warning}}\nwords: {title: T}\n"),
        ("languages/de.yaml", "{name: Deutsch}"),
        ("exercises/raise.yaml", &format!("{facts}{english}\n")),
        ("exercises/raise.de.yaml", "{name: Heben, steps: [Hoch., Runter.]}"),
    ];
    let catalog = catalog("{reps: 8}", &files);
    let page = with_unit(&catalog, "de", |unit| exercise(unit, &catalog.exercises["raise"]));
    let own = |text: &str| (text.to_owned(), None);
    let other = |text: &str| (text.to_owned(), Some("en".to_owned()));
    assert_eq!((page.title.as_str(), page.title_language.as_ref()), ("Heben", None));
    assert_eq!(items_below(&page, "Steps"), [own("Hoch."), own("Runter.")], "never half of each");
    assert_eq!(items_below(&page, "Stop if"), [other("Pain."), other("Swelling.")]);
    assert_eq!(items_below(&page, "Keep in mind"), [other("Slow."), other("Tall.")]);
}

#[test]
fn labels_keep_their_capitals_inside_a_line() {
    let labels = "{intensity: {recovery: Erholung, warm-up: Einlaufen}, muscle-role: {prime: Hauptarbeit}, \
                  text: {no-equipment: Keines, or: ' oder '}}";
    let files = [
        ("languages/de.yaml", &*format!("{{name: Deutsch, labels: {labels}}}")),
        (
            "sessions/day.yaml",
            "{kind: run, duration: 30 min, main: [{run: [{repeat: 3, steps: [{duration: 10 min, intensity: warm-up}, \
             {duration: 90 s, intensity: recovery}]}]}], words: {name: Day}}",
        ),
    ];
    let catalog = catalog("{reps: 8}", &files);
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    let of = |language: &str| {
        let body = with_unit(&catalog, language, |unit| session(unit, &plan, &plan.weeks[0].sessions[0], 80).body);
        let page = with_unit(&catalog, language, |unit| exercise(unit, &catalog.exercises["raise"]));
        let lines: Vec<String> = body.lines.into_iter().map(|line| line.text).collect();
        (lines.join("\n"), fact(&page, "Equipment"))
    };
    let (body, equipment) = of("de");
    assert!(body.contains("10 min Einlaufen") && body.contains("90 s Erholung"), "{body}");
    assert_eq!(equipment, "Step + Wall oder Keines");
    let (body, equipment) = of("en");
    assert!(body.contains("10 min warm-up") && body.contains("90 s recovery"), "{body}");
    assert_eq!(equipment, "Step + Wall or none");
}

#[test]
fn a_form_of_a_language_has_the_words_and_labels_of_that_language_first() {
    let files = [
        ("languages/de.yaml", "{name: Deutsch, labels: {text: {steps: Ablauf}}}"),
        ("languages/de-AT.yaml", "{name: Österreichisch, labels: {text: {cues: Merk dir}}}"),
        ("exercises/raise.de.yaml", "{name: Heben, steps: [Hoch., Runter.], cues: [Ruhig.]}"),
        ("exercises/raise.de-AT.yaml", "{cues: [Langsam.]}"),
        ("guides/calves.de.md", "---\ntitle: Waden\n---\n"),
    ];
    let catalog = catalog("{reps: 8}", &files);
    let page = with_unit(&catalog, "de-AT", |unit| exercise(unit, &catalog.exercises["raise"]));
    assert_eq!((page.title.as_str(), page.title_language.as_ref()), ("Heben", None));
    assert_eq!(items_below(&page, "Ablauf")[0], ("Hoch.".to_owned(), None));
    assert_eq!(items_below(&page, "Merk dir"), [("Langsam.".to_owned(), None)]);
    let page = with_unit(&catalog, "de-AT", |unit| guide(unit, &catalog.guides["calves"]));
    assert_eq!((page.title.as_str(), page.title_language.as_ref()), ("Waden", None), "there is no Austrian file");
}

#[test]
fn the_readers_own_language_within_another_is_marked_again() {
    let pages = pages("de");
    let Block::Paragraph(content) = &pages[0].blocks[1] else { panic!("{:?}", pages[0].blocks[1]) };
    let [Inline::InLanguage { language, content }] = content.as_slice() else { panic!("{content:?}") };
    assert_eq!((language.as_str(), plain_text(content).as_str()), ("en", "BothEN: Heben."));
    let Inline::Link { content, .. } = &content[1] else { panic!("{content:?}") };
    assert!(matches!(&content[0], Inline::InLanguage { language, .. } if language.as_str() == "de"));
}

#[test]
fn labels_that_english_stands_in_for_are_marked_where_they_stand_alone() {
    let german = [("languages/de.yaml", "{name: Deutsch, labels: {text: {steps: Ablauf}}}")];
    let catalog = catalog("{reps: 8}", &german);
    let page = with_unit(&catalog, "de", |unit| exercise(unit, &catalog.exercises["raise"]));
    let headings = page.blocks.iter().filter_map(|block| match block {
        Block::Heading { content, .. } => Some(content.as_slice()),
        _ => None,
    });
    let marked = headings.map(|content| (plain_text(content), matches!(content, [Inline::InLanguage { .. }])));
    assert_eq!(marked.collect::<Vec<_>>(), [("Ablauf".to_owned(), false), ("Keep in mind".to_owned(), true)]);
}

#[test]
fn readers_of_the_authors_language_are_told_of_latin_only() {
    for page in pages("en") {
        let written = format!("{page:?}");
        let marks = written.matches("InLanguage").count();
        assert_eq!((marks, page.title_language), (written.matches("LanguageTag(\"la\")").count(), None));
        assert_eq!(marks, usize::from(page.title == "CalvesEN"), "{}: {written}", page.title);
    }
}
