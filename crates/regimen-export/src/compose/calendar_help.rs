//! How readers get a plan into their calendar app, and what they do when it changes.

use regimen_catalog::plan::{Plan, PlanSchedule};
use regimen_catalog::prose::{Inline, Inlines, LinkTarget};
use regimen_catalog::vocabulary::{CalendarHelp, Label};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Writer;
use super::writer::text;
use crate::document::Block;
use crate::exporter::Unit;

/// The address of the folder with the calendars on the web: `https://club.example/calendars/`.
///
/// It is what an exporter reads from its options, and a wrong address says so:
///
/// ```
/// use regimen_export::{Options, compose::CalendarFolder};
/// let written = Options::new(serde_json::json!("https://club.example/calendars/"));
/// assert!(written.read::<CalendarFolder>().is_ok());
/// assert!(CalendarFolder::try_from("calendars".to_owned()).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("pattern" = r"^https?://[A-Za-z0-9\[][^\s?#]*$"))]
#[schemars(extend("errorMessage" = "write the address of a folder on the web such as `https://club.example/calendars/`"))]
pub struct CalendarFolder {
    /// Without the slashes at its end.
    address: String,
}

impl TryFrom<String> for CalendarFolder {
    type Error = String;

    fn try_from(address: String) -> Result<Self, String> {
        // Everything else has to be percent-encoded in an address (RFC 3986 §2), and no file is below a query.
        let allowed = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}?#".contains(c);
        let host = ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme));
        let starts = host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['));
        if starts && address.chars().all(allowed) && address.len() <= 1000 {
            Ok(Self { address: address.trim_end_matches('/').to_owned() })
        } else {
            let shown: String = address.chars().take(80).collect();
            Err(format!(
                "`{}` is not the address of a folder on the web, such as `https://club.example/calendars/`",
                shown.escape_debug()
            ))
        }
    }
}

impl CalendarFolder {
    /// Where the calendar of a schedule is: in the folder, or in a folder of its language if that is not the
    /// catalogue's own.
    ///
    /// ```
    /// use regimen_export::{Subject, compose::CalendarFolder, testing};
    /// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
    /// let unit = testing::unit(&catalog, Subject::Catalog);
    /// let folder = CalendarFolder::try_from("https://club.example/calendars/".to_owned()).unwrap();
    /// let address = folder.calendar(&unit, plan.schedule.as_ref().unwrap());
    /// assert_eq!(address, "https://club.example/calendars/spring.ics");
    /// ```
    pub fn calendar(&self, unit: &Unit<'_>, schedule: &PlanSchedule) -> String {
        self.file(unit, &file_of(schedule))
    }

    /// Where a file of that folder is.
    fn file(&self, unit: &Unit<'_>, file: &str) -> String {
        let (folder, tag) = (&self.address, unit.tag());
        if *tag == unit.catalog.project.language {
            format!("{folder}/{file}")
        } else {
            format!("{folder}/{tag}/{file}")
        }
    }
}

/// Name, subscribing and importing for each family of apps.
const APPS: [[CalendarHelp; 3]; 8] = {
    use CalendarHelp as Help;
    [
        [Help::Apple, Help::AppleSubscribe, Help::AppleImport],
        [Help::Google, Help::GoogleSubscribe, Help::GoogleImport],
        [Help::Android, Help::AndroidSubscribe, Help::AndroidImport],
        [Help::Outlook, Help::OutlookSubscribe, Help::OutlookImport],
        [Help::OutlookClassic, Help::OutlookClassicSubscribe, Help::OutlookClassicImport],
        [Help::Thunderbird, Help::ThunderbirdSubscribe, Help::ThunderbirdImport],
        [Help::Nextcloud, Help::NextcloudSubscribe, Help::NextcloudImport],
        [Help::Linux, Help::LinuxSubscribe, Help::LinuxImport],
    ]
};

/// How readers get a calendar.
///
/// ```
/// use regimen_export::{Subject, compose::{CalendarFolder, Delivery, calendar_help}, testing};
/// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
/// let unit = testing::unit(&catalog, Subject::Catalog);
/// let folder = CalendarFolder::try_from("https://club.example/calendars/".to_owned()).unwrap();
/// let says = |delivery| format!("{:?}", calendar_help(&unit, &plan, delivery));
/// assert!(says(Delivery::File).contains("spring.ics") && !says(Delivery::Feed).contains("spring.ics"));
/// assert!(says(Delivery::Folder(&folder)).contains("https://club.example/calendars/spring.ics"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery<'a> {
    /// As a file.
    File,
    /// From an address that they were told.
    Feed,
    /// From a folder on the web.
    Folder(&'a CalendarFolder),
}

