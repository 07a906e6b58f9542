//! Our calendars, as independent readers understand them: count, times, titles and texts of every event.
//!
//! What must be read comes from the plan and from the composed texts (`planned`), never from the file. `readers`
//! asks every reader at once, `bytes` looks at the lines themselves, and `mistakes` is the one list of what readers
//! are known to get wrong.

mod bytes;
mod caldata;
mod controls;
mod event;
mod hostile;
mod memory;
mod mistakes;
mod planned;
mod properties;
mod readers;
mod zones;
