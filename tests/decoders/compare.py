#!/usr/bin/env python3
"""Our fields beside those of other decoders: equal, or explained by a rule that is written here.
compare.py HARNESS CORPUS HOSTILE; `run` beside it builds what this needs. Exit status 1 where
anything is left unexplained."""

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote_to_bytes

import peers

HARNESS, CORPUS, HOSTILE = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
# lines of a file
SHOWN = 4
# seconds and bytes of one process
LIMITS = ["timeout", "300", "prlimit", f"--as={3 << 30}", HARNESS]

# A rule is counted by value where it explains a value, by record, file or session where it
# says so.
RULES = {
    "enhanced wins": "records: altitude or speed is there twice, the enhanced one is read",
    "same second": "records: those of one stamp become one: first value, mean height; no course",
    "no point": "records: neither time, position, height nor distance",
    "composite": "records: compressed_speed_distance, counted here from the peer's raw bytes",
    "fraction": "records: cadence carries its fraction",
    "no fix": "records: 0/0, not on earth, or one coordinate alone is no position",
    "sensor zero": "records: -500 m, raw zero, is no height",
    "switched on": "records: a stamp below 2^28 is no date; compared by its step",
    "1989 amid dates": "records: such a stamp after dates is no time",
    "developer fills": "values: a developer field stands for a native one that says nothing",
    "wire type": "values: the file declares another type or size than the profile, or twice; "
    "peers differ among themselves, and we say so in a notice",
    "bad size": "values: a number of a size that its type cannot have is left out",
    "not defined": "files: the peer goes on with a definition of the file before in the chain",
    "peer stops": "files: compared as far as the peer goes",
    "peer refuses": "files: the peer reads no record, we do",
    "neither": "files: neither reads a record",
    "no track": "sessions: totals without records make no activity",
    "one of many": "files: sessions without times, the first one's totals stand",
    "overlap": "points: a track in the time of an earlier one is not counted twice",
    "not finite": "values: a height or sensor that is no finite number is missing",
    "wrapped": "points: longitudes from 180 to 540 degrees are brought back",
    "peer drops": "values: the peer takes <speed> from GPX 1.0 only",
    "refused": "files: a limit or a declared entity ends the reading here on purpose",
    "long number": "points: a number of more than 128 bytes is believed by the peer",
    "prefix": "files: the peer finds nothing where GPX's own elements have a prefix",
    "leap second": "values: second 60 is a time here, none to the peer",
    "absurd year": "values: years before 1900 and after 2200 are no time here",
}
# how a refusal that is meant begins, and what a peer cannot know of it
REFUSALS = (
    "entity declarations are refused",
    "elements are nested too deeply",
    "a tag or text is too long",
    "an element has too many attributes",
)
YEARS_UNIX_S = (-2_208_988_800, 7_289_654_400)

COLUMNS = (
    "time",
    "latitude",
    "longitude",
    "altitude",
    "speed",
    "heart rate",
    "cadence",
    "distance",
    "power",
)
FIELDS = {
    "time": ("time",),
    "latitude": ("latitude", "longitude"),
    "longitude": ("latitude", "longitude"),
    "altitude": ("altitude", "enhanced_altitude"),
    "speed": ("speed", "enhanced_speed", "compressed"),
    "heart rate": ("heart_rate",),
    "cadence": ("cadence", "fractional_cadence"),
    "distance": ("distance", "compressed"),
    "power": ("power",),
}
TOTALS = ("ascent", "descent", "distance", "timer")
SINGLE = 2.0**-23
FIRST_DATE_UNIX_S = peers.EPOCH_UNIX_S + (1 << 28)
# a clock that stands is no second with many records
MOST_A_SECOND = 20


class Tally:
    """What came of one decoder over one set of files."""

    def __init__(self):
        self.rules = Counter()
        self.files = self.records = self.values = self.present = self.totals = 0
        self.unexplained, self.stops = [], []


def refuse(tally, name, theirs):
    tally.rules["peer refuses"] += 1
    tally.stops.append(f"{name}: {theirs['stop']}")


def same(a, b, single=False):
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= max(1e-6, abs(b) * SINGLE if single else 0)


