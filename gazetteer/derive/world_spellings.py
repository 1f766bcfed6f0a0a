"""How a source's name becomes a spelling of the gazetteer; used by countries, divisions, cities and packs. Not a command.

Canonical names are ASCII, as English agencies print them; a native Latin spelling with its diacritics is a row of its own.
"""

import difflib
import re
import sys
import unicodedata

from world_sources import ROOT

sys.path.insert(0, str(ROOT / "src" / "text"))
from english import words as english_words

# Languages whose native names are listed first for a country, where GeoNames' first language is not the telling one.
NATIVE = {"BE": "nl fr de", "CH": "de fr it", "XK": "sq sr", "BA": "bs hr sr", "ME": "sr-Latn sr", "BY": "be ru", "KZ": "kk ru",
          "KG": "ky ru", "CY": "el tr", "FI": "fi sv", "IE": "en ga", "MK": "mk sq", "RS": "sr", "UA": "uk", "RU": "ru", "IL": "he ar",
          "CA": "en fr", "LU": "fr de", "PK": "ur", "IN": "hi", "PH": "fil", "ZA": "en", "MG": "mg", "KM": "fr", "TL": "pt", "PS": "ar",
          "LB": "ar", "DJ": "fr ar", "TD": "fr ar", "MA": "ar", "AF": "fa ps", "TJ": "tg ru", "UZ": "uz ru", "TM": "tk ru", "MD": "ro ru",
          "SM": "it", "VA": "it", "LI": "de", "MO": "pt", "NO": "nb", "HT": "fr", "PR": "es", "PY": "es", "SS": "en", "CM": "fr en"}
LATIN = set("az tr de fr es it pl pt nl sl hr sr-Latn ro lt en sq bs cs sk hu sv da nb nn no fi et lv is ga ca id ms vi uz tk so sw mg "
            "fil tl mt lb fo kl rw sm to".split())
SCRIPTS = {"az-Cyrl": "CYRILLIC", "ru": "CYRILLIC", "uk": "CYRILLIC", "ab": "CYRILLIC", "os": "CYRILLIC", "bg": "CYRILLIC",
           "mk": "CYRILLIC", "sr": "CYRILLIC", "kk": "CYRILLIC", "be": "CYRILLIC", "hy": "ARMENIAN", "ka": "GEORGIAN", "fa": "ARABIC",
           "ar": "ARABIC", "el": "GREEK", "he": "HEBREW"}
# Countries whose romanisation writes apostrophes that newspapers leave out.
NO_APOSTROPHES = set("RU UA BY KZ KG TJ TM UZ MN SA YE OM AE QA BH KW IQ SY JO LB PS EG LY TN DZ MA SD MR EH IR AF PK IN BD NP LK IL "
                     "ET ER KP KR MM KH LA TH MY ID GE AM AZ BG RS MK BA ME HR XK DJ TD SO TW".split())
ARABIC = set("SA YE OM AE QA BH KW IQ SY JO LB PS EG LY TN DZ MA SD MR EH".split())
NATIVE_RUSSIAN = set("RU UA BY KZ KG TJ TM UZ MD".split())
CYRILLIC = set("RU BY KZ KG TJ TM UZ MN".split())
# Countries whose towns GeoNames calls "… City" where newspapers do not, and the towns where they do.
PLAIN_CITY = set("TW PK IN BD ID CN DZ MX KR CO LR KP PH JP VN TH".split())
CITY_KEPT = ("New Taipei", "Bokaro", "Jilin", "Quezon", "Cebu", "Davao", "Angeles", "Iloilo", "Zamboanga", "Jeju", "Minato", "Mexico",
             "Ho Chi Minh", "Electronic")
_LETTERS = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L",
                          "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H",
                          "ŋ": "ng", "ɓ": "b", "ɗ": "d", "Ɗ": "D", "ƙ": "k", "ĸ": "k", "‘": "'", "’": "'", "ʻ": "'", "ʼ": "'", "`": "'",
                          "ʿ": "'", "ʾ": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "‐": "-", "ꞌ": "'", "ˈ": "'", "”": "'", "ʹ": "'",
                          "\u200c": None, "\u200b": None, "\u200e": None, "\u200f": None, "ː": None, "ɛ": "e", "ɔ": "o", "Ɛ": "E", "ŧ": "t"})
