//! What of a session is done at one of several times of its day.

use jiff::civil::Time;

use super::{PlannedBlock, PlannedItem, PlannedPart, PlannedSession, reckon};
use crate::quantity::Interval;

impl PlannedSession {
    /// The times of its day at which it is done, of those that a schedule has for what is done several times a day; none if it is
    /// done once.
    pub fn times_of_day<'t>(&self, day_times: &'t [Time]) -> &'t [Time] {
        match usize::try_from(self.times_a_day()).unwrap_or(usize::MAX) {
            0 | 1 => &[],
            times => &day_times[..times.min(day_times.len())],
        }
    }

    /// Whether how long it takes is what its parts take, rather than what somebody said.
    pub fn has_reckoned_duration(&self) -> bool {
        self.duration == reckon::duration(&self.parts)
    }

    /// What is done at one of so many times of its day, 1 for the first. What is done less often than that is done at the first of
    /// them. Exercises that are done more often than there are times keep how often they are, and so do those of which the reader
    /// decides that; texts stay with each time.
    #[must_use]
    pub fn at_time_of_day(&self, number: usize, times: usize) -> Self {
        let at =
            Occasion { number: number.try_into().unwrap_or(u32::MAX), times: times.try_into().unwrap_or(u32::MAX) };
        let parts = self.parts.iter().map(|part| at.of_part(part)).filter(|part| !part.blocks.is_empty());
        let parts: Vec<PlannedPart> = parts.collect();
        let duration =
            if self.has_reckoned_duration() { reckon::duration(&parts).or(self.duration) } else { self.duration };
        Self { parts, duration, day_times: Vec::new(), ..self.clone() }
    }
}

/// One of the times of a day.
#[derive(Clone, Copy)]
struct Occasion {
    number: u32,
    times: u32,
}

impl Occasion {
    fn of_part(self, part: &PlannedPart) -> PlannedPart {
        PlannedPart {
            section: part.section,
            blocks: part.blocks.iter().filter_map(|block| self.of_block(block)).collect(),
        }
    }

    fn of_block(self, block: &PlannedBlock) -> Option<PlannedBlock> {
        match block {
            PlannedBlock::Item(item) => self.of_item(item).map(PlannedBlock::Item),
            PlannedBlock::Group { format, items } => {
                let items: Vec<PlannedItem> = items.iter().filter_map(|item| self.of_item(item)).collect();
                (!items.is_empty()).then_some(PlannedBlock::Group { format: *format, items })
            }
            PlannedBlock::Run(_) => (self.number == 1).then(|| block.clone()),
            PlannedBlock::Text(..) => Some(block.clone()),
        }
    }

    fn of_item(self, item: &PlannedItem) -> Option<PlannedItem> {
        let often = item.dose.times_a_day();
        let mut item = (often.high() >= self.number).then(|| item.clone())?;
        if often.low() == often.high() && often.high() <= self.times {
            item.dose.times_per_day = None;
            item.dose.every = item.dose.every.filter(|every| matches!(every, Interval::Days(_)));
        }
        Some(item)
    }
}
