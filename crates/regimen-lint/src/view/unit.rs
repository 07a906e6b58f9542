//! The unit in which runs are shown.

use rust_decimal::Decimal;

use super::run::RunView;
use super::session::SessionView;
use regimen_model::quantity::{LengthUnit, Unit};

/// The unit in which runs are shown in messages: that of the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RunUnit(LengthUnit);

impl RunUnit {
    /// How many metres it has.
    pub(crate) fn metres(self) -> Decimal {
        self.0.metres()
    }

    /// A distance with one decimal: "13.1 km", "8 mi".
    pub(crate) fn shown(self, metres: Decimal) -> String {
        format!("{} {}", (metres / self.0.metres()).round_dp(1).normalize(), self.0.symbol())
    }
}

/// Miles if more of these runs is written in miles than in kilometres; metres do not count, because repeats are often in
/// metres among miles.
pub(crate) fn run_unit<'s, 'a: 's>(sessions: impl IntoIterator<Item = &'s SessionView<'a>>) -> RunUnit {
    let (mut miles, mut kilometres) = (Decimal::ZERO, Decimal::ZERO);
    for session in sessions {
        let of_tasks = session.tasks.iter().filter_map(|task| task.dose().distance());
        for distance in of_tasks.chain(session.runs().flat_map(RunView::distances)) {
            match distance.unit {
                LengthUnit::Mile => miles += distance.metres().low(),
                LengthUnit::Kilometre => kilometres += distance.metres().low(),
                LengthUnit::Metre | LengthUnit::Yard => {}
            }
        }
    }
    RunUnit(if miles > kilometres { LengthUnit::Mile } else { LengthUnit::Kilometre })
}
