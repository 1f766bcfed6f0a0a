"""Writes gazetteer/world/divisions: the first-level divisions of all countries but those of the South Caucasus.

Rebuild from the repository's root, after countries.py, with the sources in ../shared/data:

    python3 gazetteer/derive/divisions.py

The canonical name is bare (`Gilan`), as text says "Gilan province"; where a town of the country has the same name it is the
form that newspapers print to tell the two apart (`Kherson region`, `Adana province`). A division that is one city has no
entry: the city stands for it. Points are the middles of
outlines (division_points.tsv), else those of Who's On First, else the median of the division's populated places.
"""

import re
import statistics
import sys

from world_outlines import Outlines, distance_km
from world_sources import (CAUCASUS, GAZETTEER, LANGUAGES, WOF_COUNTRIES, Curated, Folder, countries, decisions, degrees,
                           division_points, places, rows, tagged_names, wikidata_ids)
from world_spellings import LATIN, ascii_letters, cleaned, free_id, key, native_languages, scholarly_marks_undone

FOLDER = GAZETTEER / "world" / "divisions"
TYPES = {
    "province": "AF AO AR BE BF BI CD CN CR CU DO EC EG ES FJ GA GQ ID IR IQ JO KH KP KR LA LB LK MG MN MZ NL NP OM PA PG PK RW SA SB "
                "SY TH TN TR VN VU YE ZA ZM ZW CA DZ MA KW BH",
    "state": "AU BR DE AT IN MX MY MM NG SD SS US VE PW FM",
    "department": "BO CO HN GT NI PY SV UY HT BJ CG",
    "county": "HR HU RO EE NO SE KE LR TW IE AL GB",
    "district": "PT BZ MD BW LS MV SR CY LU GY MU IL ST XK HK LY",
    "governorate": "PS",
    "prefecture": "JP CF",
    "canton": "CH",
    "parish": "AD JM BB DM GD AG VC KN BM",
    "municipality": "SI MK LV LT RS ME MT SC NR LI SM CV QA TL AW PR",
    "emirate": "AE",
}
TYPE_OF = {country: word for word, found in TYPES.items() for country in found.split()}
OTHER_TYPES = {"Oblast": "RU UA BY KZ UZ KG", "Governorate": "SY IQ EG YE JO LB TN", "Voivodeship": "PL"}
_WORDS = ("Province|Oblast'?|Oblisi|Region|Governorate|Department|District|County|State|Municipality|Republic|Division|Krai|Kray|kraj|"
          "Voivodeship|Prefecture|Parish|Canton|Emirate|region|oblast|Viloyati|Qarku|Atoll|Atholhu|Wilaya|Gov|Departamento")
_AFTER = re.compile(r"^(.+?) (%s)$" % _WORDS)
_BEFORE = re.compile(r"^(?:State of|City of|Republic of|Municipality of|Province of|Region of|County of|Commune of|Departamento de|"
                     r"Departement du|Provincia de|Provincia del|Opstina|Opcina|Obcina|Muhafazat|Comunidad de|Qarku i|Grad) (.+)$")
# Dependent territories and atolls: parishes and communes that news has no use for, called Saint John or Sandy Hill.
NO_DIVISIONS = set("AI AS AX BL BM BQ CK GG GU IM JE KY MF MO MP MS NF NU PM PN SH SJ TC TF TK TV UM VG VI WF YT".split())
_GENERIC = set("north south east west northern southern eastern western central centre center capital coast littoral northeastern "
               "northwestern southeastern southwestern northeast northwest southeast southwest upper lower middle highlands islands lake "
               "lakes plateaux savanes maritime nord sud est ouest red white delta river rivers plateau cross volta hills interior "
               "autonomous nacional rural urban metropolitan".split())


