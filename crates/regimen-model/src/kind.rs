//! The kinds of entry, listed once. All that is done alike for each kind is made from this list.

use std::fmt;

/// The one list: a kind, which is also the name of its type in `model`, the type of its words, its table in the catalogue,
/// its folder, its scheme, and the ending of its files. It is handed to the macro in brackets, behind the arguments for that.
#[doc(hidden)]
#[macro_export]
macro_rules! kinds {
    ([$($then:tt)+] $($arguments:tt)*) => {
        $($then)+! {
            [$($arguments)*]
            /// One muscle.
            Muscle(MuscleWords), muscles, "muscles", "muscle", ".yaml";
            /// A named set of muscles.
            MuscleGroup(NamedWords), muscle_groups, "muscle-groups", "muscle-group", ".yaml";
            /// Something to train with.
            Equipment(NamedWords), equipment, "equipment", "equipment", ".yaml";
            /// A state of health that some exercises do not suit.
            Condition(NamedWords), conditions, "conditions", "condition", ".yaml";
            /// An exercise.
            Exercise(ExerciseWords), exercises, "exercises", "exercise", ".yaml";
            /// Blocks that several sessions share.
            Fragment(SessionWords), fragments, "fragments", "fragment", ".yaml";
            /// One training session.
            Session(SessionWords), sessions, "sessions", "session", ".yaml";
            /// Weeks of sessions.
            Program(ProgramWords), programs, "programs", "program", ".yaml";
            /// An article.
            Guide(GuideWords), guides, "guides", "guide", ".md";
            /// A publication that the content rests on.
            Source(()), sources, "sources", "source", ".yaml";
        }
    };
}
pub use kinds;

macro_rules! kind {
    ([] $($(#[$doc:meta])* $kind:ident($words:ty), $table:ident, $folder:literal, $scheme:literal, $ending:literal;)+) => {
        /// The kinds of entry that others can refer to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)+
        }

        impl Kind {
            /// Every kind, in the order in which a catalogue lists them.
            pub const ALL: [Self; [$($scheme),+].len()] = [$(Self::$kind),+];

            /// The folder that holds entries of this kind.
            pub const fn folder(self) -> &'static str {
                match self {
                    $(Self::$kind => $folder,)+
                }
            }

            /// The ending of the files of this kind, with its dot.
            pub const fn ending(self) -> &'static str {
                match self {
                    $(Self::$kind => $ending,)+
                }
            }

            /// The scheme that a link in prose uses for this kind; also its name in messages.
            pub const fn scheme(self) -> &'static str {
                match self {
                    $(Self::$kind => $scheme,)+
                }
            }
        }
    };
}

kinds!([kind]);

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Reference;

    #[test]
    fn references_come_by_kind_and_then_by_id() {
        let of = |kind| ["a", "b"].map(|id| Reference::new(kind, id).unwrap());
        let all: Vec<Reference> = Kind::ALL.into_iter().flat_map(of).collect();
        assert!(all.is_sorted(), "{all:?}");
        assert_eq!(format!("{} {:?}", all[2], all[2]), "muscle-group:a MuscleGroup(\"a\")");
    }
}
