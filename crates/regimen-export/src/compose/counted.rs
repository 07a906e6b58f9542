//! What time a plan is counted in.

use regimen_catalog::plan::Plan;

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Counting<'a> {
    /// Weeks.
    Weeks,
    /// Turns of a cycle; all weeks of the plan are some.
    Turns,
    /// Days, because weeks are cut short, or some phases have turns and others weeks.
    Days(&'a Plan),
}
