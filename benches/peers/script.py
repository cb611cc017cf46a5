#!/usr/bin/env python3
"""The script that one writes today over gpxpy, fitdecode and numpy: read, smooth, price every
metre, find the climbs. script.py FILE|FOLDER..."""

import sys
from pathlib import Path

import numpy as np

EARTH_M = 6_371_008.8
WINDOW = 31  # samples
DEGREES = 180 / 2**31


def read_gpx(path):
    import gpxpy

    with open(path, encoding="utf-8") as file:
        gpx = gpxpy.parse(file)
    rows = []
    for point in gpx.walk(only_points=True):
        cadence = np.nan
        for extension in point.extensions:
            for element in extension.iter():
                if element.tag.endswith("}cad"):
                    cadence = float(element.text)
        rows.append(
            (point.time.timestamp(), point.latitude, point.longitude, point.elevation, cadence)
        )
    return np.array(rows).T


def read_fit(path):
    import fitdecode

    rows = []
    with fitdecode.FitReader(path) as reader:
        for frame in reader:
            if frame.frame_type != fitdecode.FIT_FRAME_DATA or frame.name != "record":
                continue
            rows.append(
                (
                    frame.get_value("timestamp").timestamp(),
                    frame.get_value("position_lat") * DEGREES,
                    frame.get_value("position_long") * DEGREES,
                    frame.get_value("enhanced_altitude"),
                    frame.get_value("cadence"),
                )
            )
    return np.array(rows, dtype=float).T


def steps_m(latitude_deg, longitude_deg):
    phi, lam = np.radians(latitude_deg), np.radians(longitude_deg)
    h = np.sin(np.diff(phi) / 2) ** 2
    h += np.cos(phi[:-1]) * np.cos(phi[1:]) * np.sin(np.diff(lam) / 2) ** 2
    return 2 * EARTH_M * np.arcsin(np.sqrt(h))


def moving_mean(values):
    half = WINDOW // 2
    padded = np.pad(values, half, mode="edge")
    return np.convolve(padded, np.full(WINDOW, 1 / WINDOW), mode="valid")


def score(time_s, latitude_deg, longitude_deg, elevation_m, cadence):
    step_m = steps_m(latitude_deg, longitude_deg)
    rise_m = np.diff(moving_mean(elevation_m))
    with np.errstate(divide="ignore", invalid="ignore"):
        grade = np.where(step_m > 0.1, rise_m / step_m, 0.0)
    grade = np.clip(grade, -0.45, 0.45)
    cost = np.polyval([155.4, -30.4, -43.3, 46.3, 19.5, 3.6], grade)
    passed_s = np.diff(time_s)
    steps = 2 * np.nan_to_num(cadence[1:]) / 60 * passed_s
    braked = steps * np.maximum(-grade, 0) ** 1.5
    trend = moving_mean(grade)
    phase = np.where(trend > 0.03, 1, np.where(trend < -0.03, -1, 0))
    return (
        step_m.sum(),
        rise_m[rise_m > 0].sum(),
        -rise_m[rise_m < 0].sum(),
        (cost * step_m).sum(),
        braked.sum(),
        np.count_nonzero(np.diff(phase)),
    )


def files(arguments):
    for path in map(Path, arguments):
        yield from sorted(path.iterdir()) if path.is_dir() else [path]


for path in files(sys.argv[1:]):
    columns = read_gpx(path) if path.suffix == ".gpx" else read_fit(path)
    print(path, *(f"{figure:.1f}" for figure in score(*columns)), sep="\t")
