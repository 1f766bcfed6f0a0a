#!/usr/bin/env python3
"""Learn the costs of readings and sounds from variant spellings, and write them into the tables.

usage: refit.py WORK VARIANTS.tsv.gz ... [--rounds 3] [--asked 700]

VARIANTS are tables of real spellings (variant, canonical, english, id, lat, lon, country, ..., script, ..., sim_to_canonical,
n_ids_sharing_variant); WORK is a folder for what is made on the way. Of each table and script so many spellings are asked for that
are neither the canonical nor the English one. Places are divided by a checksum of their id: costs are learnt on four fifths and measured on the
fifth. A round aligns all queries with their best candidates (`cargo test --release --lib write_alignments`), then moves the costs of the
rows that tell the right from the likeliest wrong candidate: a logistic ranking loss, pulled back towards the costs at the beginning,
averaged over the epochs. Alignments of earlier rounds stay, or cheap costs would be learnt that the next round's alignments abuse. The
tables of the best round are kept. The costs at the beginning are those of the tables as they stand: set them by hand first, or refit
from an earlier commit, since each refit may move a row as far again.
"""
import argparse, collections, csv, gzip, math, os, random, subprocess, unicodedata, zlib

SOUND = os.path.join(os.path.dirname(__file__), "..", "..", "src", "translit", "sound")
SCRIPTS = ["LATIN", "LATIN+", "CYRILLIC", "ARMENIAN", "GEORGIAN", "ARABIC"]
TEMPERATURE, RATE, PULL, EPOCHS, PLAIN = 0.03, 0.001, 0.05, 5, 0.1

def fold(s):
    s = unicodedata.normalize("NFKD", s.replace("ə", "a").replace("ı", "i"))
    return "".join(c for c in s.casefold() if c.isalnum())

def rows(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)

def prepare(path, work, asked):
    """Writes a gazetteer of canonical and English names, and a sample of the spellings to ask for; the places by id."""
    places, queries, seen = {}, collections.defaultdict(list), set()
    for r in rows(path):
        places.setdefault(r["id"], r)
        known = {fold(r["canonical"]), fold(r["english"] or "")}
        if fold(r["variant"]) in known or float(r["sim_to_canonical"] or 0) < 0.5 or r["n_ids_sharing_variant"] != "1": continue
        if (r["variant"], r["id"]) not in seen: queries[r["script"]].append(r)
        seen.add((r["variant"], r["id"]))
    name = os.path.join(work, os.path.basename(path).split(".")[0])
    with open(name + ".csv", "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n"); out.writerow(["id", "name", "variants"])
        for i, r in sorted(places.items()): out.writerow([i, r["canonical"], r["english"] if not set(r["english"]) & set(";@") else ""])
    with open(name + ".tsv", "w", encoding="utf-8", newline="") as f:
        f.write("variant\tcanonical\tscript\tid\n")
        for script in SCRIPTS:
            sample = queries[script]; random.Random(script).shuffle(sample)
            for r in sample[:asked]: f.write(f"{r['variant']}\t{r['canonical']}\t{script}\t{r['id']}\n")
    return name, places

def same(a, b):
    if a["id"] == b["id"] or fold(a["canonical"]) == fold(b["canonical"]): return True
    return abs(float(a["lat"]) - float(b["lat"])) < 0.03 and abs(float(a["lon"]) - float(b["lon"])) < 0.03

def align(name):
    env = dict(os.environ, GAZETTEER=name + ".csv", VARIANTS=name + ".tsv", ALIGNMENTS=name + ".alignments")
    subprocess.run(["cargo", "test", "--release", "--lib", "write_alignments", "--", "--ignored"], check=True, env=env, capture_output=True)

