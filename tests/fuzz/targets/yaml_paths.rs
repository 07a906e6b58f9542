//! Fuzzes places in any text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use regimen_tests::hostile;

fuzz_target!(|bytes: &[u8]| hostile::yaml_paths(&String::from_utf8_lossy(bytes)));
