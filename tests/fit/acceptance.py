#!/usr/bin/env python3
"""Fit src/matcher/acceptance.tsv: which unlisted spellings `toponorm lookup` believes, and report how well that does.

usage: tests/fit/acceptance.py [--binary target/release/toponorm] [--shared ../shared] [--work /tmp/acceptance] [--write]
                               [--others NAMES.txt ...]

Positives are the spellings of ../shared/data/variants/south_caucasus_dev.tsv.gz that a curated gazetteer lacks (the folds of
../shared/eval/variants.py: 0 to 3 for the fit, 4 for the report). Negatives are not in that gazetteer:
    words     ordinary English words, capitalised: src/text/english.txt
    people    single names, and two names as given and family name: src/text/personal_names.txt
    foreign   English names of places elsewhere: gazetteer/world/cities
    scripts   names of the same places in Cyrillic, Armenian, Georgian, Arabic script: gazetteer/world/cities
    hard      near names of the region whose own place was taken out: hard_negatives_dev.tsv.gz
A hash puts one half of them in the fit and one in the report. Words and people are all in the program's lexicon, which refuses
them; fit and report look at the regression alone, as if they were unknown ("blind"), since most names of the world are.

Weights are those of a logistic regression (Newton's method, a little ridge); of the threshold, the worst negative set of the fit half
at FAR 0.25 % in gazetteers of four sizes gives the lowest line, over the logarithm of the number of
spellings, that is below none. `--others` are more files of words that are no
names, one a line, for the report alone. Lookups are kept in the work folder; delete it when the matcher's scores changed.
"""
import argparse, collections, csv, gzip, json, math, os, subprocess, sys, zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "src/text"))
from english import words as english_words
BLIND = {"words", "people"}  # judged as if the lexicon did not know them
LATIN = ["words", "people", "foreign"]
REGION = {"AM", "AZ", "GE"}
NEIGHBOURS = set("RU UA AL BA BG GR HR HU ME MK RO RS SI XK".split())  # the places of the large gazetteer
AREAS = ["south_caucasus", "russia", "ukraine", "balkans"]
SIGNED = {"sound", "second", "canonical", "plain", "margin", "margin_to_10", "rarity"}  # may not speak against
FAR, STRICT, FITTED = 0.003, 0.001, 0.0025  # fitted on one half at less, so that the other half keeps to FAR
LEAST_LETTERS, LEAST_SOUND, LEAST_SPELLINGS = 4, {4: 0.93, 5: 0.92}, 10_000  # the gates of src/matcher/acceptance.rs
TABLE = os.path.join(ROOT, "src/matcher/acceptance.tsv")


def half(text): return zlib.crc32(("half " + text).encode()) % 2
def pick(items, count): return sorted(sorted(set(items), key=lambda item: zlib.crc32(item.encode()))[:count])


def script_of(text):
    for letter in text:
        for script, first, last in (("Cyrillic", "Ѐ", "ӿ"), ("Armenian", "԰", "֏"), ("Arabic", "؀", "ۿ"), ("Georgian", "Ⴀ", "ჿ")):
            if first <= letter <= last: return script
    return "Latin"


def lines(path):
    with open(path, encoding="utf-8") as file: return [line.strip() for line in file if line.strip()]


def elsewhere_rows():
    """The names of cities elsewhere, each with its country."""
    with open(f"{ROOT}/gazetteer/world/cities/entries.csv", encoding="utf-8") as file:
        elsewhere = {row["id"]: row["country"] for row in csv.DictReader(file) if row["country"] not in REGION}
    with open(f"{ROOT}/gazetteer/world/cities/names.csv", encoding="utf-8") as file:
        return [{**row, "country": elsewhere[row["entry"]]} for row in csv.DictReader(file) if row["entry"] in elsewhere]


def sources(rows):
    """What no place of the gazetteer is called, without the shortest."""
    words = [word.capitalize() for word, _ in english_words() if word.islower()]
    people = [name.capitalize() for name in lines(f"{ROOT}/src/text/personal_names.txt")]
    foreign = [row["spelling"] for row in rows if row["lang"] == "en"]
    return {name: [text for text in texts if len(text) > 3] for name, texts in (("words", words), ("people", people), ("foreign", foreign))}


