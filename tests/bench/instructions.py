#!/usr/bin/env python3
"""Instructions that ten fixed inputs take under callgrind, beside the committed figures of `instructions.tsv`.

    python3 tests/bench/instructions.py FOLDER_OF_BINARIES [--write]

Times say little on a machine that others share; counts of instructions repeat to the last but a few. What an empty input takes is taken off: it is the start. A figure that
differs by more than 3 % is an error, in either direction: what got faster is written down with `--write`.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FIGURES = HERE / "instructions.tsv"
MOST = 0.03
MADE = {
    "one capital": "K" * 400_000,
    "one name": "Karabakh " * 2_000,
    "combining marks": "\u0301" * 200_000,
}


def count(*command):
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    done = subprocess.run(valgrind, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not found:
        sys.exit(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return int(found[1])


def figures(binaries):
    stages, lookups = str(binaries / "stages"), str(binaries / "lookups")
    with tempfile.TemporaryDirectory() as scratch:
        def file(name, text):
            path = Path(scratch) / name
            path.write_text(text, encoding="utf-8")
            return str(path)

        empty = file("empty", "")
        start = count(stages, "--once", "rendered", empty)
        for path in sorted((HERE / "inputs").glob("*.txt")):
            if path.stem != "lookups":
                yield path.stem, count(stages, "--once", "rendered", str(path)) - start
        for name, text in MADE.items():
            yield name, count(stages, "--once", "rendered", file(name, text)) - start
        yield "lookups", count(lookups, "--once", str(HERE / "inputs/lookups.txt")) - count(lookups, "--once", empty)


def main():
    found = dict(figures(Path(sys.argv[1])))
    if "--write" in sys.argv:
        rows = [f"{name}\t{instructions}\n" for name, instructions in found.items()]
        FIGURES.write_text("input\tinstructions\n" + "".join(rows), encoding="utf-8")
    known = dict(line.split("\t") for line in FIGURES.read_text(encoding="utf-8").splitlines()[1:])
    is_wrong = known.keys() != found.keys()
    for name, instructions in found.items():
        change = instructions / int(known.get(name, instructions)) - 1
        is_wrong |= abs(change) > MOST
        print(f"{name:16} {instructions / 1e6:9.1f} million  {change:+.1%}{'  DIFFERS' if abs(change) > MOST else ''}")
    if is_wrong:
        sys.exit(f"instructions differ from {FIGURES} by more than {MOST:.0%}: find out why, or write them down with --write")


if __name__ == "__main__":
    main()
