#!/usr/bin/env python3
"""Take the shared corpora apart, and hold scores to their limits.

usage: corpora.py seeds GOLD.jsonl FOLDER          one text a document, named by its id
       corpora.py unpack CORPUS.jsonl.gz FOLDER    one text a document
       corpora.py require SCORE.txt KEY=MINIMUM …  exit 1 if the JSON in the last line is below a minimum
"""
import gzip, json, pathlib, re, sys


def write(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")


def documents(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def require(score, limits):
    found = json.loads(pathlib.Path(score).read_text(encoding="utf-8").splitlines()[-1])
    failed = 0
    for limit in limits:
        key, minimum = limit.split("=")
        if found[key] < float(minimum):
            print(f"{key} is {found[key]}, required is {minimum}")
            failed = 1
    return failed


verb, path, *rest = sys.argv[1:]
if verb == "require":
    sys.exit(require(path, rest))
for document in documents(path):
    name = document["id"] if verb == "seeds" else re.sub(r"[^A-Za-z0-9]+", "-", document["doc_id"])
    write(pathlib.Path(rest[0]), name, document["text"])
