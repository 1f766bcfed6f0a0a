#!/usr/bin/env python3
"""Writes latin_languages.tsv: the letters and the 300 commonest trigrams of each language in Latin letters that whatlang tells.

    python3 src/text/latin_languages.py ~/.cargo/registry/src/*/whatlang-0.18.0
"""

import re
import sys
from pathlib import Path

HEAD = """# Languages in Latin letters: their letters, and their 300 commonest trigrams, commonest first, run together.
# The tables of whatlang 0.18.0 (https://github.com/greyblake/whatlang-rs), MIT licence: latin_languages.LICENSE.
"""
LETTER = r"'(\\?.|\\u\{[0-9a-f]+\})'"


def main():
    source = Path(sys.argv[1]) / "src"
    latin = (source / "alphabets/latin.rs").read_text(encoding="utf-8")
    alphabets = dict(re.findall(r'const (\w+): &str =\s*"([^"]*)"', latin))
    profiles = (source / "trigrams/profiles.rs").read_text(encoding="utf-8")
    profiles = profiles.split("pub static LATIN_LANGS")[1].split("pub static")[0]
    with Path(__file__).with_name("latin_languages.tsv").open("w", encoding="utf-8") as table:
        table.write(HEAD)
        for code, rows in re.findall(r"Lang::(\w+),\s*&\[(.*?)\],", profiles, re.S):
            trigrams = re.findall(rf"Trigram\({LETTER}, {LETTER}, {LETTER}\)", rows)
            assert len(trigrams) == 300, f"{code}: {len(trigrams)} trigrams"
            table.write(f"{code.lower()}\t{alphabets[code.upper()]}\t{''.join(map(''.join, trigrams))}\n")


if __name__ == "__main__":
    main()
