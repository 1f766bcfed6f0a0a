"""The English form of a name that the source knows only romanised: by rule, the other way round.

Three detours are undone: GeoNames' scholarly letters (`Märdäkan`), Azerbaijani without its marks (`Hacilar`, `Qizilca`) and Azerbaijani
by way of Russian (`Gadzhi-Mayli`, `Karaakhmedli`). For the last one `Analogues` learns from the places whose native spelling is known
which native word stands behind which romanised one; what it has not seen is left to the stems below.
"""

import re
from collections import Counter, defaultdict

from settlement_spelling import alike, bare, fold, split

RUSSIAN = re.compile(r"(yy|iy|aya|oye|iye|skoe|skoy|ovka|evka|ovo|ino|ovskiy|ovskaya|ovskogo)\b|^(Khutor|Sovkhoz|Kolkhoz|Imeni|Posëlok|Poselok)\b")
# Russian writes h as g or kh, q as k, and has no ö, ü, ə.
STEMS = [("gadzh?[iy]", "haji"), ("gaji", "haji"), ("gasan", "hasan"), ("guse[iy]n", "huseyn"), ("akhmed", "ahmad"), ("makhmud", "mahmud"),
         ("magomed", "mahammad"), ("mamed", "mammad"), ("mehmed", "mehmed"), ("^kara", "gara"), ("kyzyl", "gizil"), ("^kizil", "gizil"),
         ("beyuk", "boyuk"), ("boyuk", "boyuk"), ("kishla[kg]", "gishlag"), ("bulak", "bulag"), ("dag$", "dagh"), ("^aga", "agha"),
         ("kuli", "guli"), ("kala$", "gala"), ("kent$", "kend"), ("tapa$", "tapa"), ("tepe$", "tapa"), ("dere$", "dara"), ("^kekhna", "kohna"),
         ("^kurban", "gurban"), ("^kasum", "gasim"), ("^kasim", "gasim"), ("^kadyr", "gadir"), ("^kuba", "guba"), ("beyli$", "bayli")]
ARMENIAN_RAIONS = "Aparan|Talin|Goris|Sisian|Echmiadzin|Ijevan|Idzhevan|Tavush|Ashotsk|Akhuryan|Nahang"


def title(text):
    """Every word with a capital, but for what follows an apostrophe."""
    return re.sub(r"(^|[\s\-(])(\w)", lambda found: found[1] + found[2].upper(), text)


def undo(text, country, analogues=None):
    """The English form of a romanised name."""
    text = re.sub(r"['’ʻʼ`´]", "", text)
    text = re.sub(r"(?<=[a-z])[A-Z]", lambda found: found[0].lower(), text)
    if country == "AM":
        text = community(text)
    if RUSSIAN.search(text):
        return title(re.sub(r"(?<=[a-z])yy\b|(?<=[a-z])iy\b", "y", bare(text.replace("ë", "yo"))))
    if country == "AZ":
        return title(bare(" ".join(azerbaijani_words(text, analogues))))
    text = re.sub(r"dzh", "j", re.sub(r"Dzh", "J", bare(text.replace("ə", "a").replace("ı", "i"))))
    if country == "GE":
        text = text.replace("q", "k").replace("Q", "K")
        text = re.sub(r"(?<=[aeiou])ye", "e", text)
        text = re.sub(r"^(Zemo|Kvemo|Shua|Didi|Patara|Akhali|Dzveli|Kveda|Zeda|Pirveli|Meore)-(?=[A-Z])", r"\1 ", text)
    else:
        text = re.sub(r"^(Verin|Nerkin|Mets|Pokr|Nor|Hin)-(?=[A-Z])", r"\1 ", text)
    return title(" ".join(text.split()))


def azerbaijani_words(text, analogues):
    """The words of an Azerbaijani name, each by analogy or by rule."""
    whole = analogues.whole(text) if analogues else None
    if whole:
        return [whole]
    return [analogues and analogues.word(word) or azerbaijani_word(word) for word in re.split(r"[\s\-]+", text) if word]


def azerbaijani_word(word):
    """One word by rule."""
    table = {"ə": "a", "ä": "a", "ç": "ch", "ş": "sh", "ğ": "gh", "ı": "i", "ḯ": "i", "ö": "o", "ü": "u", "ķ": "g", "ë": "o"}
    plain = word.replace("İ", "i").lower()
    if re.search(r"[qxəçşğ]|c(?!h)", plain):
        plain = re.sub(r"c(?!h)", "j", plain).replace("q", "g").replace("x", "kh")
    plain = bare("".join(table.get(c, c) for c in plain))
    plain = re.sub("(?<=[bdfghjklmnprstvz])y(?=[^aeiou]|$)", "i", plain.replace("dzh", "j"))
    plain = re.sub("(?<=[bdfghklmnprstvz])y(?=[au])", "", plain)
    plain = re.sub("^y(?=[bdfghjklmnprstvz])", "i", plain)
    for stem, right in STEMS:
        plain = re.sub(stem, right, plain)
    return plain


def community(text):
    """A community's name as Who's On First abbreviates it: `U.Dvin`, `L. Getashen`, `Tzaghkavan Reg. Tavush`, `Vorotan Goris`."""
    text = re.sub(r"^U\. ?", "Verin ", re.sub(r"^L\. ?", "Nerkin ", text))
    text = re.sub(r"^G\. ?", "Mets ", re.sub(r"^S\. ?", "Pokr ", re.sub(r"^P\.(?=\w)", "Paruyr ", text)))
    text = re.sub(r" (Kaghak|Kayaran)$", "", text)
    text = re.sub(rf"^(\w+) ({ARMENIAN_RAIONS})$", r"\1", text)
    text = re.sub(r"[ .]+(Akh\. |Ashotsk )?[Rr]eg\b.*$", "", text)
    return text.replace("Tz", "Ts").replace("tz", "ts")


class Analogues:
    """Which native word of Azerbaijan stands behind a romanised one, learnt from places that have both."""

    def __init__(self):
        self.names, self.words = defaultdict(Counter), defaultdict(Counter)

    def learn(self, romanised, english):
        """One pair of a romanised form and the newspaper spelling of the native one."""
        if not english.isascii() or alike([split(bare(romanised.lower()))], [split(english.lower())]) > .3:
            return
        self.names[fold(romanised)][english] += 1
        left, right = re.split(r"[\s\-]+", romanised), re.split(r"[\s\-]+", english)
        if len(left) == len(right):
            for one, other in zip(left, right):
                self.words[fold(one)][other] += 1

    @staticmethod
    def best(counted, share):
        if not counted:
            return None
        english, most = min(counted.items(), key=lambda item: (-item[1], item[0]))
        return english if most >= share * sum(counted.values()) else None

    def whole(self, text):
        """The newspaper spelling that most namesakes have."""
        return self.best(self.names.get(fold(text)), .6)

    def word(self, text):
        """The same for one word of several."""
        return self.best(self.words.get(fold(text)), .6)
