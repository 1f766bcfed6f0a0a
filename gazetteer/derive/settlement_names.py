"""From the names that the sources give a place to rows of names.csv: one canonical name, other names apart, spellings of each.

The canonical English name is the newspaper spelling of the native one (Azerbaijani, Armenian or Georgian by the country that the
United Nations recognise). Without a native spelling the source's romanised name is undone by rule. A name that is not alike is
never merged: in the tongue of a side or a neighbour (az, hy, ka, ab, os, ru) it becomes a name of its own, else it is left out.
"""

import re
from collections import Counter, namedtuple

from settlement_spelling import alike, bare, fold, readings, script

NATIVE = {"AM": "hy", "AZ": "az", "GE": "ka"}
OWN_SCRIPT = {"az": "Latin", "hy": "Armenian", "ka": "Georgian"}
LANGUAGES = ("en az az-Cyrl hy ka ru uk tr fa ar ab os de fr es it pl pt nl sl hr sr bg mk el ro kk he lt").split()
SCRIPT_OF = {"az-Cyrl": "Cyrillic", "hy": "Armenian", "ka": "Georgian", "fa": "Arabic", "ar": "Arabic", "el": "Greek", "he": "Hebrew",
             **{lang: "Cyrillic" for lang in "ru uk ab os bg mk kk".split()},
             **{lang: "Latin" for lang in "en az tr de fr es it pl pt nl sl hr ro lt".split()}}
# Languages whose Wikipedia copies the Azerbaijani title letter for letter: witnesses where no az row stands.
COPIES = ("", "en", "it", "ms", "ceb", "sv", "id", "min", "nl", "fr", "pl", "ro", "uz")
AZ_LETTERS = set("əğışçöüĞİŞÇÖÜƏ")
# Languages whose Wikipedia titles romanise the present name.
VOTERS = ("en", "fr", "it", "es", "ms", "ceb", "sv", "nl", "pl", "de")
LOOSE = .28
# Words of administration: the name is that of the district, the line, the station.
ADMINISTRATIVE = re.compile(
    r"rayon|district|municipal|raion|region\b|county|район|кӀошт|муниципалитет|область|повіт|шахар|мәрказ|piirikunta|apskritis|rajons?\b|"
    r"bələdiyyə|şəhər|qəsəbə|ստանիցա|շրջան|համայնք|მუნიციპალიტეტ|რაიონ|ხაზი|შტანდარტ|شهرستان|محافظة|مقاطعة|مدينة|شهرداری|شهر\b|"
    r"Rejon|Gemeinde|comună|distrito|provin|община|село |деревня |місто|город |станци|вокзал", re.IGNORECASE)
PLACE_WORDS = re.compile(r"^(Razvaliny|Kishlak|Selo|Ukrepleniye|Gorod|Imeni|Sovkhoz|Kolkhoz|Kazarma|Zimovnik|Fermy|Ferma|Letovka|Stantsiya)\b"
                         r"|\b(Kishlak|Sovkhoz|Kolkhoz)$")
RUSSIAN = re.compile(r"(yy|iy|aya|oye|skoe|skoy|ovka|evka|ovo|ino|ovskiy|ovskaya)\b|^(Khutor|Sovkhoz|Kolkhoz|Imeni|Posëlok|Poselok)\b")
Row = namedtuple("Row", "name spelling lang kind preferred source")


class Name:
    """One name of a place: its English form and its spellings, (lang, spelling) → [preferred, sources]."""

    def __init__(self, english, kind):
        self.english, self.kind = english, kind
        self.spellings = {}
        self.witness = []
        self.sources = set()

    def add(self, lang, spelling, preferred, source, newspaper):
        known = self.spellings.setdefault((lang, spelling), [False, set()])
        known[0] |= preferred
        known[1].add(source)
        if lang in OWN_SCRIPT:
            self.witness += readings(lang, spelling, newspaper)

    def alike(self, reading, consonants):
        return alike(reading, self.witness, consonants)


def title(text):
    """Every word with a capital, but for what follows an apostrophe."""
    return re.sub(r"(^|[\s\-(])(\w)", lambda found: found[1] + found[2].upper(), text)


def clean(text):
    """A spelling without its gloss: `زار، ارمنستان`, `Zar (Kotayk)`."""
    return re.split(r"\s*[(،,;/]|\s+-\s+(?!\d)", text)[0].strip(" -'’`.")


def is_usable(lang, text):
    """No sentence, no administration, no machine's small letters, one script."""
    found = script(text)
    if not text or found in ("mixed", "", "other") or ADMINISTRATIVE.search(text) or len(text) > 40 or len(text) < 2:
        return False
    if found in ("Latin", "Cyrillic") and not text[0].isupper() and text[0] not in "ʻʼ'’ӀЬЪ":
        return False
    return not (found in ("Latin", "Cyrillic") and text.isupper()) and not any(c in "?*:\"<>_=" for c in text)


