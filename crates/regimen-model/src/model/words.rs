//! The words of an entry in one language, and how another language stands in for those that are missing.

use std::collections::BTreeMap;
use std::fmt;

use super::visit::{At, WordVisitor};
use crate::diagnostic::{FieldPath, FilePath};
use crate::language::{LanguageTag, Share};
use crate::prose::{InlineText, Inlines, Prose, ProseBlock, Word, is_blank, shows_nothing, spoken};
use crate::reference::Id;

/// The words of one language: of an entry, or of the project file.
pub trait Words: Clone + fmt::Debug + Default + Send + Sync + 'static {
    /// The keys that the default language has, so that a file of another language can be read without them.
    const REQUIRED: &'static [Needed];

    /// The name, or the title of a guide; `None` for publications, which are cited.
    fn name(&self) -> Option<&Word>;

    /// Hands each word to `merge`, with the one that stands in where it is missing.
    fn merge(&mut self, from: &Self, merge: &mut Merge<'_>);

    /// Shows a visitor each word. `above` is the key that has the words, if they are beside facts.
    fn visit<'w>(&'w self, above: Option<&At<'_>>, visitor: &mut impl WordVisitor<'w>);

    /// The lists of prose, by their keys. A translation follows them item by item.
    fn lists(&self) -> Vec<(&'static str, &[InlineText])> {
        let mut lists = Lists(Vec::new());
        self.visit(None, &mut lists);
        lists.0
    }
}

/// Collects lists of prose.
struct Lists<'w>(Vec<(&'static str, &'w [InlineText])>);

impl<'w> WordVisitor<'w> for Lists<'w> {
    fn lines(&mut self, lines: &'w [InlineText], at: &At<'_>) {
        self.0.push((at.field(), lines));
    }
}

/// A key that the words of the default language have.
#[derive(Debug, Clone, Copy)]
pub enum Needed {
    /// A text.
    Text(&'static str),
    /// A list.
    List(&'static str),
    /// Keys in each mapping below a key.
    Within(&'static str, &'static [Needed]),
}

impl Words for () {
    const REQUIRED: &'static [Needed] = &[];

    fn name(&self) -> Option<&Word> {
        None
    }

    fn merge(&mut self, (): &Self, _: &mut Merge<'_>) {}

    fn visit<'w>(&'w self, _: Option<&At<'_>>, _: &mut impl WordVisitor<'w>) {}
}

/// The words that stand in for missing ones: the path of each, and the file in which it is written.
pub type StoodIn = BTreeMap<FieldPath, FilePath>;

/// Fills the words that one language lacks from another one, and counts them.
#[derive(Debug)]
pub struct Merge<'a> {
    /// The language that stands in.
    from: &'a LanguageTag,
    /// The language of the words around.
    around: &'a LanguageTag,
    /// The file of the language that stands in.
    file: &'a FilePath,
    /// Where the next word is.
    at: FieldPath,
    /// The words that have stood in.
    pub stood_in: StoodIn,
    /// The words of the language that stands in, and those that have not been missing.
    pub words: Share,
}

impl<'a> Merge<'a> {
    /// From one language, whose words are in `file`, into the words of another.
    pub fn new(from: &'a LanguageTag, file: &'a FilePath, around: &'a LanguageTag) -> Self {
        let (at, stood_in, words) = (FieldPath::root(), StoodIn::new(), Share::default());
        Self { from, around, file, at, stood_in, words }
    }

    /// One word, or a list as a whole.
    pub fn word<T: StandsIn>(&mut self, key: &str, word: &mut T, from: &T) {
        if from.is_blank() {
            return;
        }
        self.words.all += 1;
        if word.is_blank() {
            word.clone_from(from);
            word.mark(self.from, self.around);
            self.stood_in.insert(self.at.clone().key(key), self.file.clone());
        } else {
            self.words.own += 1;
        }
    }

    /// Words by key, each by itself.
    pub fn each<K, T: StandsIn + Default>(
        &mut self,
        key: &str,
        words: &mut BTreeMap<Id<K>, T>,
        from: &BTreeMap<Id<K>, T>,
    ) {
        self.below(&[key], |merge| {
            for (id, word) in from.iter().filter(|(_, word)| !word.is_blank()) {
                merge.word(id.as_str(), words.entry(id.clone()).or_default(), word);
            }
        });
    }

    /// The words below some keys.
    pub fn below(&mut self, keys: &[&str], words: impl FnOnce(&mut Self)) {
        let inner = keys.iter().fold(self.at.clone(), |at, key| at.key(*key));
        let outer = std::mem::replace(&mut self.at, inner);
        words(self);
        self.at = outer;
    }
}

/// Something that can stand in for itself in another language.
pub trait StandsIn: Clone {
    /// Whether it says nothing, so that the other language has to.
    fn is_blank(&self) -> bool;

    /// Marks it as of this language, where it has to be said among words of another one.
    fn mark(&mut self, language: &LanguageTag, around: &LanguageTag);
}

impl StandsIn for Word {
    fn is_blank(&self) -> bool {
        is_blank(self)
    }

    fn mark(&mut self, language: &LanguageTag, _: &LanguageTag) {
        *self = std::mem::take(self).in_language(language);
    }
}

impl StandsIn for InlineText {
    fn is_blank(&self) -> bool {
        Self::is_blank(self)
    }

    fn mark(&mut self, language: &LanguageTag, around: &LanguageTag) {
        mark(&mut self.0, language, around);
    }
}

impl StandsIn for Prose {
    fn is_blank(&self) -> bool {
        self.0.is_blank()
    }

    fn mark(&mut self, language: &LanguageTag, around: &LanguageTag) {
        self.0.mark(language, around);
    }
}

impl StandsIn for ProseBlock {
    fn is_blank(&self) -> bool {
        match self {
            Self::Heading { content, .. } | Self::Paragraph(content) => shows_nothing(content),
            Self::List { items, .. } => items.is_blank(),
            Self::Quote(blocks) | Self::Callout { blocks, .. } => blocks.is_blank(),
            Self::Code { text, .. } => is_blank(text),
            Self::Rule => true,
            Self::Footnotes(_) | Self::Table { .. } | Self::Figure { .. } | Self::Embed(_) => false,
        }
    }

    fn mark(&mut self, language: &LanguageTag, around: &LanguageTag) {
        self.running_text_mut().for_each(|content| mark(content, language, around));
        self.children_mut().for_each(|inner| inner.mark(language, around));
        if let Self::Figure { alt, .. } = self {
            alt.mark(language, around);
        }
    }
}

impl<T: StandsIn> StandsIn for Vec<T> {
    fn is_blank(&self) -> bool {
        self.iter().all(StandsIn::is_blank)
    }

    fn mark(&mut self, language: &LanguageTag, around: &LanguageTag) {
        self.iter_mut().for_each(|one| one.mark(language, around));
    }
}

impl<T: StandsIn> StandsIn for Option<T> {
    fn is_blank(&self) -> bool {
        self.as_ref().is_none_or(StandsIn::is_blank)
    }

    fn mark(&mut self, language: &LanguageTag, around: &LanguageTag) {
        self.iter_mut().for_each(|one| one.mark(language, around));
    }
}

fn mark(content: &mut Inlines, language: &LanguageTag, around: &LanguageTag) {
    *content = spoken(std::mem::take(content), language, around);
}
