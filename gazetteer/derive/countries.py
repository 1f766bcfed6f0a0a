"""Writes gazetteer/world/countries: the territories that world/entries.csv lacks, and the names of all countries by CLDR.

Rebuild from the repository's root, with the sources in ../shared/data:

    python3 gazetteer/derive/countries.py

An entry of another folder for the same ISO code is kept as it is and only gains names. CLDR's labels ("Hong Kong SAR
China", "Kongo - Kinshasa") are no names: labels are left out, and abbreviated words written out.
"""

import re
import statistics

from world_areas import Area
from world_outlines import Outlines, distance_km
from world_sources import GAZETTEER, LANGUAGES, Curated, Folder, countries, country_points, degrees, rows, wikidata_points
from world_spellings import ascii_letters, fits, key, native_languages, slug

FOLDER = GAZETTEER / "world" / "countries"
NO_COUNTRY = {"AN", "CS"}  # dissolved; "Netherlands Antilles", "Serbia and Montenegro"
CONTINENTS = {"EU": "europe", "AS": "asia", "AF": "africa", "NA": "north-america", "SA": "south-america", "OC": "oceania", "AN": "antarctica"}
# CLDR tells these two by capitals or by brackets, in no language by the name that news prints.
CONGOS = {"CD", "CG"}
# What newspapers print instead of GeoNames' heading.
NAMES = {"BQ": "Caribbean Netherlands", "PN": "Pitcairn Islands", "SJ": "Svalbard", "HM": "Heard and McDonald Islands", "UM": "US Minor Outlying Islands"}
WIDER = {"SJ"}  # GeoNames and CLDR name Jan Mayen as well, where news says Svalbard: another name of the entry
# Extents in km where the land is small and far apart, and the point of the one that no source has.
WIKIDATA = wikidata_points()
EXTENTS = {"BV": 5, "TK": 90, "UM": 3000}
REMOTE = "editorial", 16.73, -169.53
# A point of the World Factbook is far from the map's beyond this share of the country's radius, and beyond its own rounding.
# The rules and the share were chosen on GeoVirus among some twenty: figures there are a little too good.
FAR, ROUNDING_KM = 0.2, 30
ABBREVIATED = [(r"^о-ва ", "Острова "), (r" о-ва$", " острова"), (r"^о-в ", "Остров "), (r" о-ва ", " острова ")]


def curated_country_ids(curated):
    """ISO code -> id of the entry that stands for the country or territory."""
    found = {}
    for entry in curated.entries:
        is_territory = entry["kind"] == "region" and "geonames-countries" in entry["source"]
        if entry["country"] and (entry["kind"] == "country" or is_territory) and not entry["until"]:
            found.setdefault(entry["country"], entry["id"])
    found.setdefault("AQ", "antarctica")
    return found


def cldr_names():
    """(ISO code, language) -> kind of name ('' the usual one, 'short', 'variant') -> the name."""
    found = {}
    for cells in rows("cldr_country_names.tsv.gz"):
        iso, _, locale, name, alt = (cells + [""])[:5]
        if locale in LANGUAGES:
            found.setdefault((iso, locale), {})[alt] = name
    return found


def spellings_of(iso, lang, forms):
    """The spellings of one language, the preferred one first; labels are left out."""
    usual, short, variant = forms.get("", ""), forms.get("short", ""), forms.get("variant", "")
    if iso in ("HK", "MO"):
        found = [short]
    elif iso in ("MF", "SX") and "(" in usual:  # "Saint-Martin (partie française)" and the like tell two halves of one island apart
        found = []
    elif iso == "PS":
        found = [short or usual, usual]
    elif iso in CONGOS:
        found = [form for form in (variant, usual) if not re.search(r"[(\-–]", form)]
    else:
        found = []
        for form in (usual, variant, short):
            outside, inside = re.sub(r"\s*[(（].*?[)）]", "", form), re.findall(r"[(（](.*?)[)）]", form)
            found.append(outside)
            if iso == "MM":
                found += inside
    return [text for text in map(written_out, found) if len(text) > 2 and is_name(text, lang)]


def written_out(text):
    for short, full in ABBREVIATED:
        text = re.sub(short, full, text)
    return " ".join(text.split())


def is_name(text, lang):
    return fits(text.replace("Св.", "Святой"), lang) and not re.search(r"\b[^\W\d_]{1,4}\.", text)


