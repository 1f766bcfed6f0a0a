"""Writes gazetteer/world/cities: places of 15,000 inhabitants and more, and the names of the curated cities in more languages.

Rebuild from the repository's root, after divisions.py, with the sources in ../shared/data:

    python3 gazetteer/derive/cities.py

Places of the South Caucasus are in gazetteer/caucasus, places that another folder has are left out, and so are sections of
cities (PPLX) unless world_decisions.tsv names them. The canonical name is what English newspapers print: the name tagged
`en`, without scholarly marks; for Ukraine the Ukrainian name by the resolution of 2010. A foreign name is listed if no rule
gives it: Latin spellings that differ from the English one by more than marks, and names in other scripts.
"""

import difflib
import math
import re
import sys

from divisions import add_decided
from world_outlines import Outlines, distance_km, drop_neighbours
from world_sources import (CAUCASUS, GAZETTEER, LANGUAGES, WOF_COUNTRIES, Curated, Folder, countries, decisions, degrees, places,
                           read_csv, rows, tagged_names, wikidata_ids)
from world_spellings import (LATIN, ascii_letters, cleaned, free_id, is_ordinary_word, is_source_error, is_unit_label, key,
                             name_written_by, native_languages, scholarly_marks_undone, slug, ukrainian)

FOLDER = GAZETTEER / "world" / "cities"
LEFT_OUT = {"PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH"}
SAME_CYRILLIC = {"bg", "mk", "kk", "os", "ab", "sr", "uk"}  # nothing new where they spell a small town as Russian does
DISPUTED_DIVISIONS = {"UA.11": "crimea", "UA.20": "crimea", "MD.58": "transnistria", "PS.GZ": "gaza-strip", "PS.WE": "west-bank",
                      "SO.19": "somaliland", "SO.20": "somaliland", "SO.21": "somaliland", "SO.12": "somaliland", "SO.22": "somaliland",
                      "IN.12": "kashmir", "IN.41": "kashmir", "PK.06": "kashmir", "PK.07": "kashmir", "UA.05": "donetsk-region",
                      "UA.14": "luhansk-region", "UA.08": "kherson-region", "UA.26": "zaporizhzhia-region"}
DISPUTED_COUNTRIES = {"XK": "kosovo", "TW": "taiwan", "EH": "western-sahara"}
# Countries where suburbs with a default feature code are towns that news names (Molenbeek, Bucheon, Umraniye, Narayanganj).
OWN_TOWNS = set("TR KR EG BE BD IL ID TN DZ".split())
REGIONAL = {"CH": {"TI": "it", "GE": "fr", "VD": "fr", "NE": "fr", "JU": "fr", "FR": "fr", "VS": "fr"}, "BE": {"WAL": "fr", "BRU": "fr"},
            "CA": {"10": "fr"}}


class Names:
    """The names of one place in the sources: language -> spelling and source; Who's On First where GeoNames has none."""

    def __init__(self, place, tagged, wof):
        self.place = place
        self.found = {}
        for source, table in (("geonames", tagged.get(place.id, {})), ("wof", wof.get(place.id, {}))):
            for lang, spellings in table.items():
                text = cleaned(spellings[0], lang) if lang != "en" else spellings[0]
                if text and lang not in self.found:
                    self.found[lang] = (text, source)

    def first(self, lang):
        return self.found.get(lang, ("", ""))[0]


def canonical_name(place, names, decided):
    """What English newspapers print, by the editors or by rule."""
    if decided.get(place.id, [""])[0]:
        return decided[place.id][0]
    if place.country == "UA" and names.first("uk"):
        return ukrainian(names.first("uk"))
    tagged = names.first("en")
    if tagged and key(tagged) and all(ord(char) < 0x370 or 0x1e00 <= ord(char) < 0x2070 for char in tagged):
        return scholarly_marks_undone(tagged.split(",")[0], place.country)
    return scholarly_marks_undone(place.name, place.country)


