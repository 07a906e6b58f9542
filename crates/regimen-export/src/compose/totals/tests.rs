use super::*;

fn steps(yaml: &[&str]) -> Vec<RunStep> {
    yaml.iter().map(|one| serde_json::from_str(one).unwrap()).collect()
}

fn check(written: &[&str], distances: &[&str], seconds: Option<&str>) {
    let total = Total::of_steps(&steps(written)).unwrap();
    let found: Vec<String> = total.distances.iter().map(|(_, distance)| distance.to_string()).collect();
    assert_eq!(found, distances, "{written:?}");
    assert_eq!(total.seconds.map(|seconds| seconds.to_string()).as_deref(), seconds, "{written:?}");
}

const MILE: &str = r#"{"duration": "3 mi"}"#;
const EASY: &str = r#"{"duration": "2-3 km"}"#;
const TRACK: &str =
    r#"{"repeat": 6, "steps": [{"duration": "400 m"}, {"duration": "200 m", "intensity": "recovery"}]}"#;
const FAST: &str = r#"{"repeat": 4, "steps": [{"duration": "1 km"}, {"duration": "90 s", "intensity": "rest"}]}"#;

#[test]
fn distances_add_up_in_their_own_units() {
    check(&[EASY, TRACK], &["2-3 km", "3600 m"], None);
    check(&[TRACK], &["3600 m"], None);
    check(&[MILE, MILE, EASY], &["6 mi", "2-3 km"], None);
    check(&[FAST], &["4 km"], None);
    check(&[r#"{"duration": "12 min"}"#, FAST], &["4 km"], Some("720"));
}

#[test]
fn distances_of_two_systems_are_one_in_the_unit_of_most_of_them() {
    let of = |written: &[&str]| {
        let total = Total::of_steps(&steps(written)).unwrap();
        let distances: Vec<Distance> = total.distances.iter().map(|(_, distance)| *distance).collect();
        in_one_unit(&distances, None).map(|distance| distance.to_string()).unwrap_or_default()
    };
    assert_eq!(of(&[MILE, TRACK]), "5.2 mi", "a track is measured in metres everywhere");
    assert_eq!(of(&[MILE, TRACK, TRACK, FAST]), "10 mi");
    assert_eq!(of(&[MILE, EASY, EASY, EASY]), "10.8-13.8 km");
    assert_eq!(of(&[EASY, TRACK]), "5.6-6.6 km");
    assert_eq!(of(&[TRACK, r#"{"duration": "100 yd"}"#]), "3691 m");
    assert_eq!(of(&[r#"{"duration": "1.25 mi"}"#, MILE]), "4.25 mi", "nothing is converted, and nothing rounded");
    assert_eq!(of(&[]), "");
}

#[test]
fn what_the_runner_ends_has_no_total() {
    assert_eq!(Total::of_steps(&steps(&[MILE, r#"{"duration": "open"}"#])), None);
}
