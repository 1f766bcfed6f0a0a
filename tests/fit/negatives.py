#!/usr/bin/env python3
"""Make src/matcher/negatives.txt anew: names of places of all the world that hardly any gazetteer lists, as negatives for `gazetteer compile`.

usage: tests/fit/negatives.py [--shared ../shared]

Half of them have fewer than 15,000 inhabitants (GeoNames, cities500, CC BY 4.0), as many of each country as its share of the list; half are
villages too small for that list in a dozen countries (Who's On First, CC0 and CC BY). A hash chooses; a name has Latin letters only.
"""
import argparse, csv, gzip, os, re, zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TABLE = os.path.join(ROOT, "src/matcher/negatives.txt")
COUNTRIES = "AL BA BG HR IR ME MK RS TR UA".split()
EACH, MAX_POPULATION = 300, 15_000


def order(text): return zlib.crc32(("negatives " + text).encode())
def pick(items, count): return sorted(sorted(set(items), key=order)[:count])


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file: yield line.rstrip("\n").split("\t")


def is_plain(name): return len(name) > 3 and re.fullmatch(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff' -]+", name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", default=f"{ROOT}/../shared")
    sources = f"{parser.parse_args().shared}/data/sources"
    small, listed = [], set()
    for cells in rows(f"{sources}/geonames_cities500.txt.gz"):
        listed.update([cells[1], cells[2], *cells[3].split(",")])
        if cells[8] not in ("AM", "AZ", "GE") and int(cells[14] or 0) < MAX_POPULATION and is_plain(cells[1]): small.append(cells[1])
    villages = [pick({cells[1] for cells in rows(f"{sources}/wof_{country}.txt.gz") if cells[6] == "P" and is_plain(cells[1])} - listed, EACH // len(COUNTRIES))
                for country in COUNTRIES]
    names = sorted({*pick(small, EACH), *sum(villages, [])})
    with open(TABLE, encoding="utf-8") as file: comments = [line for line in file if line.startswith("#")]
    with open(TABLE, "w", encoding="utf-8") as file: file.writelines(comments + [name + "\n" for name in names])
    print(len(names), "names;", ", ".join(f"{country} {len(names)}" for country, names in zip(COUNTRIES, villages)))


if __name__ == "__main__": main()
