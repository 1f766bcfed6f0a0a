"""How alike two spellings are, in whatever script: both are read into one plain ASCII form, then compared by weighted edits.

`Newspaper` romanises Azerbaijani, Armenian and Georgian with the schemes of `toponorm transliterate`; the other scripts are
read by the small tables below, which serve comparison only and write nothing into the gazetteer.
"""

import functools
import re
import subprocess
import unicodedata

SCHEMES = {"az": "az-newspaper", "hy": "hy-newspaper", "ka": "ka-newspaper"}
SCRIPTS = [("LATIN", "Latin"), ("CYRILLIC", "Cyrillic"), ("ARMENIAN", "Armenian"), ("GEORGIAN", "Georgian"),
           ("ARABIC", "Arabic"), ("GREEK", "Greek"), ("HEBREW", "Hebrew")]

CYRILLIC = dict(pair.split(":") for pair in (
    "а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:sch ъ: ы:i "
    "ь: э:e ю:yu я:ya і:i ї:yi є:ye ґ:g ј:j љ:l њ:n ћ:ch ђ:dj џ:j ҝ:g ғ:gh ә:a ө:o ү:u һ:h ҹ:j ӕ:a æ:a қ:k ҟ:k ӷ:gh ҭ:t ҩ:o ҵ:ts ҷ:ch "
    "ҽ:ch ӡ:dz ҳ:h ҧ:p ԥ:p ӏ: ѓ:g ќ:k ѕ:dz ў:u").split())
ARABIC = dict(pair.split(":") for pair in (
    "ا:a آ:a أ:a إ:e ب:b پ:p ت:t ث:s ج:j چ:ch ح:h خ:kh د:d ذ:z ر:r ز:z ژ:zh س:s ش:sh ص:s ض:z ط:t ظ:z ع: غ:gh ف:f ق:g ک:k ك:k گ:g "
    "ل:l م:m ن:n و:o ؤ:o ه:h ة:a ی:i ي:i ى:i ئ:i ء: ڤ:v ۆ:o").split())
GREEK = dict(pair.split(":") for pair in (
    "α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:ks ο:o π:p ρ:r σ:s ς:s τ:t υ:i φ:f χ:kh ψ:ps ω:o").split())
HEBREW = dict(pair.split(":") for pair in (
    "א:a ב:b ג:g ד:d ה:a ו:o ז:z ח:kh ט:t י:i כ:k ך:k ל:l מ:m ם:m נ:n ן:n ס:s ע:a פ:p ף:f צ:ts ץ:ts ק:k ר:r ש:sh ת:t").split())
TABLES = {"Cyrillic": CYRILLIC, "Arabic": ARABIC, "Greek": GREEK, "Hebrew": HEBREW}

# How Latin letters are read: as Azerbaijani and Turkish write them, and as the rest of Europe does.
AZERBAIJANI = str.maketrans({"ə": "a", "ä": "a", "x": "kh", "q": "g", "c": "j", "ç": "ch", "ş": "sh", "ğ": "gh", "ı": "i",
                             "ö": "o", "ü": "u", "j": "zh"})
EUROPEAN = str.maketrans({"ə": "a", "ä": "a", "ş": "sh", "š": "sh", "č": "ch", "ç": "ch", "ž": "zh", "ğ": "gh", "ġ": "gh",
                          "ķ": "k", "ı": "i", "ḯ": "i", "ö": "o", "ü": "u", "ë": "o", "ŭ": "u", "ĵ": "j", "ĥ": "kh", "ĝ": "j",
                          "ŝ": "sh", "ĉ": "ch", "ș": "sh", "ț": "ts"})
