#!/usr/bin/env python3
"""Runs everything side by side and prints the ratio table. table.py [--quick] SCRATCH INPUTS;
`run` beside it builds what this needs."""

import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
QUICK = "--quick" in sys.argv
SCRATCH, INPUTS = (Path(argument) for argument in sys.argv[-2:])
HARNESS = str(SCRATCH / "target/release/hardlegs-peers")
OURS = str(SCRATCH / "target/release/hardlegs")
SCRIPT = [str(SCRATCH / "venv/bin/python"), str(HERE / "script.py")]
MIXED = str(INPUTS / "mixed")
FILES = len(os.listdir(MIXED))

ROUNDS = 3 if QUICK else 9  # of readers in one process
RUNS = 1 if QUICK else 5  # of whole processes, each in its turn
LONG_RUNS = 1 if QUICK else 3  # of a folder
SCRIPT_RUNS = 1  # of the script over a folder: minutes

rows = []


def say(text):
    print("==", text, file=sys.stderr, flush=True)


def once(command):
    """CPU s, wall s, most memory in MiB of one process."""
    done = subprocess.run(
        [HARNESS, "once", *command], check=True, stdout=subprocess.PIPE, text=True
    )
    cpu_s, wall_s, kib = map(float, done.stdout.split())
    return cpu_s, wall_s, kib / 1024


def race(commands, runs):
    """Medians of each command, one after the other in every round."""
    taken = defaultdict(list)
    for turn in range(max(runs.values())):
        for name, command in commands.items():
            if turn < runs[name]:
                taken[name].append(once(command))
    return {
        name: tuple(statistics.median(column) for column in zip(*all))
        for name, all in taken.items()
    }


def row(work, against, theirs, ours, ratio, aim, runs, less=""):
    rows.append((work, against, theirs, ours, ratio, aim, runs, less))


def times(theirs, ours):
    return f"{theirs / ours:.3g}x"


