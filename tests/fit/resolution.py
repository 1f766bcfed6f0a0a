#!/usr/bin/env python3
"""Fit src/resolve/weight.tsv (which candidate is meant) and probability.tsv (how sure that is), and report whether both hold.

usage: tests/fit/resolution.py GOLD.jsonl[:char] ... [--binary target/release/toponorm] [--gazetteer PATH ...] [--write]

GOLD are files as `toponorm eval` reads them (own schema, or GeoVirus'), each with the unit of its offsets, byte if none is named. The
texts are annotated with --explain. Run it again after --write and a build: the second table stands on what the first decides.

Weights: of the mentions with several candidates of which the gold says which is meant, a softmax over the candidates' weights (powers of
ten), with a ridge around what an editor thought before (third column), so that data move what they speak of and nothing else.

Probabilities: a resolved mention is right if a gold mention overlaps it and means the same (entry or name, or a point within 25 km; where
the gold has points only, 161 km, and for areas as far as they extend). Mentions that touch optional gold, or that the gold does not
label, are left out. Weights are those of a logistic regression with a ridge.

Ten folds, by document, say what both are worth on documents that the fit has not seen.
"""
import argparse, collections, csv, glob, itertools, json, math, os, subprocess, sys, tempfile, zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/fit"))
from acceptance import regression
WEIGHT, PROBABILITY = (os.path.join(ROOT, "src/resolve", name) for name in ("weight.tsv", "probability.tsv"))
FOLDS, RIDGE, STIFFNESS = 10, 1.0, 4.0
UNLIKELY = "even the best candidate is unlikely"
BOUNDS = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001]


def kilometres(one, other):
    (a, b), (c, d) = [tuple(map(math.radians, point)) for point in (one, other)]
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1, half)))


def documents(gold):
    """Each document of a gold file: id, text, and mentions with offsets in characters."""
    path, _, unit = gold.partition(":")
    for line in open(path, encoding="utf-8"):
        document = json.loads(line)
        text = document["text"]; encoded = text.encode()
        def char(offset): return offset if unit == "char" else len(encoded[:offset].decode())
        mentions = [{**mention, "start": char(mention["start"]), "end": char(mention["end"])} for mention in document.get("mentions", document.get("toponyms"))]
        yield os.path.basename(path) + "/" + str(document.get("id", document.get("doc_id"))), text, mentions