/// Composes a section on calendars: subscribing if they are on the web, else importing. A plan without a schedule has
/// no calendar, so it has no section.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
/// let unit = testing::unit(&catalog, Subject::Catalog);
/// let blocks = compose::calendar_help(&unit, &plan, compose::Delivery::File);
/// assert!(matches!(&blocks[0], Block::Heading { anchor, .. } if anchor == "calendar"));
/// let undated = testing::plan(&catalog, "calf-plan");
/// assert_eq!(compose::calendar_help(&unit, &undated, compose::Delivery::File), []);
/// ```
pub fn calendar_help(unit: &Unit<'_>, plan: &Plan, delivery: Delivery<'_>) -> Vec<Block> {
    let Some(schedule) = &plan.schedule else {
        return Vec::new();
    };
    calendar_help_of(unit, &[file_of(schedule)], delivery)
}

/// The same for a calendar in these files, because one would be too large for calendar apps.
///
/// ```
/// use regimen_export::{Subject, compose, testing};
/// let catalog = testing::catalog();
/// let unit = testing::unit(&catalog, Subject::Catalog);
/// let files = ["spring.ics".to_owned(), "spring.2.ics".to_owned()];
/// let blocks = compose::calendar_help_of(&unit, &files, compose::Delivery::File);
/// assert!(format!("{blocks:?}").contains("The files spring.ics + spring.2.ics hold every session"));
/// ```
pub fn calendar_help_of(unit: &Unit<'_>, files: &[String], delivery: Delivery<'_>) -> Vec<Block> {
    let writer = Writer::new(unit);
    match delivery {
        Delivery::Folder(folder) => {
            let addresses: Vec<String> = files.iter().map(|file| folder.file(unit, file)).collect();
            writer.subscribing(&addresses)
        }
        Delivery::Feed => writer.subscribing(&[]),
        Delivery::File => writer.importing(files),
    }
}

fn file_of(schedule: &PlanSchedule) -> String {
    format!("{}.ics", schedule.name)
}

impl Writer<'_> {
    fn subscribing(self, addresses: &[String]) -> Vec<Block> {
        let mut facts = Vec::new();
        for address in addresses {
            facts.push((self.help(CalendarHelp::Address), link(address)));
            // Browsers hand such an address to the calendar app.
            let webcal = address.split_once("://").map(|(_, rest)| format!("webcal://{rest}"));
            facts.extend(webcal.map(|webcal| (self.help(CalendarHelp::Link), link(&webcal))));
        }
        facts.extend(APPS.map(|[name, subscribe, _]| (self.help(name), text(self.help(subscribe)))));
        let first = if addresses.is_empty() { CalendarHelp::SubscribeElsewhere } else { CalendarHelp::Subscribe };
        self.section(self.help(first), facts, self.help(CalendarHelp::WhenSubscribed))
    }

    fn importing(self, files: &[String]) -> Vec<Block> {
        let first = match files {
            [file] => self.language.fill(CalendarHelp::Import, &[("file", file)]),
            files => {
                let files = files.join(self.language.label(Label::And));
                self.language.fill(CalendarHelp::ImportSeveral, &[("files", &files)])
            }
        };
        let facts = APPS.map(|[name, _, import]| (self.help(name), text(self.help(import))));
        self.section(first, facts.into(), self.help(CalendarHelp::WhenImported))
    }

    fn section(self, first: String, facts: Vec<(String, Inlines)>, last: String) -> Vec<Block> {
        let content = text(self.help(CalendarHelp::Title));
        vec![
            Block::Heading { level: 1, anchor: "calendar".to_owned(), content },
            Block::Paragraph(text(first)),
            Block::Facts(facts),
            Block::Paragraph(text(last)),
        ]
    }

    fn help(self, label: CalendarHelp) -> String {
        self.language.label(label).to_owned()
    }
}

fn link(address: &str) -> Inlines {
    vec![Inline::Link { target: LinkTarget::Url(address.to_owned()), content: text(address), title: None }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_folder_on_the_web_is_one() {
        for (written, kept) in [
            ("https://club.example/calendars/", "https://club.example/calendars"),
            ("http://[::1]:8000", "http://[::1]:8000"),
            ("https://club.example//", "https://club.example"),
        ] {
            assert_eq!(CalendarFolder::try_from(written.to_owned()).map(|folder| folder.address), Ok(kept.to_owned()));
        }
        for wrong in
            ["", "https://", "/calendars", "webcal://a", "https://a?b", "https://a#b", "https://a b", "https://ä"]
        {
            assert!(CalendarFolder::try_from(wrong.to_owned()).is_err_and(|said| said.contains("such as")), "{wrong}");
        }
    }
}
