//! The limits of rules: typed, with a default, moved by the project file.

use rust_decimal::Decimal;

use regimen_model::quantity::{BadQuantity, Count, Duration, Extent, Percent, Rpe};

/// A limit of a rule.
#[derive(Debug)]
pub struct Threshold {
    /// Its key in the project file.
    pub key: &'static str,
    /// What holds unless the project file says otherwise, as it would be written there.
    pub default: &'static str,
    /// Another value that somebody may want, for the example of a change.
    pub other: &'static str,
    /// What kind of amount it is.
    pub amount: Amount,
    /// What it means, in a few words.
    pub meaning: &'static str,
}

/// A kind of amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// A whole number, `4`.
    Count,
    /// A range of whole numbers, `8-21`.
    Counts,
    /// A length of time, `48 h`, in seconds.
    Time,
    /// A range of times, `10-60 s`, in seconds.
    Times,
    /// A share, `10 %`.
    Percent,
    /// An effort, `8`.
    Rpe,
}

impl Threshold {
    /// Reads a value for it.
    pub(super) fn read(&self, text: &str) -> Result<Extent<Decimal>, BadQuantity> {
        let value = match self.amount {
            Amount::Count | Amount::Counts => text.parse::<Count>()?.0.map(Decimal::from),
            Amount::Time | Amount::Times => text.parse::<Duration>()?.seconds(),
            Amount::Percent => Extent::one(text.parse::<Percent>()?.0),
            Amount::Rpe => Extent::one(text.parse::<Rpe>()?.value()),
        };
        let ranged = matches!(self.amount, Amount::Counts | Amount::Times);
        if value.is_one() || ranged {
            return Ok(value);
        }
        let text = text.escape_debug();
        Err(BadQuantity::new(format!("`{text}` is a range; this limit is one value such as `{}`", self.default)))
    }

    /// The value that holds by default. A test reads all of them.
    pub(super) fn standard(&self) -> Extent<Decimal> {
        self.read(self.default).unwrap_or_else(|_| Extent::one(Decimal::ZERO))
    }
}
