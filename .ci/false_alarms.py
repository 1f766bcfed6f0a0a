#!/usr/bin/env python3
"""Count false alarms in annotations of prose that has nothing to do with the region.

usage: false_alarms.py FOLDER ANNOTATIONS.jsonl [--show]

A false alarm is a resolved mention that is fuzzy or derived, or whose entry lies in the South Caucasus. Prints their number per
megabyte and exits with 1 above the limit; --show lists them.
"""
import json, pathlib, sys

LIMIT = 1.0
SOUTH_CAUCASUS = {"AM", "AZ", "GE"}
# Read by hand: right all the same, and counted all the same.
TRUE_FINDS = {
    "Bagdad": "an older spelling of Baghdad, meant as the city",
    "Samarcand": "an older spelling of Samarkand, meant as the city",
}


def is_false_alarm(mention):
    return mention["status"] == "resolved" and (
        mention["method"] in ("fuzzy", "derived") or mention["country"] in SOUTH_CAUCASUS
    )


folder, annotations = pathlib.Path(sys.argv[1]), sys.argv[2]
texts = list(folder.glob("*.txt"))
documents = [json.loads(line) for line in open(annotations, encoding="utf-8")]
if not texts or len(documents) != len(texts):
    sys.exit(f"{len(texts)} texts, but {len(documents)} annotated")
alarms = 0
for document in documents:
    for mention in filter(is_false_alarm, document["mentions"]):
        alarms += 1
        if "--show" in sys.argv:
            reason = TRUE_FINDS.get(mention["text"], "false")
            print(document["id"], mention["start"], mention["text"], mention["id"], mention["method"], reason, sep="\t")
megabytes = sum(path.stat().st_size for path in texts) / 1e6
print(f"false alarms: {alarms} in {megabytes:.1f} MB of prose, {alarms / megabytes:.2f} per MB (limit {LIMIT})")
sys.exit(alarms / megabytes > LIMIT)
