"""From the names that the sources give a place to rows of names.csv: one canonical name, other names apart, spellings of each.

The canonical English name is the newspaper spelling of the native one (Azerbaijani, Armenian or Georgian by the country that the
United Nations recognise). Without a native spelling the source's romanised name is undone by rule. A name that is not alike is
never merged: in the tongue of a side or a neighbour (az, hy, ka, ab, os, ru) it becomes a name of its own, else it is left out.
"""

import re
from collections import Counter, namedtuple

from settlement_spelling import alike, fold, hushed, readings, script, split
from settlement_undo import Analogues, title, undo

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
VOTERS = ("en", "fr", "it", "es", "nl", "pl", "de", "uk")
FOREIGN_TO_AZ = re.compile("[^a-zçəğıöşüA-ZÇƏĞIİÖŞÜ0-9 .-]|[wW]")
LOOSE = .27
# Two spellings in one tongue differ less than a name and its echo abroad.
VARIANT = .14
# Words of administration: the name is that of the district, the line, the station.
ADMINISTRATIVE = re.compile(
    r"^R[ií]o |river|fluss\b|rivière|fiume|^lago |^monte |^mount |^Lake |rayon|district|municipal|raion|region\b|county|район|кӀошт|муниципалитет|область|повіт|шахар|мәрказ|piirikunta|apskritis|rajons?\b|"
    r"bələdiyyə|şəhər|qəsəbə|ստանիցա|շրջան|համայնք|მუნიციპალიტეტ|რაიონ|ხაზი|ովխոզ|ոլխոզ|գոմատեղ|կայարան|կից ավան|\bთემი$|\bციხე$|\bსტანცია|sovxozu$|შტანდარტ|شهرستان|محافظة|مقاطعة|مدينة|شهرداری|شهر\b|"
    r"Rejon|Gemeinde|comună|distrito|provin|община|село |деревня |місто|город |станци|вокзал", re.IGNORECASE)
PLACE_WORDS = re.compile(r"^(Razvaliny|Khutor|Posëlok|Kishlak|Selo|Ukrepleniye|Gorod|Imeni|Sovkhoz|Kolkhoz|Kazarma|Zimovnik|Fermy|Ferma|Letovka|Stantsiya)\b"
                         r"|\b(Kishlak|Sovkhoz|Kolkhoz)$")
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


def azerbaijani(text):
    """The Azerbaijani spelling behind GeoNames' scholarly one: `Märdäkan` → Mərdəkan, `Suraxanḯ` → Suraxanı."""
    return re.sub("(?<=[^\\W\\d])[’'](?=[^\\W\\d])", "", text).replace("ä", "ə").replace("Ä", "Ə").replace("ḯ", "ı").replace("ķ", "q").replace("Ķ", "Q")


def copied_azerbaijani(place):
    """An Azerbaijani spelling that other languages copied, or the source's own scholarly one."""
    counted = Counter()
    for lang, text, _, source in place.alternates:
        text = clean(text)
        if lang in COPIES and is_usable(lang, text) and script(text) == "Latin" and set(text) & AZ_LETTERS and not re.search("[jw’']|[cgksz]h", text.lower()):
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
        if lang == "az":
            text = azerbaijani(text)
        own_script = script(text) == OWN_SCRIPT[lang] and (lang != "az" or not FOREIGN_TO_AZ.search(text))
        if is_usable(tag, text) and own_script and (tag == lang or (tag == "" and lang != "az")):
            found.append((text, preferred, source, tag == ""))
    if not found:
        copied = copied_azerbaijani(place) if lang == "az" else None
        return (copied[0], "wof") if copied else None
    tagged = [item for item in found if not item[3]] or found
    own = readings("", clean(place.name), newspaper)
    votes = [readings(tag, clean(text), newspaper) for tag, text, preferred, _ in place.alternates
             if tag in VOTERS and preferred and is_usable(tag, clean(text))]

    found = {item[0]: readings(lang, item[0], newspaper) for item in tagged}
    nearest = [(min(alike(reading, vote) for reading in found.values()), vote) for vote in votes]

    def rank(item):
        reading = found[item[0]]
        agree = sum(alike(reading, vote) <= min(best, .1) for best, vote in nearest)
        return -agree - 2 * item[1], round(alike(reading, own), 3), item[0]

    best = min(tagged, key=rank)
    if lang == "az" and not set(best[0]) & AZ_LETTERS:
        marked = [item for item in tagged if item[0] != best[0] and set(item[0]) & AZ_LETTERS
                  and fold(best[0]) in (fold(item[0]), fold(item[0].replace("ə", "a").replace("Ə", "A")))]
        best = marked[0] if marked else best
    return best[0], best[2]


