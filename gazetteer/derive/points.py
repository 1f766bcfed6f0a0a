"""Sets the points of countries, oceans, first-level divisions and continents in world/entries.csv, which is edited by hand otherwise.

Rebuild from the repository's root, before the derived folders, with the sources in ../shared/data:

    python3 gazetteer/derive/points.py

A country has the point that countries.point_of chooses, an ocean that of the World Factbook, a division the middle of its
outline and its extent, a continent the point of GeoNames: middles of outlines lie elsewhere than all other gazetteers
say (Asia's in Xinjiang, not in Tibet), and nobody joins two files by them. Rows of which no source says more stay as they are.
"""

import csv

from countries import curated_country_ids, point_of
from world_outlines import Outlines
from world_sources import (ENTRY_COLUMNS, GAZETTEER, Curated, continent_points, country_points, decisions, degrees, division_points, read_csv,
                           rows)

TABLE = GAZETTEER / "world" / "entries.csv"
POINT_SOURCES = ("geonames-continents", "natural-earth", "natural-earth-divisions", "wikidata", "world-factbook")
VAGUE = ("coordinates approximate", "point of the capital", "median of its populated places")


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
    facts, divisions, codes, continents = country_points(), division_points(), division_codes(), continent_points()
    iso_of = {entry: iso for iso, entry in curated_country_ids(Curated()).items()}
    for entry in table:
        code = codes.get(entry["geonames"]) or codes.get(entry["id"])
        if entry["id"] in facts:
            set_point(entry, "world-factbook", *facts[entry["id"]])
        elif entry["id"] in continents:
            lat, lon, entry["geonames"] = continents[entry["id"]]
            set_point(entry, "geonames-continents", lat, lon)
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
