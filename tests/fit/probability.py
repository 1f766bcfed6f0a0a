#!/usr/bin/env python3
"""Fit src/resolve/probability.tsv: how sure the resolver may be of what it resolved, and report whether that holds.

usage: tests/fit/probability.py GOLD.jsonl[:char|:byte] ... [--binary target/release/toponorm] [--gazetteer PATH ...] [--write]

GOLD are files as `toponorm eval` reads them (own schema, or GeoVirus'), each with the unit of its offsets, byte if none is named. The
texts are annotated with --explain; a resolved mention is right if a gold mention overlaps it and means the same (entry or name, or a
point within 25 km; where the gold has points only, 161 km, and for areas as far as they extend). Mentions that touch optional gold, or
that the gold does not label, are left out. Weights are those of a logistic regression with a ridge; ten folds, by document, say what the
probabilities are worth on documents that the fit has not seen: a table of probability and share right, and the mean difference.
"""
import argparse, collections, json, math, os, subprocess, sys, tempfile, zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/fit"))
from acceptance import regression
TABLE = os.path.join(ROOT, "src/resolve/probability.tsv")
FOLDS, RIDGE = 10, 1.0
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
        lines = subprocess.run([binary, "annotate", "--explain", "--format", "jsonl", *options, *paths], check=True, capture_output=True, text=True).stdout
    return [json.loads(line)["mentions"] for line in lines.splitlines()]


def fold_name(name): return "".join(letter for letter in name.casefold() if letter.isalnum())


def means(gold, found, extents):
    """Whether a mention is resolved to what the gold means."""
    if gold.get("entry"): return gold["entry"] == found["id"]
    names = {fold_name(name) for name in (gold.get("canonical") or "").split("|") if name}
    if names & {fold_name(found["name"]), fold_name(found["canonical"])}: return True
    if gold.get("lat") is None or found["lat"] is None: return False
    near = 25 if names else max(161, 2 * extents.get(found["id"], 0)) if found["kind"] in ("country", "region", "sea") else 161
    return kilometres((gold["lat"], gold["lon"]), (found["lat"], found["lon"])) <= near


def cases(golds, binary, gazetteers, extents):
    """(document, signals, right) of every resolved mention that the gold speaks of."""
    for gold in golds:
        found = list(documents(gold))
        labels = {mention.get("kind") for _, _, mentions in found for mention in mentions} - {None}
        for (name, _, mentions), annotations in zip(found, annotate([text for _, text, _ in found], binary, gazetteers)):
            for mention in annotations:
                if mention["status"] != "resolved" or (labels or {"place"}).isdisjoint({mention["label"]}): continue
                touched = [gold for gold in mentions if gold["start"] < mention["end"] and mention["start"] < gold["end"]]
                if any(gold.get("optional") for gold in touched): continue
                right = any(gold.get("kind") in (None, mention["label"]) and means(gold, mention, extents) for gold in touched)
                yield name, {signal["signal"]: signal["value"] for signal in mention["signals"]}, right


def extents():
    """How far each entry of the bundled gazetteer extends, in kilometres."""
    import csv, glob
    rows = (row for path in glob.glob(f"{ROOT}/gazetteer/**/entries.csv", recursive=True) for row in csv.DictReader(open(path, encoding="utf-8")))
    return {row["id"]: float(row["precision_km"]) for row in rows if row["precision_km"]}


def chance(weights, signals):
    logit = weights["intercept"] + sum(weights.get(name, 0) * value for name, value in signals.items())
    return 1 / (1 + math.exp(-max(-30, min(30, logit))))


def fit(table, names):
    rows = [({**dict.fromkeys(names, 0.0), **signals, "intercept": 1.0}, float(right), 1.0) for _, signals, right in table]
    return regression(rows, names + ["intercept"], RIDGE)


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


def main():
    arguments = argparse.ArgumentParser(); arguments.add_argument("gold", nargs="+")
    arguments.add_argument("--binary", default=f"{ROOT}/target/release/toponorm"); arguments.add_argument("--gazetteer", action="append", default=[])
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    table = list(cases(options.gold, options.binary, options.gazetteer, extents()))
    with open(TABLE, encoding="utf-8") as file: names = [line.split("\t")[0] for line in file if not line.startswith("#")]
    names.remove("intercept")
    fold = {name: zlib.crc32(name.encode()) % FOLDS for name, _, _ in table}
    judged = []
    for held in range(FOLDS):
        weights = fit([case for case in table if fold[case[0]] != held], names)
        judged += [(chance(weights, signals), right) for name, signals, right in table if fold[name] == held]
    print(f"{len(table)} resolved mentions in {len(fold)} documents, {sum(right for _, _, right in table)} right; on documents that the fit has not seen:")
    report(judged)
    weights = fit(table, names)
    counts = collections.Counter(name for _, signals, _ in table for name in signals)
    for name in sorted(weights, key=lambda name: -abs(weights[name])): print(f"{weights[name]:+.3f}  {name} ({counts[name]})")
    if options.write:
        with open(TABLE, encoding="utf-8") as file: head = [line for line in file if line.startswith("#")]
        with open(TABLE, "w", encoding="utf-8") as file:
            file.writelines(head + [f"{name}\t{weights[name]:.4f}\n" for name in sorted(weights)])


if __name__ == "__main__": main()
