//! regimen-pdf