def is_single(column):
    """Sensors are kept in single precision."""
    return COLUMNS[column] in ("speed", "heart rate", "cadence", "power")


# --------------------------------------------------------------------------- FIT


class Part:
    """One FIT file of a chain, folded by the rules."""

    def __init__(self, rules):
        self.rules = rules
        self.course = None
        self.rows, self.sessions = [], []
        self.sixteenths = self.last_sixteenths = 0
        self.stamp, self.merged = None, 0
        # seconds since the first record; the Unix second of 0, where it is known
        self.zero, self.base, self.last_s = None, None, 0

    def record(self, fields):
        note = self.rules.update
        get = fields.get
        if get("altitude") is not None and not same(get("enhanced_altitude"), get("altitude")):
            if get("enhanced_altitude") is not None:
                note(["enhanced wins"])
        heights = [get("enhanced_altitude"), get("altitude")]
        if any(h is not None and h <= -500 for h in heights):
            note(["sensor zero"])
        heights = [h for h in heights if h is not None and h > -500]
        speed = next((v for v in (get("enhanced_speed"), get("speed")) if v is not None), None)
        distance, cadence = get("distance"), get("cadence")
        if cadence is not None and get("fractional_cadence"):
            note(["fraction"])
            cadence += get("fractional_cadence")
        if get("compressed") is not None:
            note(["composite"])
            low, middle, high = get("compressed")
            both = low | middle << 8 | high << 16
            if both != 0xFFFFFF:
                self.sixteenths += ((both >> 12) - self.last_sixteenths) & 0xFFF
                self.last_sixteenths = both >> 12
                distance = self.sixteenths / 16 if distance is None else distance
                if speed is None and both & 0xFFF != 0xFFF:
                    speed = (both & 0xFFF) / 100
        latitude, longitude = get("latitude"), get("longitude")
        if latitude is not None or longitude is not None:
            alone = latitude is None or longitude is None
            if alone or abs(latitude) > 90 or abs(longitude) > 180 or latitude == longitude == 0:
                note(["no fix"])
                latitude = longitude = None
        height = heights[0] if heights else None
        time = get("time")
        if all(v is None for v in (time, latitude, height, distance)):
            note(["no point"])
            return
        row = [time, latitude, longitude, height, speed]
        row += [get("heart_rate"), cadence, distance, get("power")]
        heights = [height] if height is not None else []
        entry = {"row": row, "heights": heights, "developer": list(fields["developer"])}
        standing = time is not None and time == self.stamp and self.merged < MOST_A_SECOND
        if self.rows and not self.course and standing:
            note(["same second"])
            self.merged += 1
            self.merge(self.rows[-1], entry)
            return
        self.stamp, self.merged = time, 1
        entry["stamp"] = time
        self.rows.append(entry)

    def merge(self, into, entry):
        row, more = into["row"], entry["row"]
        if row[1] is None:
            row[1:3] = more[1:3]
        for column in range(3, len(row)):
            if row[column] is None:
                row[column] = more[column]
        into["heights"] += entry["heights"]
        into["developer"] += entry["developer"]

    def finish(self):
        for entry in self.rows:
            heights = entry["heights"]
            if heights:
                entry["row"][3] = sum(heights) / len(heights)
            entry["row"][0] = self.seconds(entry["stamp"])
        return self

    def seconds(self, stamp):
        if stamp is None:
            return None
        is_date = stamp >= FIRST_DATE_UNIX_S
        if self.zero is None:
            self.zero = stamp
            self.base = stamp if is_date else None
        elif is_date and self.base is None:
            # the date is learned on the way: a second after the last record
            self.zero = self.base = stamp - self.last_s - 1
        elif not is_date and self.base is not None:
            self.rules.update(["1989 amid dates"])
            return None
        if not is_date:
            self.rules.update(["switched on"])
        self.last_s = stamp - self.zero
        return self.last_s


def odd_fields(messages):
    """Fields declared unlike the profile, and those of them that hold no number at all."""
    found = [fields for kind, fields in messages if kind == "odd"]
    return (
        {(f["message"], f["field"]) for f in found},
        {(f["message"], f["field"]) for f in found if f["unusable"]},
    )


