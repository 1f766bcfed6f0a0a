"""Derives gazetteer/caucasus/settlements: every populated place and unit of Armenia, Azerbaijan, Georgia and the disputed areas
that the sources hold and the curated gazetteer/caucasus/{entries,names}.csv do not.

    python3 gazetteer/derive/settlements.py

from the root of the repository rebuilds everything (`cargo build --release` first: the newspaper spellings come from
`target/release/toponorm transliterate`). Options: --program PATH, --data FOLDER (../shared/data), --report PATH (what was left
out, and why). The same input gives the same bytes; ids of an earlier run are kept as long as no curated entry takes them.

Rules of choice, each where it is applied: names in settlement_names.py, areas in settlement_areas.py, doubles in
settlement_doubles.py, units in settlement_units.py.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from settlement_areas import Areas, kilometres
from settlement_doubles import Curated, join_doubles, keys
from settlement_names import Namer, merged
from settlement_rows import name_rows
from settlement_sources import read_places, read_table, write_table
from settlement_spelling import QUALIFIERS, Newspaper, bare, fold
from settlement_units import town_of, unit_names, units
from settlement_unverified import NOTE, is_vouched, may_stay

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT.parent / "src" / "text"))
from english import words as english_words
ENTRIES = "id,kind,name,latitude,longitude,precision_km,country,disputed,within,population,geonames,wikidata,since,until,source,note".split(",")
NAMES = "entry,name,spelling,lang,kind,preferred,rewrite,needs,since,until,source,note".split(",")
DESERTED = {"PPLQ": "abandoned", "PPLW": "destroyed", "PPLH": "former settlement"}
# Words that say that the source's "populated place" is a sheepfold, a farm or a field.
NO_VILLAGE = re.compile(r"\b(Gomer|Gomer\w*|Hogher|Hoghamaser|Ferma|Fermy|Kolkhozi?|Sovkhozi?|Kolkhoz|Sovkhoz|Gyughateghi?|Gyughategh|Yayla\w*|Kazarma\w*"
                        r"|Khutori?|Letovka|Zimovnik|Fermasi|Binalari|Gyugh\w*tegh\w*)\b")
PRECISION = {"city": 5, "town": 2, "village": 1, "place": 1, "district": 20, "region": 40}


def kind_of(place, english, within):
    """The kind by feature code, rank and population."""
    people, ranked = population(place), place.code in ("PPLC", "PPLA", "PPLA2") and "geonames" in place.sources
    if NOTE in place.notes or (not ranked and (within == "yerevan" or (within == "tbilisi" and people >= 15_000))):
        return "place"
    if place.code == "PPLC" or people >= 100_000:
        return "city"
    if ranked or people >= 15_000:
        return "town"
    if place.code in ("PPLX", "PPLL", "PPLS", "PPLF") or NO_VILLAGE.search(english):
        return "place"
    return "village"


def locate(place, areas):
    """The area around a place, or `None` if it does not lie in its country: on a border the outlines leave gaps."""
    found = areas.find(place.latitude, place.longitude)
    coded = "yerevan" if place.country == "AM" and place.code == "PPLX" else areas.coded(place)
    if found and found[0] == place.country:
        return coded if coded and coded != found[1] and areas.away(place.latitude, place.longitude, coded) <= 3 else found[1]
    away, entry = areas.nearest(place.latitude, place.longitude, place.country)
    limit = 3 if found else 8
    if away > limit:
        return None
    return coded if coded and areas.away(place.latitude, place.longitude, coded) <= limit else entry


def population(place):
    """The figure, if it is plausible: one that GeoNames no longer gives, of 5,000 or more, is the district's or decades old."""
    if place.population >= 5000 and not place.checked_population:
        place.notes.append(f"population {place.population} of the source not taken over")
        place.population = 0
    return place.population


def slug(name):
    """`Verin Getashen` → `verin-getashen`."""
    words = [re.sub("[^a-z0-9]", "", bare(word).lower()) for word in re.split(r"[\s\-]+", name)]
    return "-".join(word for word in words if word)


