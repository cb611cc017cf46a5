"""What the Python decoders see in a file, in the shape of `hardlegs-decoders rustyfit` and
`hardlegs-decoders gpx`: messages in the file's order, values in each decoder's own scaling."""

import gzip
import json
import math
import resource
import signal
import sys

EPOCH_UNIX_S = 631_065_600
DEGREES = 180 / 2**31
# a peer that needs more is said to refuse the file
SECONDS = 240
MEMORY_BYTES = 3 << 30

# number in the profile: our name
RECORD = {
    253: "time",
    0: "latitude",
    1: "longitude",
    2: "altitude",
    3: "heart_rate",
    4: "cadence",
    5: "distance",
    6: "speed",
    7: "power",
    8: "compressed",
    53: "fractional_cadence",
    73: "enhanced_speed",
    78: "enhanced_altitude",
}
SESSION = {2: "start", 7: "elapsed", 8: "timer", 9: "distance", 22: "ascent", 23: "descent"}
FILE_ID = {0: "type"}
WANTED = {0: ("file_id", FILE_ID), 18: ("session", SESSION), 20: ("record", RECORD)}


class TooSlow(BaseException):
    """Of no kind that a decoder takes for a fault of the file and goes on."""


def limited():
    """A hostile file must not take the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))

    def ring(_signal, _frame):
        raise TooSlow(f"more than {SECONDS} s")

    signal.signal(signal.SIGALRM, ring)


def guarded(look, path, *empty):
    """The look at a file, and why it ended early."""
    seen = tuple([] for _ in empty)
    stop = None
    signal.alarm(SECONDS)
    try:
        stop = look(content(path), *seen)
    except (Exception, TooSlow) as why:  # whatever a decoder does to a bad file
        stop = f"{type(why).__name__}: {why}"
    finally:
        signal.alarm(0)
    return {"path": path, "stop": stop} | dict(zip(empty, seen))


def content(path):
    with open(path, "rb") as file:
        data = file.read()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def first(value):
    """The first of an array; None where it is no finite number."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if math.isfinite(value) else None


def put(fields, name, value):
    if name == "compressed":
        if isinstance(value, (list, tuple, bytes)) and len(value) == 3 and None not in value:
            fields[name] = list(value)
        return
    value = first(value)
    if value is None:
        return
    if name in ("latitude", "longitude"):
        value *= DEGREES
    if name in ("time", "start"):
        value += EPOCH_UNIX_S
    fields.setdefault(name, value)


def fitdecode(path):
    return guarded(look_fitdecode, path, "messages")


def look_fitdecode(data, messages):
    import fitdecode as library

    # without a processor it scales, but turns no stamp into a date
    reader = library.FitReader(
        data,
        check_crc=library.CrcCheck.DISABLED,
        error_handling=library.ErrorHandling.IGNORE,
        processor=None,
    )
    for frame in reader:
        if frame.frame_type == library.FIT_FRAME_HEADER:
            messages.append(["part", {}])
        elif frame.frame_type == library.FIT_FRAME_DATA:
            kind, names = WANTED.get(frame.global_mesg_num, (None, None))
            if kind is None:
                continue
            fields = {"developer": []}
            for field in frame.fields:
                if field.field_def is None:
                    # of a compressed header; anything else is what composites expand to
                    if field.def_num == 253:
                        put(fields, names.get(253), field.raw_value)
                elif field.field_def.is_dev:
                    value = first(field.value)
                    if value is not None:
                        fields["developer"].append(value)
                elif field.def_num in names:
                    put(fields, names[field.def_num], field.value)
            messages.append([kind, fields])
    return None


def garmin(path):
    return guarded(look_garmin, path, "messages")


def look_garmin(data, messages):
    from garmin_fit_sdk import Decoder, Stream
    from garmin_fit_sdk.profile import Profile

    names = {
        number: {
            field["name"]: ours[1][field_number]
            for field_number, field in Profile["messages"][number]["fields"].items()
            if field_number in ours[1]
        }
        for number, ours in WANTED.items()
    }

    def listen(number, message):
        if number not in WANTED:
            return
        kind = WANTED[number][0]
        if kind == "file_id":
            messages.append(["part", {}])
        fields = {"developer": []}
        for name, value in message.items():
            if name == "developer_fields":
                values = map(first, value.values())
                fields["developer"] += [v for v in values if v is not None]
            elif name in names[number]:
                put(fields, names[number][name], value)
        messages.append([kind, fields])

    _, errors = Decoder(Stream.from_byte_array(bytearray(data))).read(
        enable_crc_check=False,
        convert_datetimes_to_dates=False,
        convert_types_to_strings=False,
        expand_sub_fields=False,
        expand_components=False,
        merge_heart_rates=False,
        mesg_listener=listen,
    )
    return str(errors[0]) if errors else None


def gpxpy(path):
    return guarded(look_gpxpy, path, "tracks", "routes", "version")


def look_gpxpy(data, tracks, routes, version):
    import gpxpy as library

    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    gpx = library.parse(data.decode("utf-16" if is_wide else "utf-8-sig"))
    version.append(gpx.version)

    def row(point):
        time_s = point.time.timestamp() if point.time is not None else None
        numbers = {}
        for extension in point.extensions:
            for element in extension.iter():
                name = str(element.tag).rpartition("}")[2]
                numbers.setdefault(name, element.text)
        return [time_s, point.latitude, point.longitude, point.elevation, point.speed, numbers]

    tracks.extend(row(p) for t in gpx.tracks for s in t.segments for p in s.points)
    routes.extend(row(p) for r in gpx.routes for p in r.points)
    return None


if __name__ == "__main__":
    # a process of its own: some files end it for good
    limited()
    look = {"fitdecode": fitdecode, "garmin-fit-sdk": garmin, "gpxpy": gpxpy}[sys.argv[1]]
    json.dump(look(sys.argv[2]), sys.stdout)