def fold(messages, rules, unusable):
    """The peer's messages after the rules: parts with rows and sessions."""
    parts = [Part(rules)]
    for kind, fields in messages:
        for field in [f for f in fields if (kind, f) in unusable]:
            rules.update(["bad size"])
            del fields[field]
        if kind == "part":
            parts.append(Part(rules))
        elif kind == "file_id" and parts[-1].course is None:
            parts[-1].course = fields.get("type") == 6
        elif kind == "record":
            parts[-1].record(fields)
        elif kind == "session":
            parts[-1].sessions.append(fields)
    return [part.finish() for part in parts if part.rows or part.sessions]


def compare_fit(tally, name, mine, theirs, odd, unusable):
    parts = fold(theirs["messages"], tally.rules, unusable)
    # times of a part without a date are ours, moved by the peer's steps
    rows = []
    for part in parts:
        for entry in part.rows:
            rows.append((part, len(rows), entry))
    if mine["error"] is not None:
        if rows:
            tally.unexplained.append(f"{name}: {len(rows)} points, ours: {mine['error']}")
        else:
            tally.rules["neither"] += 1
        return
    our_rows = [row for activity in mine["activities"] for row in activity["rows"]]
    if not rows:
        if theirs["stop"] is not None:
            refuse(tally, name, theirs)
        elif odd:
            tally.rules["wire type"] += sum(v is not None for row in our_rows for v in row)
        else:
            tally.unexplained.append(f"{name}: no points and no complaint, ours {len(our_rows)}")
        return
    tally.files += 1
    if theirs["stop"] is not None:
        tally.rules["peer stops"] += 1
        tally.stops.append(f"{name}: after {len(rows)} of {len(our_rows)}: {theirs['stop']}")
    if len(rows) > len(our_rows) and any("not defined" in n for n in mine["notices"]):
        tally.rules["not defined"] += 1
    elif len(rows) > len(our_rows) or (len(rows) < len(our_rows) and theirs["stop"] is None):
        tally.unexplained.append(f"{name}: {len(rows)} points, ours {len(our_rows)}")
    bases = {}
    for (part, index, entry), ours in zip(rows, our_rows):
        tally.records += 1
        row = list(entry["row"])
        if row[0] is not None:
            first = ours[0] - row[0] if ours[0] is not None else 0
            row[0] += part.base if part.base is not None else bases.setdefault(id(part), first)
        for column, (a, b) in enumerate(zip(ours, row)):
            tally.values += 1
            tally.present += a is not None
            if same(a, b, is_single(column)):
                continue
            called = COLUMNS[column]
            fillable = called in ("heart rate", "cadence", "power") and b is None
            if fillable and any(same(a, v, True) for v in entry["developer"]):
                tally.rules["developer fills"] += 1
            elif any(("record", field) in odd for field in FIELDS[called]):
                tally.rules["wire type"] += 1
            else:
                tally.unexplained.append(f"{name}: point {index}, {called}: {b}, ours {a}")
    if theirs["stop"] is None:
        compare_totals(tally, name, mine, parts, odd)


def totals(session):
    timer = session.get("timer")
    timer = session.get("elapsed") if timer is None else timer
    return [session.get("ascent"), session.get("descent"), session.get("distance"), timer]


def compare_totals(tally, name, mine, parts, odd):
    """Each activity's totals are those of the next session that has records."""
    wanted = []
    for part in parts:
        if not part.rows:
            tally.rules["no track"] += len(part.sessions)
            continue
        dated = part.base is not None
        placed = [
            session
            for session in part.sessions
            if session.get("start") is not None
            and (session["start"] >= FIRST_DATE_UNIX_S) == dated
        ]
        if len(placed) >= 2:
            wanted += [totals(s) for s in sorted(placed, key=lambda s: s["start"])]
        else:
            if len(part.sessions) > 1:
                tally.rules["one of many"] += 1
            wanted.append(totals(part.sessions[0]) if part.sessions else [None] * 4)
    wanted = iter(wanted)
    for number, activity in enumerate(mine["activities"]):
        for theirs in wanted:
            if all(same(a, b) for a, b in zip(activity["totals"], theirs)):
                tally.totals += 4
                break
            if any(("session", field) in odd for field in TOTALS):
                tally.rules["wire type"] += 4
                break
            tally.rules["no track"] += 1
        else:
            tally.unexplained.append(
                f"{name}: activity {number}: no session with {activity['totals']}"
            )
            return


