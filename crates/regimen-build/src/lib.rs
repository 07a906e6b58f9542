//! regimen-build
