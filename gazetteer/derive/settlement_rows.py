"""From names to the rows of names.csv, without what a rule derives anyway."""

from settlement_names import Row
from settlement_spelling import fold, script



def kind_of(lang, text, name):
    """The kind of a spelling that is not English."""
    if name.kind == "historical":
        return "historical"
    return "romanisation" if script(text) == "Latin" and lang != "az" else "native"


def english_kind(text, name):
    """The kind of a further spelling in English text."""
    if name.kind == "historical":
        return "historical"
    return "name" if text.endswith(" Municipality") or name.english.endswith(" Economic Region") else "romanisation"


def joined(sources):
    return ";".join(sorted(sources))


def preferred_of(name):
    """The one preferred spelling in each language: the source's own choice, else the first."""
    chosen = {}
    for (lang, text), (preferred, _) in sorted(name.spellings.items(), key=lambda item: (not item[1][0], item[0])):
        chosen.setdefault(lang, text)
    return chosen


def name_rows(name, country, taken):
    """The rows of one name; `taken` tells whether a romanised form is the canonical name of another entry
    (Gori lists "Goris", Getazat "Getashen") or a word of English."""
    rows = [Row(name.english, name.english, "en", name.kind, "1", joined(name.sources))]
    preferred = preferred_of(name)
    native = {fold(text) for (lang, text) in name.spellings if lang == "az"}
    seen = {}
    for (lang, text), (_, sources) in sorted(name.spellings.items(), key=lambda item: (preferred.get(item[0][0]) != item[0][1], item[0])):
        first = preferred.get(lang) == text
        lang, key = lang or "en", fold(text)
        found = seen.setdefault(lang, {fold(name.english)} if script(text) == "Latin" and lang != "az" else set())
        if key in found or not key:
            continue
        found.add(key)
        if lang == "en":
            if not taken(key):
                rows.append(Row(name.english, text, "en", english_kind(text, name), "", joined(sources)))
            continue
        if lang == "az" and country != "AZ" and name.kind == "canonical" and key == fold(name.english):
            continue
        if script(text) == "Latin" and lang != "az" and (key in native or taken(key)):
            continue
        rows.append(Row(name.english, text, lang, kind_of(lang, text, name), "1" if first else "", joined(sources)))
    return rows