def nominative(place, found, newspaper):
    """An Armenian genitive (`Նուբարաշենի`) without its ending, if the other languages write the name without it."""
    text = found[0]
    english = fold(newspaper.write("hy", text))
    others = {fold(clean(spelling)) for lang, spelling, _, _ in place.alternates if lang in VOTERS + ("",)}
    is_genitive = text.endswith("ի") and len(text) > 5 and english[:-1] in others and english not in {
        fold(clean(spelling)) for lang, spelling, _, _ in place.alternates if lang in VOTERS}
    return text[:-1] if is_genitive else text


def loose(form):
    """A romanised form without what romanisers do differently: gh and g, y and i."""
    return re.sub(r"(.)\1+", r"\1", form.replace("gh", "g").replace("y", "i"))


def is_misspelt(place, text, newspaper, frequency):
    """Whether a Georgian spelling differs in a letter from what the romanised forms of the source say (Ergneti: `რგნეთი`).

    The form that other places bear as well is the right one: აზალშენი is nobody's name, Akhalsheni is ten villages'."""
    english = fold(newspaper.write("ka", text))
    forms = {}
    for lang, spelling, _, _ in [("own", place.name, False, "")] + place.alternates:
        if lang in ("own", "ka", "en", "") and script(spelling) == "Latin":
            forms.setdefault(fold(undo(clean(spelling), "GE")), set()).add(lang)
        elif script(spelling) == "Georgian" and lang in ("ka", "") and clean(spelling) != text:
            forms.setdefault(fold(newspaper.write("ka", clean(spelling))), set()).add(lang)
    if english in forms:
        return False
    own = fold(undo(clean(place.name), "GE"))
    if loose(own) == loose(english):
        return False
    commoner = frequency[english] > max(frequency[own], 1)
    return not commoner and 0 < alike([split(own)], [split(english)]) <= .3


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
            texts |= {azerbaijani(text) for text in texts | {place.name for place in places} if lang == "az" and re.search("[äḯ]", text)}
            self.newspaper.learn(lang, [text for text in texts if text])
        self.analogues = Analogues()
        for place in places:
            found = native(place, self.newspaper) if place.country == "AZ" else None
            if found:
                forms = {clean(place.name)} | {clean(text) for lang, text, _, _ in place.alternates if lang == "" and script(text) == "Latin"}
                for form in sorted(forms):
                    self.analogues.learn(form, title(self.newspaper.write("az", found[0])))
        self.hushing = {}
        for place in places:
            found = native(place, self.newspaper) if place.country == "AM" and not place.is_unverified else None
            if found:
                english = title(self.newspaper.write("hy", found[0]))
                self.hushing.setdefault(hushed(split(english.lower())), english)
        self.frequency = Counter(form for place in places if place.country == "GE" for form in
                                 [fold(undo(clean(place.name), "GE"))] +
                                 [fold(self.newspaper.write("ka", clean(text))) for _, text, _, _ in place.alternates if script(text) == "Georgian"])

    def canonical(self, place):
        """The canonical name of a place, with the rule that it comes from noted."""
        lang = NATIVE[place.country]
        found = native(place, self.newspaper)
        if found and lang == "hy":
            found = nominative(place, found, self.newspaper), found[1]
        if found and lang == "ka" and is_misspelt(place, found[0], self.newspaper, self.frequency):
            place.notes.append(f"native spelling {found[0]} of the source contradicts its romanised forms: left out")
            self.counts["misspelt"] += 1
            place.alternates = [item for item in place.alternates if clean(item[1]) != found[0]]
            found = None
        if found:
            english = title(self.newspaper.write(lang, found[0]))
            if re.fullmatch(r"[A-Za-z][A-Za-z0-9 '\-.]*", english):
                name = Name(english, "canonical")
                name.add(lang, found[0], True, found[1], self.newspaper)
                name.sources = {found[1]}
                self.counts["native"] += 1
                return name
        english = undo(clean(self.romanised(place)), place.country, self.analogues)
        if place.code == "ADM3":
            english = self.hushing.get(hushed(split(english.lower())), english)
        name = Name(english, "canonical")
        name.sources = {source for source in place.sources}
        if not place.notes:
            place.notes.append("no native spelling in the source; English form made from its romanised name by rule")
        self.counts["undone"] += 1
        return name

    def romanised(self, place):
        """The romanised name to start from: the English one if the source has one that is like its own name."""
        own = readings("", clean(place.name), self.newspaper)
        labels = [text for lang, text, preferred, _ in place.alternates if lang == "en" and preferred and is_usable("en", clean(text))
                  and alike(readings("en", clean(text), self.newspaper), own) <= .3]
        return min(labels) if labels and place.country != "AZ" else place.name

    def names(self, place):
        """All names of a place, the canonical first."""
        first = self.canonical(place)
        first.witness += readings("en-newspaper", first.english, self.newspaper)
        first.witness += readings("", clean(place.name), self.newspaper) if not first.spellings else []
        names = [first]
        foreign = is_of_another_thing(place) or place.is_unverified
        sided, others, untagged = [], [], []
        for lang, text, preferred, source in place.alternates:
            text = azerbaijani(clean(text)) if lang == "az" else clean(text)
            if not is_usable(lang, text):
                continue
            lang = self.tag(lang, text)
            if lang is None or (foreign and lang not in ("", NATIVE[place.country])):
                continue
            item = (lang, text, preferred, source)
            if lang == "" and PLACE_WORDS.search(text):
                continue
            (untagged if lang == "" else sided if lang in OWN_SCRIPT else others).append(item)
        for item in sorted(sided, key=lambda item: (item[0] != NATIVE[place.country], not item[2], item[1])):
            self.place_sided(place, names, item)
        for item in sorted(others, key=lambda item: (LANGUAGES.index(item[0]), not item[2], item[1])):
            self.attach(names, item, LOOSE)
        own = ("", clean(place.name), False, min(place.sources))
        if is_usable("", own[1]) and not PLACE_WORDS.search(own[1]) and not self.attach(names, own, LOOSE) and not place.is_unverified:
            self.add_own(place, names, own)
        for item in sorted(untagged):
            self.attach(names, item, LOOSE)
        return names

    def add_own(self, place, names, item):
        """The source's main name, where it is none of the names so far: a former one (Kyzyl-Burun is Siyazan)."""
        english = undo(item[1], place.country, self.analogues)
        if english.isascii() and all(fold(name.english) != fold(english) for name in names):
            other = Name(english, "historical")
            other.sources = {item[3]}
            other.witness = readings("en-newspaper", english, self.newspaper) + readings("", item[1], self.newspaper)
            names.append(other)
            self.attach(names, item, LOOSE)
            self.counts["former name of the source"] += 1

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
        if self.attach(names, item, VARIANT if lang == NATIVE[place.country] else .22):
            return
        if PLACE_WORDS.search(text) or (lang == "ka" and place.country != "GE"):
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
        scored = [(name.alike(reading, consonants), index) for index, name in enumerate(names)
                  if limit != VARIANT or len(name.english.split()) == len(text.split())]
        if not scored:
            return False
        score, index = min(scored)
        if score > limit:
            return False
        name = names[index]
        if not (lang == "en" and text == name.english):
            name.add(lang, text, preferred, source, self.newspaper)
        else:
            name.sources.add(source)
        return True
