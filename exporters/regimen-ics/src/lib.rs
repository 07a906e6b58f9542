//! iCalendar schedules (RFC 5545, RFC 7986) that calendar apps import right.

mod value;
mod write;
