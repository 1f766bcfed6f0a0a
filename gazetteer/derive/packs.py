"""Makes a gazetteer folder of all towns, villages and districts of some countries, to load beside the bundled gazetteer.

From the repository's root, with the sources in ../shared/data:

    python3 gazetteer/derive/packs.py UA --out /tmp/ukraine
    toponorm lookup --gazetteer /tmp/ukraine Krekhovychi

Countries: UA TR IR RS XK BA HR ME MK AL BG CY, several at once make one folder. Places that the bundled gazetteer has, by
GeoNames id or by name within 10 km, are left out. Ids are `SLUG-gGEONAMES` or `SLUG-wWOFID`, so that packs never clash with
each other or with the bundled ids. The folders are not committed: tens of megabytes.
"""

import argparse
import csv
import pathlib
import re
import sys

from world_outlines import Outlines, distance_km
from world_sources import (GAZETTEER, LANGUAGES, ROOT, WOF_COUNTRIES, Curated, Folder, countries, degrees, places, read_csv, tagged_names,
                           wikidata_ids)
from world_spellings import (LATIN, cleaned, english_words, fits, is_unit_label, key, letter_by_letter, native_languages, numbered,
                             scholarly_marks_undone, slug, ukrainian)

LEFT_OUT = {"PPLX", "PPLH", "PPLQ", "PPLW", "UNIV", "ADM1", "ADM3", "PCLI"}
OWN_LANGUAGE = {"UA": "uk", "BG": "bg", "MK": "mk", "RS": "sr", "BA": "sr", "ME": "sr", "CY": "el", "IR": "fa"}
# Of namesakes so near each other only the larger or better known one is kept: no text tells them apart, and often they are one.
NAMESAKES_KM = 10
ISLANDS = {"HR", "TR", "CY", "IR"}  # the outline leaves out small ones
NAME_FORM = re.compile(r"[A-Z][A-Za-z'. -]{2,}")


def english_name(place, tagged):
    """The name in Latin letters as newspapers would print it, or nothing if the source has none."""
    own = OWN_LANGUAGE.get(place.country, "")
    native = next((name for name in [place.name] + tagged.get(own, []) if own in ("uk", "bg", "mk", "sr") and fits(name, own)), "")
    if place.country == "UA" and native:
        text = ukrainian(native)
    elif fits(place.name, "en") or place.name.isascii():
        text = scholarly_marks_undone(place.name, place.country)
    elif native:
        text = letter_by_letter(native, place.country)
    else:
        text = scholarly_marks_undone(next(iter(tagged.get("en", [])), ""), place.country)
    text = text[:1].upper() + text[1:]
    return text if NAME_FORM.fullmatch(text) else ""


class Known:
    """Places that are listed already, by GeoNames id and by name and neighbourhood."""

    def __init__(self):
        self.ids, self.near = set(), {}

    def add(self, identity, names, lat, lon):
        self.ids.add(identity)
        for name in names:
            self.near.setdefault(key(name), []).append((lat, lon))

    def has(self, identity, names, lat, lon):
        points = [point for name in names for point in self.near.get(key(name), [])]
        return identity in self.ids or any(distance_km(lat, lon, *point) < NAMESAKES_KM for point in points)


def bundled():
    """The settlements and districts of the bundled gazetteer, as two lists: a district may be called like its town."""
    towns, districts = Known(), Known()
    for entry in Curated().entries:
        if entry["latitude"] and entry["kind"] not in ("person", "organisation"):
            known = districts if entry["kind"] in ("district", "region", "country") else towns
            known.add(entry["geonames"], [entry["name"]], float(entry["latitude"]), float(entry["longitude"]))
    return towns, districts


def kind_of(place):
    if place.code.startswith("ADM"):
        return "district"
    return "city" if place.population >= 100000 else "town" if place.population >= 10000 or place.code == "PPLA2" else "village"


