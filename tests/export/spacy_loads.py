"""Loads exported patterns in spaCy and looks whether they find what they should: a development check, no part of `cargo test`.

    toponorm gazetteer export spacy -o patterns.jsonl
    python3 tests/export/spacy_loads.py patterns.jsonl

Every pattern must load, and every one must find itself, with its label and id, in a text that is nothing else. spaCy is installed by
`pip install spacy`; no language model is needed.
"""

import json
import sys
import time

try:
    import spacy
except ImportError:
    sys.exit("spaCy is not installed: pip install spacy")

SHOWN = 10


def main(path):
    with open(path, encoding="utf-8") as lines:
        patterns = [json.loads(line) for line in lines]
    nlp = spacy.blank("en")
    start = time.time()
    ruler = nlp.add_pipe("entity_ruler")
    ruler.from_disk(path)
    print(f"spaCy {spacy.__version__}: {len(ruler.patterns)} patterns loaded in {time.time() - start:.1f} s")
    if len(ruler.patterns) != len(patterns):
        sys.exit(f"{len(patterns)} lines, but {len(ruler.patterns)} patterns")
    wrong = []
    for pattern, doc in zip(patterns, nlp.pipe(pattern["pattern"] for pattern in patterns)):
        found = [(entity.text, entity.label_, entity.ent_id_) for entity in doc.ents]
        if found != [(pattern["pattern"], pattern["label"], pattern["id"])]:
            wrong.append((pattern, found))
    for pattern, found in wrong[:SHOWN]:
        print(f"{pattern} found {found}")
    print(f"{len(patterns) - len(wrong)} of {len(patterns)} find themselves")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