# --------------------------------------------------------------------------- GPX

SENSORS = {
    4: ("speed",),
    5: ("hr", "heartrate", "heart_rate"),
    6: ("cad", "cadence", "runcadence"),
    7: ("distance",),
    8: ("power", "watts", "powerinwatts"),
}


def number(text):
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if abs(value) < float("inf") else None


def gpx_rows(theirs, rules):
    """The peer's points after the rules: rows of those columns that it knows."""
    rows = []
    for point in theirs["tracks"] or theirs["routes"]:
        time, latitude, longitude, height, *rest = point
        if latitude == longitude == 0 or not (abs(latitude) <= 90 and abs(longitude) <= 540):
            rules["no fix"] += 1
            continue
        if abs(longitude) > 180:
            rules["wrapped"] += 1
            longitude -= 360
        if height is not None and not abs(height) < float("inf"):
            rules["not finite"] += 1
            height = None
        row = [time, latitude, longitude, height]
        if rest:
            speed, elements = rest
            lower = {}
            for element, text in elements.items():
                if number(text) is not None:
                    lower.setdefault(element.lower(), number(text))
            for column, names in SENSORS.items():
                row.append(next((v for n, v in lower.items() if n in names), None))
            row[4] = speed if speed is not None else row[4]
        rows.append(row)
    return rows


def head(path):
    with open(path, "rb") as file:
        return file.read(4096)


def has_prefix(path):
    return re.search(rb"<\w+:gpx\b", head(path)) is not None


def has_leap_second(path):
    return b":59:60Z" in Path(path).read_bytes()


def long_numbers(path):
    """Indices of points with a coordinate of more than 128 bytes."""
    points = re.findall(rb"<trkpt\b[^>]*>", Path(path).read_bytes())
    return [i for i, point in enumerate(points) if re.search(rb'"[^"]{129,}"', point)]


def compare_gpx(tally, name, mine, theirs):
    rows = gpx_rows(theirs, tally.rules)
    if mine["error"] is not None:
        if not rows:
            tally.rules["neither"] += 1
        elif any(refusal in mine["error"] for refusal in REFUSALS):
            tally.rules["refused"] += 1
        else:
            tally.unexplained.append(f"{name}: {len(rows)} points, ours: {mine['error']}")
        return
    activity = mine["activities"][0]
    our_rows = activity["rows"]
    if not rows:
        if theirs["stop"] is None and has_prefix(theirs["path"]):
            tally.rules["prefix"] += 1
        elif theirs["stop"] is None:
            tally.unexplained.append(f"{name}: no points and no complaint, ours {len(our_rows)}")
        else:
            refuse(tally, name, theirs)
        return
    if any("not counted twice" in notice for notice in mine["notices"]):
        kept, ours_left = [], iter(our_rows)
        ours = next(ours_left, None)
        for row in rows:
            if ours is not None and same(row[0], ours[0]) and same(row[1], ours[1]):
                kept.append(row)
                ours = next(ours_left, None)
        tally.rules["overlap"] += len(rows) - len(kept)
        rows = kept
    tally.files += 1
    if len(rows) > len(our_rows) and (long := long_numbers(theirs["path"])):
        left_out = [index for index in long if index < len(rows)]
        tally.rules["long number"] += len(left_out)
        rows = [row for index, row in enumerate(rows) if index not in left_out]
    if len(rows) != len(our_rows):
        tally.unexplained.append(f"{name}: {len(rows)} points, ours {len(our_rows)}")
        return
    for index, (row, ours) in enumerate(zip(rows, our_rows)):
        tally.records += 1
        for column, (a, b) in enumerate(zip(ours, row)):
            tally.values += 1
            tally.present += a is not None
            called = COLUMNS[column]
            if same(a, b, is_single(column)):
                continue
            if called == "time" and b is None and a % 86_400 == 0 and has_leap_second(theirs["path"]):
                tally.rules["leap second"] += 1
            elif called == "time" and a is None and not YEARS_UNIX_S[0] <= b < YEARS_UNIX_S[1]:
                tally.rules["absurd year"] += 1
            elif called == "speed" and b is None and theirs.get("version") == ["1.1"]:
                tally.rules["peer drops"] += 1
            else:
                tally.unexplained.append(f"{name}: point {index}, {called}: {b}, ours {a}")


