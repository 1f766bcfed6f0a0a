"""Finds the same place twice: in the sources, and between the sources and the curated file.

Two rows are one place if they share a GeoNames id; if their names are the same within 3 km (4 in Georgia, where one import lies three kilometres off, 6 if one row has no native spelling), or nearly the same within 2 km;
if one of them has no GeoNames id (Who's On First's own rows are coarse), the same name within 10 km. Upper and lower, big and
small, first and second village of a name are never joined. A curated entry with the id, or with the name within 5 km, wins.
"""

from collections import defaultdict

from settlement_areas import kilometres
from settlement_spelling import alike, fold, hushed, split


def keys(names):
    """The folded forms of the canonical name: English and native."""
    first = names[0]
    return {fold(first.english)} | {fold(text) for (lang, text), (preferred, _) in first.spellings.items() if lang in ("az", "hy", "ka") and preferred}


def all_keys(names):
    """The folded forms of every name in the tongues of the region."""
    return {fold(name.english) for name in names} | {fold(text) for name in names for (lang, text) in name.spellings if lang in ("az", "hy", "ka")}


def weight(item):
    """The better a row is known, the sooner it is kept."""
    place = item[0]
    return (not place.is_unverified, not is_stray(item), is_native(item[3][0]), place.code != "ADM3", place.geonames != "", "geonames" in place.sources, place.population > 0, len(place.alternates))


def is_former(item, other):
    """Whether a row without a native spelling bears a name that the other row has beside its own: the same village by its old name."""
    names = {fold(name.english) for name in other[3]} | {fold(text) for name in other[3] for _, text in name.spellings}
    names |= {fold(text) for lang, text, _, _ in other[0].alternates if lang == ""}
    return not is_native(item[3][0]) and fold(item[3][0].english) in names


def is_stray(item):
    """A row of Azerbaijan that is named in Armenian only: often one of Armenia with a point across the border."""
    langs = {lang for name in item[3] for lang, _ in name.spellings}
    return item[0].country == "AZ" and "hy" in langs and "az" not in langs


def is_double(item, other, away):
    """Whether two rows are the same place."""
    place, twin = item[0], other[0]
    coarse = "ADM3" in (place.code, twin.code) or not (place.geonames and twin.geonames)
    one, two = split(item[3][0].english.lower()), split(other[3][0].english.lower())
    known = is_native(item[3][0]) and is_native(other[3][0])
    if keys(item[3]) & keys(other[3]) or one == two:
        return away <= (10 if coarse else 3.9 if place.country == "GE" and known else 6 if place.country == "GE" else 3)
    if not known and away <= 3 and (is_former(item, other) or is_former(other, item)):
        return True
    if away > (5 if coarse else 2):
        return False
    if one[0] != two[0] or min(len(one[1]), len(two[1])) < 4:
        return False
    if coarse:
        one, two = hushed(one), hushed(two)
    if one[1][0] != two[1][0]:
        return False
    return alike([one], [two]) <= (.2 if all_keys(item[3]) & all_keys(other[3]) else .12 if away <= .3 else .1 if coarse else .07)


class Grid:
    """Rows by their place on the map."""

    SIZE = .15

    def __init__(self):
        self.cells = defaultdict(list)

    def add(self, latitude, longitude, item):
        self.cells[round(latitude / self.SIZE), round(longitude / self.SIZE)].append((latitude, longitude, item))

    def around(self, latitude, longitude):
        """Rows within about ten kilometres, with their distance, the nearest first."""
        row, column = round(latitude / self.SIZE), round(longitude / self.SIZE)
        near = [(kilometres(latitude, longitude, y, x), number, item)
                for i in (-1, 0, 1) for j in (-1, 0, 1)
                for number, (y, x, item) in enumerate(self.cells[row + i, column + j])]
        return sorted(near, key=lambda found: found[:2])


def join_doubles(found, report):
    """The rows without doubles; what a double knew is taken over by the row that stays."""
    grid, kept, by_geonames = Grid(), [], {}
    for item in sorted(found, key=lambda item: (tuple(-int(part) for part in weight(item)), item[0].number)):
        place = item[0]
        twin = by_geonames.get(place.geonames) if place.geonames else None
        if twin is None:
            twin = next((other for away, _, other in grid.around(place.latitude, place.longitude)
                         if (other[0].country == place.country or (is_stray(item) and away <= 5)) and is_double(item, other, away)), None)
        if twin is None:
            kept.append(item)
            grid.add(place.latitude, place.longitude, item)
            if place.geonames:
                by_geonames[place.geonames] = item
            continue
        absorb(twin, item)
        away = kilometres(place.latitude, place.longitude, twin[0].latitude, twin[0].longitude)
        report.append((place.number, item[3][0].english, f"double of {twin[0].number} {twin[3][0].english}, {away:.1f} km"))
    return kept


