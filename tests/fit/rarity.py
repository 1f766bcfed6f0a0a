#!/usr/bin/env python3
"""Make src/matcher/rarity.tsv: how rare a letter is after two others, in words and names of all sorts.

usage: tests/fit/rarity.py

Counts the letters of English words (src/text/english.txt), names of people (src/text/personal_names.txt) and English names of cities
outside Armenia, Azerbaijan and Georgia (gazetteer/world/cities), each of the three sorts with the same weight, and only the half of
each that acceptance.py fits on. Shorter contexts fill in where longer ones are seldom seen. Afterwards build the program and run
acceptance.py, whose weights rest on this table.
"""
import collections, math, os, unicodedata

from acceptance import ROOT, elsewhere_rows, half, sources

TABLE = os.path.join(ROOT, "src/matcher/rarity.tsv")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
EDGE = "."  # before and after a word
SORT_WEIGHT = 30_000  # what all names of a sort count together
TRUST = 5.0  # sightings of a context that count as much as what the shorter context says
STEP, STEPS = 0.5, 20  # a sign of the table is so many nats


def words_of(text):
    plain = unicodedata.normalize("NFKD", text).lower()
    return ["".join(letter for letter in word if letter in LETTERS) for word in plain.split()]


def count(sorts):
    seen, contexts = collections.Counter(), collections.Counter()
    for texts in sorts:
        for text in texts:
            for word in filter(None, words_of(text)):
                padded = EDGE * 2 + word + EDGE
                for at in range(2, len(padded)):
                    for length in range(3):
                        seen[padded[at - length:at + 1]] += SORT_WEIGHT / len(texts)
                        contexts[padded[at - length:at]] += SORT_WEIGHT / len(texts)
    return seen, contexts


def chance(seen, contexts, context, letter):
    """Of all letters as likely as another, interpolated with what one and two letters before say."""
    likely = 1 / (len(LETTERS) + 1)
    for known in (context[2:], context[1:], context):
        likely = (seen[known + letter] + TRUST * likely) / (contexts[known] + TRUST)
    return likely


def main():
    sorts = [[text for text in texts if half(text) == 0] for texts in sources(elsewhere_rows()).values()]
    seen, contexts = count(sorts)
    with open(TABLE, encoding="utf-8") as file: comments = [line for line in file if line.startswith("#")]
    with open(TABLE, "w", encoding="utf-8") as file:
        file.writelines(comments)
        for context in [EDGE * 2, *(EDGE + letter for letter in LETTERS), *(one + two for one in LETTERS for two in LETTERS)]:
            steps = (min(STEPS, round(-math.log(chance(seen, contexts, context, letter)) / STEP)) for letter in EDGE + LETTERS)
            file.write(f"{context}\t{''.join(chr(ord('a') + step) for step in steps)}\n")


if __name__ == "__main__": main()
