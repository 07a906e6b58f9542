//! Sums of metres and seconds, which stay numbers whatever is added up.

use rust_decimal::Decimal;

/// The most metres or seconds that count, so that sums over a plan and shares of them stay numbers: steps that are repeated within
/// repeats soon go farther than anybody runs.
pub(super) const MOST: Decimal = Decimal::from_parts(0xd4a5_1000, 0xe8, 0, false, 0);

/// The sum of metres or seconds, as far as they count.
pub(crate) fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Decimal {
    amounts.into_iter().fold(Decimal::ZERO, Decimal::saturating_add).min(MOST)
}