# --------------------------------------------------------------------------- both


def look(task):
    role, path = task
    in_python = role in ("fitdecode", "garmin-fit-sdk", "gpxpy")
    command = [sys.executable, "-B", peers.__file__, role, str(path)] if in_python else [*LIMITS, role]
    done = subprocess.run(
        command,
        input=b"" if in_python else f"{path}\n".encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if done.returncode or not done.stdout:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        stop = f"ended with {done.returncode}: {' '.join(last)}"
        return {"path": str(path), "error": stop, "stop": stop, "messages": [], "tracks": [], "routes": []}
    return json.loads(done.stdout)


def is_of(ending, path):
    name = path.name.lower()
    return name.endswith(ending) or name.endswith(ending + ".gz")


def hostile(kind):
    with open(HOSTILE / "manifest.tsv", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        names = [unquote_to_bytes(row["name"]).decode() for row in rows if row["kind"] == kind]
    return [HOSTILE / name for name in names]


def report(title, tally):
    print(
        f"\n{title}: {tally.files} files, {tally.records} points, {tally.values} values "
        f"({tally.present} present), {tally.totals} totals; "
        f"{len(tally.unexplained)} unexplained"
    )
    for rule, count in sorted(tally.rules.items()):
        print(f"    {rule:16} {count:8}  {RULES[rule]}")
    for line in tally.stops:
        print(f"    {line[:150]}")
    of_file = Counter()
    for line in tally.unexplained:
        name = line.partition(":")[0]
        of_file[name] += 1
        if of_file[name] <= SHOWN:
            print(f"    UNEXPLAINED {line}")
    for name, count in of_file.items():
        if count > SHOWN:
            print(f"    UNEXPLAINED {name}: and {count - SHOWN} more")


def main():
    sets = {}
    if CORPUS.is_dir():
        every = sorted(path for path in CORPUS.rglob("*") if path.is_file())
        sets["corpus", "fit"] = [path for path in every if is_of(".fit", path)]
        sets["corpus", "gpx"] = [path for path in every if is_of(".gpx", path)]
    else:
        print(f"no corpus at {CORPUS}: not compared", file=sys.stderr)
    if (HOSTILE / "manifest.tsv").is_file():
        sets["hostile", "fit"], sets["hostile", "gpx"] = hostile("fit"), hostile("gpx")
    else:
        print(f"no hostile set at {HOSTILE}: not compared", file=sys.stderr)
    if not sets:
        sys.exit("nothing to compare")
    roles = {
        "fit": ("fitdecode", "garmin-fit-sdk", "rustyfit"),
        "gpx": ("gpxpy", "gpx"),
    }
    grand = Tally()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (called, kind), paths in sets.items():
            tallies = defaultdict(Tally)
            for path in paths:
                tasks = [(role, path) for role in ("ours", *roles[kind])]
                mine, *others = pool.map(look, tasks)
                name = path.name
                odd = odd_fields(others[2]["messages"]) if kind == "fit" else ()
                for role, theirs in zip(roles[kind], others):
                    if kind == "fit":
                        compare_fit(tallies[role], name, mine, theirs, *odd)
                    else:
                        compare_gpx(tallies[role], name, mine, theirs)
            for role, tally in tallies.items():
                report(f"{called} {kind.upper()}, {role} ({len(paths)} files)", tally)
                grand.values += tally.values + tally.totals
                grand.present += tally.present
                grand.unexplained += tally.unexplained
    print(f"\n{grand.values} values compared, {len(grand.unexplained)} unexplained")
    sys.exit(1 if grand.unexplained else 0)


if __name__ == "__main__":
    main()
