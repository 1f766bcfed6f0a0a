#!/usr/bin/env python3
"""Makes a gazetteer folder of some times as many names out of an imported one: `multiply.py FOLDER OUT TIMES`.

Each entry comes again under an id of its own with every spelling changed: half of the copies get a word before the name, half have an
ending glued to it, as places of the world do. The first copy is the original. Nothing is drawn by chance.
"""

import csv
import pathlib
import shutil
import sys

WORDS = ["New", "Upper", "Old", "East", "Little", "Saint", "North", "Great", "Lower", "West"]
ENDINGS = ["ville", "abad", "holm", "grad", "dorf", "minster", "stan", "kent", "field", "wick"]


def changed(name, copy):
    """The spelling of a copy; the original's for copy 0."""
    if copy == 0 or not name:
        return name
    which = (copy - 1) // 2
    # A question mark inside a word stands for lost letters, and `check` refuses it.
    takes_word = copy % 2 or name.endswith("?")
    return f"{WORDS[which % 10]} {name}" if takes_word else name + ENDINGS[which % 10]


def multiply(source, target, copy, columns):
    with open(source, encoding="utf-8", newline="") as rows, open(target, "w", encoding="utf-8", newline="") as out:
        rows, out = csv.reader(rows), csv.writer(out, lineterminator="\n")
        heading = next(rows)
        out.writerow(heading)
        ids = [at for at, column in enumerate(heading) if column in ("id", "entry", "disputed", "within", "needs")]
        names = [at for at, column in enumerate(heading) if column in columns]
        for row in rows:
            for at in ids:
                row[at] = f"{row[at]}-{copy}" if row[at] and copy else row[at]
            for at in names:
                row[at] = changed(row[at], copy)
            out.writerow(row)


def main():
    folder, out, times = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    if not 1 <= times <= 2 * len(WORDS) + 1:
        sys.exit(f"from 1 to {2 * len(WORDS) + 1} times")
    for copy in range(times):
        part = out / f"{copy:02}"
        part.mkdir(parents=True)
        multiply(folder / "entries.csv", part / "entries.csv", copy, {"name"})
        multiply(folder / "names.csv", part / "names.csv", copy, {"name", "spelling"})
    shutil.copy(folder / "sources.csv", out / "sources.csv")


if __name__ == "__main__":
    main()
