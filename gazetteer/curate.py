"""Does what `toponorm gazetteer check` says where no judgement is needed.

    python3 gazetteer/curate.py [--prune] [TOPONORM]

TOPONORM is the program, `toponorm` if not given. Run it in the folder above gazetteer/ whenever spellings were added:

- common.csv gets a row for each spelling that is also an ordinary English word or a common name of people; rows that are there
  stay as they are, and those whose spelling is gone from the gazetteer are named, not removed;
- with --prune, rows of names.csv go that the matcher finds through another row of the same name and that no source attests.
"""

import csv
import json
import pathlib
import re
import subprocess
import sys

GAZETTEER = pathlib.Path("gazetteer")
COMMON = GAZETTEER / "common.csv"
HEADINGS = ["surface", "reason", "example", "source"]
REASONS = {
    "is also an ordinary English word": ("ordinary English word", "scowl"),
    "is also a common first or family name": ("first or family name", "census"),
}


def problems(program):
    command = [program, "gazetteer", "check", "--all", "--format", "jsonl", str(GAZETTEER)]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def quoted(message):
    return re.match("`([^`]*)`", message).group(1)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, headings, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def fill_common(found):
    rows = {row["surface"]: row for row in read(COMMON)}
    before = len(rows)
    for problem in found:
        for ending, (reason, source) in REASONS.items():
            if problem["message"].endswith(ending):
                surface = quoted(problem["message"])
                row = {"surface": surface, "reason": reason, "example": "", "source": source}
                rows.setdefault(surface, row)
    write(COMMON, HEADINGS, [rows[surface] for surface in sorted(rows, key=lambda s: s.encode())])
    print(f"{COMMON}: {len(rows) - before} rows added, {len(rows)} in all")
    spellings = {row["spelling"] for path in GAZETTEER.rglob("names.csv") for row in read(path)}
    for surface in sorted(set(rows) - spellings):
        print(f"{COMMON}: `{surface}` is no spelling any more")


def prune(found):
    redundant = {}
    for problem in found:
        if "is found through" in problem["message"]:
            redundant.setdefault(problem["file"], {})[problem["row"]] = quoted(problem["message"])
    for file, rows in redundant.items():
        # The check reads rows as a spreadsheet shows them: the heading is row 1.
        path = pathlib.Path(file)
        with path.open(encoding="utf-8", newline="") as handle:
            records = list(csv.reader(handle))
        at = records[0].index("spelling")
        assert all(records[row - 1][at] == spelling for row, spelling in rows.items()), file
        kept = [record for row, record in enumerate(records, start=1) if row not in rows]
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(kept)
        print(f"{file}: {len(rows)} rows removed")


def main():
    arguments = sys.argv[1:]
    wants_prune = "--prune" in arguments
    program = next((argument for argument in arguments if not argument.startswith("-")), "toponorm")
    found = problems(program)
    fill_common(found)
    if wants_prune:
        prune(found)


if __name__ == "__main__":
    main()
