use serde_json::json;

use super::*;

/// What is wrong with a value, each as `path: message = help`.
fn problems(schema: &Value, value: &Value) -> String {
    let schema = Schema::parse(schema).expect("a schema");
    let wrong = schema.check(value).expect("it takes little");
    let lines = wrong.into_iter().map(|wrong| {
        let help = wrong.help.map(|help| format!(" = {help}")).unwrap_or_default();
        match wrong.problem {
            OptionProblem::Unknown => format!("{} is unknown{help}", wrong.path),
            OptionProblem::Invalid(said) | OptionProblem::Refused(said) => format!("{}: {said}{help}", wrong.path),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_keyword_refuses_what_it_is_there_for() {
    let cases = [
        (json!({"type": "string"}), json!("a"), json!(["a"]), ": should be a text, found a list"),
        (
            json!({"type": ["integer", "null"]}),
            json!(2.0),
            json!(2.5),
            ": should be a whole number or nothing, found the number `2.5`",
        ),
        (json!({"type": "boolean"}), json!(true), json!("yes"), ": should be `true` or `false`, found the text `yes`"),
        (
            json!({"enum": ["small", "large"]}),
            json!("small"),
            json!("smal"),
            ": should be one of `small`, `large`, found the text `smal` = did you mean `small`?",
        ),
        (json!({"const": 1}), json!(1.0), json!(2), ": should be `1`, found the number `2`"),
        (json!({"minimum": 1}), json!(1), json!(0.5), ": should be at least 1"),
        (json!({"maximum": 9.5}), json!("text"), json!(10), ": should be at most 9.5"),
        (json!({"exclusiveMinimum": 0}), json!(0.1), json!(0), ": should be more than 0"),
        (json!({"exclusiveMaximum": 1}), json!(0), json!(1), ": should be less than 1"),
        (json!({"minLength": 2}), json!("äö"), json!("ä"), ": should have at least 2 characters"),
        (json!({"maxLength": 2}), json!("äö"), json!("äöü"), ": should have at most 2 characters"),
        (json!({"minItems": 1}), json!([1]), json!([]), ": should have at least 1 item"),
        (json!({"maxItems": 1}), json!([1]), json!([1, 2]), ": should have at most 1 item"),
        (
            json!({"items": {"type": "number"}}),
            json!([1, 2]),
            json!([1, "2"]),
            "[1]: should be a number, found the text `2`",
        ),
        (json!({"allOf": [{"minimum": 1}, {"maximum": 2}]}), json!(2), json!(3), ": should be at most 2"),
        (json!(true), json!({}), json!(null), ""),
    ];
    for (schema, right, wrong, message) in cases {
        assert_eq!(problems(&schema, &right), "", "{schema}");
        assert_eq!(problems(&schema, &wrong), message, "{schema}");
    }
    assert_eq!(problems(&json!(false), &json!(1)), ": is not taken here");
}

#[test]
fn keys_are_known_needed_and_suggested() {
    let schema = json!({
        "properties": {"title": {"type": "string"}, "columns": {"properties": {"width": {"type": "number"}}}},
        "required": ["title"], "additionalProperties": false,
    });
    assert_eq!(problems(&schema, &json!({"title": "T", "columns": {"width": 2, "more": 1}})), "");
    assert_eq!(
        problems(&schema, &json!({"titel": "T"})),
        "titel is unknown = did you mean `title`? there are `columns` and `title`"
    );
    assert_eq!(
        problems(&schema, &json!({"zzz": 1})),
        "zzz is unknown = there are `columns` and `title`\n: lacks the key `title` = add `title:`"
    );
    assert_eq!(problems(&schema, &json!({})), ": lacks the key `title` = add `title:`");
    assert_eq!(
        problems(&schema, &json!({"title": "T", "columns": {"width": "2"}})),
        "columns.width: should be a number, found the text `2`"
    );
    let others = json!({"additionalProperties": {"type": "number"}});
    assert_eq!(problems(&others, &json!({"a": 1, "b": []})), "b: should be a number, found a list");
    assert_eq!(
        problems(&json!({"additionalProperties": false}), &json!({"a": 1})),
        "a is unknown = there are no keys here"
    );
}

#[test]
fn alternatives_say_what_is_wrong_with_the_nearest_one() {
    let either = json!({"anyOf": [{"type": "string"}, {"type": "number"}]});
    assert_eq!((problems(&either, &json!(1)), problems(&either, &json!("a"))), (String::new(), String::new()));
    assert_eq!(problems(&either, &json!([])), ": should be a text or a number, found a list");
    let forms = json!({"oneOf": [
        {"properties": {"width": {"type": "number"}}, "required": ["width"], "additionalProperties": false},
        {"type": "string"},
    ]});
    assert_eq!(problems(&forms, &json!({"width": "1"})), "width: should be a number, found the text `1`");
    let both = json!({"oneOf": [{"type": "number"}, {"minimum": 1}]});
    assert_eq!(problems(&both, &json!(0)), "");
    assert_eq!(problems(&both, &json!(2)), ": has the keys of several forms, of which one at a time is taken");
    let bounds = json!({"anyOf": [{"enum": ["a"]}, {"type": "number", "minimum": 3}]});
    assert_eq!(
        problems(&bounds, &json!(1)),
        ": fits none of the forms that are taken: should be `a`, found the number `1`; or it should be at least 3"
    );
}

#[test]
fn all_mistakes_are_found_at_once() {
    let word = json!({"enum": ["small", "large"]});
    let schema = json!({"additionalProperties": false, "properties": {
        "size": {"anyOf": [word, {"type": "array", "items": word}]}, "level": {"type": "integer"},
    }});
    assert_eq!(
        problems(&schema, &json!({"levle": 1, "level": "2", "size": ["smal", "large", 3]})),
        "level: should be a whole number, found the text `2`\nlevle is unknown = did you mean `level`? there are `level` and `size`\n\
         size[0]: should be one of `small`, `large`, found the text `smal` = did you mean `small`?\n\
         size[2]: should be one of `small`, `large`, found the number `3`"
    );
    assert_eq!(
        problems(&schema, &json!({"size": "lage"})),
        "size: should be one of `small`, `large`, or a list of them, found the text `lage` = did you mean `large`?"
    );
    let many: Vec<Value> = (0..1000).map(Value::from).collect();
    let texts = Schema::parse(&json!({"items": {"type": "string"}})).expect("a schema");
    assert_eq!(texts.check(&json!(many)).expect("little work").len(), MOST_MISTAKES);
}

#[test]
fn the_schema_of_a_type_may_say_more_than_is_checked() {
    let schema = json!({"properties": {
        "code": {"type": "string", "pattern": "^a", "errorMessage": "write a code"}, "tree": {"$ref": "#/definitions/tree"}, "pair": {"items": [{}, {}]},
    }, "oneOf": [{"minProperties": 1}, {"maxProperties": 9}]});
    let schema = Schema::of_type(&schema);
    assert_eq!(schema.check(&json!({"code": "b", "tree": [], "pair": [1]})), Ok(Vec::new()));
    let wrong = schema.check(&json!({"code": 1})).expect("little work");
    assert_eq!(wrong[0].problem, OptionProblem::Invalid("should be a code, found the number `1`".into()));
}

#[test]
fn a_schema_that_cannot_be_checked_is_refused() {
    let refused = |schema: Value| Schema::parse(&schema).expect_err("refused");
    for (schema, said) in [
        (
            json!({"properties": {"a/b": {"pattern": "x"}}}),
            "`/properties/a~1b/pattern` is a keyword that is not supported",
        ),
        (json!({"$ref": "#/$defs/a"}), "`/$ref` is a keyword"),
        (json!([]), "`/` a schema is an object"),
        (json!({"type": "text"}), "`/type` should be one of the types of JSON"),
        (json!({"type": []}), "`/type` should be"),
        (json!({"required": "a"}), "`/required` should be a list of keys"),
        (json!({"anyOf": []}), "`/anyOf` should be a list of schemas"),
        (json!({"minLength": -1}), "`/minLength` should be a whole number"),
        (json!({"minimum": "1"}), "`/minimum` should be a number"),
        (json!({"enum": 1}), "`/enum` should be a list"),
        (json!({"items": {"items": 1}}), "`/items/items` a schema is"),
    ] {
        assert!(refused(schema.clone()).starts_with(said), "{schema}: {}", refused(schema.clone()));
    }
    let described =
        json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "T", "default": 1, "examples": [2]});
    assert!(Schema::parse(&described).is_ok());
}

#[test]
fn schemas_of_strangers_are_bounded() {
    let deep = (0..40).fold(json!({}), |inner, _| json!({"items": inner}));
    assert_eq!(Schema::parse(&deep).unwrap_err(), "it has more than 32 schemas within each other");
    let many: Vec<Value> = (0..10_001).map(|_| json!({})).collect();
    assert_eq!(Schema::parse(&json!({"allOf": many})).unwrap_err(), "it has more than 10000 schemas");
    // Each level asks the next one four times.
    let forms = |inner: Value| json!({"oneOf": [inner.clone(), inner.clone(), inner.clone(), inner]});
    let wide = (0..6).fold(json!({"const": 1}), |inner, _| forms(inner));
    let list = json!({"items": {"anyOf": [wide, true]}});
    let items: Vec<Value> = (0..10_000).map(|_| json!(2)).collect();
    assert_eq!(Schema::parse(&list).expect("a schema").check(&json!(items)), Err(TooMuchWork));
}

#[test]
fn work_is_counted_whatever_it_is() {
    let list = |value: Value, count: usize| Value::from(vec![value; count]);
    // Each level asks what is below it twice.
    let often = |inner: Value| (0..20).fold(inner, |inner, _| json!({"oneOf": [inner]}));
    let keys = |count: usize| (0..count).map(|at| (format!("key-{at}"), json!({}))).collect::<Map<_, _>>();
    let unknown = json!({"properties": keys(500), "additionalProperties": false});
    let needed = json!({"properties": keys(500), "additionalProperties": false, "required": (0..500).map(|at| format!("key-{at}")).collect::<Vec<_>>()});
    let long = json!({"minLength": 9_000_000});
    let others: Map<String, Value> = (0..500).map(|at| (format!("kye-{at}"), json!(1))).collect();
    for (schema, value) in [
        (often(unknown.clone()), json!(others)),
        (often(needed), json!(others)),
        (often(json!({"enum": list(json!([1, 2, 3]), 5_000)})), json!([1, 2, 4])),
        (often(json!({"enum": list(json!("a-word"), 5_000)})), json!("a-wrd")),
        (often(json!({"const": [list(json!(1), 5_000), 1]})), json!([list(json!(1), 5_000), 2])),
        (often(long), json!("x".repeat(100_000))),
        (often(json!({"anyOf": list(json!({"required": ["b"]}), 5_000)})), json!({})),
    ] {
        assert_eq!(
            Schema::parse(&schema).expect("a schema").check(&value),
            Err(TooMuchWork),
            "{:.60}",
            schema.to_string()
        );
    }
    // What is large, but is looked at once, is told in few words.
    let wrong = Schema::parse(&unknown).expect("a schema").check(&json!({"x": 1})).expect("little work");
    assert!(wrong[0].help.as_deref().is_some_and(|help| help.ends_with("and 400 more") && help.len() < 2_000));
    let chain =
        (0..30).fold(json!({"type": "null"}), |inner, _| json!({"anyOf": [inner, {"type": "array", "items": {}}]}));
    let wrong = Schema::parse(&chain).expect("a schema").check(&json!(1)).expect("little work");
    assert!(wrong.len() == 1 && format!("{wrong:?}").len() < 10_000, "{wrong:?}");
    let key = "k".repeat(100_000);
    let deep = json!({"properties": {key: {"allOf": list(json!(true), 9_000)}}});
    assert!(Schema::parse(&deep).is_ok());
}