def absorb(item, double):
    """Takes over the spellings of a double, its Wikidata id and its population."""
    place, other = item[0], double[0]
    place.wikidata = place.wikidata or other.wikidata
    if not place.geonames and other.geonames and not other.is_unverified:
        place.geonames, place.latitude, place.longitude = other.geonames, other.latitude, other.longitude
        place.population = place.population or other.population
        place.checked_population |= other.checked_population
        place.sources |= other.sources
    place.also = getattr(place, "also", []) + [other.number] + getattr(other, "also", [])
    if not is_native(item[3][0]) and is_native(double[3][0]) and hushed(split(double[3][0].english.lower())) == hushed(split(item[3][0].english.lower())):
        double[3][0].spellings.setdefault(("", item[3][0].english), [False, set(place.sources)])
        place.notes = [note for note in place.notes if not note.startswith("no native")]
        item[3][0] = double[3][0]
    for name in double[3]:
        match = next((known for known in item[3] if fold(known.english) == fold(name.english)), None)
        if match is None and name is double[3][0]:
            match = item[3][0] if alike(name.witness, item[3][0].witness) <= .3 else None
        if match is item[3][0] and match is name:
            continue
        if match is None:
            match = next((known for known in item[3] if set(known.spellings) & {key for key in name.spellings if key[0]}), None)
        if match is None:
            name.kind = "historical"
            item[3].append(name)
            continue
        match.witness += name.witness
        if name.english != match.english:
            match.spellings.setdefault(("", name.english), [False, set(name.sources)])
        for (lang, text), (preferred, sources) in name.spellings.items():
            known = match.spellings.setdefault((lang, text), [False, set()])
            known[1] |= sources


def is_native(name):
    """Whether a name is known in its own tongue."""
    return any(lang in ("az", "hy", "ka") for lang, _ in name.spellings)


class Curated:
    """The curated settlements of the region."""

    def __init__(self, rows, names):
        self.grid = Grid()
        self.by_geonames, self.by_note = {}, ""
        for row in rows:
            if row["geonames"] and row["kind"] in ("city", "town", "village", "place", "site"):
                self.by_geonames[row["geonames"]] = row["id"]
            self.by_note += " " + row["note"]
            if row["latitude"] and row["kind"] in ("city", "town", "village", "place"):
                spelt = {fold(row["name"])} | {fold(name["spelling"]) for name in names[row["id"]]}
                plain = {reading for name in names[row["id"]] if name["lang"] == "en" and name["preferred"]
                         for reading in [split(name["name"].lower())]}
                self.grid.add(float(row["latitude"]), float(row["longitude"]), (row["id"], spelt, plain))

    @staticmethod
    def is_same(plain, known):
        """Whether the name is nearly the known one; a community's may differ in its hushing sounds."""
        forms = [(one, known) for one in plain[:1]] + [(one, hushed(known)) for one in plain[1:]]
        return any(one[1][0] == two[1][:1] and alike([one], [two]) <= .1 for one, two in forms)

    def twin(self, place, names):
        """The curated entry that is this place."""
        for number in [place.number] + getattr(place, "also", []):
            if number[0] == "g" and number[1:] in self.by_geonames:
                return self.by_geonames[number[1:]]
            if number[0] == "w" and f" {number[1:]}" in self.by_note:
                return self.by_note and "named in a note"
        wanted = keys(names)
        plain = [split(names[0].english.lower())]
        plain += [hushed(plain[0])] if place.code == "ADM3" else []
        for away, _, (entry, spelt, known) in self.grid.around(place.latitude, place.longitude):
            if away <= 5 and wanted & spelt:
                return entry
            if away <= (5 if place.code == "ADM3" else 2) and len(plain[0][1]) >= 4 and any(
                    self.is_same(plain, two) for two in known):
                return entry
            if away <= 1 and all_keys(names) & spelt:
                return entry
        return None