def parsing():
    say("readers in one process")
    done = subprocess.run(
        [HARNESS, "parse", str(INPUTS), str(ROUNDS)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures = {}
    for line in done.stdout.splitlines():
        name, reader, _, median, _, _ = line.split("\t")
        figures[name, reader] = float(median)
    ns = lambda value: f"{value:.0f} ns/point"
    gpx = [
        ("gpx", "40x", "only positions, heights, times; no sensors"),
        ("quick-xml", "4x", "only positions, heights, times, heart rate; checks nothing"),
        ("navigo", "", "only positions and heights; skips what it cannot read"),
    ]
    fit = [
        ("fitparser", "120x", "only decodes, but every message"),
        ("rustyfit", "7x", "only decodes, but every message"),
    ]
    # no point is written like one before: each is read element by element
    declined = [("quick-xml", "", gpx[1][2])]
    for title, name, ours, peers in [
        ("parse GPX, Garmin style", "1h-garmin.gpx", "hardlegs", gpx),
        ("parse GPX, Strava style", "1h-strava.gpx", "hardlegs", gpx),
        ("the same, another comment in each point: Garmin", "1h-garmin-comments.gpx", "hardlegs", declined),
        ("the same, another comment in each point: Strava", "1h-strava-comments.gpx", "hardlegs", declined),
        ("parse FIT with CRC", "1h-plain.fit", "hardlegs", fit),
        ("parse FIT with CRC, developer field", "1h-developer.fit", "hardlegs", fit),
    ]:
        mine = figures[name, ours]
        for peer, aim, less in peers:
            theirs = figures[name, peer]
            row(title, peer, ns(theirs), ns(mine), times(theirs, mine), aim, ROUNDS, less)
    for title, ours in [("parse", "hardlegs"), ("parse and score", "hardlegs report")]:
        for form in ["garmin.gpx", "strava.gpx", "plain.fit"]:
            hour, day = figures["1h-" + form, ours], figures["24h-" + form, ours]
            row(
                f"{title}, {form}: 24 h",
                "hardlegs, 1 h",
                ns(hour),
                ns(day),
                f"takes {day / hour:.2f}x",
                "at most 1.5x",
                ROUNDS,
            )


def plain_road():
    program = SCRATCH / "target/release/hardlegs-plain"
    if not program.exists():
        return
    say("the plain road of our own")
    for hours, aim in [("24h", "3x"), ("1h", "")]:
        path = str(INPUTS / f"{hours}-plain.fit")
        done = subprocess.run(
            [program, path, str(ROUNDS)], check=True, stdout=subprocess.PIPE, text=True
        )
        ours, plain, worst = done.stdout.split()
        row(
            f"profile, segments and load, {hours[:-1]} h",
            "our own plain road",
            f"{float(plain):.0f} ns/point",
            f"{float(ours):.0f} ns/point",
            times(float(plain), float(ours)),
            aim,
            ROUNDS,
            f"all alike; totals within {worst}",
        )


def whole_processes():
    gpsbabel = shutil.which("gpsbabel")
    ms = lambda value: f"{value * 1000:.1f} ms"
    mib = lambda value: f"{value:.1f} MiB"
    pipeline_does = "read, smoothing, cost; no cleaning, segments, ranges, page"
    script_does = "read, smoothing, cost, climbs; no cleaning, ranges, page"
    for name, reader, script, pipelines, points, aim in [
        ("1h-garmin.gpx", "gpx", "gpxpy + numpy", True, 3_600, "80x"),
        ("1h-plain.fit", "garmin_fit", "fitdecode + numpy", True, 3_600, "150x"),
        ("24h-garmin.gpx", "gpx", "gpxpy + numpy", True, 86_400, ""),
        ("24h-plain.fit", "garmin_fit", "fitdecode + numpy", True, 86_400, ""),
    ]:
        say(f"whole processes: {name}")
        path = str(INPUTS / name)
        commands = {"hardlegs": [OURS, path], script: [*SCRIPT, path]}
        less = {script: script_does}
        for pipeline in ["gpx+fitparser", "quick-xml+rustyfit"]:
            commands[pipeline] = [HARNESS, "pipeline", pipeline, path]
            less[pipeline] = pipeline_does
        if name.endswith(".gpx"):
            commands["navigo"] = [HARNESS, "pipeline", "navigo", path]
            less["navigo"] = "no times, sensors, loads; thins the points first"
        if gpsbabel:
            commands["GPSBabel"] = [gpsbabel, "-i", reader, "-f", path, "-o", "unicsv", "-F", "/dev/null"]
            less["GPSBabel"] = "only parses, and writes a table"
        day = name.startswith("24h")
        runs = dict.fromkeys(commands, LONG_RUNS if day else RUNS)
        figures = race(commands, runs)
        cpu_s, _, ours_mib = figures.pop("hardlegs")
        hours = name.split("-")[0].replace("h", " h")
        kind = "GPX" if name.endswith(".gpx") else "FIT"
        for peer, (theirs_s, _, _) in figures.items():
            row(
                f"{hours} {kind}, whole process",
                peer,
                ms(theirs_s),
                ms(cpu_s),
                times(theirs_s, cpu_s),
                aim if peer == script else "",
                runs[peer],
                less[peer],
            )
        file_mib = os.path.getsize(path) / 2**20
        most = 8 + points * 128 / 2**20 + file_mib
        bound = min(most, 20) if (hours, kind) == ("24 h", "FIT") else most
        row(
            f"{hours} {kind}, memory",
            script,
            mib(figures[script][2]),
            mib(ours_mib),
            times(figures[script][2], ours_mib),
            f"at most {bound:.1f} MiB",
            runs[script],
        )
        for peer in ["gpx+fitparser", "quick-xml+rustyfit"]:
            theirs_mib = figures[peer][2]
            row(
                f"{hours} {kind}, memory",
                peer,
                mib(theirs_mib),
                mib(ours_mib),
                times(theirs_mib, ours_mib),
                "",
                runs[peer],
                less[peer],
            )


def folder():
    say(f"a folder of {FILES} mixed files")
    ours = lambda threads: [OURS, "batch", "--threads", str(threads), MIXED]
    pipeline = lambda name: [HARNESS, "pipeline", name, MIXED]
    less = {
        "script": "read, smoothing, cost, climbs; no cleaning, ranges, JSON",
        "gpx+fitparser": "read, smoothing, cost; no cleaning, segments, ranges, JSON",
        "quick-xml+rustyfit": "read, smoothing, cost; no cleaning, segments, ranges, JSON",
    }
    commands = {
        "hardlegs": ours(1),
        "two threads": ours(2),
        "bytes": pipeline("bytes"),
        "quick-xml+rustyfit": pipeline("quick-xml+rustyfit"),
        "gpx+fitparser": pipeline("gpx+fitparser"),
        "script": [*SCRIPT, MIXED],
    }
    runs = dict.fromkeys(commands, LONG_RUNS)
    runs["script"] = SCRIPT_RUNS
    once(commands["bytes"])  # into the page cache
    figures = race(commands, runs)
    seconds = lambda value: f"{value:.2f} s"
    cpu_s, wall_s, _ = figures["hardlegs"]
    title = f"`batch`, {FILES} mixed files"
    for name, called, aim in [
        ("script", "gpxpy, fitdecode + numpy", "250x"),
        ("gpx+fitparser", "gpx+fitparser", "45x"),
        ("quick-xml+rustyfit", "quick-xml+rustyfit", "3x"),
    ]:
        theirs = figures[name][0]
        row(title, called, seconds(theirs), seconds(cpu_s), times(theirs, cpu_s), aim, runs[name], less[name])
    floor = figures["bytes"][0]
    row(title, "reading the bytes only", seconds(floor), seconds(cpu_s), f"takes {cpu_s / floor:.1f}x", "at most 8x", runs["bytes"], "no parsing at all")
    two_s = figures["two threads"][1]
    row(f"{title}, two threads (wall)", "one thread", seconds(wall_s), seconds(two_s), times(wall_s, two_s), "1.7x", runs["two threads"])


def processor():
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


load_before = os.getloadavg()[0]
parsing()
plain_road()
whole_processes()
folder()
print(
    f"{date.today()}, {os.cpu_count()} x {processor()}, {os.environ['COMPILER']}, Python "
    f"{platform.python_version()}; load average {load_before:.1f} before, "
    f"{os.getloadavg()[0]:.1f} after. CPU time (user and system), medians of so many runs, "
    "each program in its turn; wall time where it says so.\n"
)
headings = ("work", "against", "peer", "hardlegs", "ratio", "aim", "runs", "what the peer leaves out")
print("|", " | ".join(headings), "|")
print("|" + "---|" * len(headings))
for line in rows:
    print("|", " | ".join(map(str, line)), "|")
