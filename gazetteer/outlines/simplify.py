"""Makes outlines.geojson: what `toponorm gazetteer check` holds coordinates against.

    python3 gazetteer/outlines/simplify.py FOLDER > gazetteer/outlines/outlines.geojson

FOLDER holds these files, each as .geojson.gz:

- ne_countries_50m and ne_countries_10m_region: Natural Earth, public domain (https://www.naturalearthdata.com);
- wof_admin1_AM_AZ_GE: Who's On First, CC BY 4.0 and CC0 (https://whosonfirst.org).

breakaway.geojson beside this script holds four of the areas of Natural Earth's 50m_admin_0_breakaway_disputed_areas.

Countries get their two letters as `country`, disputed areas the id of their entry as `disputed`. Natural Earth draws who
holds an area, the gazetteer names the country that the United Nations recognise: an area that is held by another state is a
feature of its own. Rings are simplified after Douglas and Peucker; `tolerance_km` is how far a coordinate may lie outside:
the error of simplification plus that of the source (about 2 km at 1:10 million, 10 km at 1:50 million) plus the coast, where
harbours and small islands lie outside.
"""

import gzip
import json
import math
import pathlib
import sys

# Country by name where Natural Earth gives no code.
CODES = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
# Disputed areas that Natural Earth has as countries.
COUNTRIES_IN_DISPUTE = {
    "Kosovo": "kosovo",
    "N. Cyprus": "northern-cyprus",
    "Somaliland": "somaliland",
    "W. Sahara": "western-sahara",
    "Taiwan": "taiwan",
}
# Natural Earth gives the west of Western Sahara to Morocco, which holds it.
SHARED = {"W. Sahara": ["Morocco"]}
# Towns that Natural Earth leaves out, as longitude and latitude: exclaves and far islands.
LEFT_OUT = {
    "CO": [(-81.7, 12.58)],
    "ES": [(-2.94, 35.29), (-5.32, 35.89)],
    "ID": [(125.49, 3.61)],
    "JP": [(131, 30.73)],
    "MH": [(167.74, 8.77)],
    "HR": [(16.49, 42.75)],
    "PH": [(118.51, 6.97), (119.4, 4.66), (119.77, 5.03)],
    "TR": [(28.54, 40.55), (29.09, 40.87)],
    "TW": [(119.59, 23.57)],
    "UA": [(30.2, 45.26)],
    "VN": [(108.93, 10.52), (109.12, 15.37)],
}
# Regions of Who's On First that make a disputed area. Of Karabakh: the former autonomous region and the districts around it,
# since some of their villages belonged to it; with the line of 1994 to 2020 that Natural Earth draws.
REGIONS_IN_DISPUTE = {
    "abkhazia": ["GE-AB"],
    "nagorno-karabakh": "AZ-XVD AZ-XCI AZ-TAR AZ-KAL AZ-SUS AZ-XA AZ-AGM AZ-FUZ AZ-LAC AZ-QBI AZ-ZAN AZ-CAB".split(),
}
# Simplification in kilometres, tolerance in kilometres, decimals of a degree.
FINE = (0.5, 5, 3)
MIDDLE = (3, 8, 2)
COARSE = (14, 30, 1)
AREA = (1, 5, 2)
FINE_COUNTRIES = {"AM", "AZ", "GE"}
# Around the Black Sea and the Caspian maps are looked at most, so what is coarse elsewhere is drawn there as finely as the countries beside it.
SEAS = (27, 36, 55, 58)
# Parts of a country that have a code or are disputed, by the box (west, south, east, north) that their shapes lie in.
CRIMEA = (32.4, 44.3, 36.7, 46.3)
PARTS = {
    "FR": [
        ("country", "GF", (-55, 2, -51, 6)),
        ("country", "GP", (-62, 15.7, -60.9, 16.6)),
        ("country", "MQ", (-61.4, 14.3, -60.7, 15)),
        ("country", "RE", (55, -21.5, 56, -20.7)),
        ("country", "YT", (44.9, -13.1, 45.4, -12.5)),
    ],
    "PS": [("disputed", "gaza-strip", (34, 31, 34.7, 31.8)), ("disputed", "west-bank", (34.8, 31, 36, 33))],
    "RU": [("disputed", "kuril-islands", (145, 43, 149, 46))],
}
# Countries that 1:50 million leaves out altogether.
SPECKS = {"GI": (-5.35, 36.14), "TV": (179.2, -8.52)}