def negatives():
    rows = elsewhere_rows(); named = sources(rows)
    shuffled = sorted(named["people"], key=lambda name: zlib.crc32(b"pair" + name.encode()))
    pairs = [f"{given} {family}" for given, family in zip(shuffled[::2], shuffled[1::2])]
    others = [row["spelling"] for row in rows if script_of(row["spelling"]) != "Latin" and len(row["spelling"]) > 3]
    neighbours = {row["spelling"] for row in rows if row["country"] in NEIGHBOURS}
    return neighbours, {"words": pick(named["words"], 6000), "people": pick(named["people"], 6000) + pick(pairs, 3000),
            "foreign": pick(named["foreign"], 8000), "scripts": pick(others, 8000)}


class Lookups:
    """Runs the command and keeps its answers."""
    def __init__(self, args): self.args, self.folder = args, args.work

    def path(self, name): return os.path.join(self.folder, name)

    def source(self, area): return f"{self.args.shared}/data/variants/{area}_dev.tsv.gz"

    def variants(self, *arguments):
        command = [sys.executable, f"{self.args.shared}/eval/variants.py", *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout

    def gazetteer(self, areas, fold, keep=lambda row: True, name=""):
        path = self.path(f"{name or areas[0]}{fold}.csv")
        rows = []
        for area in areas:
            self.variants("gazetteer", self.source(area), self.path("area.csv"), "--fold", str(fold))
            with open(self.path("area.csv"), encoding="utf-8") as file: rows += [row for row in csv.DictReader(file) if keep(row)]
        rows = list({row["id"]: row for row in rows}.values())
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n"); writer.writeheader(); writer.writerows(rows)
        return path, sum(1 + len(list(filter(None, row["variants"].split(";")))) for row in rows)  # as the program counts

    def ask(self, queries, gazetteer, name):
        path = self.path(name + ".jsonl")
        if not os.path.exists(path):
            layers = ["--no-bundled", "--gazetteer", gazetteer] if gazetteer else []
            command = [self.args.binary, "lookup", *layers, "--format", "jsonl", "--limit", "5", "-"]
            with open(path + ".part", "w", encoding="utf-8") as out:
                subprocess.run(command, input="\n".join(queries) + "\n", stdout=out, encoding="utf-8")
            os.rename(path + ".part", path)
        with open(path, encoding="utf-8") as file: return {answer["query"]: answer["candidates"] for answer in map(json.loads, file)}


class Case:
    """A query, what speaks for its best candidate, and whether that is right; `listed` if the gazetteer has the very spelling."""
    def __init__(self, query, candidates, right, is_blind=False, asked=None):
        self.asked, self.best_id = asked, candidates[0]["id"] if candidates else None
        self.is_blind = is_blind
        best = candidates[0] if candidates else None
        self.query, self.right, self.script, self.best = query, bool(best) and right, script_of(query), best and best["canonical"]
        self.listed = bool(best) and best["method"] != "fuzzy"
        evidence = best and best.get("evidence")
        self.features = evidence and evidence["features"]
        letters = evidence["letters"] if evidence else 0
        self.is_short = not evidence or letters < LEAST_LETTERS or self.features["sound"] < LEAST_SOUND.get(letters, 0)
        self.is_known = bool(evidence) and evidence["is_known"]

    def logit(self, weights):
        if self.listed: return math.inf
        if not self.features or self.is_short or self.is_known and not self.is_blind: return -math.inf
        return sum(weights.get(name, 0) * value for name, value in self.features.items())


def positives(lookups, fold, sys_variants):
    source = lookups.source("south_caucasus")
    gazetteer, size = lookups.gazetteer(["south_caucasus"], fold)
    places = {row["id"]: row for row in sys_variants.rows(source)}
    asked = list(sys_variants.asked(source, part=fold))
    answers = lookups.ask([row["variant"] for row in asked], gazetteer, f"variants{fold}")
    def case(row):
        candidates = answers.get(row["variant"], [])
        return Case(row["variant"], candidates, bool(candidates) and sys_variants.same(places.get(candidates[0]["id"]), row), asked=row["id"])
    return [case(row) for row in asked], gazetteer, size


def hard(lookups, sys_variants):
    """Names of look-alike pairs asked of a gazetteer from which half of them were taken out."""
    with gzip.open(lookups.source("hard_negatives"), "rt", encoding="utf-8") as file:
        pairs = list(csv.DictReader(file, delimiter="\t"))
    out = {sys_variants.fold(name) for pair in pairs for name in (pair["name_a"], pair["name_b"]) if zlib.crc32(sys_variants.fold(name).encode()) % 2}
    def keep(row): return not any(sys_variants.fold(name) in out for name in [row["name"], *row["variants"].split(";")])
    gazetteer, _ = lookups.gazetteer(["south_caucasus"], 4, keep, "hard")
    gone = sorted({name for pair in pairs for name in (pair["name_a"], pair["name_b"]) if sys_variants.fold(name) in out})
    return [Case(name, found, False) for name, found in lookups.ask(gone, gazetteer, "hard").items()]


def lookalikes(lookups, folds):
    """Unseen spellings of a place that has a look-alike, of which both are in the gazetteer."""
    with gzip.open(lookups.source("hard_negatives"), "rt", encoding="utf-8") as file:
        pairs = {(row["id_a"], row["id_b"]) for row in csv.DictReader(file, delimiter="\t")}
    pairs |= {(other, one) for one, other in pairs}
    asked = [case for cases, _, _ in folds for case in cases if case.asked in {one for one, _ in pairs}]
    wrong = sum((case.asked, case.best_id) in pairs and not case.right for case in asked)
    print(f"look-alikes: {wrong} of {len(asked)} unseen spellings have the other place of a pair first ({wrong / len(asked):.2%})")


def solve(matrix, vector):
    size = len(vector); rows = [row[:] + [vector[at]] for at, row in enumerate(matrix)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at])); rows[at], rows[pivot] = rows[pivot], rows[at]
        for row in range(at + 1, size):
            factor = rows[row][at] / rows[at][at]
            for column in range(at, size + 1): rows[row][column] -= factor * rows[at][column]
    answer = [0.0] * size
    for at in reversed(range(size)):
        answer[at] = (rows[at][size] - sum(rows[at][other] * answer[other] for other in range(at + 1, size))) / rows[at][at]
    return answer


