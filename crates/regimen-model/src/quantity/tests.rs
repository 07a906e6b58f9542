use super::*;

fn same<T: FromStr + fmt::Display>(text: &str) {
    assert_eq!(text.parse::<T>().ok().map(|value| value.to_string()).as_deref(), Some(text));
}

fn refused<T: FromStr>(text: &str) {
    assert!(text.parse::<T>().is_err(), "{text} should be refused");
}

#[test]
fn amounts_are_written_as_they_were_read() {
    same::<Duration>("30 s");
    same::<Duration>("20-30 s");
    same::<Duration>("1.5 min");
    same::<Distance>("5 km");
    same::<Load>("42.5 kg");
    same::<Load>("70-75 %1rm");
    same::<Load>("band red");
    same::<Rpe>("7.5");
    same::<Extent<Rpe>>("7-8.5");
    same::<Extent<Rir>>("1-2");
    same::<Pace>("5:15-5:30/km");
    same::<Pace>("1:50/100m");
    same::<Tempo>("3-1-1-0");
    same::<Tempo>("3-1-X-0");
    same::<Reps>("8-12");
    same::<Reps>("amrap");
    same::<Count>("3");
    same::<Percent>("60 %");
}

#[test]
fn times_may_be_written_in_two_units() {
    for (text, meant) in [
        ("1 h 30 min", "90 min"),
        ("1h30min", "90 min"),
        ("2 h 5 min", "125 min"),
        ("1 min 30 s", "90 s"),
        ("1 min 05 sec", "65 s"),
    ] {
        assert_eq!(text.parse::<Duration>().map(|time| time.to_string()).as_deref(), Ok(meant));
    }
    for text in [
        "1 h 60 min",
        "0 h 30 min",
        "1 h 30",
        "1 h 30 s",
        "30 min 1 h",
        "1.5 h 10 min",
        "1 h 5-10 min",
        "1 h 1 min 1 s",
    ] {
        refused::<Duration>(text);
    }
}

#[test]
fn wrong_amounts_are_refused() {
    for text in ["", "s", "30", "-3 s", "30 q", "1..5 s", "30-20 s", "1e3 s", ".5 s", "5. s", "99999999999 s"] {
        refused::<Duration>(text);
    }
    for text in ["0.5", "10.5", "7.3", "seven", "-7"] {
        refused::<Rpe>(text);
    }
    for text in ["3-1-1", "3-1-1-0-0", "3-y-1-0", "3-1-1-99", "+3-1-1-0"] {
        refused::<Tempo>(text);
    }
    for text in ["0", "1001", "12-8", "8.5", "+8"] {
        refused::<Count>(text);
    }
}

#[test]
fn a_number_that_may_be_thousands_is_refused_where_thousands_are_usual() {
    for text in ["1.000 m", "2.500m", "12.340 m", "1.000-2.000 m", "500-1.000 m"] {
        refused::<Distance>(text);
    }
    refused::<Duration>("1.800 s");
    for text in ["1.000 kg", "1.500 lb"] {
        refused::<Load>(text);
        refused::<LoadStep>(text);
    }
    for (text, printed) in
        [("42.195 km", "42.195 km"), ("1.500 km", "1.5 km"), ("0.500 m", "0.5 m"), ("1.234 m", "1.234 m")]
    {
        assert_eq!(text.parse::<Distance>().expect(text).to_string(), printed);
    }
    same::<Load>("1.25 kg");
    assert_eq!("1.500 min".parse::<Duration>().expect("minutes").to_string(), "1.5 min");
    assert_eq!("7.500".parse::<Rpe>().expect("a rating").to_string(), "7.5");
}

#[test]
fn what_was_meant_is_said() {
    fn hint<T: FromStr<Err = BadQuantity>>(text: &str) -> String {
        let wrong = text.parse::<T>().err().expect("a wrong amount").to_string();
        wrong.rsplit_once("did you mean ").map(|(_, hint)| hint.to_owned()).unwrap_or(wrong)
    }
    assert_eq!(hint::<Duration>("45"), "`45 s`?");
    assert_eq!(hint::<Duration>("60 seconds"), "`60 s`?");
    assert_eq!(hint::<Duration>("20 – 30 s"), "`20-30 s`?");
    assert_eq!(hint::<Load>("2,5 Kg"), "`2.5 kg`?");
    assert_eq!(hint::<Load>("70 %"), "`70 %1rm`, `70 %tm` or `70 %last`?");
    assert_eq!(hint::<Reps>("8–12"), "`8-12`?");
    assert_eq!(hint::<Percent>("60"), "`60 %`?");
    assert!(!hint::<Duration>("soon").contains("mean"));
}

#[test]
fn a_pace_is_a_speed() {
    let pace: Pace = "5:00-5:20/km".parse().expect("a pace");
    assert_eq!(pace.slowest(), Decimal::new(3125, 3));
    for text in ["5:3/km", "5:60/km", "0:00/km", "5:30", "5:30/m", "5:30-5:10/km"] {
        refused::<Pace>(text);
    }
}
