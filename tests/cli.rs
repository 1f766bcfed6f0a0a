//! The command line as it is typed: `tests/cli/*.trycmd`, and every console block of the README.
#![cfg(feature = "cli")]

#[test]
fn the_command_does_what_its_transcripts_say() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").case("README.md");
}