def add_names(folder, entry, name, is_district, country, tagged, languages):
    """The preferred spelling in each bundled language; Latin ones only if they differ by more than marks, or are native."""
    home = native_languages(country, languages)
    for lang, spellings in sorted(tagged.items()):
        text = cleaned(spellings[0], lang) if lang in LANGUAGES and lang != "en" else ""
        if len(text) < 3 or text == name or is_unit_label(text, name) and not is_district or lang in LATIN and lang not in home and key(text) == key(name):
            continue
        folder.add_name(entry, name, text, lang, "native" if lang in home else "exonym", "1", "wof")


def common_words(folder):
    """Names that are also words or people's names, as rows of common.csv: they count only beside a cue."""
    words = {word for word, _ in english_words() if word.islower()}
    people = {line.strip().lower() for line in open(ROOT / "src/text/personal_names.txt", encoding="utf-8")}
    found = {}
    for row in folder.names.values():
        surface = row["spelling"]
        if surface.isascii() and surface.isalpha() and surface.lower() in words:
            found[surface] = [surface, "ordinary English word", "", "scowl"]
        elif surface.isascii() and surface.isalpha() and surface.lower() in people:
            found[surface] = [surface, "first or family name", "", "census"]
    return [found[surface] for surface in sorted(found)]


def write_table(path, headings, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([headings] + rows)


def add_country(folder, country, towns, districts, wikidata, used, languages, outlines):
    found = [place for place in places("wof_%s.txt.gz" % country) if place.country == country and place.code not in LEFT_OUT]
    tagged = tagged_names("wof_alternateNames_%s.txt.gz" % country, {place.id for place in found})
    dropped = {"in the bundled gazetteer, or twice": 0, "no name in Latin letters": 0, "outside the country": 0}
    found.sort(key=lambda place: (-place.population, -len(tagged.get(place.id, {})), int(place.id)))
    for place in found:
        names = tagged.get(place.id, {})
        name, kind = english_name(place, names), kind_of(place)
        known = districts if kind == "district" else towns
        all_names = {name} | {text for lang in names for text in [cleaned(names[lang][0], lang)] if lang in LANGUAGES and len(text) > 2}
        if not name:
            dropped["no name in Latin letters"] += 1
        elif known.has(place.id, all_names, place.lat, place.lon):
            dropped["in the bundled gazetteer, or twice"] += 1
        elif not outlines.holds(country, place.lat, place.lon, 10 if country in ISLANDS else 1):
            dropped["outside the country"] += 1
        else:
            known.add(place.id, all_names, place.lat, place.lon)
            identity = wikidata.get(place.id, "")
            identity = "" if identity in used else identity
            used.add(identity)
            entry = "%s-%s" % (slug(name), numbered(place.id))
            folder.add_entry(id=entry, kind=kind, name=name, latitude=degrees(place.lat), longitude=degrees(place.lon), country=country,
                             population=place.population or "", geonames=place.id if numbered(place.id)[0] == "g" else "",
                             wikidata=identity, source="wof")
            folder.add_name(entry, name, name, "en", "canonical", "1", "wof")
            add_names(folder, entry, name, kind == "district", country, names, languages)
    print("%s: left out: %s" % (country, "; ".join("%d %s" % (count, why) for why, count in dropped.items())), file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("country", nargs="+", choices=WOF_COUNTRIES)
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to write")
    given = parser.parse_args()
    folder = Folder(given.out)
    towns, districts = bundled()
    wikidata, used, outlines = wikidata_ids(), set(), Outlines()
    languages = {country["iso"]: country["languages"] for country in countries()}
    for country in given.country:
        add_country(folder, country, towns, districts, wikidata, used, languages, outlines)
    folder.write()
    write_table(given.out / "common.csv", "surface reason example source".split(), common_words(folder))
    sources = [row for row in read_csv(GAZETTEER / "sources.csv") if row["key"] in ("wof", "scowl", "census")]
    write_table(given.out / "sources.csv", "key title url licence accessed".split(), [list(row.values()) for row in sources])


if __name__ == "__main__":
    main()
