use regimen_catalog::FieldPath;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{BadOptions, Options, OptionsSchema};

/// Options of all shapes that may have no value, and of some that have to.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Shapes {
    /// A text.
    text: Option<String>,
    /// A number.
    number: Option<u8>,
    /// Yes or no.
    switch: Option<bool>,
    /// A word.
    word: Option<Word>,
    /// A word or more.
    words: Option<OneOrMore>,
    /// Two forms.
    either: Either,
    /// Even numbers.
    even: Vec<Even>,
    /// Three texts.
    three: Option<[String; 3]>,
    /// Yes or no, with a default.
    plain: bool,
}

/// Documented words have a schema of another shape than bare ones.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Word {
    /// Left.
    Left,
    /// Null, as a word.
    Null,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only reading is tested")]
enum OneOrMore {
    One(Word),
    More(Vec<Word>),
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only reading is tested")]
enum Either {
    #[default]
    Nothing,
    Text(String),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(try_from = "u64")]
#[schemars(with = "u64")]
struct Even;

impl TryFrom<u64> for Even {
    type Error = String;

    fn try_from(number: u64) -> Result<Self, String> {
        if number.is_multiple_of(2) { Ok(Self) } else { Err(format!("{number} is odd")) }
    }
}

fn read(section: Value) -> Result<Shapes, BadOptions> {
    Options::new(section).read()
}

/// Each mistake with where it is.
fn mistakes(section: Value) -> Vec<String> {
    let wrong = read(section).expect_err("mistakes");
    wrong.0.iter().map(ToString::to_string).collect()
}

#[test]
fn an_option_that_may_be_none_takes_nothing() {
    for option in ["text", "number", "switch", "word", "words", "either", "three"] {
        assert!(read(json!({(option): null})).is_ok(), "{option}: {:?}", read(json!({(option): null})));
        assert_eq!(OptionsSchema::of::<Shapes>().into_value()["properties"][option].get("nullable"), None, "{option}");
    }
    assert!(read(json!({"word": "null"})).is_ok());
    assert_eq!(mistakes(json!({"plain": null})), ["`plain` should be `true` or `false`, found nothing"]);
    assert_eq!(mistakes(json!({"even": null})), ["`even` should be a list, found nothing"]);
    assert_eq!(
        mistakes(json!({"text": 1})),
        ["`text` should be a text, found the number `1`"],
        "nothing is not asked for"
    );
    assert_eq!(mistakes(json!({"words": [null]})), ["`words[0]` should be one of `left`, `null`, found nothing"]);
}

#[test]
fn each_wrong_item_is_found_where_it_stands() {
    assert_eq!(
        mistakes(json!({"even": [2, 3, "x", 5, 6, 7], "text": 1})),
        [
            "`even[2]` should be a whole number, found the text `x`",
            "`text` should be a text, found the number `1`",
            "`even[1]`: 3 is odd",
            "`even[3]`: 5 is odd",
            "`even[5]`: 7 is odd",
        ]
    );
    assert_eq!(
        mistakes(json!({"three": ["a", 2, "c"], "even": [1]})),
        ["`three[1]` should be a text, found the number `2`", "`even[0]`: 1 is odd"],
        "that two are not three is no mistake of the author's"
    );
}

#[test]
fn very_many_wrong_items_end_the_reading() {
    let many: Vec<u32> = (0..100_000).map(|index| 2 * index + 1).collect();
    let wrong = read(json!({"even": many})).expect_err("mistakes");
    assert_eq!(wrong.0.len(), super::MOST_MISTAKES);
    assert_eq!(wrong.0[99].path, FieldPath::root().key("even").index(99));
}
