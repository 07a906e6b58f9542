//! The one date of a build.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use regimen_catalog::Catalog;
use regimen_export::BuildInfo;

use crate::error::Error;

/// The facts of a build: its date is `source_date_epoch` (seconds since 1970 as text, as in the variable
/// `SOURCE_DATE_EPOCH`), else the catalogue's newest revision, else 1970-01-01. It is never "now".
///
/// # Errors
/// [`Error::Usage`] if the text is not such a number.
pub fn build_info(
    catalog: &Catalog,
    version: &'static str,
    source_date_epoch: Option<&str>,
) -> Result<BuildInfo, Error> {
    let moment = match source_date_epoch {
        Some(text) => parse(text)?,
        None => midnight(catalog.newest_revision().unwrap_or(date(1970, 1, 1))),
    };
    Ok(BuildInfo { date: moment.to_zoned(TimeZone::UTC).date(), epoch: moment.as_second(), version })
}

fn parse(text: &str) -> Result<Timestamp, Error> {
    // The specification of the variable wants plain digits; `parse` alone would also take a sign.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = text.parse().ok().filter(|_| digits);
    let moment = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    moment.ok_or_else(|| Error::Usage {
        message: format!("SOURCE_DATE_EPOCH is `{}`, which is not a number of seconds since 1970", text.escape_debug()),
        help: "set it to whole seconds such as `1799020800`, or unset it to use the newest revision date of \
               the catalogue"
            .into(),
    })
}

fn midnight(date: Date) -> Timestamp {
    date.to_zoned(TimeZone::UTC).map(|moment| moment.timestamp()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn date_of(epoch: Option<&str>) -> Result<(String, i64), String> {
        build_info(&testing::catalog(), "1", epoch)
            .map(|info| (info.date.to_string(), info.epoch))
            .map_err(|error| format!("{error} {:?}", error.hints()))
    }

    #[test]
    fn the_date_comes_from_outside_or_from_the_catalogue() {
        let outside = date_of(Some("1799020800"));
        assert_eq!(outside, Ok(("2027-01-04".into(), 1_799_020_800)));
        assert_eq!(date_of(None), Ok(("2026-03-01".into(), 1_772_323_200)));
        let mut bare = testing::catalog();
        bare.guides.clear();
        let info = build_info(&bare, "1", None).expect("a date");
        assert_eq!((info.date, info.epoch), (date(1970, 1, 1), 0));
    }

    #[test]
    fn a_wrong_epoch_is_wrong_usage() {
        for wrong in ["", "now", "-5", "+5", "1.5", "99999999999999"] {
            let said = date_of(Some(wrong)).expect_err(wrong);
            assert!(said.contains("SOURCE_DATE_EPOCH") && said.contains("unset it"), "{said}");
        }
    }
}
