//! hardlegs beside its peers: equal inputs, equal work, one session. `run` starts it.

mod bytes;
mod clock;
mod outing;
mod peers;
mod pipeline;
mod points;
mod rounds;
mod text;
mod write;

use std::path::Path;
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["generate", folder, count] => generate(folder, count),
        ["parse", folder, count] => parse(folder, count),
        ["pipeline", name, paths @ ..] => pipeline::run(name, paths),
        ["once", program, rest @ ..] => clock::once(program, rest),
        _ => Err("generate FOLDER FILES | parse FOLDER ROUNDS | pipeline NAME PATH... | once PROGRAM ARGUMENT...".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("hardlegs-peers: {why}");
            ExitCode::FAILURE
        }
    }
}

fn generate(folder: &str, count: &str) -> Result<(), Failure> {
    write::inputs(Path::new(folder), count.parse()?)
}

fn parse(folder: &str, count: &str) -> Result<(), Failure> {
    rounds::parsing(Path::new(folder), count.parse()?)
}
