"""What may stay of the rows that one import of GeoNames calls populated places of Armenia although many are fields, sheepfolds,
chapels and monuments.

Rows that are doubles of a community or an older row are joined to it; one with a figure of inhabitants is a village. Of the others those stay, as
`place`, whose name can't be taken for anything else: no namesake in the whole gazetteer, no word of English, no genitive of a person
("field of Melikjan"), no word for a chapel, a stone, a ruin, a fold or a monument, four letters at least.
"""

import re

from settlement_spelling import fold

NOTE = "populated place only by an import of GeoNames that also holds fields, folds and ruins"
# Armenian words for what is no settlement, as whole words and as parts of words.
FEATURES = re.compile(
    r"\b(Քար|Ձոր|Սար|Շեն|Բերդ|Տափ|Գոմ|Գոմք|Գլուխ|Լիճ|Բլուր|Հանդ|Սբ|Ժամ|Պապ|Պապի|Աղբյուր|Այգի|Ամրոց|Իշխան|Իշխանի|Կաթողիկոս|Գյուղատեղի?)\b"
    r"|Սուրբ|Խաչ|Վանք|Վանքի|Ժամի\b|Մատուռ|Եկեղեցի|Ավերակ|Ավերք|Գոմեր|Գոմատեղ|Հողեր|Արտեր|Թուխ|Մանուկ|Գերեզման|Դամբարան|Կամուրջ|Քարեր|Քարանձավ"
    r"|Կոլխոզ|Ֆերմա|Պատերազմ|Զոհ|Հուշարձան|Եպիսկոպոս|Սարկավագ|Ջրաղաց|Հանք|Պուրակ|անվան", re.IGNORECASE)


def is_vouched(place):
    """Whether something else in the sources says that people live or lived here."""
    return place.population > 0


def may_stay(names, known, lexicon):
    """Whether the name of an unverified row can be taken for nothing else."""
    english = names[0].english
    native = [text for (lang, text) in names[0].spellings if lang == "hy"]
    if not native or len(names) > 1 or fold(english) in lexicon or known[fold(english)] > 1 or len(fold(english)) < 4:
        return False
    text = native[0]
    return not FEATURES.search(text) and not (text.endswith("ի") and " " not in text) and len(text.split()) <= 2 and not re.search(r"[\d.]|\b\w\b", text)
