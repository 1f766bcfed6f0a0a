"""The administrative units that the curated file lacks: municipalities of Georgia, the districts of Soviet Armenia, the economic
regions of Azerbaijan. They bear the name of their town; what tells them apart is the kind and the id.
"""

import re

from settlement_names import Name, clean, is_usable
from settlement_undo import undo
from settlement_spelling import fold, script

FULL = re.compile(r"Municipality$|მუნიციპალიტეტი$|муниципалитет$|муніципалітет$")


def units(places):
    """The rows of the sources that are units of their own."""
    for place in places:
        if place.country == "GE" and place.code == "ADM2" and not place.name.endswith(" City") and place.name != "Kutaisi":
            yield place, "district"
        elif place.country == "AM" and place.code == "ADM2" and place.name != "Arabkir":
            yield place, "district"
        elif place.country == "AZ" and place.code == "RGN" and "Autonomous" not in place.name:
            yield place, "region"


def town_of(place, towns):
    """The settlement of the unit's name nearest to its centre, within 60 km."""
    key = fold(undo(place.name, place.country))
    found = [(distance(town), town["id"], town) for town, distance in towns(place, key)]
    return min(found)[2] if found and min(found)[0] <= 60 else None


def unit_names(place, kind, town_rows, namer):
    """The names of a unit: its town's in en, az, hy, ka and ru, and the full forms that the source tags."""
    english = undo(place.name, place.country)
    if kind == "region":
        english = english.replace("q", "g") + " Economic Region"
    elif town_rows:
        english = next((row["name"] for row in town_rows if row["kind"] == "canonical"), english)
    name = Name(english, "canonical")
    name.sources = {"wof"}
    if kind == "region":
        if "-" in english:
            name.add("", english.removesuffix(" Economic Region"), False, "wof", namer.newspaper)
        return [name]
    for row in town_rows:
        if row["name"] == english and row["preferred"] and row["lang"] in ("az", "hy", "ka", "ru", "os", "ab"):
            for source in row["source"].split(";"):
                name.add(row["lang"], row["spelling"], True, source, namer.newspaper)
    for lang, text, _, source in place.alternates:
        if lang in ("en", "ka", "ru", "uk") and FULL.search(text) and script(text) != "mixed":
            name.add("" if lang == "en" else lang, text, False, source, namer.newspaper)
        elif place.country == "AM" and lang in ("hy", "ru") and is_usable(lang, clean(text)) and not town_rows:
            name.add(lang, clean(text), True, source, namer.newspaper)
    return [name]
