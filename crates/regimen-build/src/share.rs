//! Shares of a roster: which log has a person, and which machine makes their files. Both follow from the id alone.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// How many logs the people of an output folder are spread over.
pub(crate) const LOGS: usize = 4096;

/// The log of a person.
pub(crate) fn log_of(id: &str) -> usize {
    number_of(id) as usize % LOGS
}

pub(crate) fn number_of(id: &str) -> u64 {
    let digest = Sha256::digest(id.as_bytes());
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// One of several shares of a roster, written `2/4`.
///
/// ```
/// use regimen_build::Shard;
/// let shards: Vec<Shard> = ["1/2", "2/2"].map(|text| text.parse().unwrap()).into();
/// assert_eq!(shards.iter().filter(|shard| shard.has("p-001")).count(), 1, "everybody is in one share");
/// assert!("3/2".parse::<Shard>().is_err() && "0/2".parse::<Shard>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Counted from 1.
    number: u64,
    of: u64,
}

impl Shard {
    /// The only one of a roster that is not shared out.
    pub(crate) const WHOLE: Self = Self { number: 1, of: 1 };

    /// All shares of as many as this one is of.
    pub(crate) fn all(self) -> impl Iterator<Item = Self> {
        (1..=self.of).map(move |number| Self { number, of: self.of })
    }

    /// Whether a person is in this share.
    pub fn has(self, id: &str) -> bool {
        // Other bits than those that choose the log, so that no log is of one share alone.
        (number_of(id) >> 16) % self.of == self.number - 1
    }
}

impl Shard {
    /// The one of as many shares as these in which a person is.
    #[must_use]
    pub fn with(self, id: &str) -> Self {
        Self { number: (number_of(id) >> 16) % self.of + 1, ..self }
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "write which share of how many, such as 2/4";
        let count = |text: &str| text.parse().ok().filter(|count: &u64| (1..=1_000_000).contains(count));
        let parts = text.split_once('/').and_then(|(number, of)| Some((count(number)?, count(of)?)));
        let (number, of) = parts.ok_or(WRONG)?;
        if number > of { Err(WRONG) } else { Ok(Self { number, of }) }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}