def named(code, heading, same_named, decided):
    """The canonical name, and its other spellings in English, of a division whose heading in GeoNames is given."""
    country = code.split(".")[0]
    heading = scholarly_marks_undone(heading.replace("–", "-"), "RU" if country in ("UA", "BG") else country)
    if country == "MK":  # towns are listed as "Štip", municipalities as "Shtip"
        heading = heading.replace("sh", "s").replace("ch", "c").replace("Ch", "C").replace("Zh", "Z")
    kind = ""
    after = _AFTER.match(heading)
    if after:
        heading, kind = after.group(1), after.group(2).lower().strip("'")
    before = _BEFORE.match(heading)
    bare = before.group(1) if before else heading
    kind = TYPE_OF.get(country, kind if kind in TYPES or kind in ("division", "atoll", "region") else "region")
    if code in decided and decided[code][0]:
        name = decided[code][0]
    elif bare.lower() in _GENERIC or bare.startswith(("Saint ", "St. ")):
        name = "%s %s" % (bare, kind.capitalize() if bare.lower() in _GENERIC else kind)
    elif key(bare) in same_named.get(country, ()) or country in ("UA", "BY", "KG", "UZ") and bare != "Karakalpakstan":
        name = "%s %s" % (bare, kind)
    else:
        name = bare
    others = []
    base = re.match(r"^(.+) (region|province)$", name)
    for word, found in OTHER_TYPES.items():
        if country in found.split() and base:
            others.append("%s %s" % (base.group(1), word))
    return name, others


def point(members, outlines, country):
    """The median of the populated places, or the place next to it where the median lies abroad or in the sea; its extent."""
    lat, lon = statistics.median(p.lat for p in members), statistics.median(p.lon for p in members)
    if not outlines.holds(country, lat, lon, 5):
        nearest = min(members, key=lambda p: distance_km(p.lat, p.lon, lat, lon))
        lat, lon = nearest.lat, nearest.lon
    far = sorted(distance_km(p.lat, p.lon, lat, lon) for p in members)[int(len(members) * 0.9)]
    return lat, lon, max(5, int(round(far, -1)) if far > 10 else round(far))


def add_names(folder, entry, name, country, names, taken_texts, languages):
    """Names in the bundled languages; a spelling that a town of the country has is left out."""
    home = native_languages(country, languages)
    for lang, spellings in sorted(names.items()):
        if lang not in LANGUAGES or lang == "en":
            continue
        texts = [text for text in (cleaned(spelling, lang) for spelling in spellings) if len(text) > 3]
        texts = [text for text in texts if (country, key(text)) not in taken_texts and not (lang not in ("hr", "sr-Latn") and re.match(r"(Op[sš]tina|Op[cć]ina) ", text))]
        for rank, text in enumerate(dict.fromkeys(texts[:2 if lang in home else 1])):
            if lang in LATIN and key(text) == key(name) and lang not in home or text == name:
                continue
            folder.add_name(entry, name, text, lang, "native" if lang in home else "exonym", "1" if rank == 0 else "", "wof")