# One letter a sound: longest first.
SOUNDS = [("tsch", "C"), ("dsch", "J"), ("dzh", "J"), ("sch", "S"), ("tch", "C"), ("dź", "J"), ("dż", "J"), ("cz", "C"),
          ("sz", "S"), ("sj", "S"), ("sh", "S"), ("ch", "C"), ("zh", "Z"), ("dj", "J"), ("kh", "H"), ("gh", "G"), ("ts", "T"),
          ("tz", "T"), ("dz", "D"), ("ph", "p"), ("th", "t"), ("oe", "u"), ("ou", "u"), ("ya", "a"), ("yo", "o"), ("yu", "u"),
          ("ye", "e"), ("x", "H"), ("q", "g"), ("w", "v")]
NEAR = [("aeəo", .25), ("iyeJjI", .3), ("ouv", .3), ("gGkKHhq", .3), ("HCk", .35), ("SCsTcJZzDj", .35), ("dt", .25), ("bpfv", .3),
        ("rR", .1), ("aoueiy", .4)]
# More than two unlike consonants is another name, however long the two are (Megrelovka is not Metelevka).
MOST, MOST_OF_SHORT = 1.85, 1.2
# Words for upper and lower, big and small, new and old: names that differ in these are names of different places.
QUALIFIERS = {word: quality for quality, words in {
    "upper": "verin iukhari yukhari yuxari yukhary yukari zemo verkhniy verkhnyaya verkhneye verkhniye verkh bash bas zeda upper",
    "lower": "nerkin ashaghy ashagha ashaghi asagi ashagi ashaga ashagy asaghi kvemo nizhniy nizhnyaya nizhneye nizhniye kveda lower",
    "middle": "mijin orta shua sredniy srednyaya sredneye middle", "big": "mets mec boyuk beyuk didi bolshiye bolshoe bolshoy bolshaya bolshoye",
    "small": "malyye malye pokr pokir kichik kicik balaja balaca patara malyy malaya maloye kyuchyuk", "new": "nor yeni akhali novyy novaya novoye novo teze taza",
    "old": "hin kohna kokhna kohne dzveli staryy staraya staroye", "first": "pirveli pervyy pervaya pervoye birinji birinci arajin 1 i",
    "second": "meore vtoroy vtoraya vtoroye ikinji ikinci yerkrord 2 ii", "third": "mesame tretiy ucuncu ujunju yerrord 3 iii",
    "left": "marcxena martskhena sol", "right": "marjvena sag"}.items() for word in words.split()}


def printed(lang, line):
    """Newspapers write Georgian ყ as k, as all curated names do: Kvareli, Tskaltubo, Tkibuli, Martkopi."""
    return line.replace("q", "k").replace("Q", "K") if lang == "ka" else line


class Newspaper:
    """The newspaper spelling of native names; asks the program once a scheme."""

    def __init__(self, program):
        self.program = program
        self.known = {}

    def learn(self, lang, spellings):
        """Romanises all the spellings of a language in one call."""
        wanted = sorted({spelling for spelling in spellings if (lang, spelling) not in self.known})
        command = [self.program, "transliterate", "--scheme", SCHEMES[lang]]
        done = subprocess.run(command, input="\n".join(wanted) + "\n", capture_output=True, text=True, check=True)
        lines = done.stdout.split("\n")[:len(wanted)]
        if len(lines) != len(wanted):
            raise SystemExit(f"{' '.join(command)}: {len(wanted)} lines in, {len(lines)} out")
        self.known.update({(lang, spelling): printed(lang, line.strip()) for spelling, line in zip(wanted, lines)})

    def write(self, lang, spelling):
        """The newspaper spelling of a native one."""
        if (lang, spelling) not in self.known:
            self.learn(lang, [spelling])
        return self.known[lang, spelling]


@functools.lru_cache(maxsize=None)
def script(text):
    """The script of all letters of the text; "mixed" if there are two, "" if there is none."""
    found = set()
    for letter in text:
        if letter.isalpha() and letter not in "ʻʼʿʾ":
            name = unicodedata.name(letter, "")
            found.add(next((known for start, known in SCRIPTS if name.startswith(start)), "other"))
    return found.pop() if len(found) == 1 else "mixed" if found else ""


