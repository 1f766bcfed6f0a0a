#!/usr/bin/env python3
"""Write the documents of tests/traps as JSON lines: gold for `toponorm eval` and for fitting scripts.

usage: tests/fit/gold.py [--traps tests/traps] [--gazetteer gazetteer] [--stats] > gold.jsonl

A line a document: {"id", "text", "mentions": [{"start", "end", "surface", "entry", "canonical", "kind", "optional"}]}, which is the
schema of ../shared/data/seeds/gold.jsonl with `entry` added. Offsets are bytes of the UTF-8 text. `entry` and `canonical` join
what is equally right with `|`; both are null where `optional` is true (the mention counts neither way). `kind` is place, person or
organisation. `id` is the file and the heading: `words/tartar-sauce`.

`--stats` tells people on stderr how many documents, mentions and traps there are; a trap is a spelling of the gazetteer that
stands in the text unmarked. tests/traps.rs reads the same files with a parser of its own; tests/traps/README.md says how to mark.
"""
import argparse, collections, csv, glob, json, os, re, sys, unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MARK = re.compile(r"\[([^\]\n]+)\]\(([a-z0-9|-]+|\?)\)")


def rows(folder, name):
    for path in sorted(glob.glob(os.path.join(folder, "**", name), recursive=True)):
        with open(path, encoding="utf-8", newline="") as file: yield from csv.DictReader(file)


def documents(folder):
    """(id, marked text) of every document, in order."""
    for path in sorted(glob.glob(os.path.join(folder, "*.md"))):
        if os.path.basename(path) == "README.md": continue
        with open(path, encoding="utf-8") as file: parts = re.split(r"^## (.*)\n", file.read(), flags=re.M)[1:]
        for heading, marked in zip(parts[::2], parts[1::2]):
            yield f"{os.path.basename(path)[:-3]}/{slug(heading)}", marked.strip()


def slug(heading):
    return "-".join(re.findall(r"[a-z0-9]+", heading.lower()))


def unmarked(identifier, marked, entries):
    """The text without its marks, and the mentions in bytes."""
    text, mentions, end = b"", [], 0
    for mark in MARK.finditer(marked):
        text += marked[end:mark.start()].encode()
        surface, target, end = mark[1].encode(), mark[2], mark.end()
        ids = [] if target == "?" else target.split("|")
        missing = [i for i in ids if i not in entries]
        if missing: sys.exit(f"{identifier}: no entry {', '.join(missing)} in the gazetteer; search its entries.csv files")
        kinds = {entries[i]["kind"] if entries[i]["kind"] in ("person", "organisation") else "place" for i in ids}
        mentions.append({"start": len(text), "end": len(text) + len(surface), "surface": mark[1],
                         "entry": "|".join(ids) or None, "canonical": "|".join(entries[i]["name"] for i in ids) or None,
                         "kind": min(kinds, default=None), "optional": not ids})
        text += surface
    return (text + marked[end:].encode()).decode(), mentions


def words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def folded(gram):
    return tuple(word.casefold() for word in gram)


def traps(text, mentions, spellings):
    """Unmarked surfaces of up to three words, none in lower case, that the gazetteer lists as names."""
    data, end, found = text.encode(), 0, []
    for start, stop in [(m["start"], m["end"]) for m in mentions] + [(len(data), 0)]:
        between, end = words(data[end:start].decode()), stop
        for size in (1, 2, 3):
            grams = [between[i:i + size] for i in range(len(between) - size + 1)]
            found += [" ".join(g) for g in grams if not any(word.islower() for word in g) and folded(g) in spellings]
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--traps", default=os.path.join(ROOT, "tests/traps"))
    options.add_argument("--gazetteer", default=os.path.join(ROOT, "gazetteer"))
    options.add_argument("--stats", action="store_true")
    args = options.parse_args()
    entries = {row["id"]: row for row in rows(args.gazetteer, "entries.csv")}
    if not entries: sys.exit(f"{args.gazetteer}: no entries.csv below this folder")
    gold = [{"id": i, "text": text, "mentions": mentions}
            for i, marked in documents(args.traps) for text, mentions in [unmarked(i, marked, entries)]]
    twice = [i for i, count in collections.Counter(d["id"] for d in gold).items() if count > 1]
    if twice: sys.exit(f"{args.traps}: two documents of a file have one heading: {', '.join(twice)}")
    if not gold: sys.exit(f"{args.traps}: no Markdown file with a `## ` heading here")
    if args.stats:
        spellings = {folded(words(r["spelling"])) for r in rows(args.gazetteer, "names.csv") if r["kind"] != "demonym"}
        spellings |= {folded(words(r["name"])) for r in entries.values()}
        caught = [traps(d["text"], d["mentions"], spellings) for d in gold]
        marked = sum(not m["optional"] for d in gold for m in d["mentions"])
        print(f"{len(gold)} documents, {marked} mentions, {sum(map(len, caught))} traps in {sum(map(bool, caught))} documents", file=sys.stderr)
    for document in gold: print(json.dumps(document, ensure_ascii=False))


if __name__ == "__main__":
    main()
