#!/usr/bin/env python3
"""Count false alarms in annotations of prose that has nothing to do with the region.

usage: false_alarms.py unpack CORPUS.jsonl.gz FOLDER
       false_alarms.py count FOLDER ANNOTATIONS.jsonl [--show]

A false alarm is a resolved mention that is fuzzy or derived, or whose entry lies in the South Caucasus.
`count` prints them per megabyte of text and exits with 1 above the limit; --show lists them.
"""
import gzip, json, pathlib, re, sys

LIMIT = 2.0
SOUTH_CAUCASUS = {"AM", "AZ", "GE"}


def unpack(corpus, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for line in gzip.open(corpus, "rt", encoding="utf-8"):
        document = json.loads(line)
        name = re.sub(r"[^A-Za-z0-9]+", "-", document["doc_id"])
        (folder / f"{name}.txt").write_text(document["text"], encoding="utf-8", newline="")


def is_false_alarm(mention):
    return mention["status"] == "resolved" and (
        mention["method"] in ("fuzzy", "derived") or mention["country"] in SOUTH_CAUCASUS
    )


def count(folder, annotations, show):
    megabytes = sum(path.stat().st_size for path in folder.glob("*.txt")) / 1e6
    alarms = 0
    for line in open(annotations, encoding="utf-8"):
        document = json.loads(line)
        for mention in filter(is_false_alarm, document["mentions"]):
            alarms += 1
            if show:
                print(document["id"], mention["start"], mention["text"], mention["id"], mention["method"], sep="\t")
    rate = alarms / megabytes
    print(f"false alarms: {alarms} in {megabytes:.1f} MB of prose, {rate:.2f} per MB (limit {LIMIT})")
    return 0 if rate <= LIMIT else 1


verb, *rest = sys.argv[1:]
if verb == "unpack":
    unpack(rest[0], pathlib.Path(rest[1]))
else:
    sys.exit(count(pathlib.Path(rest[0]), rest[1], "--show" in rest))
