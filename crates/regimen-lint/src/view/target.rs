//! How hard the target of a step is, on the scale of RPE.

use rust_decimal::Decimal;

use regimen_model::model::{NamedPace, RunTarget, Sign, Target, TargetUnit};
use regimen_model::quantity::Measured;
use regimen_model::vocabulary::PaceName;

/// How hard a target is at least, as far as it says; a ramp is as hard as its harder end.
pub(super) fn effort(target: RunTarget, usual: Option<Decimal>) -> Option<Decimal> {
    target.targets().filter_map(|target| effort_of(target, usual)).max()
}

/// How hard one target is: an effort, a zone, a share of a threshold, a pace that has a name, or one in numbers beside the usual one, in
/// metres a second.
pub(super) fn effort_of(target: Target, usual: Option<Decimal>) -> Option<Decimal> {
    if let Some((speed, usual)) = target.speed().zip(usual) {
        return effort_at(speed.low().checked_div(usual)?.saturating_mul(speed_of(PaceName::Easy)?));
    }
    match target {
        Target::Rpe(rpe) => Some(rpe.low().value()),
        // Zones 6 and 7 split what is above the fifth.
        Target::Zone(zone) => (zone.low() >= 4).then(|| Decimal::from(zone.low() + 4).min(Decimal::TEN)),
        Target::Named(pace) | Target::Reckoned { written: pace, .. } => speed(pace).and_then(effort_at),
        Target::Amount(amount) => share_of_most(&amount),
        Target::Pace(_) => None,
    }
}

/// How hard a speed is, as a share of that of a race over 5 km in per mille.
fn effort_at(speed: Decimal) -> Option<Decimal> {
    // A little below the threshold still is threshold training.
    match speed {
        speed if speed >= Decimal::from(1020) => Some(Decimal::from(9)),
        speed if speed >= Decimal::from(930) => Some(Decimal::from(8)),
        _ => None,
    }
}

/// The speed of a pace at its slower end, in per mille of that of a race over 5 km; `None` for the pace of a race that is
/// not known here.
fn speed(pace: NamedPace) -> Option<Decimal> {
    match pace {
        NamedPace::Exact(name) => speed_of(name),
        NamedPace::Share { percent, of } => Some(speed_of(of)?.saturating_mul(percent.low()) / Decimal::ONE_HUNDRED),
        NamedPace::Between(one, other) => Some(speed_of(one)?.min(speed_of(other)?)),
        NamedPace::Offset { from, sign, seconds, unit } => {
            // For somebody who runs 5 km in 25 minutes: the offset is the smaller for the slower.
            let time = Decimal::from(300_000) / speed_of(from)?;
            let by = |seconds: u32| Decimal::from(seconds) * Decimal::ONE_THOUSAND / unit.metres();
            let time = match sign {
                Sign::Plus => time + by(seconds.high()),
                Sign::Minus => (time - by(seconds.low())).max(Decimal::ONE_HUNDRED),
            };
            Some(Decimal::from(300_000) / time)
        }
    }
}

/// What runners who race 5 km in 20 minutes run at, in per mille of that speed (Daniels, Running Formula, VDOT 50).
fn speed_of(name: PaceName) -> Option<Decimal> {
    let speed = match name {
        PaceName::Easy => 750,
        PaceName::Steady => 830,
        PaceName::Marathon => 880,
        PaceName::HalfMarathon => 920,
        PaceName::Threshold => 940,
        PaceName::TenKilometres => 965,
        PaceName::FiveKilometres => 1000,
        PaceName::ThreeKilometres => 1035,
        PaceName::Mile => 1100,
        PaceName::Race => return None,
    };
    Some(Decimal::from(speed))
}

/// The bounds of training at the threshold and above it, in per cent: of the heart rate there (Friel, zones 4 and 5b), of
/// the power there (Coggan, levels 4 and 5), and of the highest heart rate (Seiler 2010, zones 4 and 5).
fn share_of_most(amount: &Measured<TargetUnit>) -> Option<Decimal> {
    let (threshold, above) = match amount.unit {
        TargetUnit::PercentThresholdHeartRate => (95, 103),
        TargetUnit::PercentThresholdPower => (91, 106),
        TargetUnit::PercentMaxHeartRate => (90, 95),
        TargetUnit::BeatsPerMinute
        | TargetUnit::KilometresPerHour
        | TargetUnit::MilesPerHour
        | TargetUnit::Watt
        | TargetUnit::StrokesPerMinute
        | TargetUnit::StepsPerMinute
        | TargetUnit::TurnsPerMinute => return None,
    };
    let low = amount.amount.low();
    let reached = |bound: i32| low >= Decimal::from(bound);
    if reached(above) { Some(Decimal::from(9)) } else { reached(threshold).then(|| Decimal::from(8)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_as_hard_as_the_paces_that_they_name() {
        for (target, expected) in [
            ("5k pace", Some(8)),
            ("half-marathon pace", None),
            ("race pace", None),
            ("90 % 5k pace", None),
            ("95-100 % 5k pace", Some(8)),
            ("105 % 5k pace", Some(9)),
            ("102 % threshold pace", Some(8)),
            ("5k pace + 15 s/km", Some(8)),
            ("5k pace + 15-40 s/km", None),
            ("5k pace - 10 s/mi", Some(9)),
            ("marathon pace - 10 s/km", None),
            ("marathon pace - 900 s/100m", Some(9)),
            ("5k-10k pace", Some(8)),
            ("marathon-threshold pace", None),
            ("easy to 3k pace", Some(9)),
            ("easy to marathon pace", None),
            ("zone 3", None),
            ("zone 4 to 5", Some(9)),
            ("zone 6", Some(10)),
            ("zone 7", Some(10)),
            ("85-90 %lthr", None),
            ("95-100 %lthr", Some(8)),
            ("104 %lthr", Some(9)),
            ("90 %ftp", None),
            ("95-105 %ftp", Some(8)),
            ("110 %ftp", Some(9)),
            ("80-85 %hrmax", None),
            ("90-95 %hrmax", Some(8)),
            ("95 %hrmax", Some(9)),
            ("rpe 6 to 8", Some(8)),
            ("5:00/km", None),
            ("180 spm", None),
        ] {
            let read: RunTarget = target.parse().expect("a target");
            assert_eq!(effort(read, None), expected.map(Decimal::from), "{target}");
        }
    }

    #[test]
    fn paces_in_numbers_are_hard_beside_the_usual_one() {
        // 5:30/km.
        let usual = Decimal::from(1000) / Decimal::from(330);
        for (target, expected) in [
            ("4:20/km", Some(8)),
            ("4:00/km", Some(9)),
            ("4:20-4:40/km", None),
            ("5:30/km", None),
            ("5:30 to 4:00/km", Some(9)),
            ("15 km/h", Some(9)),
            ("threshold pace", Some(8)),
        ] {
            let read: RunTarget = target.parse().expect("a target");
            assert_eq!(effort(read, Some(usual)), expected.map(Decimal::from), "{target}");
        }
    }
}
