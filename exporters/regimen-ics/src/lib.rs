//! regimen-ics
