//! `hardlegs help`, and what every `-h` looks like: examples first, on one screen.

use clap::{Arg, Command};
use hardlegs::error::visible;

use crate::cli::out::Out;

/// Something that is explained at length, once: here and in the module documentation.
struct Topic {
    name: &'static str,
    about: &'static str,
    text: &'static str,
}

const TOPICS: [Topic; 5] = [
    Topic {
        name: "model",
        about: "volume, intensity and load: the equations and where they come from",
        text: include_str!("../load/model.md"),
    },
    Topic {
        name: "formats",
        about: "what is read, what is tolerated, what is written",
        text: include_str!("../read/formats.md"),
    },
    Topic {
        name: "accuracy",
        about: "what is measured, what is a model, what nobody knows",
        text: include_str!("../evidence/accuracy.md"),
    },
    Topic {
        name: "safety",
        about: "soreness, pain and injury; what history and plan rest on",
        text: include_str!("safety.md"),
    },
    Topic {
        name: "exit-status",
        about: "what 0, 1, 2, 3 and 130 say",
        text: include_str!("exit_status.md"),
    },
];

/// Three examples for each command; the first row is the program's.
const EXAMPLES: [(&str, &str); 21] = [
    (
        "hardlegs",
        "\
hardlegs run.fit                     split, score, print
  hardlegs report run.fit -o run.html  one page for a coach
  hardlegs history ~/export.zip        what your legs are used to, what is new",
    ),
    (
        "analyze",
        "\
hardlegs run.fit --all               every climb and descent
  hardlegs hike.gpx --mass 72 --pack 8 what a pack adds
  hardlegs --json a.gpx b.fit          for programs",
    ),
    (
        "chart",
        "\
hardlegs chart run.fit -o run.svg    heights by grade, and where the load fell
  hardlegs chart run.fit --kind map -o map.svg
  hardlegs chart --kind history -o training.svg",
    ),
    (
        "report",
        "\
hardlegs report run.fit -o run.html
  hardlegs report history -o training.html
  hardlegs report tri.fit --part 3 -o run.html",
    ),
    (
        "export",
        "\
hardlegs export run.fit -o hills.gpx
  hardlegs export run.fit --only climbs -o up.gpx
  hardlegs export race.gpx --only descents | gpsbabel -i gpx -f - -o kml -F -",
    ),
    (
        "batch",
        "\
hardlegs batch ~/activities > scored.jsonl
  hardlegs batch ~/export.zip --format csv > scored.csv
  find . -name '*.fit' -print0 | hardlegs batch --files0-from -",
    ),
    (
        "history",
        "\
hardlegs history ~/export.zip        score what is new, then show
  hardlegs history --by month --since 2026-01-01
  hardlegs history --export csv > sessions.csv",
    ),
    (
        "hills",
        "\
hardlegs hills                       what you did three times and more
  hardlegs hills 12                    every effort on one of them
  hardlegs hills name 12 \"Col de la Croix\"",
    ),
    (
        "plan",
        "\
hardlegs plan race.gpx               a course against your history
  hardlegs plan race.gpx --on 2027-06-12
  hardlegs plan race.gpx --on 2027-06-12 --json",
    ),
    (
        "explain",
        "\
hardlegs explain run.fit             how its numbers came about
  hardlegs explain run.fit D5          one descent
  hardlegs explain load                constants, with their sources",
    ),
    (
        "inspect",
        "\
hardlegs inspect run.fit             messages, fields, gaps, what is missing
  hardlegs inspect run.fit --check     the same file read by other crates
  hardlegs inspect run.fit --all --json",
    ),
    (
        "athlete",
        "\
hardlegs athlete set mass_kg=71 hr_max=189 pack.hike=8
  hardlegs athlete set --from 2026-03-01 mass_kg=69.5
  hardlegs athlete show                every value, and where from",
    ),
    (
        "completions",
        "\
hardlegs completions bash > /etc/bash_completion.d/hardlegs
  hardlegs completions zsh > ~/.zfunc/_hardlegs
  hardlegs completions fish > ~/.config/fish/completions/hardlegs.fish",
    ),
    (
        "man",
        "\
hardlegs man | man -l -
  hardlegs man -o ~/.local/share/man/man1
  man hardlegs-history",
    ),
    (
        "schema",
        "\
hardlegs schema                      of hardlegs FILE --json
  hardlegs schema batch
  hardlegs schema history > history.schema.json",
    ),
    (
        "help",
        "\
hardlegs help model                  how the loads are computed
  hardlegs help history                the flags of a command
  hardlegs help accuracy",
    ),
    (
        "athlete show",
        "\
hardlegs athlete show                every value, and where from
  hardlegs athlete show --sport hike
  hardlegs athlete show --config other.toml",
    ),
    (
        "athlete set",
        "\
hardlegs athlete set mass_kg=71 hr_max=189 hr_rest=47
  hardlegs athlete set --from 2026-03-01 mass_kg=69.5 ftp_w=268
  hardlegs athlete set pack.hike=8 time_zone=Europe/Zurich units=metric",
    ),
    (
        "athlete path",
        "\
hardlegs athlete path                where the file is, or would be
  hardlegs athlete path --config other.toml
  $EDITOR \"$(hardlegs athlete path)\"",
    ),
    (
        "hills name",
        "\
hardlegs hills name 12 \"Col de la Croix\"
  hardlegs hills name 12               by where it lies again
  hardlegs hills name 12 Croix --store other.sqlite",
    ),
    (
        "history set",
        "\
hardlegs history set 3f9c --sport hike
  hardlegs history set 3f9c --pack 8
  hardlegs history set 3f9c --exclude",
    ),
];