def regression(cases, names, ridge=1e-2):
    """Newton's method; cases are (features, right, weight)."""
    weights, size = [0.0] * len(names), len(names)
    table = [([features[name] for name in names], right, weight) for features, right, weight in cases]
    for _ in range(25):
        slope = [-ridge * weight for weight in weights]
        curve = [[ridge * (a == b) for b in range(size)] for a in range(size)]
        for row, right, weight in table:
            chance = 1 / (1 + math.exp(-max(-30, min(30, sum(map(lambda a, b: a * b, weights, row))))))
            error, spread = weight * (right - chance), weight * chance * (1 - chance)
            for a, value in enumerate(row):
                slope[a] += error * value
                if spread > 1e-9:
                    scaled, line = spread * value, curve[a]
                    for b in range(a + 1): line[b] += scaled * row[b]
        for a in range(size):
            for b in range(a): curve[b][a] = curve[a][b]
        step = solve(curve, slope)
        weights = [weight + move for weight, move in zip(weights, step)]
        if max(map(abs, step)) < 1e-4: break
    return dict(zip(names, weights))


def fit(cases):
    names = sorted(cases[0][0])
    while True:
        weights = regression(cases, names)
        refused = [name for name in names if name in SIGNED and weights[name] < 0]
        if not refused: return weights
        print("speak against, left out:", ", ".join(refused))
        names = [name for name in names if name not in refused]


def accepted(cases, weights, threshold): return sum(case.logit(weights) >= threshold for case in cases) / max(1, len(cases))