def read(name, places, queries):
    """Adds to queries, for each whether it is for measuring and its candidates: by id whether right, and all alignments so far."""
    at = -1
    for line in open(name + ".alignments", encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if cells[0] == "query":
            at += 1; place = places[cells[2]]
            if at == len(queries): queries.append((zlib.crc32(cells[2].encode()) % 5 == 0, {}))
            continue
        features = [(f, float(n)) for f, n in (cell.rsplit("=", 1) for cell in cells[4:])]
        candidate = queries[at][1].setdefault(cells[0], (same(places[cells[0]], place), []))
        alignment = (float(cells[1]), float(cells[2]), float(cells[3]), features)
        if alignment not in candidate[1]: candidate[1].append(alignment)

def load():
    """All costs by feature, and the lines of both tables."""
    costs, tables = {}, {}
    for table in ("readings", "sounds"):
        tables[table] = open(os.path.join(SOUND, table + ".tsv"), encoding="utf-8").read().split("\n")
        for line in tables[table]:
            cells = line.split("\t")
            if line.startswith("#") or len(cells) < 4: continue
            if table == "readings" and cells[0] != "unit": costs[f"r {cells[0]} {cells[1]}"] = float(cells[2])
            elif cells[0] == "drop": costs[f"s ∅ {cells[1]}"] = float(cells[3])
            elif cells[0] == "swap": costs[f"s {cells[1]} {cells[2]}"] = costs[f"s {cells[2]} {cells[1]}"] = float(cells[3])
    return costs, tables

def store(costs, tables):
    for table, lines in tables.items():
        for n, line in enumerate(lines):
            cells = line.split("\t")
            if line.startswith("#") or len(cells) < 4: continue
            feature, at = None, 3
            if table == "readings" and cells[0] != "unit": feature, at = f"r {cells[0]} {cells[1]}", 2
            elif cells[0] == "drop": feature = f"s ∅ {cells[1]}"
            elif cells[0] == "swap": feature = f"s {cells[1]} {cells[2]}"
            if feature in costs: cells[at] = f"{costs[feature]:.3f}".rstrip("0").rstrip("."); lines[n] = "\t".join(cells)
        with open(os.path.join(SOUND, table + ".tsv"), "w", encoding="utf-8") as f: f.write("\n".join(lines))

def bounded(feature, cost, prior):
    """A row keeps near what people set: ranking alone would make a sound free that only unlisted endings leave out."""
    if feature.startswith("r "): return min(prior + 0.15, max(prior - 0.1, 0.0, cost))
    return min(prior * 1.4, max(prior * 0.7, cost))

def value(costs, alignment):
    norm, plain, rest, features = alignment
    distance = rest + sum(costs.get(f, 0) * n for f, n in features)
    return (1 - distance / norm + PLAIN * plain) / (1 + PLAIN)

def best(costs, candidates):
    """The best value, and its alignment."""
    return max(((value(costs, x), x) for _, alignments in candidates for x in alignments), key=lambda pair: pair[0])

def recall(name, places):
    """Recall of the alignments just made: on the places learnt from, and on the others."""
    counts = {False: [0, 0], True: [0, 0]}
    for line in open(name + ".alignments", encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if cells[0] == "query": place, first = places[cells[2]], True; count = counts[zlib.crc32(cells[2].encode()) % 5 == 0]; count[1] += 1; continue
        if first: count[0] += same(places[cells[0]], place); first = False
    return counts

def learn(costs, prior, queries, rng):
    """Passes over the queries for learning; the average of the costs after each."""
    total = collections.Counter()
    sides = [([c for c in q.values() if c[0]], [c for c in q.values() if not c[0]]) for held, q in queries if not held]
    learnt = [side for side in sides if side[0] and side[1]]
    free = {f for right, wrong in learnt for _, alignments in right + wrong for x in alignments for f, _ in x[3] if f in costs}
    twin = {f: "s " + " ".join(reversed(f.split(" ")[1:])) for f in costs if f.startswith("s ")}
    for _ in range(EPOCHS):
        rng.shuffle(learnt)
        for rights, wrongs in learnt:
            (right, right_at), (wrong, wrong_at) = best(costs, rights), best(costs, wrongs)
            margin = (right - wrong) / TEMPERATURE
            if margin > 5: continue
            push = RATE / (1 + math.exp(max(-30, margin))) / TEMPERATURE
            for (norm, _, _, features), sign in ((right_at, -1), (wrong_at, 1)):
                for f, n in features:
                    if f not in costs: continue
                    costs[f] = bounded(f, costs[f] + sign * push * n / norm, prior[f])
                    if twin.get(f) in costs: costs[twin[f]] = costs[f]
        for f in free:
            costs[f] += PULL * (prior[f] - costs[f])
            total[f] += costs[f]
    for f in free: costs[f] = total[f] / EPOCHS

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("work"); ap.add_argument("variants", nargs="+")
    ap.add_argument("--rounds", type=int, default=4); ap.add_argument("--asked", type=int, default=700)
    a = ap.parse_args(); os.makedirs(a.work, exist_ok=True)
    prepared = [prepare(path, a.work, a.asked) for path in a.variants]
    costs, tables = load(); prior, rng = dict(costs), random.Random(1)
    queries, top = {name: [] for name, _ in prepared}, (0, None)
    for round_ in range(a.rounds + 1):
        shares = []
        for name, places in prepared:
            align(name); read(name, places, queries[name]); counts = recall(name, places)
            shares += [counts[held][0] / max(1, counts[held][1]) for held in (False, True)]
            print(round_, os.path.basename(name), "learnt on: %.4f, measured: %.4f of %d" % (*shares[-2:], counts[True][1]), flush=True)
        top = max(top, (sum(shares), dict(costs)), key=lambda pair: pair[0])
        if round_ < a.rounds:
            learn(costs, prior, [q for name, _ in prepared for q in queries[name]], rng)
        store(costs if round_ < a.rounds else top[1], tables)

main()
