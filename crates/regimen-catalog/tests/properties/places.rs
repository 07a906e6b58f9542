//! A place of any file is found without a panic, and is a part of its text.

use proptest::prelude::*;
use regimen_catalog::{FieldPath, Place, Sources, Spot, YAML};

fn path() -> impl Strategy<Value = FieldPath> {
    let key = prop::sample::select(&["a", "words", "main", "exercise", "", "é中"][..]);
    let segment = prop_oneof![key.prop_map(Ok), (0_usize..4).prop_map(Err), Just(Err(usize::MAX))];
    prop::collection::vec(segment, 0..5).prop_map(|segments| {
        segments.into_iter().fold(FieldPath::root(), |path, segment| match segment {
            Ok(key) => path.key(key),
            Err(index) => path.index(index),
        })
    })
}

fn spot() -> impl Strategy<Value = Spot> {
    prop_oneof![
        Just(Spot::Whole),
        path().prop_map(Spot::Value),
        path().prop_map(Spot::Key),
        (path(), ".{0,3}").prop_map(|(path, needle)| Spot::Within(path, needle.into())),
        ".{0,3}".prop_map(|needle| Spot::Text(needle.into())),
        any::<(usize, usize)>().prop_map(|(start, end)| Spot::Bytes((start..end).into())),
        (0_usize..40, 0_usize..40).prop_map(|(start, end)| Spot::Bytes((start..end).into())),
    ]
}

proptest! {
    #[test]
    fn every_place_is_a_part_of_its_text(text in crate::text(), spots in prop::collection::vec(spot(), 8), cut in 0_usize..20) {
        let front = if text.is_char_boundary(cut.min(text.len())) { cut.min(text.len()) } else { 0 };
        for part in [0..text.len(), 0..front, front..text.len()] {
            let mut sources = Sources::default();
            sources.add_part("a", text.as_str(), part, YAML);
            for spot in &spots {
                let found = sources.locate(&Place { file: "a".into(), spot: spot.clone() }).expect("the file is there");
                prop_assert!(text.get(found.range.clone()).is_some(), "{:?} is no part of {:?}", found, text);
                prop_assert!(found.line >= 1 && found.column >= 1);
            }
        }
    }
}
