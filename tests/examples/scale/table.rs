//! The table that is printed.

use std::fmt::Write as _;

/// What is wanted of a figure.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    AtMost(f64),
    AtLeast(f64),
    /// No aim: the figure is for the reader.
    Reported,
}

/// A line of the table.
pub(crate) struct Row {
    name: String,
    measured: String,
    beside: String,
    /// What the aim is for.
    figure: f64,
    unit: &'static str,
    aim: Aim,
}

impl Row {
    /// One time beside another.
    pub(crate) fn seconds(name: &str, measured: f64, beside: f64, aim: Aim) -> Self {
        let (written, other) = (format!("{measured:.2} s"), format!("{beside:.2} s"));
        Self { name: name.into(), measured: written, beside: other, figure: measured / beside, unit: " times", aim }
    }

    /// One amount of memory beside another, both in megabytes.
    pub(crate) fn growth(name: &str, measured: f64, beside: f64, aim: Aim) -> Self {
        let (written, other) = (format!("{measured:.0} MB"), format!("{beside:.0} MB"));
        Self { name: name.into(), measured: written, beside: other, figure: measured / beside, unit: " times", aim }
    }

    /// An amount of memory, in megabytes.
    pub(crate) fn megabytes(name: &str, measured: f64, aim: Aim) -> Self {
        let written = format!("{measured:.0} MB");
        Self { name: name.into(), measured: written, beside: String::new(), figure: measured, unit: " MB", aim }
    }
}

/// All lines as a table in Markdown.
pub(crate) fn written(rows: &[Row]) -> String {
    let mut table =
        String::from("| what | measured | beside | ratio | aim | |\n| --- | --- | --- | --- | --- | --- |\n");
    for Row { name, measured, beside, figure, unit, aim } in rows {
        let (aim, verdict) = match *aim {
            Aim::AtMost(most) => (format!("at most {most}{unit}"), reached(*figure <= most)),
            Aim::AtLeast(least) => (format!("at least {least}{unit}"), reached(*figure >= least)),
            Aim::Reported => (String::new(), ""),
        };
        let ratio = if beside.is_empty() { String::new() } else { format!("{figure:.2}") };
        writeln!(table, "| {name} | {measured} | {beside} | {ratio} | {aim} | {verdict} |").unwrap();
    }
    table
}

fn reached(reached: bool) -> &'static str {
    if reached { "reached" } else { "missed" }
}
