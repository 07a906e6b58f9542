//! Fuzzes any text as every amount.

#![no_main]

use libfuzzer_sys::fuzz_target;
use regimen_tests::hostile;

fuzz_target!(|bytes: &[u8]| hostile::quantity(&String::from_utf8_lossy(bytes)));