class Ids:
    """Gives ids, none of which is the bare name of a curated entry: slug, else slug and parent, else slug and number; what an earlier run gave stays."""

    def __init__(self, taken, earlier):
        self.taken = set(taken)
        self.earlier = {key: value for key, value in earlier.items() if value not in self.taken}
        self.reserved = set(self.earlier.values())

    def give(self, place, kind, english, within):
        key = place.number
        base = slug(english)
        parent = re.sub("-(district|region)$", "", within)
        units = [f"{base}-{kind}"] if kind in ("district", "region") and not base.endswith("region") else []
        choices = units + ([] if units else [base]) + [f"{base}-{parent}", f"{base}-{key}"]
        free = [choice for choice in choices if choice not in self.taken and choice not in self.reserved]
        borne = [self.earlier[number] for number in [key] + getattr(place, "also", []) if number in self.earlier]
        same = [one for one in borne if one == base or one.startswith(f"{base}-")]
        chosen = next((one for one in same + borne if one not in self.taken), None) or free[0]
        self.taken.add(chosen)
        return chosen


def read_curated():
    """All entries and names of the repository but those that this script writes."""
    skip = "settlements"
    entries, names = [], defaultdict(list)
    for path in sorted(ROOT.glob("*/entries.csv")) + sorted(ROOT.glob("*/*/entries.csv")):
        if path.parent.name != skip:
            entries += read_table(path)
    for path in sorted(ROOT.glob("*/names.csv")) + sorted(ROOT.glob("*/*/names.csv")):
        if path.parent.name != skip:
            for row in read_table(path):
                names[row["entry"]].append(row)
    return entries, names


