#!/usr/bin/env python3
"""The N most populous places of a GeoNames dump by their primary names, each name once, as a gazetteer of one file.

    python3 tests/bench/names.py cities500.txt.gz 100000 > names100k.csv
"""

import csv
import gzip
import sys


def main():
    path, count = sys.argv[1], int(sys.argv[2])
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as dump:
        rows = [line.rstrip("\n").split("\t") for line in dump]
    rows = [row for row in rows if len(row) > 14 and row[0].isdigit()]
    rows.sort(key=lambda row: (-int(row[14] or 0), row[0]))
    out, seen = csv.writer(sys.stdout, lineterminator="\n"), set()
    out.writerow(["id", "name", "kind", "latitude", "longitude"])
    for row in rows:
        name = row[1].strip()
        if name in seen or len(name) < 3 or name.isdigit() or "?" in name or len(seen) == count:
            continue
        seen.add(name)
        out.writerow(["g" + row[0], name, "city", row[4], row[5]])


if __name__ == "__main__":
    main()
