"""Sets the points of countries, oceans, first-level divisions and continents in world/entries.csv, which is edited by hand otherwise.

Rebuild from the repository's root, before the derived folders, with the sources in ../shared/data:

    python3 gazetteer/derive/points.py

A country has the point that countries.point_of chooses, an ocean that of the World Factbook, a division the middle of its
outline and its extent, a continent the middle of its countries' outlines. Rows of which no source says more stay as they are.
"""

import csv

from countries import curated_country_ids, point_of
from world_areas import EAST, WEST, Area, part_of
from world_outlines import ALSO, Outlines, distance_km
from world_sources import (ENTRY_COLUMNS, GAZETTEER, Curated, countries, country_points, decisions, degrees, division_points, read_csv,
                           rows)

TABLE = GAZETTEER / "world" / "entries.csv"
CONTINENTS = {"africa": "AF", "asia": "AS", "europe": "EU", "north-america": "NA", "oceania": "OC", "south-america": "SA",
              "eurasia": "EU AS"}
URALS = 60  # degrees east: Russia beyond them counts as Asia
OVERSEAS_KM = 5000  # what lies this far from its country's largest piece lies on another continent
POINT_SOURCES = ("natural-earth", "natural-earth-divisions", "world-factbook")
VAGUE = ("coordinates approximate", "point of the capital", "median of its populated places")


def continent_rings(outlines):
    """The code of a continent -> the rings of its countries, whose continents are those of GeoNames."""
    found = {}
    for country in countries():
        keys = [country["iso"]] + [key for key in ALSO.get(country["iso"], []) if len(key) > 2]
        rings = [piece[4] for key in keys for piece in outlines.get(key, [])]
        if not rings:
            continue
        home = Area([max(rings, key=len)]).centroid()
        near = [ring for ring in rings if distance_km(*home, *Area([ring]).centroid()) < OVERSEAS_KM]
        if country["iso"] == "RU":
            found.setdefault("AS", []).extend(part_of(ring, URALS, EAST) for ring in near)
            near = [part_of(ring, URALS, WEST) for ring in near]
        found.setdefault(country["continentcode"], []).extend(near)
    return found


def middles_of_continents(outlines):
    rings = continent_rings(outlines)
    return {entry: Area(ring for code in codes.split() for ring in rings[code]).middle() for entry, codes in CONTINENTS.items()}


def division_codes():
    """The id of GeoNames, or of an entry that stands for a division by the editors' decision -> admin1 code."""
    found = {geonames: code for code, _, _, geonames in rows("geonames_samples/admin1CodesASCII.txt.gz")}
    found.update((cells[0][1:], code) for code, cells in decisions("division").items() if cells and cells[0].startswith("="))
    return found


def set_point(entry, source, lat, lon, size=None):
    entry["latitude"], entry["longitude"] = degrees(lat), degrees(lon)
    if size is not None:
        entry["precision_km"] = "%d" % size
    kept = [key for key in entry["source"].split(";") if key not in POINT_SOURCES]
    entry["source"] = ";".join((kept[:1] if kept[0] == "geonames-countries" else kept) + [source])
    if entry["note"] in VAGUE:
        entry["note"] = ""


def main():
    table, outlines = read_csv(TABLE), Outlines().rings
    facts, divisions, codes, continents = country_points(), division_points(), division_codes(), middles_of_continents(outlines)
    iso_of = {entry: iso for iso, entry in curated_country_ids(Curated()).items()}
    for entry in table:
        code = codes.get(entry["geonames"]) or codes.get(entry["id"])
        if entry["id"] in facts:
            set_point(entry, "world-factbook", *facts[entry["id"]])
        elif entry["id"] in continents:
            set_point(entry, "natural-earth", *continents[entry["id"]])
        elif entry["id"] in iso_of:
            place = point_of(iso_of[entry["id"]], float(entry["precision_km"]), facts, outlines)
            if place:
                set_point(entry, *place)
        elif code in divisions and entry["kind"] == "region":
            set_point(entry, "natural-earth-divisions", *divisions[code])
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ENTRY_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main()
