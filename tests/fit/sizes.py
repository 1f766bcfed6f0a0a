#!/usr/bin/env python3
"""How often `toponorm lookup` believes what is no name of a gazetteer, in gazetteers of the world of 1,000 to 1.2 million spellings.

usage: tests/fit/sizes.py [--binary target/release/toponorm] [--shared ../shared] [--work /tmp/sizes] [--sizes 1000 17000 350000 1200000]
                          [--count 3000] [--uncompiled]

The gazetteers are samples of the places of ../shared/data/sources/geonames_cities500.txt.gz with all their alternate names, and before
them the South Caucasus of tests/fit/acceptance.py (fold 4 left out), of which the left-out spellings are asked as well. Asked are, as many of
each (--count), names that stand neither in the gazetteer nor among the negatives that `toponorm gazetteer compile` fits its threshold on:
    words     English words that src/text/english.txt lacks: Debian's wamerican-huge (SCOWL)
    people    single names, and given and family names, of two dozen languages that src/text/personal_names.txt lacks: PyPI's faker (MIT)
    foreign   places of cities500 outside the sample, if any are, and places in the Netherlands and Andorra too small for cities500 (GeoNames)
All are judged as if the lexicon did not know them. A gazetteer is compiled first, unless `--uncompiled`: then the threshold is
the line's. The two packages are downloaded to the work folder with `apt-get download` and `pip download`; what was found is kept there.
"""
import argparse, csv, glob, gzip, importlib, json, os, re, subprocess, sys, time, zipfile, zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "src/text"), os.path.join(ROOT, "tests/fit")]
sys.dont_write_bytecode = True
from english import words as english_words
import acceptance
LOCALES = "cs_CZ da_DK de_DE en_GB en_IN es_ES et_EE fi_FI fr_FR hr_HR hu_HU it_IT lt_LT lv_LV nl_NL no_NO pl_PL pt_BR ro_RO sk_SK sl_SI sv_SE tr_TR vi_VN".split()
WORLD = "data/sources/geonames_cities500.txt.gz"
ELSEWHERE = ("data/sources/geonames_samples/NL.txt.gz", "data/sources/geonames_samples/AD.txt.gz")
ASKED_PLACES = 1 / 8  # of the world's places, in no sample but one of nearly all


def order(text): return zlib.crc32(("sizes " + text).encode())
def pick(items, count): return sorted(sorted(set(items), key=order)[:count])


def geonames(path):
    """Id, name, alternate names, feature class and country of each place of a GeoNames dump."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            yield cells[0], cells[1], [name for name in cells[3].split(",") if name], cells[6], cells[8]


def is_whole(name): return not re.search("[;@?\x00-\x1f\x80-\x9f]", name)  # no damage, and no sign of the list's syntax
def is_plain(name): return len(name) > 3 and acceptance.script_of(name) == "Latin" and not re.search(r"[\d;@,()/]", name)


def words(folder):
    """English words that the lexicon lacks, capitalised."""
    if not glob.glob(f"{folder}/wamerican-huge*.deb"):
        subprocess.run(["apt-get", "download", "-qq", "wamerican-huge"], cwd=folder, check=True)
    [package] = glob.glob(f"{folder}/wamerican-huge*.deb")
    subprocess.run(["dpkg", "-x", package, f"{folder}/wamerican"], check=True)
    known = {word.lower() for word, _ in english_words()}
    listed = acceptance.lines(f"{folder}/wamerican/usr/share/dict/american-english-huge")
    return [word.capitalize() for word in listed if re.fullmatch("[a-z]{4,}", word) and word not in known]


def people(folder, count):
    """Single names of many languages that the lexicon lacks, and for a third of them two together."""
    if not os.path.isdir(f"{folder}/faker"):
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "faker==37.4.0", "-d", folder], check=True)
        with zipfile.ZipFile(glob.glob(f"{folder}/faker-*.whl")[0]) as archive: archive.extractall(folder)
    sys.path.insert(0, folder)
    known, given, family = set(acceptance.lines(f"{ROOT}/src/text/personal_names.txt")), set(), set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for lists, target in (("first_names", given), ("last_names", family)):
            for attribute in (lists, f"{lists}_male", f"{lists}_female"): target.update(getattr(provider, attribute, ()))
    def unknown(names): return [name for name in sorted(names, key=order) if is_plain(name) and name.lower() not in known]
    given, family = unknown(given), unknown(family)
    pairs = [f"{one} {other}" for one, other in zip(given * 3, family)]
    return pick(given + family, count * 2 // 3) + pick(pairs, count // 3)


class World:
    """Samples of the world's places, and the names of those outside."""
    def __init__(self, shared):
        self.rows = sorted(geonames(f"{shared}/{WORLD}"), key=lambda row: order(row[0]))
        fitted = set(acceptance.lines(f"{ROOT}/src/matcher/negatives.txt"))
        self.asked = self.rows[-int(len(self.rows) * ASKED_PLACES):]
        self.outside = [name for _, name, *_ in self.asked if is_plain(name) and name not in fitted]
        self.small = [name for path in ELSEWHERE for _, name, _, kind, _ in geonames(f"{shared}/{path}") if kind == "P" and is_plain(name) and name not in fitted]

    def foreign(self, count, listed=frozenset()):
        """Names of places that a gazetteer lacks, half of them too small for the world list."""
        def lacking(names): return [name for name in names if name not in listed]
        return pick(lacking(self.outside), count // 2) + pick(lacking(self.small), count // 2)

    def write(self, path, size):
        """A gazetteer of so many spellings, in one file; returns how many there are, and which."""
        names, total = set(), 0
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["name", "id", "country", "variants"])
            for place, name, others, _, country in self.rows:  # the asked ones last
                if total >= size: break
                if not is_whole(name): continue
                others = [other for other in dict.fromkeys(others) if other != name and is_whole(other)]
                writer.writerow([name, f"g{place}", country, ";".join(others)])
                names.update([name, *others]); total += 1 + len(others)
        return total, names


