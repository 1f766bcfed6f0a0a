#!/usr/bin/env python3
"""Draw marks at random from annotated prose, for somebody to read, and count what was judged.

usage: tests/fit/marks.py draw ANNOTATIONS.jsonl FOLDER [--number 200] [--seed 6] > marks.tsv
       tests/fit/marks.py count tests/fit/marks.tsv

ANNOTATIONS are what `toponorm annotate --format jsonl FOLDER/*.txt` writes (offsets in characters). A row a mark: document, offset, surface, kind, entry, and
a blank for the verdict: `right`, `wrong-place` (a place, but another one), `no-place`; of a person, `right` or `wrong-person`. Read each in its text before
judging. `draw` prints the text around each mark to stderr. Only facts are kept: no sentence of the texts.
"""
import argparse, collections, json, os, random, sys


def draw(arguments):
    marks = []
    for line in open(arguments.annotations, encoding="utf-8"):
        document = json.loads(line)
        marks += [(os.path.basename(document["path"]), mention) for mention in document["mentions"] if mention["status"] == "resolved"]
    drawn = random.Random(arguments.seed).sample(marks, min(arguments.number, len(marks)))
    print("document", "offset", "surface", "kind", "entry", "verdict", sep="\t")
    for number, (document, mention) in enumerate(sorted(drawn, key=lambda mark: (mark[0], mark[1]["start"])), 1):
        with open(os.path.join(arguments.folder, document), encoding="utf-8", newline="") as file: text = file.read()
        start, end = mention["start"], mention["end"]
        print(document, start, " ".join(mention["text"].split()), mention["kind"], mention["id"], "", sep="\t")
        around = f"{text[max(0, start - 90):start]}[[{mention['text']}]]{text[end:end + 60]}"
        print(number, document[:24], mention["id"], "|", " ".join(around.split()), file=sys.stderr)


def count(arguments):
    with open(arguments.marks, encoding="utf-8") as file: rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")][1:]
    verdicts = collections.Counter(row[5] for row in rows)
    named = len(rows) - verdicts["no-place"]
    print(f"{len(rows)} marks: " + ", ".join(f"{number} {verdict or 'not judged'}" for verdict, number in verdicts.most_common()))
    print(f"places or people {named / len(rows):.3f}, the right ones {verdicts['right'] / len(rows):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0]); commands = parser.add_subparsers(required=True)
    command = commands.add_parser("draw"); command.set_defaults(run=draw); command.add_argument("annotations"); command.add_argument("folder")
    command.add_argument("--number", type=int, default=200); command.add_argument("--seed", type=int, default=6)
    command = commands.add_parser("count"); command.set_defaults(run=count); command.add_argument("marks")
    arguments = parser.parse_args(); arguments.run(arguments)


if __name__ == "__main__": main()