class Derivation:
    """One run."""

    def __init__(self, options):
        self.curated, self.curated_names = read_curated()
        self.region = [row for row in self.curated if row["country"] in ("AM", "AZ", "GE")]
        self.areas = Areas(options.data, self.region)
        self.namer = Namer(Newspaper(options.program))
        self.places = read_places(options.data)
        self.areas.learn_codes(self.places)
        self.report = []
        self.lexicon = {word.lower() for word, _ in english_words()}
        out = ROOT / "caucasus" / "settlements"
        earlier = {self.number(row): row["id"] for row in read_table(out / "entries.csv")} if (out / "entries.csv").exists() else {}
        names = {slug(row["name"]) for rows in self.curated_names.values() for row in rows if row["lang"] == "en" and row["preferred"]}
        self.ids = Ids([row["id"] for row in self.curated] + sorted(names), earlier)
        self.out = out

    @staticmethod
    def number(row):
        """The number of an entry of an earlier run."""
        return f"g{row['geonames']}" if row["geonames"] else "w" + re.search(r"Who's On First (\d+)", row["note"] + "Who's On First 0")[1]

    def settlements(self):
        """The places to write: in their country, named, no double, not curated. Each is (place, within, disputed, names)."""
        found = []
        for place in self.places:
            if not (place.code.startswith("PPL") or place.code == "ADM3") or re.search(r"Brewery|Monument", place.name):
                continue
            if all(word.lower() in QUALIFIERS for word in re.findall(r"\w+", place.name)) and not place.alternates:
                self.report.append((place.number, place.name, "only an adjective"))
                continue
            within = locate(place, self.areas)
            if within is None:
                self.report.append((place.number, place.name, f"not in {place.country}: {place.latitude} {place.longitude}"))
                continue
            disputed, within = self.areas.disputed(place.latitude, place.longitude, within, code=place.admin1)
            names = self.namer.names(place)
            found.append([place, within, disputed, names])
        curated = Curated(self.region, self.curated_names)
        kept = []
        for item in join_doubles(found, self.report):
            twin = curated.twin(item[0], item[3])
            if twin:
                self.report.append((item[0].number, item[3][0].english, f"curated: {twin}"))
            else:
                kept.append(item)
        return self.verified(kept)

    def verified(self, kept):
        """The rows without those of the unverified import that may be anything; the rest of them becomes `place`."""
        known = Counter(fold(spelling) for item in kept for name in item[3]
                        for spelling in {name.english} | {text for _, text in name.spellings})
        known.update(fold(spelling) for entry in self.curated for spelling in
                     {entry["name"]} | {row["spelling"] for row in self.curated_names[entry["id"]]})
        stay = []
        for item in kept:
            place, names = item[0], item[3]
            if place.is_unverified and not is_vouched(place):
                if not may_stay(names, known, self.lexicon):
                    self.report.append((place.number, names[0].english, "unverified: import of fields and monuments"))
                    continue
                place.notes.append(NOTE)
            stay.append(item)
        return stay

    def run(self):
        """Writes the two files and prints what they hold."""
        self.namer.prepare(self.places)
        kept = self.settlements()
        entries, rows = [], []
        self.clear_wikidata(kept)
        self.drop_neighbours(kept)
        self.index = {fold(names[0].english) for _, _, _, names in kept} | {fold(row["name"]) for row in self.curated}
        order = {"city": 0, "town": 1, "village": 2, "place": 3}
        ranked = sorted(kept, key=lambda item: (order[kind_of(item[0], item[3][0].english, item[1])], -item[0].population,
                                                item[0].geonames == "", int(item[0].geonames or item[0].wof)))
        for place, within, disputed, names in ranked:
            self.write(place, kind_of(place, names[0].english, within), within, disputed, names, entries, rows)
        self.write_units(entries, rows)
        rows = without_shared(entries, rows)
        write_table(self.out / "entries.csv", ENTRIES, sorted(entries))
        write_table(self.out / "names.csv", NAMES, sorted(rows, key=lambda row: (row[0], row[1], row[3], row[2], row[4])))
        return entries, rows

    def clear_wikidata(self, kept):
        """An identifier that two entries would bear is left out of both: the source does not say which is right."""
        counted = Counter(place.wikidata for place, *_ in kept) + Counter(row["wikidata"] for row in self.curated)
        for place, *_ in kept:
            if counted[place.wikidata] > 1:
                place.wikidata = ""

    def drop_neighbours(self, kept):
        """Further names of a place that are the name of another within ten kilometres belong to that one."""
        bearers = defaultdict(list)
        for place, _, _, names in kept:
            for key in keys(names):
                bearers[key].append((place.latitude, place.longitude, place.number))
        for row in self.region:
            if row["latitude"]:
                for key in {fold(row["name"])} | {fold(name["spelling"]) for name in self.curated_names[row["id"]]
                                                  if name["preferred"] and name["lang"] in ("az", "hy", "ka")}:
                    bearers[key].append((float(row["latitude"]), float(row["longitude"]), row["id"]))
        for place, _, _, names in kept:
            own = keys(names)

            def is_neighbours(text):
                return fold(text) not in own and any(number != place.number and kilometres(place.latitude, place.longitude, y, x) <= 10
                                                     for y, x, number in bearers[fold(text)])

            names[1:] = [name for name in names[1:] if not is_neighbours(name.english)]
            for name in names:
                for key in [key for key in name.spellings if is_neighbours(key[1])]:
                    del name.spellings[key]

    def write(self, place, kind, within, disputed, names, entries, rows, until=""):
        """The rows of one entry."""
        names = merged(names)
        english = names[0].english
        entry = self.ids.give(place, kind, english, within)
        people = population(place)
        notes = list(dict.fromkeys(place.notes))
        if place.code in DESERTED:
            notes.insert(0, f"{DESERTED[place.code]} according to the source")
        elif not people and any(text.startswith("Razvaliny ") for _, text, _, _ in place.alternates):
            notes.insert(0, "ruins according to a name of the source")
        if not place.geonames:
            notes.append(f"Who's On First {place.wof}")
        if disputed == "nagorno-karabakh":
            for name in names[1:]:
                name.kind = "name"
        precision = PRECISION[kind]
        entries.append([entry, kind, english, f"{round(place.latitude, 4):g}", f"{round(place.longitude, 4):g}", precision, place.country,
                        disputed, within, people or "", place.geonames, place.wikidata, "", until, ";".join(sorted(place.sources)),
                        "; ".join(notes)])
        own = fold(english)

        def taken(key):
            return key != own and (key in self.index or key in self.lexicon)

        for name in names:
            for row in name_rows(name, place.country, taken):
                rows.append([entry, row.name, row.spelling, row.lang, row.kind, row.preferred, "", "", "", "", row.source, ""])

    def write_units(self, entries, rows):
        """Districts and regions, after their towns."""
        by_id = defaultdict(list)
        for row in rows:
            by_id[row[0]].append(dict(zip(NAMES, row)))
        for entry, named in self.curated_names.items():
            by_id[entry] += named
        towns = [dict(zip(ENTRIES, row)) for row in entries] + self.region
        known = {(row["kind"], fold(name)) for row in self.region
                 for name in {row["name"]} | {spelling["spelling"] for spelling in self.curated_names[row["id"]] if spelling["lang"] == "en"}}

        def candidates(place, key):
            for town in towns:
                if town["kind"] in ("city", "town", "village") and town["latitude"] and fold(town["name"]) == key:
                    point = float(town["latitude"]), float(town["longitude"])
                    yield town, lambda town, point=point: kilometres(place.latitude, place.longitude, *point)

        for place, kind in units(self.places):
            town = town_of(place, candidates)
            names = unit_names(place, kind, by_id[town["id"]] if town else [], self.namer)
            if (kind, fold(names[0].english)) in known or self.is_known(place) or (place.country == "GE" and self.areas.find(place.latitude, place.longitude)[1] == "abkhazia"):
                self.report.append((place.number, place.name, "unit: curated"))
                continue
            self.write_unit(place, kind, names, entries, rows)

    def is_known(self, place):
        """Whether a curated entry has the unit's identifiers."""
        return any((place.wikidata and row["wikidata"] == place.wikidata) or f" {place.wof}" in " " + row["note"].replace(";", "") + " "
                   for row in self.region)

    def write_unit(self, place, kind, names, entries, rows):
        """One unit."""
        within = locate(place, self.areas) or {"AM": "armenia", "AZ": "azerbaijan", "GE": "georgia"}[place.country]
        disputed, until = "", ""
        if kind == "region":
            within = "azerbaijan"
            place.notes.append("economic region of the division before 2021")
            place.sources = {"wof", "editorial"}
        else:
            disputed, within = self.areas.disputed(place.latitude, place.longitude, within)
        place.population, place.checked_population = place.population if kind == "district" else 0, True
        if place.country == "AM":
            place.notes.append("district of Soviet Armenia, abolished in 1995")
            place.sources = {"wof", "editorial"}
            until = "1995"
        place.code = kind
        self.write(place, kind, within, disputed, names, entries, rows, until)


