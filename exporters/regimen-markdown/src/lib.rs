//! regimen-markdown