def at_rate(sets, weights, rate):
    """The lowest threshold at which no set has more accepted than `rate`."""
    def least(cases):
        logits = sorted((case.logit(weights) for case in cases), reverse=True)
        return logits[int(rate * len(logits))] + 1e-6
    return max(map(least, sets))


def lowest_line(points):
    """Intercept and slope of the line through two points that no point is above; the one that is least above the others."""
    lines = []
    for x, y in points:
        for other_x, other_y in points:
            if x < other_x:
                slope = max(0.0, (other_y - y) / (other_x - x))
                excess = [y + slope * (at - x) - level for at, level in points]
                if min(excess) > -1e-6: lines.append((sum(excess), y - slope * x, slope))
    return min(lines)[1:]


def unlisted(answers, part=None, is_blind=False):
    cases = [Case(query, found, False, is_blind) for query, found in answers.items() if part is None or half(query) == part]
    return [case for case in cases if not case.listed]


def print_rates(title, positives, weights, threshold):
    by_script = collections.defaultdict(list)
    for case in positives: by_script["all"].append(case); by_script[case.script].append(case)
    for script, cases in by_script.items():
        sure = sum(case.right and case.logit(weights) >= threshold for case in cases) / len(cases)
        wrong = sum(not case.right and case.logit(weights) >= threshold for case in cases) / len(cases)
        print(f"  {title} {script:9} n {len(cases):5}  accepted and right {sure:.3f}  wrong links {wrong:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=f"{ROOT}/target/release/toponorm"); parser.add_argument("--shared", default=f"{ROOT}/../shared")
    parser.add_argument("--work", default="/tmp/acceptance"); parser.add_argument("--write", action="store_true"); parser.add_argument("--others", nargs="*", default=[])
    args = parser.parse_args()
    os.makedirs(args.work, exist_ok=True)
    sys.path.insert(0, f"{args.shared}/eval"); sys.dont_write_bytecode = True
    lookups, (neighbours, sets), sys_variants = Lookups(args), negatives(), load_variants(args)
    folds = [positives(lookups, fold, sys_variants) for fold in range(5)]
    near = hard(lookups, sys_variants)
    lookalikes(lookups, folds)
    asked = {name: {part: unlisted(lookups.ask(queries, folds[4][1], name), part, name in BLIND) for part in (0, 1)} for name, queries in sets.items()}
    known = [(case, 1.0 * case.right) for cases, _, _ in folds[:4] for case in cases]
    known += [(case, 0.0) for parts in asked.values() for case in parts[0]] + [(case, 0.0) for case in near if half(case.query) == 0]
    training = [(case.features, right, 1.0) for case, right in known if case.features and not case.is_short]
    print(len(training), "cases in the fit,", int(sum(right for _, right, _ in training)), "right")
    weights = fit(training)
    report(lookups, args, weights, folds[4], asked, near, sets, neighbours)


def load_variants(args):
    """The evaluation's own functions, without running it."""
    import types
    module = types.ModuleType("variants")
    with open(f"{args.shared}/eval/variants.py", encoding="utf-8") as file: code = file.read()
    exec(compile(code[:code.rindex("\nmain()")], "variants.py", "exec"), module.__dict__)
    return module


def report(lookups, args, weights, fold, asked, near, sets, neighbours):
    cases, gazetteer, size = fold
    small, small_size = lookups.gazetteer(["south_caucasus"], 4, lambda row: zlib.crc32(row["id"].encode()) % 25 == 0, "small")
    large, large_size = lookups.gazetteer(AREAS, 4, name="large")
    gazetteers = [("small", small, small_size), ("region", gazetteer, size), ("large", large, large_size)]
    points, answers = [], {}
    for title, path, count in gazetteers:
        found = {name: lookups.ask(sets[name], path, name if title == "region" else f"{title}-{name}") for name in LATIN}
        if title == "large": found["foreign"] = {query: answer for query, answer in found["foreign"].items() if query not in neighbours}
        answers[title] = {name: [unlisted(found[name], part, name in BLIND) for part in (0, 1)] for name in LATIN}
        points.append((math.log(count), at_rate([parts[0] for parts in answers[title].values()], weights, FITTED)))
        print(f"{title}: {count} spellings, threshold {points[-1][1]:.2f}")
    own, bundled_size = bundled(lookups, sets)
    points.append((math.log(bundled_size), at_rate([unlisted(own["villages"], 0)], weights, FITTED)))
    print(f"bundled: {bundled_size} spellings, threshold {points[-1][1]:.2f}")
    base, per_log = lowest_line(points)
    threshold = base + per_log * math.log(size)
    for name in sorted(weights): print(f"  {name:15} {weights[name]:8.3f}")
    print(f"threshold {base:.3f} + {per_log:.3f} ln(spellings) = {threshold:.3f} for the region")
    for title, _, count in gazetteers:
        level = base + per_log * math.log(max(count, LEAST_SPELLINGS))
        rates = {name: accepted(parts[1], weights, level) for name, parts in answers[title].items()}
        print(f"  {title} {count}: " + ", ".join(f"{name} {rate:.3%} of {len(answers[title][name][1])}" for name, rate in rates.items()))
    level, rates = base + per_log * math.log(bundled_size), {}
    for name, found in own.items():
        for title, is_blind in ((name, False), (name + " blind", True)):
            group = unlisted(found, 1, is_blind)
            rates[title] = f"{title} {accepted(group, weights, level):.3%} of {len(group)}"
    print(f"  bundled {bundled_size}: " + ", ".join(rates.values()))
    for script in sorted({case.script for case in asked["scripts"][1]}):
        own = [case for case in asked["scripts"][1] if case.script == script]
        print(f"  region, {script}: {accepted(own, weights, threshold):.3%} of {len(own)} foreign")
    print(f"  region, hard (own place taken out): {accepted([case for case in near if half(case.query)], weights, threshold):.2%}")
    for path in args.others:
        name = os.path.basename(path)
        others = unlisted(lookups.ask(lines(path), gazetteer, f"other-{name}"), is_blind=True)
        with_lexicon = sum(case.logit(weights) >= threshold and not case.is_known for case in others) / len(others)
        print(f"  region, {name}: {with_lexicon:.3%} of {len(others)}, blind {accepted(others, weights, threshold):.3%}")
    print_rates("shipped", cases, weights, threshold)
    for rate in (FAR, STRICT):
        level = at_rate([asked[name][1] for name in LATIN], weights, rate)
        print(f"at {rate:.1%} of the report half (threshold {level:.2f}):"); print_rates("", cases, weights, level)
    worst = sorted((case for name in LATIN for case in asked[name][1]), key=lambda case: -case.logit(weights))[:40]
    print("most like names:", ", ".join(f"{case.query} ~ {case.best} {case.logit(weights):.1f}" for case in worst))
    if args.write: write(weights, base, per_log)


def bundled(lookups, sets):
    """The bundled gazetteer, which lists the foreign cities: villages of the Balkans that it does not list stand for them."""
    with gzip.open(lookups.source("balkans"), "rt", encoding="utf-8") as file:
        villages = pick((row["canonical"] for row in csv.DictReader(file, delimiter="\t") if script_of(row["canonical"]) == "Latin" and len(row["canonical"]) > 3), 5000)
    count = sum(len(lines(os.path.join(folder, "names.csv"))) - 1 for folder, _, files in os.walk(f"{ROOT}/gazetteer") if "names.csv" in files)
    queries = {"words": sets["words"], "people": sets["people"], "villages": villages}
    return {name: lookups.ask(asked, None, f"bundled-{name}") for name, asked in queries.items()}, count


def write(weights, base, per_log):
    with open(TABLE, encoding="utf-8") as file: comments = [line for line in file if line.startswith("#")]
    rows = [*sorted(weights.items()), ("threshold", base), ("threshold_per_log", per_log)]
    with open(TABLE, "w", encoding="utf-8") as file: file.writelines(comments + [f"{name}\t{value:.4f}\n" for name, value in rows])


if __name__ == "__main__": main()