def without_shared(entries, rows):
    """Further spellings that two places within three kilometres share are left out: the source does not say whose they are."""
    points = {row[0]: (float(row[3]), float(row[4])) for row in entries if row[3]}
    bearers = defaultdict(set)
    for row in rows:
        if row[0] in points:
            bearers[fold(row[2])].add(row[0])

    def is_shared(row):
        near = (other for other in bearers[fold(row[2])] - {row[0]} if row[0] in points)
        return row[4] != "canonical" and any(kilometres(*points[row[0]], *points[other]) <= 3 for other in near)

    shared = {(row[0], row[1]) for row in rows if is_shared(row) and row[5] and row[3] == "en"}
    return [row for row in rows if (row[0], row[1]) not in shared and not is_shared(row)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT.parent / "target" / "release" / "toponorm"))
    parser.add_argument("--data", default=str(ROOT.parents[1] / "shared" / "data"))
    parser.add_argument("--report", help="write what was left out to this file")
    options = parser.parse_args()
    derivation = Derivation(options)
    entries, rows = derivation.run()
    print(f"{len(entries)} entries, {len(rows)} spellings;", dict(Counter(row[1] for row in entries)), dict(derivation.namer.counts))
    print("left out:", dict(Counter(re.split("[: ]", reason)[0] for *_, reason in derivation.report)))
    if options.report:
        write_table(Path(options.report), ["number", "name", "reason"], sorted(derivation.report))


if __name__ == "__main__":
    main()
