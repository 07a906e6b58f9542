//! Grids: rows for the weeks, cells for the days, and words for sessions.

mod unread;
mod words;

use std::collections::BTreeSet;

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place};
use regimen_model::join;
use regimen_model::model::{Day, Entry, Grid, GridPlacement, Phase, Program, SessionBlock};
use regimen_model::quantity::Percent;
use regimen_model::reference::Reference;
use regimen_model::vocabulary::Weekday;
use rust_decimal::Decimal;

/// Checks the grids of all programmes. `damaged` are entries whose files could not be read, which are known to exist.
pub(super) fn check(catalog: &Catalog, damaged: &BTreeSet<Reference>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for program in catalog.programs.values() {
        if let Some(grid) = &program.grid {
            let checked = Checked { catalog, damaged, program, grid };
            findings.extend(checked.rows().into_iter().chain(checked.days()).chain(checked.beyond()));
            findings.extend(checked.unread());
            findings.extend(checked.words());
            findings.extend(checked.half_scaled());
        }
    }
    findings
}

struct Checked<'a> {
    catalog: &'a Catalog,
    damaged: &'a BTreeSet<Reference>,
    program: &'a Entry<Program>,
    grid: &'a Grid,
}

impl Checked<'_> {
    fn key(&self, key: &str) -> Place {
        Place::key(self.program.file.clone(), FieldPath::root().key("grid").key(key))
    }

    /// A row for each week, a cell for each day.
    fn rows(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let (rows, weeks) = (self.grid.weeks.len(), self.program.weeks());
        if u32::try_from(rows) != Ok(weeks) {
            let has_turns = self.program.phases.iter().any(|phase| phase.length.is_turns());
            let one = if has_turns { "turn" } else { "week" };
            let [rows, weeks] = [rows, weeks as usize].map(|count| counted(count, one));
            let message = format!("the grid has {rows}, and the phases have {weeks}");
            let surplus = self.program.weeks() as usize;
            let finding = Diagnostic::error("grid", message);
            let finding = match (self.grid.table(), self.grid.weeks.len()) {
                (None, _) => finding.at(self.key("weeks"), ""),
                (Some(table), 0) => finding.at(Place::file(table.clone()), ""),
                (Some(_), rows) if rows > surplus => {
                    finding.at(self.grid.row_place(&self.program.file, surplus), "the first row too many")
                }
                (Some(_), rows) => {
                    let last = self.grid.row_place(&self.program.file, rows - 1);
                    finding.at(last, format!("row {} is missing behind this one", rows + 1))
                }
            };
            findings.push(finding.help(
                "write a row for each week, or each turn of a cycle, of all phases, or change how long a phase is",
            ));
        }
        for (week, row) in self.grid.weeks.iter().enumerate() {
            let (cells, days) = (row.len(), self.grid.days.len());
            if cells != days {
                let [cells_said, days_said] = [counted(cells, "cell"), counted(days, "day")];
                let message = format!("week {} has {cells_said}, and the grid has {days_said}", week + 1);
                let place = self.grid.row_place(&self.program.file, week);
                let finding = Diagnostic::error("grid", message).at(place, "");
                let each = "write a cell for each day; `rest` where nothing is done";
                findings.push(match self.grid.table() {
                    None if cells > days => finding
                        .help(format!("{each}; a cell with a comma stands in quotes: `\"6x400m @ 5k, 200m jog\"`")),
                    _ => finding.help(each),
                });
            }
        }
        findings
    }

    /// Days that differ, in weeks of the calendar.
    fn days(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut seen = BTreeSet::new();
        for day in self.grid.days.iter().filter(|day| !seen.insert(**day)) {
            let finding = Diagnostic::error("grid", format!("`{day}` has two columns")).at(self.key("days"), "");
            findings.push(
                finding.help("name each day once; two sessions of a day stand in one cell, with `+` between them"),
            );
        }
        findings.extend(self.same_day());
        let longest = self.longest();
        let is_beyond = |day: &&Day| matches!(day, Day::Number(number) if u32::from(*number) > longest);
        for day in self.grid.days.iter().filter(is_beyond) {
            let what = if longest == 7 { "week" } else { "turn" };
            let finding = Diagnostic::error("grid", format!("a {what} has no day {day}")).at(self.key("days"), "");
            let help = "days of a week count from 1 to 7, and those of a turn from 1 to the `cycle` of its phase";
            findings.push(finding.help(help));
        }
        let weekdays = self.grid.days.iter().filter_map(|day| match day {
            Day::Weekday(weekday) => Some(*weekday),
            Day::Number(_) => None,
        });
        let weekdays: Vec<Weekday> = weekdays.collect();
        if let Some([first, then]) = weekdays.windows(2).find(|days| days[0] > days[1]) {
            let message =
                format!("weeks run from monday to sunday, so that {first} of each row comes after its {then}");
            findings.push(Diagnostic::warning("grid", message).at(self.in_table_or("days"), "").help(
                "list the days from monday on, with each cell in the row of its week; or number them (`1` to `7`), and `start` on the first",
            ));
        }
        if self.grid.days.is_empty() {
            let finding = Diagnostic::error("grid", "the grid has no days").at(self.key("days"), "");
            findings.push(finding.help("name its days, or leave `days` out for Monday to Sunday"));
        }
        for (index, phase) in self.program.phases.iter().enumerate().filter(|_| !weekdays.is_empty()) {
            let is_weeks = phase.length.days() == 7 * phase.length.weeks() && !phase.length.is_turns();
            if !is_weeks {
                let path = FieldPath::root().key("phases").index(index).key("days");
                let message = format!("the phase `{}` is in days, and the columns of the grid are weekdays", phase.id);
                let finding = Diagnostic::error("grid", message).at(Place::key(self.program.file.clone(), path), "");
                let days: Vec<String> = (1..=phase.length.days_a_week().min(9)).map(|day| day.to_string()).collect();
                let help = format!("number the columns, `days: [{}]`, or give the phase `weeks`", days.join(", "));
                findings.push(finding.help(help));
            }
        }
        findings
    }

    /// A weekday and the number of the same day of a week, in any week that begins on a Monday.
    fn same_day(&self) -> Option<Diagnostic> {
        let number = |day: &Day| match day {
            Day::Weekday(day) => u8::try_from(*day as u32 + 1).unwrap_or_default(),
            Day::Number(number) => *number,
        };
        let days = &self.grid.days;
        let pairs = days.iter().enumerate().flat_map(|(at, day)| days[..at].iter().map(move |first| [first, day]));
        let [first, then] = pairs.into_iter().find(|[first, day]| first != day && number(first) == number(day))?;
        let message = format!("`{first}` and `{then}` are two columns for one day in a week from Monday to Sunday");
        let help =
            "name all days or number all of them; two sessions of a day stand in one cell, with `+` between them";
        Some(Diagnostic::warning("grid", message).at(self.in_table_or("days"), "").help(help))
    }

    /// A key of the grid, or the table beside it that has what the key would.
    fn in_table_or(&self, key: &str) -> Place {
        self.grid.table().map_or_else(|| self.key(key), |table| Place::file(table.clone()))
    }

    /// How many days the longest of its weeks and turns has.
    fn longest(&self) -> u32 {
        self.program.phases.iter().map(|phase| phase.length.days_a_week()).max().unwrap_or(7)
    }

    /// Cells on days that their turn, or the end of a phase, does not have.
    fn beyond(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut rows = self.grid.weeks.iter().enumerate();
        let longest = self.longest();
        for phase in &self.program.phases {
            for turn in 0..phase.length.weeks() {
                let Some((week, row)) = rows.next() else { return findings };
                let days = phase.length.days_in(turn);
                for (column, (cell, day)) in row.iter().zip(&self.grid.days).enumerate() {
                    let Day::Number(number) = day else { continue };
                    // A day that no week has is said of its column.
                    if cell.0.is_empty() || !(days + 1..=longest).contains(&u32::from(*number)) {
                        continue;
                    }
                    let message = format!("row {} has {days} days, and this cell is on day {number}", week + 1);
                    let place = self.grid.place(&self.program.file, week, column);
                    let finding = Diagnostic::error("grid", message).at(place, "");
                    findings
                        .push(finding.help(format!("leave the cell empty, or make the phase `{}` longer", phase.id)));
                }
            }
        }
        findings
    }

    /// Weeks whose `volume` makes less of cells of a word alone, and not of those with an amount beside them, which is final.
    fn half_scaled(&self) -> Vec<Diagnostic> {
        let mut found: Vec<HalfScaled> = Vec::new();
        let mut week = 0;
        for (index, phase) in self.program.phases.iter().enumerate() {
            for of_phase in 0..phase.length.weeks() {
                let volume = volume_in(phase, index, of_phase);
                let cells = volume.and_then(|(path, volume)| Some((path, volume, self.scaled_and_final(week)?)));
                week += 1;
                let Some((path, volume, (scaled, kept))) = cells else { continue };
                match found.iter_mut().find(|known| known.path == path) {
                    Some(known) => known.weeks.push(week),
                    None => found.push(HalfScaled { path, volume, weeks: vec![week], scaled, kept }),
                }
            }
        }
        let finding = |HalfScaled { path, volume, weeks, scaled, kept }: HalfScaled| {
            let message = format!(
                "`volume: {volume}` makes less of {} and not of {} in {}",
                scaled.said,
                kept.said,
                in_weeks(&weeks)
            );
            let cell = |cell: &CellAt| self.grid.place(&self.program.file, cell.week, cell.column);
            Diagnostic::warning("grid", message)
                .at(Place::value(self.program.file.clone(), path), "")
                .at(cell(&scaled), "done less, because it is a word alone")
                .at(cell(&kept), "done as written, because it has an amount")
                .help("write an amount into every cell of these weeks and leave `volume` out, or no amount in any of them")
        };
        found.into_iter().map(finding).collect()
    }

    /// A cell of a week, counted from 0, that `volume` makes less of, and one that it leaves as it is.
    fn scaled_and_final(&self, week: u32) -> Option<(CellAt, CellAt)> {
        let (mut scaled, mut kept) = (None, None);
        for GridPlacement { column, position, planned } in self.grid.placements(week) {
            let Some(session) = self.catalog.sessions.get(&planned.session) else { continue };
            let is_work = |block: &SessionBlock| !matches!(block, SessionBlock::Text(_));
            let is_scaled = !session.kind.is_spared();
            if !is_scaled || !session.main.iter().chain(&session.accessory).any(is_work) {
                continue;
            }
            let week = week as usize;
            let cell = self.grid.weeks.get(week).and_then(|row| row.get(column)?.0.get(position)?.sessions.first());
            let Some(cell) = cell else { continue };
            let at = CellAt { week, column, said: format!("`{cell}`") };
            let is_final = planned.length.is_some() || planned.run.is_some() || planned.repeats.is_some();
            let place = if is_final { &mut kept } else { &mut scaled };
            place.get_or_insert(at);
        }
        scaled.zip(kept)
    }
}

