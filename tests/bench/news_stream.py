#!/usr/bin/env python3
"""A news stream of so many megabytes, made of the sample documents of this repository: the sentences of tests/corpus and tests/traps, shuffled.

    python3 tests/bench/news_stream.py FOLDER [MEGABYTES]

writes FOLDER/0000.txt … of about 4 KB each. The same repository gives the same bytes: the seed is fixed. Most sentences name a place, as a wire's do, and few words
come only once, so caches look better on it than on varied text: what is measured is the work for each mention.
"""

import random
import re
import sys
from pathlib import Path

DOCUMENT = 4096
FILES_A_FOLDER = 1000


def documents(tests: Path):
    """The texts of each file of samples: a file is in one language, and so is a document made of it."""
    for path in sorted(tests.glob("corpus/*/input.txt")):
        yield path.read_text(encoding="utf-8", errors="replace")
    for path in sorted(tests.glob("traps/*.md")):
        lines = path.read_text(encoding="utf-8").partition("\n## ")[2].splitlines()[1:]
        marked = "\n".join(line for line in lines if not line.startswith("#"))
        yield re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", marked)


def sentences(text: str):
    for paragraph in text.split("\n\n"):
        yield from re.split(r"(?<=[.!?։]) +(?=\w)", " ".join(paragraph.split()))


def main():
    folder, megabytes = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 20
    pools = [[one for one in sentences(text) if len(one) > 20] for text in documents(Path(__file__).parent.parent)]
    # As many documents of a file as it has sentences.
    pools = [pool for pool in pools for _ in pool]
    shuffle, left, number = random.Random(1991), int(megabytes * 1e6), 0
    while left > 0:
        paragraphs, size, pool = [], 0, shuffle.choice(pools)
        while size < DOCUMENT:
            paragraphs.append(" ".join(shuffle.choice(pool) for _ in range(shuffle.randint(2, 5))))
            size += len(paragraphs[-1].encode()) + 2
        path = folder / f"{number // FILES_A_FOLDER:02}" / f"{number % FILES_A_FOLDER:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
        left, number = left - size, number + 1
    print(f"{number} documents in {folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