const TEMPLATE: &str = "\
{about-with-newline}
{before-help}{usage-heading} {usage}

{all-args}{after-help}";

/// Widest help.
const COLUMNS: usize = 80;

/// What stands under every short help.
const MORE: &str = "\
More: --help has every flag; hardlegs help TOPIC: model, formats, accuracy,
safety, exit-status. No network, ever.";

/// Gives each command its examples, and a short help of one screen: what stands under a
/// heading of its own is for the long one.
pub(crate) fn dressed(command: Command) -> Command {
    within(command, None)
}

/// Of the program itself, which has the flags of `analyze`, these are in the short help.
const FIRST_FLAGS: [&str; 5] = ["files", "all", "json", "help", "version"];

/// Names the path as the commands above are called together, without the program.
fn within(command: Command, above: Option<&str>) -> Command {
    let name = command.get_name();
    let path = match above {
        None | Some("") => name.to_owned(),
        Some(above) => format!("{above} {name}"),
    };
    let examples = EXAMPLES.iter().find(|(name, _)| *name == path);
    let command = match examples {
        Some((_, examples)) => command.before_help(format!("Examples:\n  {examples}")),
        None => command,
    };
    let brief = |arg: Arg| {
        let id = arg.get_id().as_str();
        let more = arg.get_help_heading().is_some()
            || above.is_none() && !FIRST_FLAGS.contains(&id);
        if more { arg.hide_short_help(true) } else { arg }
    };
    let nested: Vec<String> =
        command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let mut command = command
        .help_template(TEMPLATE)
        .after_help(MORE)
        .max_term_width(COLUMNS)
        .mut_args(brief);
    let here = if above.is_none() { "" } else { &path };
    for name in nested {
        command = command.mut_subcommand(name, |below| within(below, Some(here)));
    }
    command
}

/// Returns what the codes say.
pub(crate) fn exit_status() -> String {
    plain(include_str!("exit_status.md"))
}

/// Returns names of all topics.
pub(crate) fn topics() -> impl Iterator<Item = (&'static str, &'static str)> {
    TOPICS.iter().map(|topic| (topic.name, topic.about))
}

/// Prints a topic, or the long help of a command; the exit code.
pub(crate) fn run(words: &[String], mut command: Command, out: &mut Out) -> u8 {
    if let [name] = words
        && let Some(topic) = TOPICS.iter().find(|topic| topic.name == name)
    {
        out.print(&plain(topic.text));
        return 0;
    }
    command.build();
    let mut found = &mut command;
    for word in words {
        let Some(below) = found.find_subcommand_mut(word) else {
            let topics: Vec<&str> = topics().map(|(name, _)| name).collect();
            Out::say(&format!(
                "error: no command and no topic {}. Hint: topics are {}; hardlegs -h lists the commands",
                visible(&words.join(" ")),
                topics.join(", ")
            ));
            return 2;
        };
        found = below;
    }
    out.print(&found.render_long_help().to_string());
    if words.is_empty() {
        out.print("\nTopics (hardlegs help TOPIC):\n");
        for (name, about) in topics() {
            out.print(&format!("  {name:<12} {about}\n"));
        }
    }
    0
}

/// Markdown as it reads on a terminal: without fences and stars, headings in capitals.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut code = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            code = !code;
            continue;
        }
        if code {
            text.push_str("    ");
            text.push_str(line);
        } else {
            let line = line.replace("**", "").replace('`', "");
            match line.strip_prefix('#') {
                Some(heading) => {
                    let heading = heading.trim_start_matches('#').trim();
                    text.push_str(&heading.to_uppercase());
                }
                None => text.push_str(&line),
            }
        }
        text.push('\n');
    }
    text
}