def undo(text, country):
    """The English form of a name that is only known romanised: apostrophes, hyphens and a Russian detour undone."""
    text = re.sub(r"['’ʻʼ`´]", "", text)
    if RUSSIAN.search(text):
        return title(re.sub(r"(?<=[a-z])yy\b|(?<=[a-z])iy\b", "y", bare(text.replace("ë", "yo"))))
    if country == "AZ":
        text = bare_azerbaijani(text)
        text = re.sub(r"dzh", "j", re.sub(r"Dzh", "J", text))
        text = re.sub(r"(?<=[bdfghjklmnprstvz])y(?=[^aeiou]|$)", "i", text)
        text = re.sub(r"(?<=[bdfghklmnprstvz])y(?=[au])", "", text)
        text = re.sub(r"^Y(?=[bdfghjklmnprstvz])", "I", text)
    else:
        text = bare(text.replace("ə", "a").replace("ı", "i"))
        text = re.sub(r"dzh", "j", re.sub(r"Dzh", "J", text))
    if country == "GE":
        text = re.sub(r"(?<=[aeiou])ye", "e", text)
        text = re.sub(r"^(Zemo|Kvemo|Shua|Didi|Patara|Akhali|Dzveli|Kveda|Zeda|Pirveli|Meore)-(?=[A-Z])", r"\1 ", text)
    if country == "AM":
        text = re.sub(r"^(Verin|Nerkin|Mets|Pokr|Nor|Hin)-(?=[A-Z])", r"\1 ", text)
    return title(" ".join(text.split()))


def bare_azerbaijani(text):
    """Letters of Azerbaijani to the newspaper's."""
    table = {"ə": "a", "Ə": "A", "ä": "a", "Ä": "A", "ç": "ch", "Ç": "Ch", "ş": "sh", "Ş": "Sh", "ğ": "gh", "ı": "i", "ḯ": "i", "İ": "I",
             "ö": "o", "Ö": "O", "ü": "u", "Ü": "U", "ķ": "g", "Ķ": "G", "ë": "o", "Ë": "O"}
    return bare("".join(table.get(c, c) for c in text))


def azerbaijani(text):
    """The Azerbaijani spelling behind GeoNames' scholarly one: `Märdäkan` → Mərdəkan, `Suraxanḯ` → Suraxanı."""
    return text.replace("ä", "ə").replace("Ä", "Ə").replace("ḯ", "ı").replace("ķ", "q").replace("Ķ", "Q")


def copied_azerbaijani(place):
    """An Azerbaijani spelling that other languages copied, or the source's own scholarly one."""
    counted = Counter()
    for lang, text, _, source in place.alternates:
        text = clean(text)
        if lang in COPIES and is_usable(lang, text) and script(text) == "Latin" and set(text) & AZ_LETTERS and not re.search("[w’']", text):
            counted[text] += 2 if lang else 1
    if counted:
        best = max(counted.values())
        return min(text for text, count in counted.items() if count == best), "copied"
    if re.search("[äḯ]", place.name) and not re.search("[w’']", place.name):
        return azerbaijani(place.name), "own"
    return None


def native(place, newspaper):
    """(spelling, source) of the place's own name in its own tongue, or `None`."""
    lang = NATIVE[place.country]
    found = []
    for tag, text, preferred, source in place.alternates:
        text = clean(text)
        own_script = script(text) == OWN_SCRIPT[lang]
        if is_usable(tag, text) and own_script and (tag == lang or (tag == "" and lang != "az")):
            found.append((text, preferred, source, tag == ""))
    if not found:
        copied = copied_azerbaijani(place) if lang == "az" else None
        return (copied[0], "wof") if copied else None
    tagged = [item for item in found if not item[3]] or found
    own = readings("", clean(place.name), newspaper)
    votes = [readings(tag, clean(text), newspaper) for tag, text, preferred, _ in place.alternates
             if tag in VOTERS and preferred and script(text) == "Latin"]

    def rank(item):
        reading = readings(lang, item[0], newspaper)
        agree = sum(alike(reading, vote) <= .1 for vote in votes)
        return not item[1], -agree, round(alike(reading, own), 3), item[0]

    best = min(tagged, key=rank)
    if lang == "az" and not set(best[0]) & AZ_LETTERS:
        marked = [item for item in tagged if item[0] != best[0] and set(item[0]) & AZ_LETTERS
                  and fold(best[0]) in (fold(item[0]), fold(item[0].replace("ə", "a").replace("Ə", "A")))]
        best = marked[0] if marked else best
    return best[0], best[2]


