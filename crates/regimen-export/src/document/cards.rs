//! Pictures, and the entries of exercises and the like.

use regimen_catalog::LanguageTag;
use regimen_catalog::prose::Inlines;

use super::{Block, in_language};

/// A picture, or several that are shown side by side.
///
/// ```
/// use regimen_export::document::Block;
/// use regimen_export::{Subject, compose, testing};
/// let catalog = testing::catalog();
/// let exercise = &catalog.exercises["calf-raise"];
/// let unit = testing::unit(&catalog, Subject::Exercise(exercise));
/// let page = compose::exercise(&unit, exercise);
/// let Block::Figure(figure) = &page.blocks[0] else { panic!("it has a picture") };
/// assert_eq!(figure.alt, "Standing on the toes.");
/// assert!(unit.media(&figure.file).is_some(), "the bytes are in the unit");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// The file, relative to the catalogue's root; its bytes are in the unit's media.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// The language of `alt`, if it is another one than the document's.
    pub alt_language: Option<LanguageTag>,
    /// Which it is of several pictures, such as its number and "Start"; may be empty.
    pub title: Inlines,
    /// Whether it shows a mistake, so that it is marked with a sign that is seen without colours. Its title says so in words.
    pub mistake: bool,
    /// A line below it and those beside it, such as their authors and licences; may be empty.
    pub caption: Inlines,
    /// Further pictures of the same, to be shown beside it in this order. These have neither a caption nor others beside them.
    pub beside: Vec<Figure>,
}

impl Figure {
    /// What it shows, as running text that knows its language.
    ///
    /// ```
    /// use regimen_export::document::Figure;
    /// use regimen_export::regimen_catalog::prose::Inline;
    /// let (file, alt) = ("media/calf-raise.svg".to_owned(), "Up.".to_owned());
    /// let figure = Figure { file, alt, ..Figure::default() };
    /// assert_eq!(figure.spoken_alt(), [Inline::Text("Up.".into())], "its language is the document's");
    /// ```
    pub fn spoken_alt(&self) -> Inlines {
        in_language(&self.alt, self.alt_language.as_ref())
    }

    /// It and those beside it, in order.
    ///
    /// ```
    /// use regimen_export::document::Figure;
    /// let picture = |file: &str| Figure { file: file.into(), ..Figure::default() };
    /// let both = Figure { beside: vec![picture("media/end.svg")], ..picture("media/start.svg") };
    /// assert_eq!(both.all().map(|one| one.file.as_str()).collect::<Vec<_>>(), ["media/start.svg", "media/end.svg"]);
    /// ```
    pub fn all(&self) -> impl Iterator<Item = &Figure> {
        std::iter::once(self).chain(&self.beside)
    }
}

/// The entry of one thing: its title, a picture, key facts, then text.
///
/// ```
/// use regimen_export::document::Block;
/// use regimen_export::regimen_catalog::prose::plain_text;
/// use regimen_export::{Subject, compose, testing};
/// let catalog = testing::catalog();
/// let unit = testing::unit(&catalog, Subject::Catalog);
/// let page = compose::cards(&unit, &[&catalog.exercises["calf-raise"]]);
/// let Block::Card(card) = &page.blocks[0] else { panic!("a card for each exercise") };
/// assert_eq!(plain_text(&card.title), "Calf raise");
/// assert_eq!(card.entry.to_string(), "exercise:calf-raise");
/// assert_eq!(card.stop.as_deref(), Some("calf-raise-stop-if"), "what warns is known");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Level of its heading, 1 to 6.
    pub level: u8,
    /// The name to link to, unique in the document.
    pub anchor: String,
    /// The entry that it shows, so that links to it inside this document can lead here.
    pub entry: regimen_catalog::Reference,
    /// Its heading.
    pub title: Inlines,
    /// The pictures, if there are any; those of a step are with the step.
    pub figure: Option<Figure>,
    /// Key facts: label and value.
    pub facts: Vec<(String, Inlines)>,
    /// Further key facts, which may be left out where the room of a card ends.
    pub spare: Vec<(String, Inlines)>,
    /// Which muscles work, where an exporter can draw them; the key facts say the same in words.
    pub muscles: Option<Box<MuscleMap>>,
    /// Addresses to see more, for a reader on paper.
    pub codes: Vec<Code>,
    /// Headings (one level below its own), paragraphs and lists.
    pub body: Vec<Block>,
    /// The anchor of the heading in the body under which it says when to stop: what warns stays whole, and with its card.
    pub stop: Option<Box<str>>,
}

/// Which muscles work, to be shown on a figure of the body.
///
/// ```
/// use regimen_export::document::{MuscleMap, MusclePart};
/// let main = MusclePart { label: "Main work".into(), ids: vec!["soleus".into()], ..MusclePart::default() };
/// let alt = "Muscles: Soleus (main work)".into();
/// let map = MuscleMap { alt, parts: vec![main], ..MuscleMap::default() };
/// assert!(map.parts.iter().any(|part| part.ids.iter().any(|id| id == "soleus")), "to be coloured");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MuscleMap {
    /// The same in words, for those who do not see it.
    pub alt: String,
    /// What does the main work, then what helps.
    pub parts: Vec<MusclePart>,
    /// "Not drawn: {muscles}" in the reader's language, to be filled with the names of muscles that the exporter's figure
    /// does not have.
    pub not_drawn: String,
    /// What stands between these names.
    pub separator: String,
}

/// Muscles that do the same in an exercise.
///
/// ```
/// use regimen_export::document::MusclePart;
/// let ids = vec!["calf".into(), "soleus".into()];
/// let part = MusclePart { label: "Main work".into(), ids, ..MusclePart::default() };
/// assert!(part.ids.contains(&"soleus".to_owned()), "a group and its members");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MusclePart {
    /// What they do, in the reader's language.
    pub label: String,
    /// The ids of the muscles, of groups of them, and of the members of these.
    pub ids: Vec<String>,
    /// The name of each muscle or group, with those of the ids that are its own or its members'.
    pub names: Vec<(Inlines, Vec<String>)>,
}

/// An address that a reader on paper opens with a camera.
///
/// ```
/// use regimen_export::document::Code;
/// let code = Code { address: "https://club.example/calf".into(), alt: "A code".into(), caption: Vec::new() };
/// assert!(code.address.starts_with("https://"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The address.
    pub address: String,
    /// What the code is, for those who do not see it.
    pub alt: String,
    /// What stands beside it, with the address as a link.
    pub caption: Inlines,
}
