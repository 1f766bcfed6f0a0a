"""Reads the sources of the settlements: Who's On First in GeoNames layout, GeoNames cities500, the map of identifiers.

A `Place` is one place of the sources with every name that they give it. Names keep the language tag they came with; the
comma list of cities500 has no tags, so its Armenian and Georgian letters tell the language and Latin letters stay untagged.
"""

import csv
import gzip
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

COUNTRIES = ("AM", "AZ", "GE")


@dataclass
class Place:
    """One place of the sources."""

    geonames: str
    wof: str
    name: str
    latitude: float
    longitude: float
    code: str
    country: str
    admin1: str = ""
    population: int = 0
    checked_population: bool = False
    wikidata: str = ""
    sources: set = field(default_factory=set)
    # (language or "", spelling, preferred, source)
    alternates: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def number(self):
        """The suffix that makes an id unique: `g616154` or `w421169827`."""
        return f"g{self.geonames}" if self.geonames else f"w{self.wof}"

    def add(self, lang, spelling, preferred, source):
        """Adds a name as the source gives it, in NFC and with the one letter for schwa."""
        spelling = unicodedata.normalize("NFC", spelling).replace("ǝ", "ə").replace("Ǝ", "Ə").replace("’’", "’")
        spelling = re.sub("ՈՒ(?=[ա-ֆ])", "Ու", spelling)
        for part in re.split(r"\s{2,}", spelling.strip()):
            if part:
                self.alternates.append((lang, " ".join(part.split()), preferred, source))

    @property
    def is_unverified(self):
        """One of some 2,000 rows that GeoNames took from a map of Armenia in one go: fields, folds, chapels and monuments
        stand among them as populated places. Beyond the border such a row is known by having Armenian names only."""
        if int(self.geonames or 0) < 10_000_000 or "geonames" in self.sources:
            return False
        return self.country == "AM" or {lang for lang, *_ in self.alternates} == {"hy"}


def rows(path):
    """The rows of a gzipped table without quotes."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def identifiers(sources):
    """id → (Who's On First id, GeoNames id, Wikidata id)."""
    return {row[0]: (row[1], row[2], row[3]) for row in rows(sources / "wof_id_map.tsv.gz") if row[5] in COUNTRIES}


def read_wof(sources, country, known):
    """The places of one country file by the file's own id."""
    places = {}
    for row in rows(sources / f"wof_{country}.txt.gz"):
        wof, geonames, wikidata = known.get(row[0], (row[0], "", ""))
        place = Place(geonames, wof, row[1], float(row[4]), float(row[5]), row[7], country)
        place.admin1 = row[10].removesuffix(".0").zfill(2) if row[10] else ""
        place.population = int(row[14] or 0)
        place.wikidata = wikidata
        place.sources = {"wof"}
        places[row[0]] = place
    for row in rows(sources / f"wof_alternateNames_{country}.txt.gz"):
        places[row[1]].add(row[2], row[3], row[4] == "1", "wof")
    return places


def read_geonames(sources, places):
    """Adds cities500: its point, code and population are fresher; places that Who's On First lacks are new."""
    by_geonames = {place.geonames: place for place in places if place.geonames}
    for row in rows(sources / "geonames_cities500.txt.gz"):
        if row[8] not in COUNTRIES:
            continue
        place = by_geonames.get(row[0])
        if place is None:
            place = Place(row[0], "", row[1], float(row[4]), float(row[5]), row[7], row[8], row[10])
            places.append(place)
        if row[7] != "PPL" or place.code == "PPLX":
            place.code = row[7]
        place.latitude, place.longitude = float(row[4]), float(row[5])
        place.admin1 = row[10]
        place.population, place.checked_population = int(row[14] or 0), True
        place.sources.add("geonames")
        place.add("", row[1], False, "geonames")
        for spelling in filter(None, row[3].split(",")):
            place.add("", spelling, False, "geonames")


def read_places(data):
    """All places of the three countries, in the order of their numbers."""
    sources = Path(data) / "sources"
    known = identifiers(sources)
    places = [place for country in COUNTRIES for place in read_wof(sources, country, known).values()]
    read_geonames(sources, places)
    return sorted(places, key=lambda place: (place.country, place.geonames == "", int(place.geonames or place.wof)))


def read_table(path):
    """The rows of one of our own CSV files."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path, header, table):
    """Writes a CSV as the gazetteer wants it: LF, quotes only where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)
