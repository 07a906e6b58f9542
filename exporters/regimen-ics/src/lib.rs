//! iCalendar schedules (RFC 5545, RFC 7986) that calendar apps import right.

mod value;
mod write;
mod zone;

pub use zone::time_zone_data_version;