def bare(text):
    """The text without marks on its letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@functools.lru_cache(maxsize=None)
def fold(text):
    """What the matcher takes for the same: case, marks, spaces, hyphens and apostrophes do not count."""
    text = bare(text.replace("İ", "i").replace("I", "i").lower().replace("ə", "e").replace("ı", "i").replace("ё", "е"))
    return "".join(c for c in text if c.isalnum() and c not in "ʻʼʿʾ")


def sounds(text):
    """One letter a sound."""
    for digraph, sound in SOUNDS:
        text = text.replace(digraph, sound)
    return re.sub(r"(.)\1+", r"\1", "".join(c for c in text if c.isalnum()))


def split(plain):
    """A plain name into its qualities and the sounds of the rest."""
    words = [word for word in re.split(r"[^a-z0-9'’ʻʼ]+", plain) if word]
    words = [re.sub(r"['’ʻʼ]", "", word) for word in words]
    rest = [word for word in words if word not in QUALIFIERS]
    qualities = frozenset(QUALIFIERS[word] for word in words if word in QUALIFIERS)
    return (qualities, sounds("".join(rest))) if rest else (frozenset(), sounds("".join(words)))


def plain_latin(text, table):
    return bare(text.replace("İ", "i").replace("I", "i").lower().translate(table))


def readings(lang, text, newspaper):
    """The ways to read a spelling, each as (qualities, sounds)."""
    kind = script(text)
    if kind == "Latin":
        plains = [plain_latin(text, AZERBAIJANI), plain_latin(text, EUROPEAN)] if lang != "en-newspaper" else [text.lower()]
        if re.search("[a-z]", text) and "j" in text.lower() and lang in ("de", "pl", "sl", "hr", "sr", "nl", "lt", "fi", "", "en"):
            plains.append(plain_latin(re.sub("(?<![dD])j", "y", text.lower()), EUROPEAN))
    elif kind == "Armenian":
        plains = [newspaper.write("hy", text).lower()]
    elif kind == "Georgian":
        plains = [newspaper.write("ka", text).lower()]
    else:
        table = TABLES.get(kind)
        if table is None:
            return []
        plains = ["".join(table.get(c, c) for c in unicodedata.normalize("NFC", bare(text.lower()) if kind != "Cyrillic" else text.lower()))]
    return sorted({split(plain) for plain in plains})


def hushed(reading):
    """Communities of Armenia write j for ժ, ճ and ջ alike: Jambarak is Chambarak, Jdanov Zhdanov."""
    return reading[0], reading[1].replace("C", "j").replace("Z", "j").replace("J", "j")


@functools.lru_cache(maxsize=None)
def change(one, other):
    """The cost of one sound for another."""
    if one == other:
        return 0
    return min([cost for group, cost in NEAR if one in group and other in group], default=1)


def loss(sound):
    """The cost of leaving a sound out."""
    return .3 if sound in "yhH" else .4 if sound in "aeiouə" else .8


@functools.lru_cache(maxsize=None)
def distance(one, other):
    """Weighted edits between two readings as a share of the longer one."""
    if one == other:
        return 0
    row = [0]
    for sound in other:
        row.append(row[-1] + loss(sound))
    for left in one:
        above, row = row, [row[0] + loss(left)]
        for index, right in enumerate(other):
            row.append(min(above[index] + change(left, right), above[index + 1] + loss(left), row[-1] + loss(right)))
    length = max(len(one), len(other), 1)
    return 1 if row[-1] > (MOST if length > 6 else MOST_OF_SHORT) else row[-1] / length


def skeleton(sound):
    """The consonants alone: what is left of a name in Arabic and Hebrew script."""
    return re.sub("[aeiouy]", "", sound)


def alike(ones, others, consonants=False):
    """The least distance of two sets of readings; names with unlike qualities are never alike."""
    best = 1.0
    for quality, one in ones:
        for other_quality, other in others:
            if quality == other_quality:
                pair = (skeleton(one), skeleton(other)) if consonants else (one, other)
                best = min(best, distance(*pair))
    return best
