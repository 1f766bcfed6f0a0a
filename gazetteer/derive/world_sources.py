"""Reads the source tables of ../shared/data and writes gazetteer folders; used by countries, divisions, cities and packs.

Not a command. The sources are GeoNames, Who's On First, CLDR and the outlines of Natural Earth; their formats and known
faults are in ../shared/data/README.md.
"""

import csv
import gzip
import os
import pathlib
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
GAZETTEER = ROOT / "gazetteer"
DATA = pathlib.Path(os.environ.get("TOPONORM_DATA", ROOT.parent / "shared" / "data"))
SOURCES = DATA / "sources"

ENTRY_COLUMNS = ("id,kind,name,latitude,longitude,precision_km,country,disputed,within,population,geonames,wikidata,"
                 "since,until,source,note").split(",")
NAME_COLUMNS = "entry,name,spelling,lang,kind,preferred,rewrite,needs,since,until,source,note".split(",")
# The languages of gazetteer/languages.csv; Serbian in Latin letters is bundled for countries only.
LANGUAGES = ("en az az-Cyrl hy ka ru uk tr fa ar ab os de fr es it pl pt nl sl hr sr sr-Latn bg mk el ro kk he lt").split()
# Countries that Who's On First covers down to villages, the South Caucasus (gazetteer/caucasus) apart.
WOF_COUNTRIES = "UA TR IR RS XK BA HR ME MK AL BG CY".split()
CAUCASUS = {"AM", "AZ", "GE"}


def rows(name):
    """The rows of a tab-separated table, packed or not, as lists of cells."""
    with gzip.open(SOURCES / name, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


class Place:
    """A row of a table in GeoNames' layout of 19 columns."""

    __slots__ = ("id", "name", "alternates", "lat", "lon", "code", "country", "admin1", "population")

    def __init__(self, cells):
        self.id, self.name = cells[0], unicodedata.normalize("NFC", cells[1])
        self.alternates = cells[3]
        self.lat, self.lon = float(cells[4]), float(cells[5])
        self.code, self.country, self.admin1 = cells[7], cells[8], cells[10]
        self.population = int(cells[14] or 0)


def places(name):
    return [Place(cells) for cells in rows(name)]


def tagged_names(name, wanted):
    """Place id -> language -> spellings, the preferred ones first; ids outside `wanted` are left out."""
    found = {}
    for cells in rows(name):
        if cells[1] in wanted and cells[3]:
            spellings = found.setdefault(cells[1], {}).setdefault(cells[2], [])
            text = unicodedata.normalize("NFC", " ".join(cells[3].split()))
            if text not in spellings:
                spellings.insert(0 if cells[4] == "1" and not spellings else len(spellings), text)
    return found


def wikidata_ids():
    """GeoNames id -> Wikidata id, for the places of Who's On First."""
    found = {}
    for cells in rows("wof_id_map.tsv.gz"):
        if len(cells) > 3 and cells[2] and cells[3]:
            found.setdefault(cells[2], cells[3])
    return found


def countries():
    """The table of countries as dictionaries, in the order of their codes."""
    table = rows("geonames_countries.tsv.gz")
    head = next(table)
    return [dict(zip(head, cells)) for cells in table]


def read_csv(path):
    if not path.exists():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Curated:
    """What the folders besides the one that is being written hold."""

    def __init__(self, *without):
        self.entries, self.names = [], []
        for path in sorted(GAZETTEER.glob("**/entries.csv")):
            if path.parent not in without:
                self.entries += read_csv(path)
                self.names += read_csv(path.parent / "names.csv")
        for path in sorted(GAZETTEER.glob("**/names.csv")):
            if path.parent not in without and not (path.parent / "entries.csv").exists():
                self.names += read_csv(path)
        self.names_of = {}
        for row in self.names:
            self.names_of.setdefault(row["entry"], []).append(row)
        self.by_id = {entry["id"]: entry for entry in self.entries}
        self.by_geonames = {entry["geonames"]: entry["id"] for entry in self.entries if entry["geonames"]}


class Folder:
    """Entries and names of one folder in the making, kept free of what the schema forbids."""

    def __init__(self, path):
        self.path = path
        self.entries, self.names, self.of_entry = {}, {}, {}
        self.preferred = set()

    def add_entry(self, **cells):
        entry = {column: "" for column in ENTRY_COLUMNS}
        entry.update({column: str(cell) for column, cell in cells.items()})
        if entry["id"] in self.entries:
            raise ValueError("the id %s stands twice" % entry["id"])
        self.entries[entry["id"]] = entry

    def add_name(self, entry, name, spelling, lang, kind, preferred="", source="", **cells):
        """Adds a spelling; a second one of the same text, or a second preferred one, is dropped or demoted."""
        spelling = unicodedata.normalize("NFC", spelling)
        if (entry, name, lang, spelling) in self.names:
            return
        if preferred and (entry, name, lang) in self.preferred:
            preferred = ""
        if preferred:
            self.preferred.add((entry, name, lang))
        row = {column: "" for column in NAME_COLUMNS}
        row.update(entry=entry, name=name, spelling=spelling, lang=lang, kind=kind, preferred=preferred, source=source)
        row.update(cells)
        self.names[entry, name, lang, spelling] = row
        self.of_entry.setdefault(entry, []).append(row)

    def write(self):
        self.path.mkdir(parents=True, exist_ok=True)
        entries = [self.entries[key] for key in sorted(self.entries)]
        names = sorted(self.names.values(),
                       key=lambda row: [row[column] for column in ("entry", "name", "lang", "spelling", "kind")])
        for name, columns, table in (("entries.csv", ENTRY_COLUMNS, entries), ("names.csv", NAME_COLUMNS, names)):
            with open(self.path / name, "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows(table)
        print("%s: %d entries, %d names" % (self.path, len(entries), len(names)), file=sys.stderr)


def degrees(value):
    """Four decimals, as everywhere in the gazetteer, without trailing zeros."""
    text = ("%.4f" % value).rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def decisions(table):
    """The editors' decisions of derive/world_decisions.tsv for `table`: key -> list of cells."""
    found = {}
    with open(pathlib.Path(__file__).with_name("world_decisions.tsv"), encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if not line.startswith("#") and cells[0] == table:
                found[cells[1]] = cells[2:]
    return found


def table_of_points(name):
    """A table of derive/ with a place's point: key -> the other cells."""
    with open(pathlib.Path(__file__).with_name(name), encoding="utf-8") as file:
        return {key: cells for key, *cells in (line.rstrip("\n").split("\t") for line in file if not line.startswith("#"))}


def country_points():
    """ISO code, or id of an ocean -> latitude and longitude of country_points.tsv, whose "30 15 S, 5 00 W" is degrees and minutes."""
    def decimal(text):
        whole, minutes, side = text.split()
        return (int(whole) + int(minutes) / 60) * (-1 if side in "SW" else 1)
    return {key: tuple(map(decimal, cells[0].split(","))) for key, cells in table_of_points("country_points.tsv").items()}


def wikidata_points():
    """ISO code -> latitude and longitude of Wikidata."""
    return {key: tuple(map(float, cells)) for key, cells in table_of_points("country_points_wikidata.tsv").items()}


def continent_points():
    """Id of a continent -> latitude, longitude, GeoNames id."""
    return {key: (float(lat), float(lon), geonames) for key, (lat, lon, geonames) in table_of_points("continent_points.tsv").items()}


def division_points():
    """GeoNames' admin1 code -> latitude, longitude, extent in kilometres."""
    return {key: tuple(map(float, cells)) for key, cells in table_of_points("division_points.tsv").items()}
