//! Targets as they are read, written and meant.

use super::*;

#[test]
fn targets_are_written_as_they_were_read() {
    for text in [
        "4:10/km",
        "4:10-4:20/km",
        "1:50/100m",
        "1:30/100yd",
        "1:55-2:00/500m",
        "5k pace",
        "90 % 5k pace",
        "90-92.5 % half-marathon pace",
        "marathon pace + 15 s/km",
        "marathon pace - 10-15 s/mi",
        "5k-10k pace",
        "marathon-half-marathon pace",
        "zone 2",
        "zone 2-3",
        "zone 7",
        "140-150 bpm",
        "80-85 %hrmax",
        "85-90 %lthr",
        "rpe 6",
        "12.5 km/h",
        "220 W",
        "easy to marathon pace",
        "6:00 to 5:00/km",
        "6:00-6:10 to 5:00/km",
        "zone 2 to zone 4",
        "rpe 5 to rpe 7",
        "60 to 80 %ftp",
        "easy pace to 4:30/km",
        "marathon pace + 30 s/km to marathon pace",
    ] {
        assert_eq!(text.parse::<RunTarget>().map(|target| target.to_string()), Ok(text.to_owned()));
    }
    for text in
        ["fast", "zone 8", "zone 0", "rpe 11", "pace", "lightning pace", "150", "4:10", "0 % 5k pace", "200 % 5k pace"]
    {
        assert!(text.parse::<RunTarget>().is_err(), "{text}");
    }
    assert!("easy to marathon pace".parse::<Target>().is_err(), "a second target stays the same");
}

#[test]
fn other_spellings_of_the_format_are_read_as_one() {
    for (text, same) in [
        ("90% of 5k pace", "90 % 5k pace"),
        ("95 %threshold", "95 % threshold pace"),
        ("95% threshold pace", "95 % threshold pace"),
        ("marathon pace+15s/km", "marathon pace + 15 s/km"),
        ("5k - 10k pace", "5k-10k pace"),
        ("easy pace to marathon pace", "easy to marathon pace"),
        ("6:00/km to 5:00/km", "6:00 to 5:00/km"),
        ("zone 2 to 4", "zone 2 to zone 4"),
        ("rpe 5 to 7", "rpe 5 to rpe 7"),
        ("60 %ftp to 80 %ftp", "60 to 80 %ftp"),
        ("80 to 90 % 5k pace", "80 % 5k pace to 90 % 5k pace"),
        ("easy to easy pace", "easy pace"),
        ("5k-5k pace", "5k pace"),
    ] {
        assert_eq!(text.parse::<RunTarget>().map(|target| target.to_string()), Ok(same.to_owned()));
    }
}

#[test]
fn a_target_asks_for_more_than_nothing() {
    for nothing in ["0 spm", "0 W", "0 %ftp", "0 km/h"] {
        let said = nothing.parse::<RunTarget>().expect_err("nothing").to_string();
        assert!(said.ends_with("; a target asks for more than nothing: leave it out where there is none"), "{said}");
    }
    assert!("0-140 bpm".parse::<RunTarget>().is_ok());
}

#[test]
fn speeds_run_from_the_slower_end_to_the_faster() {
    let speed = |text: &str| {
        let speed = text.parse::<RunTarget>().expect("a target").speed()?;
        Some([speed.low(), speed.high()].map(|end| end.round_dp(2).normalize().to_string()))
    };
    assert_eq!(speed("4:10-5:00/km"), Some(["3.33".into(), "4".into()]));
    assert_eq!(speed("9-10.8 km/h"), Some(["2.5".into(), "3".into()]));
    assert_eq!(speed("8:20 to 5:00/km"), Some(["2.67".into(), "2.67".into()]));
    assert_eq!(speed("2:00/500m"), Some(["4.17".into(), "4.17".into()]));
    for unknown in ["5k pace", "zone 2", "rpe 5", "easy pace to 5:00/km", "150 bpm"] {
        assert_eq!(speed(unknown), None, "{unknown}");
    }
}