def is_section(place, larger):
    """Whether a place with a default feature code is a part of a larger city: known sections bear PPLX, the newer ones PPL.

    It lies within the built-up circle of a city three times its size (5,000 inhabitants a square kilometre), and few sources
    have a name for it: towns of their own beside a large city (Levallois-Perret, Khimki) are known under many.
    """
    if place.code != "PPL" or place.country in OWN_TOWNS and place.population >= 50000:
        return False
    if place.country == "UA" and int(place.id) > 11000000:  # GeoNames' new city districts, all coded PPL
        return True
    known = sum(1 for alternate in place.alternates.split(",") if alternate)
    if known >= 8 and place.country != "UA":
        return False
    cells = [(place.country, round(place.lat) + y, round(place.lon) + x) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return any(city.population >= 3 * place.population and city.id != place.id
               and distance_km(place.lat, place.lon, city.lat, city.lon) < math.sqrt(city.population / 5000 / math.pi)
               for cell in cells for city in larger.get(cell, []))


def is_unnamed(place):
    """Whether the source's name is a number or a kind of thing: arrondissements, phases, housing estates."""
    return re.search(r"\d|Arrondissement|Estate$| Phase ", place.name) is not None


def settlements(all_places, curated, decided, outlines):
    """The places to list, the largest first, without those that lie elsewhere or stand twice; and why others were dropped."""
    found, dropped, near = [], [], {}
    known, larger, nations = {}, {}, {}
    for entry in curated.entries:
        if entry["kind"] in ("country", "region") and "geonames-countries" in entry["source"]:
            nations.setdefault(entry["country"], set()).add(key(entry["name"]))
    for place in all_places:
        if place.population >= 100000 and place.code != "PPLX":
            larger.setdefault((place.country, round(place.lat), round(place.lon)), []).append(place)
    for entry in curated.entries:
        if entry["kind"] in ("city", "town", "village") and entry["latitude"]:
            known.setdefault(slug(entry["name"]), []).append((float(entry["latitude"]), float(entry["longitude"])))
    for place in sorted(all_places, key=lambda place: (-place.population, int(place.id))):
        wanted = decided.get(place.id, [""])[0]
        if place.population < 15000 and not wanted or place.country in CAUCASUS or wanted == "-":
            continue
        if place.code in LEFT_OUT and not wanted or place.id in curated.by_geonames:
            continue
        if place.code == "PPLC" and key(place.name) in nations.get(place.country, ()):
            dropped.append("%s %s: the country itself" % (place.id, place.name))
            continue
        if not wanted and (is_unnamed(place) or is_section(place, larger)):
            dropped.append("%s %s: a section of a city" % (place.id, place.name))
            continue
        spelling = key(scholarly_marks_undone(place.name, place.country))
        twin = next((other for other in near.get((spelling, place.country), [])
                     if distance_km(place.lat, place.lon, other.lat, other.lon) < 15
                     and (place.admin1 == other.admin1 or place.country != "US")), None)
        if twin is None and any(distance_km(place.lat, place.lon, *point) < 12 for point in known.get(slug(place.name), [])):
            dropped.append("%s %s: another folder has it" % (place.id, place.name))
        elif twin is not None:
            dropped.append("%s %s: stands twice, as %s" % (place.id, place.name, twin.id))
        elif not outlines.holds(place.country, place.lat, place.lon):
            dropped.append("%s %s: %.4f %.4f is not in %s" % (place.id, place.name, place.lat, place.lon, place.country))
        else:
            near.setdefault((spelling, place.country), []).append(place)
            found.append(place)
    return found, dropped


def add_names(folder, entry, all_names, place, names, languages, listed):
    """The native spelling and those in the bundled languages, each with the name that it writes; the first is canonical."""
    name = all_names[0]
    small = place.population < 100000
    home = native_languages(place.country, languages)
    telling = REGIONAL.get(place.country, {}).get(place.admin1, home[0] if home else "")
    if telling in LATIN and telling != "en" and telling not in names.found and place.name != name and cleaned(place.name, telling):
        names.found[telling] = (cleaned(place.name, telling), "geonames")
    russian = names.first("ru")
    for lang, (text, source) in sorted(names.found.items()):
        native = lang in home or lang == telling
        if lang == "en" or lang not in LANGUAGES and not (native and lang == telling and lang in LATIN):
            continue
        written, likeness = name_written_by(text, all_names)
        if source == "wof" and not native and max(likeness, name_written_by(text, [place.name])[1]) < 0.5:
            continue  # Who's On First has the neighbour's name, or the province's
        if text == written or (entry, lang, text) in listed or len(all_names) > 1 and likeness < 0.5:
            continue
        if is_unit_label(text, written) or is_source_error(text, lang, written, place.country):
            continue
        if not native and not is_worth_listing(text, lang, written, place, small, russian):
            continue
        preferred = "1" if (entry, written, lang) not in listed else ""
        folder.add_name(entry, written, text, lang, "native" if native else "exonym", preferred, source)


def is_worth_listing(text, lang, name, place, small, russian):
    if lang in LATIN:
        if key(text) == key(name) or key(text) == key(place.name):
            return False
        return not small or len(text) > 3 and not is_ordinary_word(text)
    return not small or len(text) > 3 and not (lang in SAME_CYRILLIC and text == russian)


def english_names(folder, entry, canonical):
    """The names of an entry that the folder has, the canonical one first."""
    own = [row["name"] for row in folder.of_entry.get(entry, []) if row["lang"] == "en" and row["preferred"]]
    return list(dict.fromkeys([canonical] + own))


def add_english(folder, entry, name, place, tagged):
    """GeoNames' own name and the tagged one where they are another name or another spelling."""
    for text in (place.name, tagged):
        text = scholarly_marks_undone(text, place.country) if text else ""
        if not text or key(text) == key(name) or len(text) < 4 or is_ordinary_word(text) or not text.isascii():
            continue
        if difflib.SequenceMatcher(None, text.lower(), name.lower()).ratio() >= 0.6:
            folder.add_name(entry, name, text, "en", "name", "", "geonames")
        else:
            folder.add_name(entry, text, text, "en", "name", "1", "geonames")


def division_ids(curated, nations, decided):
    """GeoNames' admin1 code -> id of the division, or of the country where a city is its own division."""
    found = {}
    for code, _, _, geonames in rows("geonames_samples/admin1CodesASCII.txt.gz"):
        decision = decided.get(code, [""])[0]
        if decision.startswith("="):
            found[code] = decision[1:]
        elif geonames in curated.by_geonames:
            found[code] = curated.by_geonames[geonames]
        else:
            found[code] = nations.get(code.split(".")[0], "")
    found["UA.20"] = "crimea"
    return found


def disputed_area(place, outlines):
    code = place.country + "." + place.admin1
    if place.country == "CY" and outlines.distance_km("N. Cyprus", place.lat, place.lon, 1) is not None:
        return "northern-cyprus"
    return DISPUTED_COUNTRIES.get(place.country) or DISPUTED_DIVISIONS.get(code, "")


def main():
    curated, folder = Curated(FOLDER), Folder(FOLDER)
    decided, outlines = decisions("city"), Outlines()
    languages = {country["iso"]: country["languages"] for country in countries()}
    nations = {}
    for entry in curated.entries:
        if entry["kind"] == "country" or entry["kind"] == "region" and "geonames-countries" in entry["source"]:
            nations.setdefault(entry["country"], entry["id"])
    divisions = division_ids(curated, nations, decisions("division"))
    all_places = places("geonames_cities500.txt.gz")
    found, dropped = settlements(all_places, curated, decided, outlines)
    by_hand = {entry["id"] for entry in read_csv(GAZETTEER / "world" / "entries.csv")}  # the capitals of the South Caucasus among them
    listed_places = [place for place in all_places
                     if place.country not in CAUCASUS or curated.by_geonames.get(place.id) in by_hand]
    listed_places = [place for place in listed_places if place.id in curated.by_geonames]
    wanted = {place.id for place in found} | {place.id for place in listed_places}
    tagged = tagged_names("geonames_cities15000_alternateNames.txt.gz", wanted)
    wof = {}
    for country in WOF_COUNTRIES:
        wof.update(tagged_names("wof_alternateNames_%s.txt.gz" % country, wanted))
    wikidata = wikidata_ids()
    used = {entry["wikidata"] for entry in curated.entries if entry["wikidata"]}
    former = {row["geonames"]: row["id"] for row in Curated().entries if row["geonames"]}
    taken = set(curated.by_id)
    for place in found:
        names = Names(place, tagged, wof)
        name = canonical_name(place, names, decided)
        within = divisions.get(place.country + "." + place.admin1, nations.get(place.country, ""))
        entry = former.get(place.id) if former.get(place.id) not in taken else None
        entry = entry or free_id(name, within, place.id, taken)
        taken.add(entry)
        identity = wikidata.get(place.id, "")
        if identity in used:  # Who's On First gives a town the identifier of its district or of a namesake
            identity = ""
        used.add(identity)
        kind = "city" if place.population >= 100000 or place.code in ("PPLC", "PPLA") else "town"
        folder.add_entry(id=entry, kind=kind, name=name, latitude=degrees(place.lat), longitude=degrees(place.lon), country=place.country,
                         disputed=disputed_area(place, outlines), within=within, population=place.population or "", geonames=place.id,
                         wikidata=identity, source="geonames")
        attested = {place.name, ascii_letters(place.name), names.first("en"), *place.alternates.split(",")}
        by_editor = decided.get(place.id, [""])[0] and name not in attested
        folder.add_name(entry, name, name, "en", "canonical", "1", "editorial" if by_editor else "geonames")
        add_decided(folder, entry, name, decided.get(place.id, [])[1:], attested)
        add_english(folder, entry, name, place, "" if place.id in decided else names.first("en"))
        add_names(folder, entry, english_names(folder, entry, name), place, names, languages, ())
    listed = {(row["entry"], row["lang"], row["spelling"]) for row in curated.names}
    listed |= {(row["entry"], row["name"], row["lang"]) for row in curated.names if row["preferred"]}
    for place in listed_places:
        entry = curated.by_id[curated.by_geonames[place.id]]
        add_decided(folder, entry["id"], entry["name"], decided.get(place.id, [])[1:])
        own = [row["name"] for row in curated.names_of[entry["id"]] if row["preferred"] and row["lang"] == "en"]
        own = list(dict.fromkeys([entry["name"]] + own + english_names(folder, entry["id"], entry["name"])))
        add_names(folder, entry["id"], own, place, Names(place, tagged, wof), languages, listed)
    drop_neighbours(folder)
    folder.write()
    print("\n".join(dropped), file=sys.stderr)


if __name__ == "__main__":
    main()