/// Cells of some weeks of which a lighter week has less, beside others of which it has as much as is written.
struct HalfScaled {
    /// Where the volume is stated.
    path: FieldPath,
    volume: Percent,
    /// Counted from 1.
    weeks: Vec<u32>,
    scaled: CellAt,
    kept: CellAt,
}

/// A cell, by its week and column counted from 0.
struct CellAt {
    week: usize,
    column: usize,
    said: String,
}

/// The share of the work in a week of a phase, counted from 0, and where it is stated; `None` for all of it.
fn volume_in(phase: &Phase, index: usize, week: u32) -> Option<(FieldPath, Percent)> {
    let path = FieldPath::root().key("phases").index(index);
    let own = phase.override_of(week);
    let own = own.and_then(|(at, other)| Some((path.clone().key("overrides").index(at), other.volume?)));
    let (path, volume) = own.or_else(|| Some((path.clone(), phase.volume?)))?;
    (volume.0 != Decimal::ONE_HUNDRED).then(|| (path.key("volume"), volume))
}

fn in_weeks(weeks: &[u32]) -> String {
    match weeks {
        [one] => format!("week {one}"),
        all => format!("weeks {}", join::and(&all.iter().map(u32::to_string).collect::<Vec<_>>())),
    }
}

/// "1 week", "3 turns"
fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_lighter_week_scales_all_of_its_cells_or_none() {
        let of = |volume: &str, row: &str| {
            let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
            let rest = "kind: cross-train\nmain: [{text: any}]\nwords: {name: Cross, texts: {any: Any.}}\n";
            let race = "kind: race\nmain: [{run: [{duration: 10 km}]}]\nwords: {name: Race}\n";
            let full = "[5 km run, '', '', '', '', '', run]";
            let program = format!(
                "level: 1\nphases: [{{id: a, kind: base, weeks: 2{volume}}}]\ngrid:\n  weeks: [{full}, {row}]\n\
                 words: {{name: P, summary: S., goal: G, audience: A}}\n"
            );
            let lint = Lint::new().file("sessions/run.yaml", run).file("sessions/race.yaml", race);
            let lint = lint.file("sessions/cross.yaml", rest).file("programs/p.yaml", &program);
            lint.all().into_iter().filter(|line| line.contains(" grid: ")).collect::<Vec<_>>()
        };
        let light = ", overrides: [{week: 2, volume: 60 %}]";
        let said = of(light, "[5 km run, '', '', '', '', '', run]");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].ends_with("`volume: 60 %` makes less of `run` and not of `5 km run` in week 2"), "{said:?}");
        assert!(of(", volume: 60 %", "[5 km run, '', '', '', '', '', run]")[0].ends_with("in weeks 1 and 2"));
        for fine in [
            "[5 km run, '', '', '', '', '', 8 km run]",
            "[run, '', cross, '', '', '', run]",
            "[run, '', '', '', '', '', 10 km race]",
        ] {
            assert_eq!(of(light, fine), [""; 0], "{fine}");
        }
        assert_eq!(of("", "[5 km run, '', '', '', '', '', run]"), [""; 0]);
    }

    #[test]
    fn easy_behind_a_pause_is_asked_about() {
        let of = |cell: &str| {
            let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
            let program = format!(
                "level: 1\nphases: [{{id: a, kind: base, weeks: 1}}]\ngrid:\n  sessions: {{easy: run}}\n  days: [monday]\n  weeks: [['{cell}']]\n\
                 words: {{name: P, summary: S., goal: G, audience: A}}\n"
            );
            let lint = Lint::new().file("sessions/run.yaml", run).file("programs/p.yaml", &program);
            lint.all().into_iter().filter(|line| line.contains(" grid: ")).collect::<Vec<_>>()
        };
        let said = of("3x10 min @ threshold, 2 min easy");
        assert!(said.len() == 1 && said[0].contains("names the session, and not how 2 min"), "{said:?}");
        for fine in ["3x10 min easy @ threshold, 2 min jog", "30 min easy"] {
            assert_eq!(of(fine), [""; 0], "{fine}");
        }
    }

    #[test]
    fn weekdays_of_a_grid_run_from_monday() {
        let of = |days: &str| {
            let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
            let program = format!(
                "level: 1\nphases: [{{id: a, kind: base, weeks: 1}}]\ngrid:\n  days: [{days}]\n  weeks: [[run, run, run]]\n\
                 words: {{name: P, summary: S., goal: G, audience: A}}\n"
            );
            let lint = Lint::new().file("sessions/run.yaml", run).file("programs/p.yaml", &program);
            lint.all().into_iter().filter(|line| line.contains(" grid: ")).collect::<Vec<_>>()
        };
        for fine in ["monday, tuesday, sunday", "1, 2, 3"] {
            assert_eq!(of(fine), [""; 0], "{fine}");
        }
        for twice in ["monday, 1, sunday", "1, 3, wednesday"] {
            let said = of(twice);
            assert!(said.len() == 1 && said[0].contains("are two columns for one day in a week"), "{said:?}");
        }
        assert_eq!(of("monday, 2, sunday"), [""; 0]);
        let said = of("sunday, monday, wednesday");
        let message = "weeks run from monday to sunday, so that sunday of each row comes after its monday";
        assert!(said.len() == 1 && said[0].ends_with(message), "{said:?}");
    }
}
