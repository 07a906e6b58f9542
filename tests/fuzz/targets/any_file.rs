//! Fuzzes any bytes as one file of a small catalogue.

#![no_main]

use libfuzzer_sys::fuzz_target;
use regimen_tests::hostile;

fuzz_target!(|bytes: &[u8]| hostile::any_file(bytes));
