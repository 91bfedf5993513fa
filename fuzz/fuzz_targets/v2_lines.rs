#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ingest::fuzzing::v2_lines(bytes));