def is_of_another_thing(place):
    """Several names in small letters: Who's On First tied the place to a word (Apnia to apnoea)."""
    small = [text for lang, text, _, _ in place.alternates if lang in LANGUAGES and script(text) == "Latin" and text[0].islower()]
    return len(small) >= 3


class Namer:
    """Names one place after another."""

    def __init__(self, newspaper):
        self.newspaper = newspaper
        self.counts = Counter()

    def prepare(self, places):
        """Romanises everything native in three calls."""
        for lang, wanted in OWN_SCRIPT.items():
            texts = {clean(text) for place in places for tag, text, _, _ in place.alternates if script(text) == wanted
                     and (lang != "az" or tag == "az" or set(text) & AZ_LETTERS)}
            texts |= {azerbaijani(place.name) for place in places if lang == "az" and re.search("[äḯ]", place.name)}
            self.newspaper.learn(lang, [text for text in texts if text])

    def canonical(self, place):
        """The canonical name of a place, with the rule that it comes from noted."""
        found = native(place, self.newspaper)
        if found:
            lang = NATIVE[place.country]
            english = title(self.newspaper.write(lang, found[0]))
            if re.fullmatch(r"[A-Za-z][A-Za-z0-9 '\-.]*", english):
                name = Name(english, "canonical")
                name.add(lang, found[0], True, found[1], self.newspaper)
                name.sources = {found[1]}
                self.counts["native"] += 1
                return name
        english = undo(clean(place.name), place.country)
        name = Name(english, "canonical")
        name.sources = {source for source in place.sources}
        place.notes.append("no native spelling in the source; English form made from its romanised name by rule")
        self.counts["undone"] += 1
        return name

    def names(self, place):
        """All names of a place, the canonical first."""
        first = self.canonical(place)
        first.witness += readings("en-newspaper", first.english, self.newspaper)
        first.witness += readings("", clean(place.name), self.newspaper) if not first.spellings else []
        names = [first]
        foreign = is_of_another_thing(place) or place.is_unverified
        sided, others, untagged = [], [], []
        for lang, text, preferred, source in place.alternates:
            text = clean(text)
            if not is_usable(lang, text):
                continue
            lang = self.tag(lang, text)
            if lang is None or (foreign and lang not in ("", NATIVE[place.country])):
                continue
            item = (lang, text, preferred, source)
            (untagged if lang == "" else sided if lang in OWN_SCRIPT else others).append(item)
        for item in sorted(sided, key=lambda item: (item[0] != NATIVE[place.country], not item[2], item[1])):
            self.place_sided(place, names, item)
        for item in sorted(others, key=lambda item: (LANGUAGES.index(item[0]), not item[2], item[1])):
            self.attach(names, item, LOOSE)
        own = ("", clean(place.name), False, min(place.sources))
        for item in sorted(untagged + ([own] if is_usable("", own[1]) else [])):
            self.attach(names, item, LOOSE)
        return names

    @staticmethod
    def tag(lang, text):
        """The language tag that the text can bear, "" for Latin without one, `None` for what is not wanted."""
        found = script(text)
        if lang in ("az", "") and found == "Cyrillic":
            return "az-Cyrl" if lang else None
        if lang in ("", "hy", "hyw") and found == "Armenian":
            return "hy"
        if lang in ("", "ka") and found == "Georgian":
            return "ka"
        if lang in ("", "hy", "ka", "hyw") and found == "Latin":
            return ""
        if lang == "sr" and found in ("Latin", "Cyrillic"):
            return "sr"
        return lang if SCRIPT_OF.get(lang) == found else None

    def place_sided(self, place, names, item):
        """A name in az, hy or ka: a spelling of a name that is there, or another name."""
        lang, text, preferred, source = item
        if self.attach(names, item, .22):
            return
        if PLACE_WORDS.search(text):
            return
        english = title(self.newspaper.write(lang, text))
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9 '\-.]*", english) or any(name.english == english for name in names):
            return
        other = Name(english, "historical")
        other.add(lang, text, preferred, source, self.newspaper)
        other.witness += readings("en-newspaper", english, self.newspaper)
        other.sources = {source}
        names.append(other)
        self.counts[f"other name in {lang}"] += 1

    def attach(self, names, item, limit):
        """Adds the item to the name that it is most like, if it is like one."""
        lang, text, preferred, source = item
        reading = readings(lang, text, self.newspaper)
        consonants = script(text) in ("Arabic", "Hebrew")
        limit = .2 if consonants else limit
        scored = [(name.alike(reading, consonants), index) for index, name in enumerate(names)]
        score, index = min(scored)
        if score > limit:
            return False
        name = names[index]
        if not (lang == "en" and text == name.english):
            name.add(lang, text, preferred, source, self.newspaper)
        else:
            name.sources.add(source)
        return True
