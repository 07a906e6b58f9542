//! Fuzzes any text as prose.

#![no_main]

use libfuzzer_sys::fuzz_target;
use regimen_tests::hostile;

fuzz_target!(|bytes: &[u8]| hostile::prose(&String::from_utf8_lossy(bytes)));
