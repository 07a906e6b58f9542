//! What a reader leaves out of a plan, and what they do on another day.

use jiff::civil::Date;
use regimen_catalog::plan::Plan;
use regimen_catalog::prose::Inlines;
use regimen_catalog::vocabulary::Label;
use regimen_catalog::{Id, Reference, model::Session};

use super::Writer;
use super::writer::separate_lines;

impl Writer<'_> {
    /// A line for each session that is left out or moved, in order of the days on which they would be.
    pub(super) fn changes(self, plan: &Plan) -> Inlines {
        let left_out = plan.left_out.iter().map(|one| (one.date, self.change(&one.session, one.date, None)));
        let moved = plan.sessions().filter_map(|session| {
            let (from, to) = session.moved_from.zip(session.date)?;
            Some((from, self.change(&session.session, from, Some(to))))
        });
        let mut lines: Vec<(Date, String)> = left_out.chain(moved).collect();
        lines.sort_by_key(|(date, _)| *date);
        separate_lines(lines.into_iter().map(|(_, line)| line))
    }

    fn change(self, session: &Id<Session>, date: Date, to: Option<Date>) -> String {
        let name = self.name(&Reference::from(session));
        let date = self.date(Label::DayMonth, date);
        match to {
            None => self.language.fill(Label::LeftOut, &[("session", &name), ("date", &date)]),
            Some(to) => {
                let to = self.date(Label::DayMonth, to);
                self.language.fill(Label::MovedTo, &[("session", &name), ("to", &to), ("date", &date)])
            }
        }
    }
}