def features(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return json.load(file)["features"]


def polygons(geometry):
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def distance(point, start, end):
    """Kilometres from a point to a line, on a plane that touches the earth at the point."""
    scale = 111.2 * math.cos(math.radians(point[1])), 111.2
    (px, py), (sx, sy), (ex, ey) = ((p[0] * scale[0], p[1] * scale[1]) for p in (point, start, end))
    length = (ex - sx) ** 2 + (ey - sy) ** 2
    along = 0 if length == 0 else max(0, min(1, ((px - sx) * (ex - sx) + (py - sy) * (ey - sy)) / length))
    return math.hypot(px - sx - along * (ex - sx), py - sy - along * (ey - sy))


def simplify(ring, error_at):
    """Douglas and Peucker, with a stack instead of recursion. How far a line may lie from a point is the point's own affair."""
    keep = {0, len(ring) // 2, len(ring) - 1}
    stack = [(0, len(ring) // 2), (len(ring) // 2, len(ring) - 1)]
    while stack:
        first, last = stack.pop()
        farthest, at = 0, None
        for index in range(first + 1, last):
            away = distance(ring[index], ring[first], ring[last]) / error_at(ring[index])
            if away > farthest:
                farthest, at = away, index
        if farthest > 1:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [ring[index] for index in sorted(keep)]


def precision_at(point, precision):
    return MIDDLE if precision is COARSE and is_in(point, SEAS) else precision


def is_in(point, box):
    west, south, east, north = box
    return west < point[0] < east and south < point[1] < north


def short(degrees, decimals):
    rounded = round(degrees, decimals)
    return int(rounded) if rounded == int(rounded) else rounded


def rounded(point, decimals):
    return [short(degrees, decimals) for degrees in point]


def unwrapped(ring):
    """A ring across the 180th meridian goes on beyond it: -179 is 181."""
    jumps = any(abs(one[0] - other[0]) > 180 for one, other in zip(ring, ring[1:]))
    return [[x + 360 if jumps and x < 0 else x, y] for x, y, *_ in ring]


def extent(ring):
    """The diagonal of the ring's box in kilometres."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return distance((min(xs), min(ys)), (max(xs), max(ys)), (max(xs), max(ys)))


def simplified(shapes, precision):
    """Shapes with fewer points. What is too small for a ring is a point four times, unless another shape is near."""
    tolerance = precision[1]
    result, specks = [], []
    for shape in shapes:
        rings = []
        for ring in map(unwrapped, shape):
            size = extent(ring)
            if size < tolerance / 2:
                points = [ring[0]]
            else:
                points = simplify(ring, lambda point: min(precision_at(point, precision)[0], size / 8))
            points = [rounded(point, precision_at(point, precision)[2]) for point in points]
            points = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
            if len(points) > 3:
                rings.append(points)
            elif not rings:
                specks.append(points[0])
                break
        if rings:
            result.append(rings)
    kept = [point for rings in result for point in rings[0]]
    for speck in specks:
        if all(distance(speck, point, point) > tolerance / 2 for point in kept):
            kept.append(speck)
            result.append([[speck] * 4])
    return result


def feature(properties, shapes, precision):
    properties["tolerance_km"] = precision[1]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "MultiPolygon", "coordinates": simplified(shapes, precision)},
    }


def is_inside(shape, box):
    return all(is_in(point, box) for point in shape[0])


def russia(coarse, fine):
    """The mainland and what lies by the seas in the finer drawing, far islands in the coarser."""

    def is_near(shape):
        return any(is_in(point, SEAS) for point in shape[0])

    near = [shape for shape in fine if is_near(shape)]
    mainland = max(near, key=lambda shape: len(shape[0]))
    # The finer drawing cuts the mainland along the 180th meridian; both parts begin where the cut ends.
    [beyond] = [shape for shape in fine if shape is not mainland and shape[0][0] == mainland[0][0]]
    mainland[0][-1:] = beyond[0][1:]
    return near + [shape for shape in coarse if not is_near(shape)]


def countries(folder):
    finer = {f["properties"]["name"]: f for f in features(folder / "ne_countries_10m_region.geojson.gz")}
    world = features(folder / "ne_countries_50m.geojson.gz")
    by_name = {f["properties"]["name"]: f for f in world}
    for coarse in world:
        name = coarse["properties"]["name"]
        code = coarse["properties"]["iso2"] or CODES.get(name)
        if code is None or coarse["properties"]["iso2"] == "AQ":
            continue
        precision, source = COARSE, coarse
        if code in FINE_COUNTRIES:
            precision, source = FINE, finer[name]
        elif name in finer and code != "RU":
            precision, source = MIDDLE, finer[name]
        shapes = polygons(source["geometry"])
        if code == "RU":
            shapes = russia(shapes, polygons(finer[name]["geometry"]))
        for other in SHARED.get(name, []):
            shapes = shapes + polygons(by_name[other]["geometry"])
        shapes = shapes + [[[town] * 4] for town in LEFT_OUT.get(code, [])]
        yield feature({"country": code}, [shape for shape in shapes if not is_inside(shape, CRIMEA)], precision)
        for key, value, box in PARTS.get(code, []):
            part = [shape for shape in polygons(source["geometry"]) if is_inside(shape, box)]
            assert part, value
            yield feature({key: value}, part, precision)
        if name in COUNTRIES_IN_DISPUTE:
            yield feature({"disputed": COUNTRIES_IN_DISPUTE[name]}, shapes, precision)
        if code == "RU":
            crimea = [shape for shape in polygons(finer["Russia"]["geometry"]) if is_inside(shape, CRIMEA)]
            yield feature({"disputed": "crimea"}, crimea, MIDDLE)
            yield feature({"country": "UA"}, crimea, MIDDLE)


    for code, town in SPECKS.items():
        yield feature({"country": code}, [[[town] * 4]], COARSE)


def disputed(folder):
    regions = {f["properties"]["iso"]: f for f in features(folder / "wof_admin1_AM_AZ_GE.geojson.gz")}
    areas = {area: [] for area in REGIONS_IN_DISPUTE}
    for area, codes in REGIONS_IN_DISPUTE.items():
        for code in codes:
            areas[area] += polygons(regions[code]["geometry"])
    for breakaway in features(pathlib.Path(__file__).parent / "breakaway.geojson"):
        areas.setdefault(breakaway["properties"]["disputed"], []).extend(polygons(breakaway["geometry"]))
    for area, shapes in areas.items():
        yield feature({"disputed": area}, shapes, AREA)


def main():
    folder = pathlib.Path(sys.argv[1])
    written = sorted(
        [*countries(folder), *disputed(folder)],
        key=lambda f: (f["properties"].get("country", "~"), f["properties"].get("disputed", "")),
    )
    rows = [json.dumps(f, separators=(",", ":")) for f in written]
    print('{"type":"FeatureCollection","features":[\n' + ",\n".join(rows) + "\n]}")


if __name__ == "__main__":
    main()
