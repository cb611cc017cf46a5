//! Does the README show what the program prints? Every console block is run.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::process::Command;

/// Commands of the console blocks, each with what is shown below it.
fn shown(readme: &str) -> Vec<(Vec<String>, String)> {
    let mut all: Vec<(Vec<String>, String)> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for line in block.split_inclusive('\n') {
            match line.strip_prefix("$ ") {
                Some(command) => {
                    let words = command.split_whitespace().map(str::to_owned).collect();
                    all.push((words, String::new()));
                }
                None => all.last_mut().unwrap().1.push_str(line),
            }
        }
    }
    all
}

#[test]
fn prints_every_console_block_of_the_readme() {
    let commands = shown(include_str!("../README.md"));
    assert!(commands.len() >= 3, "{} commands", commands.len());
    for (words, expected) in commands {
        let (program, arguments) = words.split_first().unwrap();
        assert_eq!(
            program, "hardlegs",
            "{words:?}: a block that needs more cannot be run"
        );
        let output = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_clear()
            .args(arguments)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said, expected, "{words:?}");
        assert!(output.status.success(), "{words:?}");
    }
}