def lookups(args, gazetteer, queries):
    command = [args.binary, "lookup", "--no-bundled", "--gazetteer", gazetteer, "--format", "jsonl", "--limit", "2", "-"]
    # Status 1 says that a query was not found.
    answers = subprocess.run(command, input="\n".join(queries) + "\n", stdout=subprocess.PIPE, encoding="utf-8").stdout
    return {answer["query"]: answer["candidates"] for answer in map(json.loads, answers.splitlines())}


def judge(candidates):
    """The surplus of log-odds that an unlisted query has over the threshold; none for a listed one."""
    best = candidates[0] if candidates else None
    if best and best["method"] != "fuzzy": return None
    evidence = best and best.get("evidence")
    letters = evidence["letters"] if evidence else 0
    if letters < acceptance.LEAST_LETTERS or evidence["features"]["sound"] < acceptance.LEAST_SOUND.get(letters, 0): return -99.0
    return evidence["logit"] - evidence["threshold"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=f"{ROOT}/target/release/toponorm"); parser.add_argument("--shared", default=f"{ROOT}/../shared")
    parser.add_argument("--work", default="/tmp/sizes"); parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 17_000, 350_000, 1_200_000]); parser.add_argument("--uncompiled", action="store_true")
    args = parser.parse_args()
    os.makedirs(args.work, exist_ok=True)
    world, sets = World(args.shared), {"words": pick(words(args.work), args.count), "people": people(args.work, args.count)}
    region(args, {**sets, "foreign": world.foreign(args.count)})
    for size in args.sizes:
        path = f"{args.work}/world{size}.csv"
        total, names = world.write(path, size)
        report(args, compiled(args, path, total), total, {**sets, "foreign": world.foreign(args.count, names)})


def compiled(args, path, total):
    if args.uncompiled: return path
    start, compiled_path = time.time(), path.replace(".csv", ".topo")
    subprocess.run([args.binary, "gazetteer", "compile", path, "-o", compiled_path], check=True)
    print(f"{total} spellings compiled in {time.time() - start:.1f} s")
    return compiled_path


def region(args, sets):
    """The South Caucasus, and the spellings of its places that were left out."""
    lookup, variants = acceptance.Lookups(args), acceptance.load_variants(args)
    source = lookup.source("south_caucasus")
    path, total = lookup.gazetteer(["south_caucasus"], 4)
    path = compiled(args, path, total)
    places, asked = {row["id"]: row for row in variants.rows(source)}, list(variants.asked(source, part=4))
    answers = lookups(args, path, [row["variant"] for row in asked])
    accepted = [(row, answers[row["variant"]][0]["id"]) for row in asked if answers.get(row["variant"]) and answers[row["variant"]][0]["accepted"]]
    right = sum(variants.same(places.get(found), row) for row, found in accepted)
    print(f"{total} left-out spellings: {right / len(asked):.3f} of {len(asked)} believed and right, {(len(accepted) - right) / len(asked):.3f} believed and wrong")
    report(args, path, total, sets)


def report(args, path, total, sets):
    for name, queries in sets.items():
        start = time.time()
        answers = lookups(args, path, queries)
        surpluses = [surplus for surplus in map(judge, answers.values()) if surplus is not None]
        believed = sum(surplus >= 0 for surplus in surpluses)
        print(f"{total} {name}: {believed} of {len(surpluses)} believed ({believed / max(1, len(surpluses)):.2%}), {1000 * (time.time() - start) / len(queries):.1f} ms a lookup", flush=True)
        with open(f"{args.work}/{os.path.basename(path)}.{name}.json", "w") as file: json.dump({query: [judge(found), found and found[0]["canonical"]] for query, found in answers.items()}, file)


if __name__ == "__main__": main()