def annotate(texts, binary, gazetteers):
    """The annotations of each text, with explanations."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, text in enumerate(texts):
            paths.append(os.path.join(folder, f"{number:06}.txt"))
            with open(paths[-1], "w", encoding="utf-8", newline="") as file: file.write(text)
        options = [option for path in gazetteers for option in ("--gazetteer", path)]
        lines = subprocess.run([binary, "annotate", "--explain", "--candidates", "1000", "--format", "jsonl", *options, *paths], check=True, capture_output=True, text=True).stdout
    return [json.loads(line)["mentions"] for line in lines.splitlines()]


def fold_name(name): return "".join(letter for letter in name.casefold() if letter.isalnum())


def means(gold, found, places):
    """Whether a mention, or a candidate, is what the gold means."""
    if gold.get("entry"): return gold["entry"] == found["id"]
    names = {fold_name(name) for name in (gold.get("canonical") or "").split("|") if name}
    if names & {fold_name(found["name"]), fold_name(found.get("canonical") or "")}: return True
    place = places.get(found["id"])
    if gold.get("lat") is None or not place or not place["latitude"]: return False
    is_area = place["kind"] in ("country", "region", "sea") and not names
    near = 25 if names else max(161, 2 * float(place["precision_km"] or 0)) if is_area else 161
    return kilometres((gold["lat"], gold["lon"]), (float(place["latitude"]), float(place["longitude"]))) <= near


def places_of(folders):
    """The rows of all entries, by id."""
    paths = [path for folder in folders for path in glob.glob(f"{folder}/**/entries.csv", recursive=True)]
    return {row["id"]: row for path in paths for row in csv.DictReader(open(path, encoding="utf-8"))}


class Seen:
    """What the annotations of the gold documents show: resolved mentions, and mentions with several candidates."""
    def __init__(self, golds, binary, gazetteers):
        self.resolved, self.choices = [], []
        self.places = places_of([f"{ROOT}/gazetteer", *gazetteers])
        # With more places a name has more namesakes: what is sure in the bundled gazetteer must be called sure there.
        for gold, gazetteers in itertools.product(golds, [[], gazetteers] if gazetteers else [[]]):
            found = list(documents(gold))
            labels = {mention.get("kind") for _, _, mentions in found for mention in mentions} - {None} or {"place"}
            for (name, _, mentions), annotations in zip(found, annotate([text for _, text, _ in found], binary, gazetteers)):
                for mention in annotations: self.add(name, mentions, mention, labels)

    def add(self, document, golds, mention, labels):
        touched = [gold for gold in golds if gold["start"] < mention["end"] and mention["start"] < gold["end"]]
        if mention["label"] not in labels or any(gold.get("optional") for gold in touched): return
        touched = [gold for gold in touched if gold.get("kind") in (None, mention["label"])]
        # What the threshold of probability refused counts as well, or the fit would only see what an earlier fit thought likely.
        is_unlikely = mention["status"] == "ambiguous" and mention.get("reason") == UNLIKELY
        if mention["status"] == "resolved" or is_unlikely:
            signals = {signal["signal"]: signal["value"] for signal in mention["signals"]}
            found = mention["candidates"][0] if is_unlikely else mention
            self.resolved.append((document, signals, any(means(gold, found, self.places) for gold in touched)))
        if mention["status"] in ("resolved", "ambiguous") and mention["weighed"]:
            right = [any(means(gold, candidate, self.places) for gold in touched) for candidate in mention["candidates"]]
            signals = [{signal["signal"]: signal["value"] for signal in candidate} for candidate in mention["weighed"]]
            if any(right) and not all(right): self.choices.append((document, signals, right))


def softmax(weights, candidates):
    """The chance of each candidate, whose weights are powers of ten."""
    sums = [math.log(10) * sum(weights.get(name, 0) * value for name, value in signals.items()) for signals in candidates]
    powers = [math.exp(total - max(sums)) for total in sums]
    return [power / sum(powers) for power in powers]


def fit_weights(choices, prior):
    """Gradient ascent with steps that shrink as a weight settles (Adagrad)."""
    weights, spent = dict(prior), dict.fromkeys(prior, 1e-6)
    for _ in range(400):
        slope = {name: -STIFFNESS * (weights[name] - prior[name]) for name in prior}
        for _, candidates, right in choices:
            chances = softmax(weights, candidates)
            all_right = sum(chance for chance, is_right in zip(chances, right) if is_right) or 1e-12
            for chance, is_right, signals in zip(chances, right, candidates):
                pull = (chance / all_right if is_right else 0) - chance
                for name, value in signals.items(): slope[name] += math.log(10) * pull * value
        for name in prior:
            spent[name] += slope[name] ** 2
            weights[name] += 0.2 * slope[name] / math.sqrt(spent[name])
    return weights


def accuracy(weights, choices):
    """The share of mentions whose likeliest candidate is right."""
    hits = 0
    for _, candidates, right in choices:
        chances = softmax(weights, candidates)
        hits += right[chances.index(max(chances))]
    return hits / max(1, len(choices))


def chance(weights, signals):
    logit = weights["intercept"] + sum(weights.get(name, 0) * value for name, value in signals.items())
    return 1 / (1 + math.exp(-max(-30, min(30, logit))))


def fit(table, names):
    rows = [({**dict.fromkeys(names, 0.0), **signals, "intercept": 1.0}, float(right), 1.0) for _, signals, right in table]
    odds = regression(rows, names + ["intercept"], RIDGE)
    # What a near miss says for itself cannot speak against it: with so few of them in the gold, that is chance.
    return {**odds, "surplus": max(0.0, odds["surplus"])}


def report(judged):
    print(f"{'probability':<14}{'mentions':>9}{'mean':>8}{'right':>8}")
    error = 0.0
    for low, high in zip(BOUNDS, BOUNDS[1:]):
        inside = [(chance, right) for chance, right in judged if low <= chance < high]
        if not inside: continue
        mean, right = (sum(column) / len(inside) for column in zip(*inside))
        error += abs(mean - right) * len(inside) / len(judged)
        print(f"{low:.2f} to {min(high, 1):.2f}  {len(inside):>9}{mean:>8.3f}{right:>8.3f}")
    print(f"expected calibration error {error:.4f}, Brier score {sum((chance - right) ** 2 for chance, right in judged) / len(judged):.4f}")


def rows_of(table):
    with open(table, encoding="utf-8") as file: lines = file.read().splitlines()
    return [line for line in lines if line.startswith("#")], [line.split("\t") for line in lines if not line.startswith("#")]


def write(table, rows):
    comments, _ = rows_of(table)
    with open(table, "w", encoding="utf-8") as file: file.writelines(line + "\n" for line in comments + ["\t".join(row) for row in rows])


def in_folds(cases, fit, judge):
    """What `judge` says of each tenth of the documents, by a fit of the other nine."""
    number = {name: zlib.crc32(name.encode()) % FOLDS for name, *_ in cases}
    for held in range(FOLDS):
        weights = fit([case for case in cases if number[case[0]] != held])
        yield from judge(weights, [case for case in cases if number[case[0]] == held])


def judge_choices(weights, choices):
    return [accuracy(weights, [choice]) for choice in choices]


def judge_resolved(weights, cases):
    return [(chance(weights, signals), right) for _, signals, right in cases]


def main():
    arguments = argparse.ArgumentParser(); arguments.add_argument("gold", nargs="+")
    arguments.add_argument("--binary", default=f"{ROOT}/target/release/toponorm"); arguments.add_argument("--gazetteer", action="append", default=[])
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    seen = Seen(options.gold, options.binary, options.gazetteer)
    prior = {name: float(thought) for name, _, thought in rows_of(WEIGHT)[1]}
    unseen = list(in_folds(seen.choices, lambda cases: fit_weights(cases, prior), judge_choices))
    weights = fit_weights(seen.choices, prior)
    print(f"{len(seen.choices)} mentions with several candidates: the likeliest is right in {accuracy(prior, seen.choices):.4f} by the editor's "
          f"weights, {sum(unseen) / max(1, len(unseen)):.4f} by the fit on unseen documents, {accuracy(weights, seen.choices):.4f} on its own")
    for name in sorted(prior): print(f"  {prior[name]:+.2f} -> {weights[name]:+.2f}  {name}")
    names = [name for name, _ in rows_of(PROBABILITY)[1] if name != "intercept"]
    print(f"\n{len(seen.resolved)} resolved mentions, {sum(right for _, _, right in seen.resolved)} right; on documents that the fit has not seen:")
    report(list(in_folds(seen.resolved, lambda cases: fit(cases, names), judge_resolved)))
    odds = fit(seen.resolved, names)
    counts = collections.Counter(name for _, signals, _ in seen.resolved for name in signals)
    for name in sorted(odds): print(f"  {odds[name]:+.2f}  {name} ({counts[name]})")
    if options.write:
        write(WEIGHT, [[name, f"{weights[name]:.3f}", f"{prior[name]:g}"] for name in sorted(prior)])
        write(PROBABILITY, [[name, f"{odds[name]:.3f}"] for name in sorted(odds)])


if __name__ == "__main__": main()