def main():
    curated, folder = Curated(FOLDER, FOLDER.parent / "cities"), Folder(FOLDER)
    decided = decisions("division")
    languages = {country["iso"]: country["languages"] for country in countries()}
    nations = {}
    for entry in curated.entries:
        if entry["kind"] == "country" or entry["kind"] == "region" and "geonames-countries" in entry["source"]:
            nations.setdefault(entry["country"], entry["id"])
    all_places = [p for p in places("geonames_cities500.txt.gz") if p.code not in ("PPLX", "PPLH", "PPLQ")]
    members, same_named = {}, {}
    for place in all_places:
        members.setdefault(place.country + "." + place.admin1, []).append(place)
        if place.population >= 15000 or place.code in ("PPLA", "PPLC"):
            same_named.setdefault(place.country, set()).update((key(place.name), key(scholarly_marks_undone(place.name, place.country))))
    for entry in curated.entries:
        if entry["kind"] in ("city", "town"):
            same_named.setdefault(entry["country"], set()).add(key(entry["name"]))
    wof_points, wof_names = {}, {}
    for country in WOF_COUNTRIES:
        found = {place.id: place for place in places("wof_%s.txt.gz" % country) if place.code == "ADM1"}
        wof_points.update(found)
        wof_names.update(tagged_names("wof_alternateNames_%s.txt.gz" % country, found))
    texts = {(p.country, key(alternate)) for p in all_places if p.country in WOF_COUNTRIES and p.population >= 15000
             for alternate in p.alternates.split(",") + [p.name]}
    wikidata, outlines, outlined = wikidata_ids(), Outlines(), division_points()
    former = {row["geonames"]: row["id"] for row in Curated().entries if row["geonames"]}
    taken = set(curated.by_id)
    used = {entry["wikidata"] for entry in curated.entries if entry["wikidata"]}
    lost = []
    for code, heading, _, geonames in sorted(rows("geonames_samples/admin1CodesASCII.txt.gz"), key=lambda row: row[0]):
        country = code.split(".")[0]
        if country in CAUCASUS | NO_DIVISIONS or geonames in curated.by_geonames or decided.get(code, [""])[0][:1] in ("-", "="):
            continue
        name, others = named(code, heading, same_named, decided)
        if code in outlined and outlines.holds(country, *outlined[code], strict=True):
            (lat, lon, size), note = outlined[code], ""
            source = "geonames;wof;natural-earth-divisions" if geonames in wof_points else "geonames;natural-earth-divisions"
        elif geonames in wof_points:
            place, note, source = wof_points[geonames], "", "geonames;wof"
            size = point(members[code], outlines, country)[2] if code in members else 50
            lat, lon = place.lat, place.lon
        elif code in members:
            (lat, lon, size), note, source = point(members[code], outlines, country), "median of its populated places", "geonames"
        else:
            lost.append("%s %s: no place to tell where it lies" % (code, name))
            continue
        if not outlines.holds(country, lat, lon, size, strict=True):
            lost.append("%s %s: %.4f %.4f is not in %s" % (code, name, lat, lon, country))
            continue
        within = nations.get(country, "")
        entry = former.get(geonames) if former.get(geonames) not in taken else None
        entry = entry or free_id(name, within, geonames, taken)
        taken.add(entry)
        identity = wikidata.get(geonames, "")
        identity = "" if identity in used else identity
        used.add(identity)
        folder.add_entry(id=entry, kind="region", name=name, latitude=degrees(lat), longitude=degrees(lon), precision_km=round(size),
                         country=country, within=within, geonames=geonames, wikidata=identity, source=source, note=note,
                         disputed=nations[country] if country in ("XK", "TW", "EH") else "")
        folder.add_name(entry, name, name, "en", "canonical", "1", "geonames" if code not in decided else "editorial")
        for other in others:
            folder.add_name(entry, name, other, "en", "name", "", "editorial")
        add_decided(folder, entry, name, decided.get(code, [])[1:])
        add_names(folder, entry, name, country, wof_names.get(geonames, {}), texts, languages)
        native = ascii_letters(heading)
        home = native_languages(country, languages)
        if home and home[0] in LATIN and home[0] != "en" and heading != native and native == name and cleaned(heading, home[0]):
            folder.add_name(entry, name, cleaned(heading, home[0]), home[0], "native", "1", "geonames")
    folder.write()
    print("\n".join(lost), file=sys.stderr)


def add_decided(folder, entry, name, cells, attested=()):
    """Spellings that an editor gave: `text@lang`, a former name `text@en!historical`; `attested` are those of GeoNames."""
    for cell in (cell for cells in cells for cell in cells.split(";") if cell):
        text, _, lang = cell.partition("@")
        lang, _, kind = lang.partition("!")
        source = "geonames" if text in attested else "editorial"
        if kind == "abbreviation":
            folder.add_name(entry, name, text, lang, kind, "", source)
        elif lang in ("", "en"):
            folder.add_name(entry, text, text, "en", kind or "name", "1", source)
        else:
            folder.add_name(entry, name, text, lang, kind or "native", "1", source)


if __name__ == "__main__":
    main()
