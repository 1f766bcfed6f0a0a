#!/usr/bin/env python3
"""Take the shared corpora apart, and hold scores to their limits.

usage: corpora.py seeds GOLD.jsonl FOLDER          one text a document, named by its id
       corpora.py unpack CORPUS.jsonl.gz FOLDER    one text a document
       corpora.py round-trip CORPUS.jsonl.gz FOLDER TOPONORM   corrected as JSON Lines only texts change, and all comes back
       corpora.py require SCORE.txt KEY=MINIMUM …  exit 1 if the JSON in the last line is below a minimum
"""
import gzip, hashlib, json, pathlib, re, subprocess, sys


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


def round_trip(path, folder, toponorm):
    """`normalize -w` of a corpus as it is: only the texts change, normalizing again changes nothing, `revert` gives every byte back."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    articles, program = folder / "articles.jsonl", pathlib.Path(toponorm).resolve()
    original = gzip.open(path).read()
    articles.write_bytes(original)
    run = lambda *args: subprocess.run([program, *args], cwd=folder, check=True, capture_output=True, text=True)
    run("normalize", "--isolated", "--quiet", "-w", "--changes", "log.jsonl", "articles.jsonl")
    corrected = articles.read_bytes()
    changed = 0
    for before, after in zip(original.split(b"\n"), corrected.split(b"\n"), strict=True):
        changed += before != after
        if before != after:
            one, other = json.loads(before), json.loads(after)
            assert one.pop("text") != other.pop("text") and one == other and list(one) == list(other), before[:80]
    run("normalize", "--isolated", "--quiet", "-w", "articles.jsonl")
    assert articles.read_bytes() == corrected, "normalizing twice is not normalizing once"
    run("revert", "log.jsonl")
    assert articles.read_bytes() == original, "revert does not give the corpus back"
    print(f"{len(original)} bytes, {changed} records changed and changed back ({hashlib.sha256(original).hexdigest()[:12]})")


verb, path, *rest = sys.argv[1:]
if verb == "require":
    sys.exit(require(path, rest))
if verb == "round-trip":
    sys.exit(round_trip(path, *rest))
for document in documents(path):
    name = document["id"] if verb == "seeds" else re.sub(r"[^A-Za-z0-9]+", "-", document["doc_id"])
    write(pathlib.Path(rest[0]), name, document["text"])
