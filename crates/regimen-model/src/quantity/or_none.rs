//! A value that may be `none` on purpose.

use std::fmt;
use std::str::FromStr;

use super::{Count, Duration, Literal, Load, Numbers, Tempo, literal};

/// A value, or `none` where there is none on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrNone<T> {
    /// None.
    None,
    /// This value.
    Is(T),
}

impl<T: FromStr> FromStr for OrNone<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        if text == "none" { Ok(Self::None) } else { text.parse().map(Self::Is) }
    }
}

impl<T: fmt::Display> fmt::Display for OrNone<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Is(value) => value.fmt(f),
        }
    }
}

impl Literal for OrNone<Duration> {
    const EXPECTED: &'static str = "a length of time such as `30 s`, `5 min` or `2 h`, or `none`";

    fn shape() -> String {
        format!("none|{}", Duration::shape())
    }
}

impl Literal for OrNone<Load> {
    const EXPECTED: &'static str =
        "a load such as `40 kg`, `90 lb`, `70 %1rm`, `80 %tm`, `50 %bw`, `10 rm`, `85 %last` or `band red`, or `none`";

    fn shape() -> String {
        format!("none|{}", Load::shape())
    }
}

impl Literal for OrNone<Tempo> {
    const EXPECTED: &'static str =
        "a tempo: four counts in seconds for down, pause, up, pause, such as `3-1-1-0` or `3-1-X-0`, or `none`";

    fn shape() -> String {
        format!("none|{}", Tempo::shape())
    }
}

impl Literal for OrNone<Count> {
    const EXPECTED: &'static str =
        "a count from 1 to 1000 such as `3` or `2-3`, or `none` where there is no such session";
    const NUMBERS: Option<Numbers> = Count::NUMBERS;

    fn shape() -> String {
        format!("none|{}", Count::shape())
    }
}

literal!(OrNone<Duration>, OrNone<Load>, OrNone<Tempo>, OrNone<Count>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_a_value_and_mistakes_are_those_of_the_value() {
        for text in ["none", "60 s"] {
            assert_eq!(text.parse::<OrNone<Duration>>().expect("a rest").to_string(), text);
        }
        let wrong = "45".parse::<OrNone<Duration>>().expect_err("no unit");
        assert!(wrong.to_string().ends_with("did you mean `45 s`?"), "{wrong}");
        assert!("None".parse::<OrNone<Tempo>>().is_err());
    }
}