_SUN = re.compile(r"\b(Ad|Adh|An|Ar|As|Ash|At|Ath|Az|Adz)(?: |-)(?=[A-Z])")
_KMU = {"а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "y", "і": "i", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "'": "", "’": "", "ʼ": ""}
_BULGARIAN = dict(_KMU, **{"г": "g", "и": "i", "й": "y", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya"})
_SERBIAN = dict(_KMU, **{"г": "g", "и": "i", "ж": "z", "х": "h", "ц": "c", "ч": "c", "ш": "s", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
                         "ђ": "dj", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "щ": "st", "ъ": "a"})
_KMU_TWO = {"є": ("ye", "ie"), "ї": ("yi", "i"), "й": ("y", "i"), "ю": ("yu", "iu"), "я": ("ya", "ia")}


def ascii_letters(text):
    """`Châtenay` → `Chatenay`, `Łódź` → `Lodz`, `Da’an` → `Da'an`."""
    text = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(char for char in text if not unicodedata.combining(char)))


def key(text):
    """What two spellings must share to count as the same: letters only, without case and marks."""
    return re.sub(r"[\W_]+", "", ascii_letters(text).lower().replace("ي", "ی").replace("ك", "ک"))


def slug(name):
    """The id of a name: `Karin Tak` → `karin-tak`, `N'Djamena` → `ndjamena`."""
    return re.sub(r"[^a-z0-9]+", "-", ascii_letters(name).replace("'", "").replace(".", "").lower()).strip("-")


def free_id(name, parent, geonames, taken):
    """The first of SLUG, SLUG-PARENT, SLUG-gGEONAMES (or -wWOFID) that is not taken."""
    base = slug(name) or "place"
    for candidate in (base, "%s-%s" % (base, parent) if parent else base, "%s-%s" % (base, numbered(geonames))):
        if candidate not in taken:
            return candidate
    raise ValueError("no id for %s (%s)" % (name, geonames))


def numbered(key):
    """`g702550` for an id of GeoNames, `w85632375` for one of Who's On First, which are all larger."""
    return ("g" if int(key) < 20000000 else "w") + key


def ukrainian(text):
    """The Latin spelling of a Ukrainian name by the resolution of 2010 (KMU 55), which newspapers follow."""
    def word(match):
        letters, upper = match.group(0), match.group(0)[:1].isupper()
        low, out, index = letters.lower(), "", 0
        while index < len(low):
            if low.startswith("зг", index):
                out, index = out + "zgh", index + 2
                continue
            char = low[index]
            out += _KMU_TWO[char][0 if index == 0 else 1] if char in _KMU_TWO else _KMU.get(char, char)
            index += 1
        return out[:1].upper() + out[1:] if upper else out
    return re.sub(r"[\w'’ʼ]+", word, text)


def letter_by_letter(text, country):
    """The Latin spelling of a Bulgarian name (law of 2009), or of a Serbian, Macedonian or Bosnian one without diacritics."""
    table = _BULGARIAN if country == "BG" else _SERBIAN
    words = []
    for word in text.split():
        latin = "".join(table.get(char, char) for char in word.lower())
        latin = re.sub(r"iya$", "ia", latin) if country == "BG" else latin
        words.append(latin[:1].upper() + latin[1:] if word[:1].isupper() else latin)
    return " ".join(words)


def scholarly_marks_undone(text, country):
    """The spelling that newspapers print for a romanised name of the source."""
    text = ascii_letters(re.sub(r"\s*\(.*?\)|,.*$", "", text)).replace(" - ", "-")
    text = re.sub(r"^(Gorod|Horad|Posyolok|City of|Nahiyat|Amphoe|District of|Gmina|Charter Township of) (?=\w)", "", text.split("/")[0].strip())
    if country not in ("US", "GB", "CA", "AU", "NZ"):
        text = re.sub(r"(?<=\w) (city|Municipality|District|Town|municipality|subdistrict|Township|Village|Shahri|Province|Fshat)$", "", text)
    if country in PLAIN_CITY and not text.startswith(CITY_KEPT):
        text = re.sub(r"(?<=\w) City$", "", text)
    if country in NO_APOSTROPHES:
        text = re.sub(r"(?<=\w)'(?=\w)|(?<!\w)'|'(?!\w)|\"", "", text)
        text = re.sub(r"\b([a-z])(?=\w{3,})", lambda match: match.group(1), text)
        text = text[:1].upper() + text[1:]
    if country in ARABIC:
        text = _SUN.sub("Al ", text)
    if country in CYRILLIC:
        text = re.sub(r"(?<=[a-z])(yy|iy)\b", "y", text).replace("yye ", "ye ").replace("Yya", "Ya")
        text = re.sub(r"yye\b", "ye", text)
    if country == "CN":
        text = re.sub(r"(?<=\w) Chengguan(zhen)?$", "", text)
    if country == "KR" or country == "KP":
        text = re.sub(r"-(si|gun|eup|up|dong|ri)$", "", text)
    if country == "JP":
        text = re.sub(r"-?(shi|machi|cho)$", "", text) if re.search(r"-(shi|machi|cho)$", text) else text
    return " ".join(text.split())


def script_of(char):
    name = unicodedata.name(char, "")
    return name.split()[0].split("-")[0] if char.isalpha() else ""


def fits(text, lang):
    """Whether all letters are of the script in which the language is written."""
    scripts = {script_of(char) for char in text if char.isalpha() and unicodedata.category(char) != "Lm"}
    wanted = SCRIPTS.get(lang, "LATIN" if lang in LATIN else None)
    return wanted is not None and scripts == {wanted} and not re.search(r"\d", text)


def cleaned(text, lang):
    """A tagged name without qualifiers and vowel points, or nothing if it is not a name in the language."""
    text = re.sub(r"\s*[(\[].*?[)\]]", "", text).replace("\u00ad", "")
    text = re.split(r"[,،/;=|]", text)[0]
    if lang == "ro":
        text = text.translate(str.maketrans("şţŞŢ", "șțȘȚ"))
    if lang in ("ru", "bg", "mk", "sr") and re.search("[іїєґІЇЄҐ]", text) or lang == "uk" and re.search("[ыэёъЫЭЁЪ]", text):
        return ""
    if len(text) > 60:
        return ""
    if lang in ("ar", "fa"):
        text = re.sub("[\u064b-\u0652\u0640\u0670\u200e\u200f]", "", text)
    if lang == "fa":
        text = text.replace("ي", "ی").replace("ك", "ک")
    if lang == "hy":
        text = text.replace("եւ", "և")
    text = " ".join(text.replace("\u200e", "").replace("\u200f", "").split()).strip(" -'\"«»")
    return text if fits(text, lang) else ""


# Words that make a label of an administrative unit: such a label is no name of the town in it.
_UNITS = re.compile(r"(?:^|(?<=\s))(?:" + "|".join((
    "distretto|comune|provincia|district|distrikt|municipalité|municipio|município|municipiul|commune|province|gouvernorat|arrondissement|"
    "bezirk|gemeinde|opština|opstina|općina|občina|provinz|kreis|landkreis|distrito|província|gmina|powiat|obwód|dystrykt|prowincja|"
    "savivaldybė|rajonas|apskritis|sritis|provincija|gemeente|provincie|comuna|județul|districtul|orașul|raionul|rayonu|ilçesi|ili|"
    "bələdiyyəsi|vilayəti|mahalı|belediyesi|grad|miasto|stadt|miestas|concelho|freguesia|oblast|rajon",
    "район|района|община|муниципалитет|область|провинция|сельсовет|шахрестан|ил|округ|город|місто|громада|муніципалітет|область|"
    "провінція|општина|град|окръг|провинция|ауданы|облысы|қаласы|сахар|горад|шахары",
    "մարզ|համայնք|շրջան|պրովինցիա|քաղաք|գավառ|თემი|მუნიციპალიტეტი|რაიონი|პროვინცია|ილი|ქალაქი|ოლქი|δήμος|επαρχία|νομός|κοινότητα|מחוז|נפת|מועצה|העיר",
    "محافظة|بلدية|مديرية|مقاطعة|قضاء|ولاية|مركز|منطقة|ضاحية|شهرستان|استان|بخش|شهرداری|ناحیه|دهستان|شهر|مدينة")) + r")(?=$|\s)", re.IGNORECASE)


def is_unit_label(text, name):
    """Whether a spelling speaks of a municipality, district or province, though the name itself has no such word."""
    return " " in text and len(text.split()) > len(re.split(r"[\s-]+", name)) and _UNITS.search(text) is not None


# Translations of a word that is also a town: a schooner for Goleta, a garland for Garland, the capital for its communes.
_WRONG = {"Schoener", "Szkuner", "Гирлянда", "Азия", "Bruxelles", "Brussel", "lastik", ("Kosti", "ربك")}


def is_source_error(text, lang, name, country):
    """Whether a tagged name is of a kind that the sources are known to have wrong."""
    if text in _WRONG or (name, text) in _WRONG or ":" in text or text[:1].islower() and "'" not in text[:2] and name[:1].isupper() and lang in LATIN:
        return True
    likeness = name_written_by(text, [name])[1]
    if lang == "fa" and country == "IR":  # the English name is the Persian one; unlike it is the village that grew into the town
        return likeness < 0.5
    if lang == "ru" and likeness == 1 and country not in NATIVE_RUSSIAN:  # declined: "в Карансебеше", "из Хайрпура"
        return (name[-1].lower() not in "aeiouyw" and text[-1] in "аеу" or name[-1] == "a" and name[-2] != "e" and text[-1] in "еуыи")
    return False


def is_ordinary_word(text, words=set()):
    """Whether an English dictionary has the text, as a word or as somebody's name."""
    if not words:
        words.update(word.lower() for word, _ in english_words())
    return text.lower() in words


def native_languages(country, table):
    """The languages in which a country's places are at home, the telling one first."""
    if country in NATIVE:
        return NATIVE[country].split()
    listed = table.get(country, "").split(",")
    return [listed[0].split("-")[0]] if listed[0] else []


_SKELETON = {letter: sound for sound, letters in {
    "b": "бբბבبβ", "v": "вվვו", "g": "гґգგגغγг", "d": "дդდדدδض", "z": "зժզზזزظذζж", "j": "џջჯج", "y": "йյי", "k": "кքկკქקכךكقکκ",
    "l": "лլლלلλљ", "m": "мմმמםمμ", "n": "нնნנןنνњ", "p": "пպფპפףبپπ", "r": "рրռრרرρ", "s": "ссսსסسصσςшշშשش", "t": "тտთტטתتطτթ",
    "f": "фֆףفφ", "h": "хհჰხחהحهخχ", "c": "цчծցչճჩცწჭצץچћќ"}.items() for letter in letters}


def skeleton(text):
    """The consonants of a spelling in any script, roughly: enough to tell which of two names a spelling writes."""
    found = "".join(_SKELETON.get(char, char) for char in ascii_letters(text).lower())
    for pair, sound in (("sh", "s"), ("ch", "c"), ("zh", "z"), ("kh", "h"), ("ts", "c"), ("w", "v"), ("x", "h"), ("q", "k")):
        found = found.replace(pair, sound)
    return "".join(char for char in found if "a" <= char <= "z" and char not in "aeiouy")


def name_written_by(text, names):
    """Which of a place's names the spelling writes, the first one in doubt, and how alike the two are (0 to 1)."""
    likeness = [difflib.SequenceMatcher(None, skeleton(text), skeleton(name)).ratio() for name in names]
    best = likeness.index(max(likeness)) if max(likeness) > likeness[0] + 0.2 else 0
    return names[best], likeness[best]