def point_of(iso, radius_km, facts, outlines):
    """Source, latitude and longitude of a country or territory; None where neither the map nor the factbook has it.

    The median of what three say who don't copy one another: the map (the middle of all the land), the World Factbook, which counts
    in whole degrees, and Wikidata. Where Wikidata's is not known, the middle of the largest piece stands in its place; and the factbook's
    counts alone where it is far from that: of a bent country, or one of islands, an editor knows better.
    """
    rings = [piece[4] for piece in outlines.get(iso, ()) if iso != "AQ"]  # Antarctica's goes round the pole
    if not rings:
        return ("world-factbook", *facts[iso]) if iso in facts else None
    largest = max((Area([ring]) for ring in rings), key=Area.radius_km).middle()
    if iso not in facts:
        return "natural-earth", *largest
    if iso in WIKIDATA:
        return "natural-earth;wikidata;world-factbook", *map(statistics.median, zip(Area(rings).centroid(), WIKIDATA[iso], facts[iso]))
    if distance_km(*largest, *facts[iso]) > max(ROUNDING_KM, FAR * radius_km):
        return "world-factbook", *facts[iso]
    return "natural-earth;world-factbook", *map(statistics.median, zip(largest, Area(rings).centroid(), facts[iso]))


def add_territories(folder, ids):
    """Entries of the territories that no other folder has."""
    capitals = {cells[8]: ("geonames", float(cells[4]), float(cells[5])) for cells in rows("geonames_cities500.txt.gz") if cells[7] == "PPLC"}
    outlines, facts = Outlines().rings, country_points()
    for country in countries():
        iso = country["iso"]
        if iso in ids or iso in NO_COUNTRY:
            continue
        name = NAMES.get(iso, country["name"])
        size, note = EXTENTS.get(iso) or float(country["areakm2"]) ** 0.5 / 1.8, ""
        place = point_of(iso, size, facts, outlines)
        if not place:
            place, note = (capitals[iso], "point of the capital") if iso in capitals else (REMOTE, "coordinates approximate")
        source, lat, lon = place
        population = country["population"] if country["population"] != "0" else ""
        ids[iso] = slug(name)
        folder.add_entry(id=ids[iso], kind="region", name=name, latitude=degrees(lat), longitude=degrees(lon),
                         precision_km=max(3, round(size)), country=iso, within=CONTINENTS[country["continentcode"]],
                         population=population, geonames=country["geonameid"], source="geonames-countries;" + source, note=note)
        folder.add_name(ids[iso], name, name, "en", "canonical", "1", "geonames-countries")
        if name != country["name"] and iso in WIDER:
            folder.add_name(ids[iso], country["name"], country["name"], "en", "name", "1", "geonames-countries")


def main():
    curated, folder = Curated(FOLDER), Folder(FOLDER)
    ids = curated_country_ids(curated)
    add_territories(folder, ids)
    languages = {country["iso"]: country["languages"] for country in countries()}
    canonical = {entry["id"]: entry["name"] for entry in curated.entries + list(folder.entries.values())}
    listed = {(row["entry"], row["lang"], row["spelling"]) for row in curated.names}
    known = {(row["entry"], row["spelling"]) for row in curated.names if row["lang"] == "en"}
    folder.preferred = {(row["entry"], row["name"], row["lang"]) for row in curated.names if row["preferred"]} | folder.preferred
    forms = cldr_names()
    for iso, entry in sorted(ids.items()):
        name = next(c["name"] for c in countries() if c["iso"] == iso) if iso in WIDER else canonical[entry]
        home = native_languages(iso, languages)
        for lang in LANGUAGES:
            for rank, spelling in enumerate(spellings_of(iso, lang, forms.get((iso, lang), {}))):
                if (entry, lang, spelling) in listed or (lang in "az de fr es it pl pt nl sl hr ro lt tr".split() and spelling == name):
                    continue
                if lang == "en":
                    add_english(folder, entry, name, spelling, known)
                else:
                    kind = "abbreviation" if spelling.isupper() else "native" if lang in home else "exonym"
                    preferred = "1" if rank == 0 and kind != "abbreviation" else ""
                    folder.add_name(entry, name, spelling, lang, kind, preferred, "cldr")
    folder.write()


def add_english(folder, entry, name, spelling, known):
    """CLDR's English name as another name, or as another spelling if only marks differ."""
    if (entry, spelling) in known or spelling == name:
        return
    if key(spelling) == key(name):
        folder.add_name(entry, name, spelling, "en", "name", "", "cldr")
    elif ascii_letters(spelling) == spelling:
        folder.add_name(entry, spelling, spelling, "en", "name", "1", "cldr")


if __name__ == "__main__":
    main()
